namespace Careline.PrivateCluster;

// What PostgreSQL's programs print, in one sentence with a cure.
internal static class ClusterComplaint
{
    private const string Full = "is full: free some space on it, then start again.";

    public static bool IsFullDisk(string text) =>
        text.Contains("No space left on device", StringComparison.OrdinalIgnoreCase)
        || text.Contains("Check free disk space", StringComparison.OrdinalIgnoreCase)
        || text.Contains("Disk quota exceeded", StringComparison.OrdinalIgnoreCase);

    public static string FullDisk(string path) => $"The disk under {path} {Full}";

    public static bool SaysFullDisk(StartFailure failure) => failure.Message.EndsWith(Full, StringComparison.Ordinal);

    // The server before ours was killed and one of its workers has not noticed yet; it will within moments.
    public static bool IsPassing(string text) =>
        text.Contains("pre-existing shared memory block", StringComparison.Ordinal)
        || text.Contains("the database system is shutting down", StringComparison.Ordinal);

    public static string Explain(string path, string text)
    {
        if (IsFullDisk(text))
        {
            return FullDisk(path);
        }

        if (text.Contains("Permission denied", StringComparison.Ordinal) || text.Contains("wrong ownership", StringComparison.Ordinal))
        {
            return Environment.IsPrivilegedProcess
                ? $"The account postgres cannot reach or write {path}: choose a CARELINE_DATA all of whose parent folders others may enter."
                : $"{path} belongs to another user: start as that user, or name another folder in CARELINE_DATA.";
        }

        if (text.Contains("is too long (maximum", StringComparison.Ordinal))
        {
            return $"The path of the socket folder is too long: choose a shorter CARELINE_DATA than {path}.";
        }

        if (text.Contains("could not look up effective user ID", StringComparison.Ordinal))
        {
            return "PostgreSQL needs its user to have a name: add this process's user id to /etc/passwd.";
        }

        return $"PostgreSQL did not start on {path}: {Essence(text)}";
    }

    private static string Essence(string text)
    {
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var line = lines.LastOrDefault(line => line.Contains("FATAL:", StringComparison.Ordinal) || line.Contains("PANIC:", StringComparison.Ordinal))
            ?? lines.LastOrDefault(line => line.Contains("error:", StringComparison.Ordinal))
            ?? lines.LastOrDefault()
            ?? "it gave no reason";
        var cut = Math.Max(line.IndexOf("FATAL:", StringComparison.Ordinal), line.IndexOf("PANIC:", StringComparison.Ordinal));
        return cut < 0 ? line : line[(cut + "FATAL:".Length)..].Trim();
    }
}
