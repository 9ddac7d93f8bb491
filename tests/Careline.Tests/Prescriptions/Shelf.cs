using Careline.Prescriptions.Contracts;
using Careline.Prescriptions.Safety;

namespace Careline.Tests.Prescriptions;

/// <summary>The safety data as it is shipped, and what tests of the engine say in one phrase.</summary>
internal static class Shelf
{
    public static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "tables");

    public static readonly SafetyTables Tables = SafetyTables.Load(Folder);

    /// <summary>A man of forty whose facts are all known, with nothing against him.</summary>
    public static readonly PatientFacts Known = new()
    {
        Today = new DateOnly(2030, 6, 15),
        BirthDate = new DateOnly(1990, 1, 1),
        WeightKg = 80,
        KidneyFunction = 100,
        IsPregnant = false,
        IsBreastFeeding = false,
        Allergies = [],
    };

    /// <summary>A line of these ingredients, without a dose.</summary>
    public static MedicineLine Of(params string[] ingredients) => new()
    {
        Name = string.Join('/', ingredients),
        Ingredients = [.. ingredients.Select(ingredient => new LineIngredient(ingredient))],
    };

    public static MedicineLine Dosed(string ingredient, string? strength, string dosage, string frequency, string? route = "oral") =>
        Of(ingredient) with { Strength = strength, Dosage = dosage, Frequency = frequency, Route = route };

    public static SafetyReport Check(PatientFacts facts, IReadOnlyList<MedicineLine> lines, IReadOnlyList<MedicineLine>? current = null, SafetyTables? tables = null) =>
        SafetyEngine.Check(facts, lines, current ?? [], tables ?? Tables);

    public static IEnumerable<string> Words(this IEnumerable<SafetyFinding> findings) => findings.Select(f => $"{f.Kind} {f.Severity} {f.Code}");

    public static SafetyFinding? The(this SafetyReport report, SafetyKind kind) => report.Findings.FirstOrDefault(f => f.Kind == kind);
}

/// <summary>A copy of the shipped tables to be broken.</summary>
internal sealed record TableFolder(string Path) : IDisposable
{
    public static TableFolder Copy()
    {
        var folder = new TableFolder(Directory.CreateTempSubdirectory("careline-tables-").FullName);
        foreach (var file in Directory.EnumerateFiles(Shelf.Folder))
        {
            File.Copy(file, System.IO.Path.Combine(folder.Path, System.IO.Path.GetFileName(file)));
        }

        return folder;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
