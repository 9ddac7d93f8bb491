using System.Globalization;

namespace Careline.PrivateCluster;

// Makes the cluster's files once. They are made beside their place and renamed into it, so that a start that was killed
// half-way leaves nothing that looks like a cluster.
internal static class ClusterCreation
{
    public const string Superuser = "careline";

    private const int LastVersionWithoutBuiltinLocale = 16;

    // Null when there is no cluster yet.
    public static int? ExistingVersion(CarelineFolder folder)
    {
        try
        {
            if (!Directory.Exists(folder.Cluster) || !Directory.EnumerateFileSystemEntries(folder.Cluster).Any())
            {
                return null;
            }

            var file = Path.Combine(folder.Cluster, "PG_VERSION");
            return File.Exists(file) && int.TryParse(File.ReadAllText(file).Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var version)
                ? version
                : throw new StartFailure(
                    $"{folder.Cluster} holds something that is not a PostgreSQL cluster: move it away, or name another folder in CARELINE_DATA.");
        }
        catch (UnauthorizedAccessException e)
        {
            throw folder.NotWritable(e);
        }
    }

    public static async Task CreateAsync(
        CarelineFolder folder, PostgresPrograms programs, PostgresAccount account, ClusterSettings settings, CancellationToken ct)
    {
        await RequireReachableAsync(folder, account, ct);
        if (Directory.Exists(folder.UnfinishedCluster))
        {
            Directory.Delete(folder.UnfinishedCluster, recursive: true);
        }

        await account.MakeFolderAsync(folder.UnfinishedCluster, ct);
        IReadOnlyList<string> locale = programs.MajorVersion > LastVersionWithoutBuiltinLocale
            ? ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
            : ["--locale=C.UTF-8"];
        IReadOnlyList<string> sync = settings.IsDurable ? [] : ["--no-sync"];
        var (code, output) = await ChildCommand.RunAsync(
            [
                .. account.Prefix, programs["initdb"], $"--pgdata={folder.UnfinishedCluster}", $"--username={Superuser}",
                "--encoding=UTF8", .. locale, "--data-checksums", "--auth-local=trust", "--auth-host=reject", "--no-instructions", .. sync,
            ],
            ct);
        if (code != 0)
        {
            Directory.Delete(folder.UnfinishedCluster, recursive: true);
            throw new StartFailure(ClusterComplaint.Explain(folder.Path, output));
        }

        if (Directory.Exists(folder.Cluster))
        {
            // Known to be empty. A rename onto it would fail.
            Directory.Delete(folder.Cluster);
        }

        Directory.Move(folder.UnfinishedCluster, folder.Cluster);
        if (settings.IsDurable)
        {
            // Without this a power cut could take the rename back after the first patient was told "saved".
            await ChildCommand.RunAsync(["sync", folder.Path], ct);
        }
    }

    private static async Task RequireReachableAsync(CarelineFolder folder, PostgresAccount account, CancellationToken ct)
    {
        var (code, _) = await ChildCommand.RunAsync([.. account.Prefix, "test", "-x", folder.Path], ct);
        if (code != 0)
        {
            throw new StartFailure(ClusterComplaint.Explain(folder.Path, "Permission denied"));
        }
    }
}
