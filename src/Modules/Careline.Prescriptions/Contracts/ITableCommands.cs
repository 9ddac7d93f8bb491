namespace Careline.Prescriptions.Contracts;

/// <summary>The commands about tables of medicines and of their safety, as the command line runs them.</summary>
public interface ITableCommands
{
    /// <summary>Runs one of <see cref="TableCommands.All"/>.</summary>
    Task<TableVerdict> RunAsync(string verb, string? path, CancellationToken ct);
}

/// <summary>How such a command ended.</summary>
/// <param name="Faults">Each bad line or file; nothing was taken in if there is one.</param>
/// <param name="Words">In a sentence.</param>
public sealed record TableVerdict(IReadOnlyList<string> Faults, string Words)
{
    /// <summary>Whether there was nothing to complain of.</summary>
    public bool IsGood => Faults.Count == 0;
}

/// <summary>The names of the commands and how they are used.</summary>
public static class TableCommands
{
    /// <summary>Looks for faults in the tables; needs no database.</summary>
    public const string Check = "check-safety-data";

    /// <summary>Takes in a site's own list of medicines.</summary>
    public const string Medicines = "import-medicines";

    /// <summary>Takes in a site's own rules about interactions.</summary>
    public const string Interactions = "import-interactions";

    /// <summary>How they are used.</summary>
    public const string Usage = """
        Usage: careline cli import-medicines FILE
               careline cli import-interactions FILE
               careline cli check-safety-data [DIR]

        import-medicines adds or replaces the medicines of a table (CSV) with the columns
          name,kind,composition,atc,forms,strengths,routes,synonyms,maker,country,source
        where kind is generic or brand, and lists are separated by semicolons; a composition reads amoxicillin=500 mg;clavulanic acid=125 mg.
        import-interactions replaces the site's own rules by those of a table with the columns
          a,b,code,severity,mechanism,advice,source
        where a and b are generics of the catalogue or classes of the safety data such as @ace-inhibitors; of several rules about a pair the worst counts.
        Both take all of a table or, with a single bad line, nothing: then they exit with 1 and name each.
        check-safety-data reads the tables in use, or those in DIR, and names what is wrong by file and line; it needs no database.
        """;

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [Check, Medicines, Interactions];
}
