using System.Globalization;

namespace Careline.Bench;

/// <summary>Processor seconds that the host and its PostgreSQL have burnt so far, from <c>/proc</c>: unlike requests a second, they hardly depend on what
/// else the machine does.</summary>
internal readonly record struct Cost(double Host, double Database)
{
    private const double TicksPerSecond = 100;

    private static readonly string[] _memory = ["Pss:", "VmHWM:"];

    public double Total => Host + Database;

    public static Cost operator -(Cost later, Cost earlier) => new(later.Host - earlier.Host, later.Database - earlier.Database);

    public static Cost Read(Settings settings)
    {
        var all = Processes();
        var database = Tree(all, int.Parse(File.ReadLines(settings.Postmaster).First(), CultureInfo.InvariantCulture)).ToHashSet();
        return new Cost(
            Tree(all, settings.Supervisor).Where(process => !database.Contains(process)).Sum(process => all[process].Seconds),
            database.Sum(process => all[process].Seconds));
    }

    /// <summary>MiB of the host: proportional set size now, and the most it ever held.</summary>
    public static (double Pss, double Peak) Memory(Settings settings)
    {
        var all = Processes();
        var database = Tree(all, int.Parse(File.ReadLines(settings.Postmaster).First(), CultureInfo.InvariantCulture)).ToHashSet();
        var lines = Tree(all, settings.Supervisor).Where(process => process != settings.Supervisor && !database.Contains(process))
            .SelectMany(process => File.ReadLines($"/proc/{process}/smaps_rollup").Concat(File.ReadLines($"/proc/{process}/status"))).ToList();
        var mebibytes = _memory.Select(name => lines.Where(line => line.StartsWith(name, StringComparison.Ordinal))
            .Sum(line => double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture)) / 1024).ToList();
        return (mebibytes[0], mebibytes[1]);
    }

    private static Dictionary<int, (int Parent, double Seconds)> Processes()
    {
        var all = new Dictionary<int, (int, double)>();
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var process))
            {
                try
                {
                    // After the name, which may hold blanks: state, parent, ... and from the twelfth on user and system time, own and of ended children.
                    var stat = File.ReadAllText($"{folder}/stat");
                    var words = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
                    var ticks = words[11..15].Sum(word => long.Parse(word, CultureInfo.InvariantCulture));
                    all[process] = (int.Parse(words[1], CultureInfo.InvariantCulture), ticks / TicksPerSecond);
                }
                catch (IOException)
                {
                    // Ended meanwhile.
                }
            }
        }

        return all;
    }

    private static IEnumerable<int> Tree(Dictionary<int, (int Parent, double Seconds)> all, int root) => all.ContainsKey(root)
        ? all.Where(process => process.Value.Parent == root).SelectMany(child => Tree(all, child.Key)).Prepend(root)
        : [];
}
