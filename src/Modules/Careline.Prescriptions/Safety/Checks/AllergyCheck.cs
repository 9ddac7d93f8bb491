using System.Text.RegularExpressions;
using Careline.Prescriptions.Medicines;
using Careline.Prescriptions.Safety.Rules;

namespace Careline.Prescriptions.Safety.Checks;

/// <summary>
/// Each new medicine against what the patient does not tolerate: the ingredient itself, its class, and what reacts across classes. Allergies are
/// recorded in words; words that name nothing exactly are listed as not checked.
/// </summary>
internal static partial class AllergyCheck
{
    private static readonly SafetyRule _same = new(
        "ALG-INGREDIENT", SafetySeverity.Contraindicated, "The patient is recorded as not tolerating this ingredient.",
        "Choose another medicine, or correct the record if the reaction was none.", "The patient's record");

    // SNOMED CT: no known allergy.
    private const string NoKnownAllergy = "716186003";

    private static readonly HashSet<string> _none = new(StringComparer.Ordinal)
    {
        "none", "nil", "no known allergies", "no known allergy", "no known drug allergies", "no known drug allergy", "nka", "nkda", "none known", "no allergies",
    };

    public static void Make(SafetyWork work)
    {
        if (work.Facts.Allergies is not { } recorded)
        {
            work.Gap(SafetyKind.Allergy, null, "nobody has recorded allergies, nor that there are none");
            return;
        }

        foreach (var allergy in recorded.Where(allergy => !IsNone(allergy)))
        {
            var allergens = Allergens(allergy, work.Tables, out var unread);
            if (unread.Count > 0)
            {
                work.Gap(SafetyKind.Allergy, null, $"the recorded allergy '{string.Join("', '", unread)}' names no medicine or class that is known");
            }

            foreach (var line in work.New)
            {
                Against(work, line, allergy, allergens);
            }
        }
    }

    /// <summary>Whether the words say that there is no allergy.</summary>
    public static bool IsNone(AllergyFact allergy) => allergy.Code == NoKnownAllergy || _none.Contains(MedicineNames.Key(allergy.Text));

    private static void Against(SafetyWork work, NumberedLine line, AllergyFact allergy, HashSet<int> allergens)
    {
        foreach (var ingredient in line.Ingredients.Where(id => id >= 0).Distinct())
        {
            var rule = allergens.Contains(ingredient) ? _same
                : allergens.Select(allergen => work.Tables.Allergies.GetValueOrDefault(SafetyTables.Ordered(allergen, ingredient)))
                    .Where(found => found?.Severity is not null).MaxBy(found => found!.Severity);
            if (rule is not null)
            {
                work.Find(SafetyKind.Allergy, rule, [line.Line], [work.Tables.Names[ingredient]], $"Recorded: {allergy.Text}. {rule.Mechanism}");
            }
        }
    }

    private static HashSet<int> Allergens(AllergyFact allergy, SafetyTables tables, out List<string> unread)
    {
        var found = allergy.Ingredients.Select(tables.IdOf).Where(id => id >= 0).ToHashSet();
        unread = [];
        foreach (var part in found.Count > 0 ? [] : PartsOf(allergy.Text))
        {
            var ids = MedicineNames.KeysOf(part)
                .Select(key => tables.Allergens.TryGetValue(key, out var allergen) || tables.Ids.TryGetValue(key, out allergen) ? allergen : -1)
                .Where(id => id >= 0).Take(1).ToList();
            found.UnionWith(ids);
            if (ids.Count == 0)
            {
                unread.Add(part);
            }
        }

        return found;
    }

    /// <summary>What an entry names, one by one, without the words around it: "allergic to penicillin and aspirin".</summary>
    public static IEnumerable<string> PartsOf(string text) => Joint().Split(text)
        .Select(part => Filler().Replace(part, "").Trim()).Where(part => MedicineNames.Key(part).Length > 0);

    [GeneratedRegex(@"\s*(?:[,;/+&]|\band\b|\bor\b)\s*", RegexOptions.IgnoreCase)]
    private static partial Regex Joint();

    [GeneratedRegex(@"^(?:allergic to|allergy to|allergy:|intolerance to|intolerant of|hypersensitivity to)\s+|\s+(?:allergy|allergies|intolerance|hypersensitivity)$", RegexOptions.IgnoreCase)]
    private static partial Regex Filler();
}
