using Careline.Platform.Security;
using Careline.Platform.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Careline.Consultations.VisitRoom;

/// <summary>
/// The page on which a visit is held. It is the same for everybody and knows nothing of anybody: people sign in on it, and it asks the API as any client does.
/// </summary>
internal static class VisitPage
{
    private static readonly Dictionary<string, (string Type, byte[] Bytes)> _files = new[]
    {
        ("visit.html", "text/html; charset=utf-8"),
        ("visit.css", "text/css; charset=utf-8"),
        ("visit.js", "text/javascript; charset=utf-8"),
        ("api.js", "text/javascript; charset=utf-8"),
        ("peers.js", "text/javascript; charset=utf-8"),
        ("chat.js", "text/javascript; charset=utf-8"),
    }.ToDictionary(f => f.Item1, f => (f.Item2, Read(f.Item1)));

    public static void Map(IEndpointRouteBuilder app)
    {
        var pages = app.MapGroup("/visit").WithTags("Visit");
        pages.MapGet("/{id:guid}", (HttpContext http) => Page(http))
            .Named("VisitPage", "The page on which a visit is held.")
            .ForAnyone("The page holds nothing: people sign in on it.")
            .OpenToAll("The page is the same whatever id stands in its address, and looks nothing up.")
            .ExcludeFromDescription();
        pages.MapGet("/assets/{name}", (string name) => Asset(name))
            .Named("VisitPageAsset", "Style and script of the page on which a visit is held.")
            .ForAnyone("Style and script of a page that anybody may open.")
            .ExcludeFromDescription();
    }

    // Nothing but our own files is loaded, nothing runs that stands in the page, and it speaks with this host alone.
    private static FileContentHttpResult Page(HttpContext http)
    {
        var socket = $"{(http.Request.IsHttps ? "wss" : "ws")}://{http.Request.Host}";
        http.Response.Headers.ContentSecurityPolicy =
            $"default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; connect-src 'self' {socket}; form-action 'none'; base-uri 'none'; frame-ancestors 'none'";
        http.Response.Headers["Permissions-Policy"] = "camera=(self), microphone=(self), geolocation=()";
        return Asset("visit.html");
    }

    private static FileContentHttpResult Asset(string name) => _files.TryGetValue(name, out var file) ? TypedResults.Bytes(file.Bytes, file.Type) : throw new Careline.Platform.Web.NotFound();

    private static byte[] Read(string name)
    {
        using var stream = typeof(VisitPage).Assembly.GetManifestResourceStream($"Careline.Consultations.VisitRoom.Page.{name}")!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
