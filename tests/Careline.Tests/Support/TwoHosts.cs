using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;

namespace Careline.Tests.Support;

/// <summary>Two hosts on one database, as behind a load balancer.</summary>
public sealed class TwoHosts(TestCluster cluster) : TestApp(cluster), IAsyncLifetime
{
    private readonly List<WebApplication> _others = [];

    public Uri Other { get; private set; } = null!;

    async ValueTask IAsyncLifetime.InitializeAsync()
    {
        await InitializeAsync();
        Other = await FurtherAsync();
    }

    async ValueTask IAsyncDisposable.DisposeAsync()
    {
        foreach (var other in _others)
        {
            await other.StopAsync();
            await other.DisposeAsync();
        }

        await DisposeAsync();
    }

    /// <summary>Stops the latest of the further hosts in an orderly way.</summary>
    public async Task StopLatestAsync()
    {
        var latest = _others[^1];
        _others.Remove(latest);
        await latest.StopAsync();
        await latest.DisposeAsync();
    }

    /// <summary>Starts another host and answers where it listens.</summary>
    public async Task<Uri> FurtherAsync()
    {
        var other = Build(ConnectionString, builder => builder.Configuration["Files:Folder"] = FilesFolder);
        await CarelineApplication.MigrateAsync(other, CancellationToken.None);
        await other.StartAsync();
        _others.Add(other);
        return new Uri(other.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
    }
}
