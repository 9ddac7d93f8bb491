using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace Careline.PrivateCluster;

// Everything Careline keeps on this machine, and where in it the cluster's parts lie.
internal sealed record CarelineFolder(string Path)
{
    // These end up inside a shell's double quotes (pg_ctl) and inside configuration values.
    private static readonly SearchValues<char> Unusable = SearchValues.Create("\"'`$\\\n\r");

    public string Cluster => System.IO.Path.Combine(Path, "postgres");

    public string UnfinishedCluster => System.IO.Path.Combine(Path, "postgres.unfinished");

    public string Logs => System.IO.Path.Combine(Path, "logs");

    public string ClusterLog => System.IO.Path.Combine(Logs, "postgresql.log");

    public string Configuration => System.IO.Path.Combine(Path, "postgresql.conf");

    public string Lock => System.IO.Path.Combine(Path, "careline.lock");

    public string LockHolder => System.IO.Path.Combine(Path, "careline.pid");

    // A socket's path may have 107 bytes, so it cannot lie in a data folder of any length.
    public string Socket => $"/tmp/careline-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Path)))[..12]}";

    public static CarelineFolder Of(Surroundings surroundings)
    {
        var path = surroundings["CARELINE_DATA"]
            ?? (Environment.IsPrivilegedProcess
                ? "/var/lib/careline"
                : System.IO.Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".local/share/careline"));
        return path.AsSpan().ContainsAny(Unusable)
            ? throw new StartFailure(
                "CARELINE_DATA holds a quote, dollar sign, backslash or line break: choose a folder without them.", StartFailure.Configuration)
            : new CarelineFolder(System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(path)));
    }

    public void Create()
    {
        const UnixFileMode own = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        try
        {
            // As root PostgreSQL runs under its own account, which must be able to pass through but not to list.
            var mode = Environment.IsPrivilegedProcess ? own | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute : own;
            Directory.CreateDirectory(Path, mode);
            Directory.CreateDirectory(Logs, mode);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw NotWritable(e);
        }
    }

    public StartFailure NotWritable(Exception cause) => new(
        ClusterComplaint.IsFullDisk(cause.Message)
            ? ClusterComplaint.FullDisk(Path)
            : $"The data folder {Path} cannot be written by {Environment.UserName}: "
              + "start as the user it belongs to, or name another folder in CARELINE_DATA.");
}
