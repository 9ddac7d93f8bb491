using System.Net.Http.Json;
using System.Text.Json;
using Careline.Portal.SignIn;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace Careline.Portal.Assets;

/// <summary>
/// Papers, pictures and documents behind links: the API answers, the browser has no token to ask it by. Reading only, and only what is a file there.
/// </summary>
internal static class PortalFiles
{
    public const string Folder = "files";

    private static readonly string[] _passed = ["Content-Type", "Content-Disposition", "Content-Length", "ETag", "Last-Modified", "Content-Security-Policy", "X-Content-Type-Options"];

    public static void Map(IEndpointRouteBuilder screens) => screens.MapMethods($"/{Folder}/{{**path}}", [HttpMethods.Get], PassAsync).WithMetadata(new ForAnyoneAttribute());

    /// <summary>The address in the portal of a file that the API names.</summary>
    public static string PathOf(string apiPath) => $"/{Folder}{new Uri(new Uri("http://host"), apiPath).PathAndQuery["/api".Length..]}";

    private static async Task PassAsync(HttpContext http, string path, CarelineApi api)
    {
        var parts = path.TrimEnd('/').Split('/');
        if (parts.Any(p => p is "" or "." or ".."))
        {
            throw ApiRefused.NotThere();
        }

        using var response = await api.OpenFileAsync(parts, http.Request.QueryString, path.Contains('.', StringComparison.Ordinal) ? "" : "/");
        if (!response.IsSuccessStatusCode)
        {
            await RefuseAsync(http, response);
            return;
        }

        // An answer is no file; what the API hands out to be kept is, whatever it is written in.
        if (response.Content.Headers.ContentType?.MediaType == "application/json" && response.Content.Headers.ContentDisposition?.DispositionType != "attachment")
        {
            throw ApiRefused.NotThere();
        }

        foreach (var name in _passed)
        {
            if (response.Headers.TryGetValues(name, out var values) || response.Content.Headers.TryGetValues(name, out values))
            {
                http.Response.Headers[name] = string.Join(", ", values);
            }
        }

        await response.Content.CopyToAsync(http.Response.Body, http.RequestAborted);
    }

    private static async Task RefuseAsync(HttpContext http, HttpResponseMessage response)
    {
        var isJson = response.Content.Headers.ContentType?.MediaType == "application/json";
        var refused = new ApiRefused(
            (int)response.StatusCode, isJson ? await response.Content.ReadFromJsonAsync<JsonElement>(http.RequestAborted) : null, response.Headers.RetryAfter?.Delta);
        if (refused.Code != "STEP_UP_REQUIRED")
        {
            throw refused;
        }

        http.Response.Redirect("/confirm" + new Query().With("next", http.Request.Path + http.Request.QueryString));
    }
}
