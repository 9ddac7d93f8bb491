using System.Globalization;
using System.Text.RegularExpressions;

namespace Careline.PrivateCluster;

// One installation of PostgreSQL's programs on this machine.
internal sealed partial record PostgresPrograms(string Folder, int MajorVersion)
{
    public const int OldestVersion = 15;

    private const string Cure = "install the package postgresql of your distribution, or name the folder of its programs in CARELINE_PG_BIN.";

    public string this[string program] => Path.Combine(Folder, program);

    public static async Task<IReadOnlyList<PostgresPrograms>> FindAllAsync(Surroundings surroundings, CancellationToken ct)
    {
        var found = new List<PostgresPrograms>();
        foreach (var folder in Candidates(surroundings).Distinct())
        {
            if (await TryReadAsync(folder, ct) is { } programs)
            {
                found.Add(programs);
            }
        }

        return found;
    }

    // An existing cluster can only be opened by its own major version; a new one is made with the newest.
    public static async Task<PostgresPrograms> FindAsync(Surroundings surroundings, int? clusterVersion, CancellationToken ct)
    {
        var found = await FindAllAsync(surroundings, ct);
        if (clusterVersion is { } version)
        {
            return found.FirstOrDefault(programs => programs.MajorVersion == version) ?? throw new StartFailure(
                $"The data were made by PostgreSQL {version} and this machine has {Described(found)}: install PostgreSQL {version}"
                + $"{(version < found.Max(p => (int?)p.MajorVersion) ? ", or bring the data over with pg_upgrade" : "")}.");
        }

        return found.MaxBy(programs => programs.MajorVersion) switch
        {
            null when surroundings["CARELINE_PG_BIN"] is { } folder => throw new StartFailure(
                $"CARELINE_PG_BIN names {folder}, where the programs initdb, pg_ctl and postgres are not: correct it, or unset it to have them searched for."),
            null => throw new StartFailure($"PostgreSQL's programs were not found: {Cure}"),
            { MajorVersion: < OldestVersion } => throw new StartFailure(
                $"Careline needs PostgreSQL {OldestVersion} or newer and this machine has {Described(found)}: {Cure}"),
            var newest => newest,
        };
    }

    private static string Described(IReadOnlyList<PostgresPrograms> found) =>
        found.Count == 0 ? "none" : string.Join(" and ", found.Select(p => p.MajorVersion).Distinct().Order());

    private static IEnumerable<string> Candidates(Surroundings surroundings)
    {
        if (surroundings["CARELINE_PG_BIN"] is { } chosen)
        {
            return [chosen];
        }

        var path = (surroundings["PATH"] ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries);
        var versioned = (string[])["/usr/lib/postgresql", "/usr/libexec"];
        return versioned.Where(Directory.Exists)
            .SelectMany(parent => Directory.EnumerateDirectories(parent).SelectMany(folder => (string[])[Path.Combine(folder, "bin"), folder]))
            .Concat(Directory.Exists("/usr") ? Directory.EnumerateDirectories("/usr", "pgsql-*").Select(folder => Path.Combine(folder, "bin")) : [])
            .Concat(path);
    }

    private static async Task<PostgresPrograms?> TryReadAsync(string folder, CancellationToken ct)
    {
        if (!((string[])["initdb", "pg_ctl", "postgres"]).All(program => File.Exists(Path.Combine(folder, program))))
        {
            return null;
        }

        var (code, output) = await ChildCommand.RunAsync([Path.Combine(folder, "postgres"), "--version"], ct);
        return code == 0 && VersionPattern().Match(output) is { Success: true } match
            ? new PostgresPrograms(folder, int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture))
            : null;
    }

    // "postgres (PostgreSQL) 15.9 (Debian 15.9-0+deb12u1)", "postgres (PostgreSQL) 18beta1"
    [GeneratedRegex(@"\(PostgreSQL\) ([0-9]{1,4})")]
    private static partial Regex VersionPattern();
}
