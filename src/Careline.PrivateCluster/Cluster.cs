using System.Diagnostics;
using Npgsql;

namespace Careline.PrivateCluster;

// A PostgreSQL server of our own, reachable through its socket only. Whoever starts or stops it holds the FolderLock.
internal sealed class Cluster
{
    private static readonly TimeSpan PassingTrouble = TimeSpan.FromSeconds(15);

    private readonly CarelineFolder folder;
    private readonly PostgresPrograms programs;
    private readonly PostgresAccount account;

    private Cluster(CarelineFolder folder, PostgresPrograms programs, PostgresAccount account, Postmaster postmaster, bool wasAdopted)
    {
        this.folder = folder;
        this.programs = programs;
        this.account = account;
        Postmaster = postmaster;
        WasAdopted = wasAdopted;
    }

    public Postmaster Postmaster { get; }

    public bool WasAdopted { get; }

    public bool IsAlive => Postmaster.In(folder) == Postmaster.Standing.Ours;

    public string ConnectionString(string database) => ConnectionStringOf(Postmaster, database);

    public static string ConnectionStringOf(Postmaster postmaster, string database) => new NpgsqlConnectionStringBuilder
    {
        Host = postmaster.SocketFolder,
        Port = postmaster.Port,
        Username = ClusterCreation.Superuser,
        Database = database,
    }.ConnectionString;

    // Adopts the server that an earlier, killed supervisor left running, or starts one, making its files when there are none.
    public static async Task<Cluster> StartAsync(
        CarelineFolder folder, ClusterSettings settings, Surroundings surroundings, CancellationToken ct)
    {
        folder.Create();
        var account = PostgresAccount.OfProcess();
        var version = ClusterCreation.ExistingVersion(folder);
        var programs = await PostgresPrograms.FindAsync(surroundings, version, ct);
        if (version is null)
        {
            await ClusterCreation.CreateAsync(folder, programs, account, settings, ct);
        }

        if (await RunningCluster.WaitForReadyAsync(folder, ct) is { } orphan)
        {
            return new Cluster(folder, programs, account, orphan, wasAdopted: true);
        }

        await PrepareAsync(folder, settings, account, ct);
        var since = Stopwatch.StartNew();
        while (true)
        {
            Postmaster.ForgetGone(folder);
            if (await TryStartAsync(folder, programs, account) is not { } complaint)
            {
                var postmaster = Postmaster.ReadAlive(folder)
                    ?? throw new StartFailure($"PostgreSQL started on {folder.Cluster} and ended at once: see {folder.ClusterLog}.");
                return new Cluster(folder, programs, account, postmaster, wasAdopted: false);
            }

            if (!ClusterComplaint.IsPassing(complaint) || since.Elapsed > PassingTrouble)
            {
                throw new StartFailure(ClusterComplaint.Explain(folder.Path, complaint));
            }

            await Task.Delay(200, ct);
        }
    }

    // Fast: open transactions are rolled back, nothing acknowledged is lost. Immediate is for clusters that are thrown away.
    public async Task StopAsync(bool immediately = false)
    {
        foreach (var mode in immediately ? (string[])["immediate"] : ["fast", "immediate"])
        {
            if (!IsAlive)
            {
                return;
            }

            await ChildCommand.RunAsync(
                [.. account.Prefix, programs["pg_ctl"], "stop", "-D", folder.Cluster, "-m", mode, "-w", "-t", "60", "-s"], CancellationToken.None);
        }
    }

    public async Task WaitForEndAsync(CancellationToken ct)
    {
        // It is not a child of this process (pg_ctl started it, or a supervisor before us), so nobody tells us.
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(250));
        while (IsAlive)
        {
            await timer.WaitForNextTickAsync(ct);
        }
    }

    private static async Task PrepareAsync(CarelineFolder folder, ClusterSettings settings, PostgresAccount account, CancellationToken ct)
    {
        if (new DirectoryInfo(folder.Socket).LinkTarget is not null)
        {
            throw new StartFailure($"{folder.Socket} is a link that someone else may have laid: remove it.");
        }

        await account.MakeFolderAsync(folder.Socket, ct);
        try
        {
            ClusterLog.Open(folder);
            var draft = folder.Configuration + ".new";
            await File.WriteAllTextAsync(draft, settings.Text(folder), ct);
            File.Move(draft, folder.Configuration, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw folder.NotWritable(e);
        }

        await account.OwnFileAsync(folder.ClusterLog, ct);
        await account.OwnFileAsync(folder.Configuration, ct);
    }

    // Not cancellable: a start that is cut off would leave a server nobody waits for. Null when it is ready.
    private static async Task<string?> TryStartAsync(CarelineFolder folder, PostgresPrograms programs, PostgresAccount account)
    {
        var logged = ClusterLog.Length(folder);
        var (code, output) = await ChildCommand.RunAsync(
            [
                .. account.Prefix, programs["pg_ctl"], "start", "-D", folder.Cluster, "-l", folder.ClusterLog, "-w", "-t", "3600", "-s",
                "-o", $"-c config_file='{folder.Configuration}'",
            ],
            CancellationToken.None);
        return code == 0 ? null : output + "\n" + ClusterLog.Since(folder, logged);
    }
}
