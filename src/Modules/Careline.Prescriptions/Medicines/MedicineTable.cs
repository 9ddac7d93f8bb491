using Careline.Prescriptions.Safety.Loading;

namespace Careline.Prescriptions.Medicines;

/// <summary>Reads medicines from tables: the starter set of a release, and a site's own list, which has one form for generics and brands.</summary>
internal static class MedicineTable
{
    public static IReadOnlyList<string> BrandColumns { get; } = ["name", "composition", "maker", "country", "source"];

    public static IReadOnlyList<string> SiteColumns { get; } =
        ["name", "kind", "composition", "atc", "forms", "strengths", "routes", "synonyms", "maker", "country", "source"];

    /// <summary>Which release of the starter set lies in a folder, without reading it; null where that cannot be told.</summary>
    public static string? ReleaseOf(string folder) =>
        CsvTable.VersionOf(Path.Combine(folder, "medicines.csv")) is { } medicines && CsvTable.VersionOf(Path.Combine(folder, "brands.csv")) is { } brands ? $"{medicines}/{brands}" : null;

    /// <summary>The medicines of the starter set that are offered; ingredients without a form are only known to the checks.</summary>
    public static (string Release, IReadOnlyList<MedicineEntry> Entries) Starter(string folder, List<TableFault> faults)
    {
        var medicines = Read(folder, "medicines.csv", Vocabulary.MedicineColumns, faults);
        var brands = Read(folder, "brands.csv", BrandColumns, faults);
        var generics = medicines.Rows.Where(row => row["forms"].Length > 0).Select(row => new MedicineEntry(row["name"], MedicineKind.Generic)
        {
            Composition = [.. row.List("ingredients").Select(ingredient => new MedicinePart(ingredient))],
            AtcCodes = row.List("atc"),
            Forms = Forms(row),
            Strengths = row.List("strengths"),
            Routes = row.List("routes"),
            Synonyms = row.List("synonyms"),
            Source = row["source"],
        });
        var branded = brands.Rows.Select(row => new MedicineEntry(row["name"], MedicineKind.Brand)
        {
            Composition = Composition(row),
            Maker = OrNull(row["maker"]),
            Country = OrNull(row["country"]),
            Source = row["source"],
        });
        return ($"{medicines.Version}/{brands.Version}", [.. generics, .. branded]);
    }

    /// <summary>A site's own list, with the line of each; a bad line is a fault.</summary>
    public static IReadOnlyList<(int Line, MedicineEntry Entry)> Site(TextReader text, List<TableFault> faults)
    {
        var table = CsvTable.Read("medicines", text, SiteColumns, faults);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        return
        [
            .. table.Rows.Select(row =>
            {
                if (!EnumText<MedicineKind>.TryParse(row["kind"], out var kind))
                {
                    row.Fault($"'{row["kind"]}' is no kind: {string.Join(" or ", EnumText<MedicineKind>.All)}.");
                }

                var entry = new MedicineEntry(row["name"], kind)
                {
                    Composition = Composition(row),
                    AtcCodes = row.List("atc"),
                    Forms = Forms(row),
                    Strengths = row.List("strengths"),
                    Routes = row.List("routes"),
                    Synonyms = row.List("synonyms"),
                    Maker = OrNull(row["maker"]),
                    Country = OrNull(row["country"]),
                    Source = row["source"],
                };
                foreach (var fault in MedicineRules.FaultsOf(entry))
                {
                    row.Fault(fault);
                }

                if (!seen.Add($"{kind} {MedicineNames.Key(entry.Name)} {string.Join('|', entry.Composition)}"))
                {
                    row.Fault($"'{entry.Name}' stands in the table already.");
                }

                return (row.Line, entry);
            }),
        ];
    }

    private static CsvTable Read(string folder, string name, IReadOnlyList<string> columns, List<TableFault> faults)
    {
        var path = Path.Combine(folder, name);
        if (!File.Exists(path))
        {
            faults.Add(new TableFault(name, 0, TableLoader.Missing));
            return CsvTable.Read(name, TextReader.Null, columns, []);
        }

        using var text = File.OpenText(path);
        return CsvTable.Read(name, text, columns, faults);
    }

    // amoxicillin=500 mg;clavulanic acid=125 mg
    private static IReadOnlyList<MedicinePart> Composition(CsvRow row) =>
    [
        .. row.List("composition").Select(part => part.Split('=', 2, StringSplitOptions.TrimEntries))
            .Select(part => new MedicinePart(part[0], part.Length > 1 ? OrNull(part[1]) : null)),
    ];

    private static List<MedicineForm> Forms(CsvRow row)
    {
        var forms = new List<MedicineForm>();
        foreach (var word in row.List("forms"))
        {
            if (EnumText<MedicineForm>.TryParse(word, out var form))
            {
                forms.Add(form);
            }
            else
            {
                row.Fault($"'{word}' is no form: {string.Join(", ", EnumText<MedicineForm>.All)}.");
            }
        }

        return forms;
    }

    private static string? OrNull(string text) => text.Length == 0 ? null : text;
}
