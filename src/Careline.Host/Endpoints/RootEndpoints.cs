using System.Net.Mime;
using Careline.Platform.Data;
using Careline.Platform.Security;
using Careline.Platform.Web;

namespace Careline.Host.Endpoints;

internal static class RootEndpoints
{
    private const string Page =
        """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>Careline</title>
        <style>
        body { font: 1.05rem/1.6 system-ui, sans-serif; max-width: 40rem; margin: 3rem auto; padding: 0 1rem; color: #1b2b34; background: #fbfdfd }
        h1 { font-size: 2rem; margin-bottom: 0 }
        p.lead { margin-top: .2rem; color: #48606b }
        a { color: #00686e }
        @media (prefers-color-scheme: dark) { body { background: #10191d; color: #e3edf0 } p.lead { color: #9db3bc } a { color: #6fd3d6 } }
        </style>
        </head>
        <body>
        <h1>Careline</h1>
        <p class="lead">Telehealth that you host yourself.</p>
        <ul>
        <li><a href="/api/docs/">Try the API</a> in the browser</li>
        <li><a href="/api/redoc/">Read the API</a> as a reference</li>
        <li><a href="/api/schema/">OpenAPI 3.1 document</a></li>
        <li><a href="/admin/">Administration</a></li>
        <li><a href="/health/">Health</a></li>
        </ul>
        </body>
        </html>
        """;

    public static void MapRoot(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("").WithTags("Overview");
        group.MapGet("/", Root).Named("Root", "A page for people, the list of modules for programs.").ForAnyone("The front door.").ExcludeFromDescription();
        group.MapGet("/admin/", () => TypedResults.Redirect("/api/docs/#/Users"))
            .Named("Administration", "Leads to the administration part of the documentation.").ForAnyone("Only a signpost.").ExcludeFromDescription();
        group.MapGet("/api/", (IEnumerable<CarelineModule> modules) => Answer.Ok(Modules(modules)))
            .Named("ApiRoot", "The list of modules.").ForAnyone("Only a signpost.");
    }

    private static IResult Root(HttpRequest request, IEnumerable<CarelineModule> modules) =>
        request.Headers.Accept.ToString().Contains(MediaTypeNames.Text.Html, StringComparison.OrdinalIgnoreCase)
            ? TypedResults.Text(Page, "text/html; charset=utf-8")
            : Answer.Ok(Modules(modules), "Careline.");

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
