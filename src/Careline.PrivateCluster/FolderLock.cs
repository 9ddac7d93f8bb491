using System.Globalization;

namespace Careline.PrivateCluster;

// Held by whoever may start and stop the cluster of a data folder. The kernel drops it with the process, even after kill -9.
internal sealed class FolderLock : IDisposable
{
    public const string UpPurpose = "careline up";
    public const string CommandPurpose = "careline cli";

    private readonly FileStream file;

    private FolderLock(FileStream file) => this.file = file;

    // Null when another process holds it.
    public static FolderLock? TryTake(CarelineFolder folder, string purpose)
    {
        folder.Create();
        FileStream? file = null;
        try
        {
            file = new FileStream(folder.Lock, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);

            // Beside the lock and not in it: the lock keeps everyone else from reading the file it is on.
            File.WriteAllText(folder.LockHolder, string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessId} {purpose}\n"));
            return new FolderLock(file);
        }
        catch (IOException) when (file is null && File.Exists(folder.Lock))
        {
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            file?.Dispose();
            throw folder.NotWritable(e);
        }
    }

    public static FolderLock Take(CarelineFolder folder, string purpose) =>
        TryTake(folder, purpose) ?? throw InUse(folder);

    // Only looks: nothing is made and nothing is written.
    public static bool IsHeld(CarelineFolder folder)
    {
        try
        {
            using var file = new FileStream(folder.Lock, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            return false;
        }
        catch (FileNotFoundException)
        {
            return false;
        }
        catch (UnauthorizedAccessException e)
        {
            throw folder.NotWritable(e);
        }
        catch (IOException)
        {
            return true;
        }
    }

    public static StartFailure InUse(CarelineFolder folder)
    {
        var (pid, purpose) = Holder(folder);
        return new StartFailure(
            $"Careline already runs on {folder.Path} (process {pid}, {purpose}): "
            + "stop that one first, or name another folder in CARELINE_DATA.");
    }

    public static (string Pid, string Purpose) Holder(CarelineFolder folder)
    {
        try
        {
            return File.ReadAllText(folder.LockHolder).Trim().Split(' ', 2) is [var pid, var purpose] ? (pid, purpose) : ("unknown", "unknown");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return ("unknown", "unknown");
        }
    }

    public void Dispose() => file.Dispose();
}
