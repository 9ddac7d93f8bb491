using Careline.Prescriptions.Medicines;
using Careline.Prescriptions.Safety.Rules;

namespace Careline.Prescriptions.Safety.Loading;

/// <summary>
/// Classes of allergens and what reacts across them. An allergen is an ingredient, by its number, or a class, by a number above all ingredients.
/// </summary>
internal sealed class AllergyTable(Vocabulary words, RuleReader rules)
{
    private readonly Dictionary<string, (int Id, int[] Members)> _classes = new(StringComparer.Ordinal);

    /// <summary>What an allergy may be called: classes by their names; ingredients are looked up in the vocabulary.</summary>
    public Dictionary<string, int> Names { get; } = new(StringComparer.Ordinal);

    public Dictionary<long, SafetyRule> Pairs { get; } = [];

    public void AddClasses(CsvTable table)
    {
        foreach (var row in table.Rows)
        {
            var id = words.Names.Count + _classes.Count;
            var rule = rules.Read(row);
            var members = row.List("members").SelectMany(member => words.Resolve(member) ?? Unknown(row, member)).Distinct().ToArray();
            if (!_classes.TryAdd(row["class"], (id, members)))
            {
                row.Fault($"The class '{row["class"]}' stands in the table already.");
            }

            foreach (var key in row.List("aliases").Prepend(row["class"]).Select(MedicineNames.Key).Distinct().Where(key => !Names.TryAdd(key, id)))
            {
                row.Fault($"'{key}' names another class already.");
            }

            if (row["kin"] is not ("yes" or "no"))
            {
                row.Fault("The column kin is yes or no.");
            }

            // Who reacts to the class reacts to each; and, where they are kin, who reacts to one reacts to the others.
            foreach (var member in members)
            {
                foreach (var allergen in members.Where(other => other != member && row["kin"] == "yes").Prepend(id))
                {
                    Keep(allergen, member, rule);
                }
            }
        }
    }

    public void AddCross(CsvTable table)
    {
        foreach (var row in table.Rows)
        {
            var rule = rules.Read(row);
            var allergens = Side(row, "allergen", withClass: true);
            foreach (var medicine in Side(row, "medicine", withClass: false))
            {
                foreach (var allergen in allergens.Where(allergen => allergen != medicine))
                {
                    Keep(allergen, medicine, rule);
                }
            }
        }
    }

    private int[] Side(CsvRow row, string column, bool withClass)
    {
        var term = row[column];
        if (term.StartsWith('@') && _classes.TryGetValue(term[1..], out var found))
        {
            return withClass ? [.. found.Members, found.Id] : found.Members;
        }

        return words.Resolve(term) ?? Unknown(row, term);
    }

    private static int[] Unknown(CsvRow row, string term)
    {
        row.Fault($"'{term}' is neither a medicine nor a class.");
        return [];
    }

    private void Keep(int allergen, int medicine, SafetyRule rule)
    {
        var pair = SafetyTables.Ordered(allergen, medicine);
        if (!Pairs.TryGetValue(pair, out var known) || known.Severity < rule.Severity)
        {
            Pairs[pair] = rule;
        }
    }
}
