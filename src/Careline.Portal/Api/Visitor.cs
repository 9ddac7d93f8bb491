using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace Careline.Portal.Api;

/// <summary>
/// For whom the portal asks. The API counts tries and writes its trail by the address that a request comes from, which would be the portal's own; so the portal
/// says in a header where its visitor is, and proves by a secret, made anew at each start, that it is the portal.
/// </summary>
internal static class Visitor
{
    private const string Header = "X-Careline-Visitor";

    private static readonly string _secret = Convert.ToHexString(RandomNumberGenerator.GetBytes(32));

    /// <summary>Says for whom a request is.</summary>
    public static void Tell(HttpRequestMessage request, HttpContext visitor)
    {
        request.Headers.Add(Header, $"{_secret} {visitor.Connection.RemoteIpAddress} {visitor.Request.Scheme}");
        request.Headers.Host = visitor.Request.Host.Value;
        if (visitor.Request.Headers.UserAgent.ToString() is { Length: > 0 } agent)
        {
            request.Headers.TryAddWithoutValidation("User-Agent", agent);
        }
    }

    /// <summary>Takes the portal's word for where its visitor is, and nobody else's.</summary>
    public static void Believe(HttpContext http)
    {
        if (!http.Request.Headers.Remove(Header, out var said))
        {
            return;
        }

        var parts = said.ToString().Split(' ');
        if (parts.Length == 3 && CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(parts[0]), Encoding.ASCII.GetBytes(_secret)))
        {
            http.Connection.RemoteIpAddress = IPAddress.TryParse(parts[1], out var address) ? address : null;
            http.Request.Scheme = parts[2] == "https" ? "https" : "http";
        }
    }
}
