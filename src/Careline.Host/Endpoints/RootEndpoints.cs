using Careline.Platform.Data;
using Careline.Platform.Security;
using Careline.Platform.Web;

namespace Careline.Host.Endpoints;

internal static class RootEndpoints
{
    public static void MapRoot(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("").WithTags("Overview");
        group.MapGet("/", (IEnumerable<CarelineModule> modules) => Answer.Ok(Modules(modules), "Careline.")).Named("Root", "The list of modules, for programs; people get the portal's first page.").ForAnyone("The front door.").ExcludeFromDescription();
        group.MapGet("/api/", (IEnumerable<CarelineModule> modules) => Answer.Ok(Modules(modules)))
            .Named("ApiRoot", "The list of modules.").ForAnyone("Only a signpost.");
    }

    private static RootResponse Modules(IEnumerable<CarelineModule> modules) => new(
        CarelineApplication.Version,
        [.. modules.OrderBy(m => m.Level).ThenBy(m => m.Name, StringComparer.Ordinal).Select(m => m.Schema)],
        "/api/docs/",
        "/api/schema/");
}

/// <summary>What this installation consists of.</summary>
/// <param name="Version">The release.</param>
/// <param name="Modules">Its modules, lowest first.</param>
/// <param name="Documentation">Where to try the API.</param>
/// <param name="Schema">Where its OpenAPI document is.</param>
public sealed record RootResponse(string Version, IReadOnlyList<string> Modules, string Documentation, string Schema);
