
namespace Careline.Host.Database;

// A database for the length of one command: the operator's own server, the cluster that `up` keeps, or one started for it.
internal sealed class DatabaseSession : IAsyncDisposable
{
    public const string Name = "careline";

    private static readonly TimeSpan StartOfAnother = TimeSpan.FromSeconds(60);

    private readonly FolderLock? folderLock;
    private readonly Cluster? started;

    private DatabaseSession(string connectionString, FolderLock? folderLock = null, Cluster? started = null)
    {
        ConnectionString = connectionString;
        this.folderLock = folderLock;
        this.started = started;
    }

    public string ConnectionString { get; }

    public static async Task<DatabaseSession> OpenAsync(Surroundings surroundings, CancellationToken ct)
    {
        if (OwnServer.ConnectionString(surroundings) is { } own)
        {
            return new DatabaseSession(own);
        }

        var folder = CarelineFolder.Of(surroundings);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(StartOfAnother);
        try
        {
            return await OpenPrivateAsync(folder, surroundings, patience, ct);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw FolderLock.InUse(folder);
        }
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await (started?.StopAsync() ?? Task.CompletedTask);
        }
        finally
        {
            folderLock?.Dispose();
        }
    }

    private static async Task<DatabaseSession> OpenPrivateAsync(
        CarelineFolder folder, Surroundings surroundings, CancellationTokenSource patience, CancellationToken ct)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        while (true)
        {
            if (FolderLock.TryTake(folder, FolderLock.CommandPurpose) is { } taken)
            {
                return await StartAsync(taken, folder, surroundings, ct);
            }

            // Another command will stop its cluster when it ends, under our feet: its turn first. `up` keeps one for all.
            if (FolderLock.Holder(folder).Purpose == FolderLock.CommandPurpose)
            {
                patience.CancelAfter(Timeout.InfiniteTimeSpan);
            }
            else if (await RunningCluster.WaitForReadyAsync(folder, patience.Token) is { } running)
            {
                return new DatabaseSession(Cluster.ConnectionStringOf(running, Name));
            }

            await timer.WaitForNextTickAsync(patience.Token);
        }
    }

    private static async Task<DatabaseSession> StartAsync(
        FolderLock folderLock, CarelineFolder folder, Surroundings surroundings, CancellationToken ct)
    {
        try
        {
            var cluster = await Cluster.StartAsync(folder, ClusterSettings.Default, surroundings, ct);
            await ClusterRoles.EnsureAsync(cluster, Name, ct);
            return new DatabaseSession(cluster.ConnectionString(Name), folderLock, cluster);
        }
        catch
        {
            folderLock.Dispose();
            throw;
        }
    }
}
