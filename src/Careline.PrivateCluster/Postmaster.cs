using System.Globalization;

namespace Careline.PrivateCluster;

// The server that postmaster.pid names: pid, data folder, start time, port, socket folder, address, shared memory, status.
internal sealed record Postmaster(int ProcessId, int Port, string SocketFolder, string Status)
{
    internal enum Standing
    {
        Gone,
        Ours,

        // A PostgreSQL server, but another one: the pid was given out again.
        Another,
    }

    public bool IsReady => Status == "ready";

    // The file grows line by line while a server starts, so an incomplete one is not an error.
    public static Postmaster? Read(CarelineFolder folder) => Read(PidFile(folder));

    public static Postmaster? ReadAlive(CarelineFolder folder) =>
        Read(folder) is { } postmaster && postmaster.In(folder) == Standing.Ours ? postmaster : null;

    // PostgreSQL refuses to start while any process of its user has the pid in these files, even an unrelated one (pids are
    // given out again after a reboot or in a new container) or one that is dead and not yet collected by its parent.
    // The shared memory segment still guards against workers of the old server that live on.
    public static void ForgetGone(CarelineFolder folder)
    {
        var socket = Path.Combine(folder.Socket, string.Create(CultureInfo.InvariantCulture, $".s.PGSQL.{ClusterSettings.Port}.lock"));
        foreach (var file in (string[])[PidFile(folder), socket])
        {
            if (Read(file)?.In(folder) == Standing.Gone)
            {
                File.Delete(file);
            }
        }
    }

    public Standing In(CarelineFolder folder)
    {
        try
        {
            var process = $"/proc/{ProcessId.ToString(CultureInfo.InvariantCulture)}";
            var stat = File.ReadAllText($"{process}/stat");
            var state = stat[(stat.LastIndexOf(')') + 2)..];
            var words = File.ReadAllText($"{process}/cmdline").Split('\0');
            if (state[0] is 'Z' or 'X' || Path.GetFileName(words[0]) is not ("postgres" or "postmaster"))
            {
                return Standing.Gone;
            }

            return words.Contains(folder.Cluster) || RunsIn(process, folder) ? Standing.Ours : Standing.Another;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Standing.Gone;
        }
    }

    // The data folder may have been started by hand, or moved since: a server's working folder is its data folder.
    private static bool RunsIn(string process, CarelineFolder folder)
    {
        try
        {
            return File.ReadAllText($"{process}/cwd/postmaster.pid") == File.ReadAllText(PidFile(folder));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static Postmaster? Read(string file)
    {
        try
        {
            var lines = File.ReadAllLines(file);
            return lines.Length > 0 && int.TryParse(lines[0], NumberStyles.None, CultureInfo.InvariantCulture, out var pid)
                ? new Postmaster(
                    pid,
                    lines.Length > 3 && int.TryParse(lines[3], NumberStyles.None, CultureInfo.InvariantCulture, out var port) ? port : 0,
                    lines.ElementAtOrDefault(4) ?? "",
                    lines.ElementAtOrDefault(7)?.Trim() ?? "starting")
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static string PidFile(CarelineFolder folder) => Path.Combine(folder.Cluster, "postmaster.pid");
}
