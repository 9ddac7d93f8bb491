using Careline.Host.Database;
using Careline.Host.Demo;

namespace Careline.Host.Supervision;

// What `careline up` is: owner of the cluster and parent of the hosts. It serves nothing itself and so has little to die of.
internal sealed class Supervisor(CarelineFolder folder, Surroundings surroundings, int nodes)
{
    // A supervisor that was killed leaves hosts behind that still finish what they do.
    private static readonly TimeSpan PortsBecomeFree = TimeSpan.FromSeconds(5);

    public async Task<int> RunAsync(CancellationToken stop)
    {
        var addresses = ListenAddress.OfNodes(surroundings.Urls, nodes);
        var ownServer = OwnServer.ConnectionString(surroundings);
        using var folderLock = FolderLock.Take(folder, FolderLock.UpPurpose);
        await RequireFreeAsync(addresses.SelectMany(list => list), stop);
        if (ownServer is not null)
        {
            return await KeepRunningAsync(Hosts(addresses, ownServer), ownServer, null, stop);
        }

        var keeper = await ClusterKeeper.StartAsync(folder, surroundings, nodes, stop);
        try
        {
            var connectionString = keeper.ConnectionString(nodes);
            return await KeepRunningAsync(Hosts(addresses, connectionString), connectionString, keeper, stop);
        }
        finally
        {
            await keeper.StopAsync();
        }
    }

    private static async Task RequireFreeAsync(IEnumerable<ListenAddress> addresses, CancellationToken stop)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(stop);
        deadline.CancelAfter(PortsBecomeFree);
        foreach (var address in addresses)
        {
            while (address.Obstacle() is { } obstacle)
            {
                try
                {
                    await Task.Delay(100, deadline.Token);
                }
                catch (OperationCanceledException) when (!stop.IsCancellationRequested)
                {
                    throw new StartFailure(obstacle);
                }
            }
        }
    }

    // Until told to stop, or until one of them cannot be kept running: then all end, and its code is the answer.
    private async Task<int> KeepRunningAsync(
        IReadOnlyList<HostProcess> hosts, string connectionString, ClusterKeeper? keeper, CancellationToken stop)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var kept = hosts.Select(host => host.KeepRunningAsync(end.Token)).ToList();
        var announced = Readiness.AnnounceAsync(hosts, () => HasDemoAsync(connectionString, end.Token), end.Token);

        // PostgreSQL must outlive the hosts: it is watched until they have ended, and stopped by the caller.
        var cluster = keeper?.KeepRunningAsync(end.Token);
        var first = await Task.WhenAny(cluster is null ? kept : [.. kept, cluster]);
        await end.CancelAsync();
        await Task.WhenAll(kept);
        await announced;
        return await first;
    }

    private async Task<bool> HasDemoAsync(string connectionString, CancellationToken ct) =>
        surroundings.EnvironmentName == Environments.Development && await DemoSignIns.ArePresentAsync(connectionString, ct);

    private List<HostProcess> Hosts(IReadOnlyList<IReadOnlyList<ListenAddress>> addresses, string connectionString)
    {
        var environment = new Dictionary<string, string?>
        {
            ["DATABASE_URL"] = null,
            ["ConnectionStrings__Careline"] = connectionString,
            ["CARELINE_DATA"] = folder.Path,
            ["ASPNETCORE_ENVIRONMENT"] = surroundings.EnvironmentName,
        };
        return addresses.Select((list, index) => new HostProcess(index + 1, list, environment)).ToList();
    }
}
