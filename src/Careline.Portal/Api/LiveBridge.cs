using System.Text.Json;
using Careline.Portal.Language;
using Careline.Portal.SignIn;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace Careline.Portal.Api;

/// <summary>
/// What scripts of live screens may ask of the API, on behalf of whoever signed in: the token stays here. A page elsewhere cannot ask, since a browser lets it
/// neither send the header nor claim to be this site.
/// </summary>
internal static class LiveBridge
{
    public const string Folder = "live";
    private const string Header = "X-Careline-Live";

    // None of these answers with a token of a sign-in.
    private static readonly string[] _open = ["chats/", "consultations/", "realtime/tickets/", "queue/", "notifications/", "alerts/", "auth/passkeys/options/", "auth/passkeys/", "auth/step-up/", "medicines/", "time-slots/"];

    public static void Map(IEndpointRouteBuilder screens)
    {
        screens.MapMethods($"/{Folder}/{{**path}}", [HttpMethods.Get, HttpMethods.Post, HttpMethods.Put, HttpMethods.Patch, HttpMethods.Delete], PassAsync)
            .WithMetadata(new ForAttribute()).DisableAntiforgery();
        screens.MapPost($"/{Folder}/sign-in/passkey/options/", (HttpContext http, CarelineApi api) => PassToAsync(http, api, ["auth", "passkeys", "login", "options"]))
            .WithMetadata(new ForAnyoneAttribute()).DisableAntiforgery();
        screens.MapPost($"/{Folder}/sign-in/passkey/", EnterAsync).WithMetadata(new ForAnyoneAttribute()).DisableAntiforgery();
    }

    private static Task PassAsync(HttpContext http, string path, CarelineApi api) =>
        _open.Any(start => (path.TrimEnd('/') + "/").StartsWith(start, StringComparison.Ordinal)) && !path.StartsWith("auth/passkeys/login", StringComparison.Ordinal)
            ? PassToAsync(http, api, path.TrimEnd('/').Split('/')) : throw ApiRefused.NotThere();

    private static async Task EnterAsync(HttpContext http, CarelineApi api, SessionDoor door)
    {
        Check(http);
        var body = await http.Request.ReadFromJsonAsync<JsonElement>(http.RequestAborted);
        try
        {
            var reply = await api.PostAsync($"/api/auth/passkeys/login/", body);
            await http.Response.WriteAsJsonAsync(new { next = await door.EnterAsync(http, reply.Data, http.Request.Query["next"]) }, http.RequestAborted);
        }
        catch (ApiRefused refused)
        {
            http.Response.StatusCode = refused.Status;
            await http.Response.WriteAsJsonAsync(new { message = Reader.WordsOf(http).Said(refused.Message) }, http.RequestAborted);
        }
    }

    private static async Task PassToAsync(HttpContext http, CarelineApi api, string[] parts)
    {
        Check(http);
        if (parts.Any(p => p is "" or "." or ".."))
        {
            throw ApiRefused.NotThere();
        }

        using var response = await api.PassAsync(http.Request, parts);
        http.Response.StatusCode = (int)response.StatusCode;
        http.Response.ContentType = response.Content.Headers.ContentType?.ToString();
        if (response.Headers.ETag is { } version)
        {
            http.Response.Headers.ETag = version.ToString();
        }

        await response.Content.CopyToAsync(http.Response.Body, http.RequestAborted);
    }

    // Fetch metadata (W3C), where the browser sends it; the header, which another site may send only after asking, everywhere.
    private static void Check(HttpContext http)
    {
        var site = http.Request.Headers["Sec-Fetch-Site"].ToString();
        if (!http.Request.Headers.ContainsKey(Header) || site is not ("" or "same-origin"))
        {
            throw new ApiRefused(StatusCodes.Status403Forbidden, null, null);
        }
    }
}
