using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Primitives;

namespace Careline.Host.Endpoints;

/// <summary>
/// All routes, built when they are first asked for and kept. A group of routes builds its handlers anew for whoever asks, and routing and
/// authorization both do: for hundreds of routes that is a second of processor time at each start. Routes do not change while the host runs.
/// </summary>
internal sealed class RoutesBuiltOnce : EndpointDataSource
{
    private readonly Lazy<IReadOnlyList<Endpoint>> _endpoints;

    private RoutesBuiltOnce(IReadOnlyList<EndpointDataSource> sources) => _endpoints = new(() => [.. sources.SelectMany(s => s.Endpoints)]);

    /// <inheritdoc />
    public override IReadOnlyList<Endpoint> Endpoints => _endpoints.Value;

    /// <summary>Puts itself in the place of everything that was mapped; call it last.</summary>
    public static void Keep(IEndpointRouteBuilder routes)
    {
        var once = new RoutesBuiltOnce([.. routes.DataSources]);
        routes.DataSources.Clear();
        routes.DataSources.Add(once);
    }

    /// <inheritdoc />
    public override IChangeToken GetChangeToken() => NullChangeToken.Singleton;
}
