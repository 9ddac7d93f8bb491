using System.Collections.Frozen;
using Careline.Prescriptions.Safety.Rules;

namespace Careline.Prescriptions.Safety.Loading;

/// <summary>
/// Reads the files of the safety data. A file that is missing or has a fault is not used at all, and its kind of check is not made: half a table
/// would look like a whole one.
/// </summary>
internal sealed class TableLoader(string folder)
{
    public const string Missing = "Is missing.";

    private static readonly string[] _ruleColumns = ["code", "severity", "mechanism", "advice", "source"];

    private static readonly string[] _others =
    [
        "interactions.csv", "allergy_classes.csv", "allergy_cross.csv", "duplicates.csv", "doses.csv", "ages.csv", "kidneys.csv", "pregnancy.csv", "breast_feeding.csv",
    ];

    private readonly List<TableFault> _faults = [];
    private readonly HashSet<SafetyKind> _missing = [];
    private readonly Vocabulary _words = new();
    private readonly RuleReader _rules = new();

    public SafetyTables Load(SiteRules site)
    {
        var medicines = Use("medicines.csv", Vocabulary.MedicineColumns, SafetyKind.Everything, _words.AddMedicines);
        Use("groups.csv", Vocabulary.GroupColumns, SafetyKind.Everything, _words.AddGroups);
        if (_missing.Count > 0)
        {
            _faults.AddRange(_others.Where(name => !File.Exists(Path.Combine(folder, name))).Select(name => new TableFault(name, 0, Missing)));
            return Nothing();
        }

        var siteTable = new InteractionTable(_words, _rules);
        var interactions = new InteractionTable(_words, _rules);
        Use("interactions.csv", ["a", "b", .. _ruleColumns], SafetyKind.Interaction, interactions.Add);
        var before = _faults.Count;
        siteTable.Add(site, _faults);
        var isSiteWhole = _faults.Count == before;
        interactions.Add(siteTable);

        var allergies = new AllergyTable(_words, _rules);
        Use("allergy_classes.csv", ["class", "aliases", "members", "kin", .. _ruleColumns], SafetyKind.Allergy, allergies.AddClasses);
        Use("allergy_cross.csv", ["allergen", "medicine", .. _ruleColumns], SafetyKind.Allergy, allergies.AddCross);

        var duplicates = new ByIngredient<SafetyRule>(_words);
        Use("duplicates.csv", ["of", .. _ruleColumns], SafetyKind.Duplicate, rows => duplicates.Add(rows, "of", row => _rules.Read(row)));
        var doses = new ByIngredient<DoseLimit>(_words);
        Use("doses.csv", DoseColumns.All, SafetyKind.Dose, rows => doses.Add(rows, "ingredient", row => DoseColumns.Read(row, _rules)));
        var ages = new ByIngredient<AgeRule>(_words);
        Use("ages.csv", ["of", "from", "below", .. _ruleColumns], SafetyKind.Age, rows => ages.Add(rows, "of", Age));
        var kidneys = new ByIngredient<KidneyRule>(_words);
        Use("kidneys.csv", ["of", "below", .. _ruleColumns], SafetyKind.Kidney, rows => kidneys.Add(rows, "of", Kidney));
        var pregnancy = new ByIngredient<SafetyRule>(_words);
        Use("pregnancy.csv", ["of", .. _ruleColumns], SafetyKind.Pregnancy, rows => pregnancy.AddOne(rows, "of", row => _rules.Read(row, mayBeNone: true)));
        var breastFeeding = new ByIngredient<SafetyRule>(_words);
        Use("breast_feeding.csv", ["of", .. _ruleColumns], SafetyKind.BreastFeeding, rows => breastFeeding.AddOne(rows, "of", row => _rules.Read(row, mayBeNone: true)));

        return new SafetyTables
        {
            LacksSiteRules = !isSiteWhole,
            Version = site.Version.Length == 0 ? medicines.Version ?? "" : $"{medicines.Version}+{site.Version}",
            Faults = _faults,
            Missing = _missing.ToFrozenSet(),
            Names = [.. _words.Names],
            Ids = _words.Ids.ToFrozenDictionary(StringComparer.Ordinal),
            Interactions = interactions.Pairs.ToFrozenDictionary(),
            Groups = _words.Groups.ToFrozenSet(StringComparer.Ordinal),
            InteractionRules = interactions.Count,
            Allergens = allergies.Names.ToFrozenDictionary(StringComparer.Ordinal),
            Allergies = allergies.Pairs.ToFrozenDictionary(),
            Duplicates = duplicates.All,
            Doses = doses.All,
            Ages = ages.All,
            Kidneys = kidneys.All,
            Pregnancy = [.. pregnancy.All.Select(rules => rules.FirstOrDefault())],
            BreastFeeding = [.. breastFeeding.All.Select(rules => rules.FirstOrDefault())],
        };
    }

    private CsvTable Use(string name, IReadOnlyList<string> columns, SafetyKind kind, Action<CsvTable> add)
    {
        var before = _faults.Count;
        var path = Path.Combine(folder, name);
        CsvTable table;
        if (File.Exists(path))
        {
            using var text = File.OpenText(path);
            table = CsvTable.Read(name, text, columns, _faults);
            if (table.Version is null)
            {
                table.Fault(0, "Has no line '# version:'.");
            }

            add(table);
        }
        else
        {
            table = CsvTable.Read(name, TextReader.Null, columns, []);
            _faults.Add(new TableFault(name, 0, Missing));
        }

        if (_faults.Count > before)
        {
            _missing.Add(kind);
        }

        return table;
    }

    private AgeRule Age(CsvRow row)
    {
        var rule = new AgeRule(RuleReader.Age(row, "from"), RuleReader.Age(row, "below"), _rules.Read(row));
        if (rule is { From: null, Below: null })
        {
            row.Fault("Names no age.");
        }

        return rule;
    }

    private KidneyRule Kidney(CsvRow row)
    {
        if (RuleReader.Number(row, "below") is { } below)
        {
            return new KidneyRule(below, _rules.Read(row));
        }

        row.Fault("Says not below what it holds.");
        return new KidneyRule(0, _rules.Read(row));
    }

    private SafetyTables Nothing() => new()
    {
        Version = "none",
        Faults = _faults,
        Missing = FrozenSet.Create(SafetyKind.Everything),
        Names = [],
        Ids = FrozenDictionary<string, int>.Empty,
        Interactions = FrozenDictionary<long, SafetyRule>.Empty,
        Groups = FrozenSet<string>.Empty,
        InteractionRules = 0,
        Allergens = FrozenDictionary<string, int>.Empty,
        Allergies = FrozenDictionary<long, SafetyRule>.Empty,
        Duplicates = [],
        Doses = [],
        Ages = [],
        Kidneys = [],
        Pregnancy = [],
        BreastFeeding = [],
    };
}
