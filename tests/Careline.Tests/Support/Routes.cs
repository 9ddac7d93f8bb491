using Careline.Portal;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Careline.Tests.Support;

/// <summary>What an application answers to.</summary>
internal static class Routes
{
    /// <summary>The routes of the API, each once.</summary>
    public static IEnumerable<RouteEndpoint> ApiRoutes(this TestApp app) => app.AllRoutes().Where(r => !IsPortals(r));

    /// <summary>The routes of the portal, each once.</summary>
    public static IEnumerable<RouteEndpoint> PortalRoutes(this TestApp app) => app.AllRoutes().Where(IsPortals);

    private static IEnumerable<RouteEndpoint> AllRoutes(this TestApp app) => app.Services.GetServices<EndpointDataSource>().SelectMany(s => s.Endpoints).OfType<RouteEndpoint>().Distinct();

    private static bool IsPortals(RouteEndpoint route) => route.Metadata.GetMetadata<ITagsMetadata>()?.Tags.Contains(PortalModule.Tag) == true;
}
