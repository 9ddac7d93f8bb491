using System.Diagnostics;
using Careline.Host.CommandLine;
using Careline.Host.Database;
using Npgsql;

namespace Careline.Host.Supervision;

// Keeps the private cluster running as long as the supervisor lives.
internal sealed class ClusterKeeper
{
    // A host listens for signals, and listens and speaks to the other hosts, on connections of their own.
    private const int BesidePool = 3;

    // A full disk is waited out: somebody makes room, and nothing has to be typed then.
    private static readonly TimeSpan untilRoom = TimeSpan.FromSeconds(10);

    private readonly CarelineFolder folder;
    private readonly ClusterSettings settings;
    private readonly Surroundings surroundings;
    private Cluster cluster;

    private ClusterKeeper(CarelineFolder folder, ClusterSettings settings, Surroundings surroundings, Cluster cluster)
    {
        this.folder = folder;
        this.settings = settings;
        this.surroundings = surroundings;
        this.cluster = cluster;
    }

    public static async Task<ClusterKeeper> StartAsync(CarelineFolder folder, Surroundings surroundings, int nodes, CancellationToken ct)
    {
        var settings = new ClusterSettings(new Dictionary<string, string>
        {
            ["max_connections"] = $"{Math.Max(120, (nodes * (PoolOf(nodes) + BesidePool)) + 20)}",
        });
        var cluster = await Cluster.StartAsync(folder, settings, surroundings, ct);
        var keeper = new ClusterKeeper(folder, settings, surroundings, cluster);
        Terminal.Say(cluster.WasAdopted
            ? $"careline: took over the PostgreSQL server that was left running on {folder.Path} (process {cluster.Postmaster.ProcessId})."
            : $"careline: PostgreSQL runs on {folder.Path}.");
        try
        {
            await ClusterRoles.EnsureAsync(cluster, DatabaseSession.Name, ct);
            return keeper;
        }
        catch
        {
            await keeper.StopAsync();
            throw;
        }
    }

    // The hosts share the server's connections, and some stay free for the operator.
    public string ConnectionString(int nodes) => new NpgsqlConnectionStringBuilder(cluster.ConnectionString(DatabaseSession.Name))
    {
        MaxPoolSize = PoolOf(nodes),
    }.ConnectionString;

    // Ends with an exit code when starting it again has no point, and with 0 when told to stop.
    public async Task<int> KeepRunningAsync(CancellationToken stop)
    {
        var patience = new Patience();
        var life = Stopwatch.StartNew();
        try
        {
            while (true)
            {
                await cluster.WaitForEndAsync(stop);
                Terminal.Say("careline: PostgreSQL ended unexpectedly; starting it again.");
                StartFailure? failure = null;
                do
                {
                    var isFull = failure is not null && ClusterComplaint.SaysFullDisk(failure);
                    if ((isFull ? untilRoom : patience.After(life.Elapsed)) is not { } pause)
                    {
                        return StartFailure.Failed;
                    }

                    await Task.Delay(pause, stop);
                    life.Restart();
                    failure = await TryStartAgainAsync(failure, stop);
                }
                while (failure is not null);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return 0;
        }
    }

    public Task StopAsync() => cluster.StopAsync();

    private static int PoolOf(int nodes) => Math.Max(10, 100 / nodes);

    // Answers why it did not start, and says so once.
    private async Task<StartFailure?> TryStartAgainAsync(StartFailure? before, CancellationToken stop)
    {
        try
        {
            cluster = await Cluster.StartAsync(folder, settings, surroundings, stop);
            return null;
        }
        catch (StartFailure failure)
        {
            if (failure.Message != before?.Message)
            {
                Terminal.Say(ClusterComplaint.SaysFullDisk(failure)
                    ? $"careline: the disk under {folder.Path} is full; PostgreSQL is started again once there is room." : $"careline: {failure.Message}");
            }

            return failure;
        }
    }
}
