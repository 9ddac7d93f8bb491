using Microsoft.Extensions.Configuration;

namespace Careline.Sockets.Lines;

/// <summary>What is looked at before a socket is opened.</summary>
internal static class Handshake
{
    private static readonly string[] _tokenNames = ["token", "access", "access_token", "authorization", "jwt", "bearer"];

    /// <summary>
    /// A page of another site must not open a socket as whoever looks at it (RFC 6455, section 10.2). Programs that are no browsers send no Origin.
    /// </summary>
    /// <exception cref="PermissionDenied">The page is not ours, nor of an origin in <c>Cors__Origins</c>.</exception>
    public static void CheckOrigin(HttpContext http, IConfiguration settings)
    {
        var origin = http.Request.Headers.Origin.ToString();
        if (origin.Length == 0
            || string.Equals(origin, $"{http.Request.Scheme}://{http.Request.Host}", StringComparison.OrdinalIgnoreCase)
            || (settings.GetSection("Cors:Origins").Get<string[]>() ?? []).Contains(origin, StringComparer.OrdinalIgnoreCase))
        {
            return;
        }

        throw new PermissionDenied("This page may not open sockets here.", "ORIGIN_REFUSED");
    }

    /// <summary>Whether somebody put an access token where addresses are kept: in histories, in the logs of proxies.</summary>
    public static bool HasTokenInQuery(HttpRequest request) => request.Query.Any(pair =>
        _tokenNames.Contains(pair.Key, StringComparer.OrdinalIgnoreCase) || pair.Value.Any(value => value?.StartsWith("eyJ", StringComparison.Ordinal) == true));

    /// <summary>The token of the Authorization header; null without one, empty where it holds none.</summary>
    public static string? TokenOf(HttpRequest request) => request.Headers.Authorization.ToString() switch
    {
        "" => null,
        var header when header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) => header[7..].Trim(),
        var header when header.StartsWith("Token ", StringComparison.OrdinalIgnoreCase) => header[6..].Trim(),
        _ => "",
    };
}

/// <summary>The path is a socket's, and the request asks for none: 426 (RFC 9110, section 15.5.22).</summary>
internal sealed class UpgradeRequired() : Refusal(StatusCodes.Status426UpgradeRequired, "UPGRADE_REQUIRED", "This path speaks WebSocket.");
