namespace Careline.PrivateCluster;

internal static class ClusterLog
{
    private const long RotateAtBytes = 10 * 1024 * 1024;

    // The server appends to a file opened for it, so the file can only be changed for a new one between two servers.
    public static void Open(CarelineFolder folder)
    {
        if (Length(folder) > RotateAtBytes)
        {
            File.Move(folder.ClusterLog, folder.ClusterLog + ".1", overwrite: true);
        }

        if (!File.Exists(folder.ClusterLog))
        {
            using var created = new FileStream(folder.ClusterLog, new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.Write,
                UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            });
        }
    }

    public static long Length(CarelineFolder folder) => new FileInfo(folder.ClusterLog) is { Exists: true } file ? file.Length : 0;

    public static string Since(CarelineFolder folder, long offset)
    {
        try
        {
            using var file = new FileStream(folder.ClusterLog, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            file.Seek(offset, SeekOrigin.Begin);
            using var reader = new StreamReader(file);
            return reader.ReadToEnd();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
