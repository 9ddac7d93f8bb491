
namespace Careline.Tests.Support;

// A data folder of one test or one run. Its name carries a prefix, so that a later run finds what a killed one left.
internal sealed record TestFolder(CarelineFolder Careline) : IDisposable
{
    private const string Prefix = "careline-tests-";

    private const string Memory = "/dev/shm";
    private const long Enough = 4L << 30;

    // In memory where there is plenty of it: nobody wants a test's data back, and a database is cloned there ten times as fast.
    private static readonly string Place = new DriveInfo(Memory) is { IsReady: true, AvailableFreeSpace: > Enough } ? Memory : Path.GetTempPath();

    // A run makes its folder and then locks it: a folder this young may be between the two.
    private static readonly TimeSpan Settled = TimeSpan.FromMinutes(1);

    public static TestFolder Create()
    {
        var path = Path.Combine(Place, Prefix + Path.GetRandomFileName());
        Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        if (Environment.IsPrivilegedProcess)
        {
            File.SetUnixFileMode(path, File.GetUnixFileMode(path) | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        }

        return new TestFolder(new CarelineFolder(path));
    }

    // What earlier runs left when they were killed: a cluster that still runs, and files.
    public static async Task SweepAsync()
    {
        foreach (var path in Directory.EnumerateDirectories(Place, Prefix + "*"))
        {
            var age = TimeProvider.System.GetUtcNow() - Directory.GetLastWriteTimeUtc(path);
            if (age < Settled)
            {
                continue;
            }

            try
            {
                var folder = new TestFolder(new CarelineFolder(path));
                using var taken = FolderLock.TryTake(folder.Careline, "sweep");
                if (taken is not null)
                {
                    await folder.StopClusterAsync();
                    folder.Dispose();
                }
            }
            catch (StartFailure)
            {
                // Another user's: theirs to sweep.
            }
        }
    }

    public async Task StopClusterAsync()
    {
        if (Postmaster.ReadAlive(Careline) is not null)
        {
            var cluster = await Cluster.StartAsync(Careline, TestCluster.Settings, Surroundings.OfProcess, CancellationToken.None);
            await cluster.StopAsync(immediately: true);
        }
    }

    public void Dispose()
    {
        foreach (var path in (string[])[Careline.Path, Careline.Socket])
        {
            if (Directory.Exists(path))
            {
                Directory.Delete(path, recursive: true);
            }
        }
    }
}
