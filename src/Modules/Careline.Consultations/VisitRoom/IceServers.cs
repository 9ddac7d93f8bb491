using System.Security.Cryptography;
using System.Text;

namespace Careline.Consultations.VisitRoom;

/// <summary>A server by which browsers find a way to each other, as RTCPeerConnection takes it.</summary>
/// <param name="Urls">Its addresses.</param>
/// <param name="Username">Of a relay: until when it lets in, and nobody in particular.</param>
/// <param name="Credential">Of a relay.</param>
public sealed record IceServer(
    IReadOnlyList<string> Urls,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Username = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Credential = null);

/// <summary>The servers for one visit.</summary>
internal static class IceServers
{
    /// <summary>
    /// The scheme that coturn calls use-auth-secret (draft-uberti-behave-turn-rest): the user name says until when it serves, the password is its HMAC-SHA1 under the
    /// secret that we share with the relay. The id after the colon is new each time, so that the relay's log says nothing of who spoke when.
    /// </summary>
    public static IReadOnlyList<IceServer> For(VisitRoomOptions options, bool isOpen, DateTimeOffset until)
    {
        var servers = new List<IceServer>();
        if (options.StunUrls.Count > 0)
        {
            servers.Add(new IceServer(options.StunUrls));
        }

        // Before the room opens nobody needs a relay.
        if (isOpen && options.TurnUrls.Count > 0)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"{until.ToUnixTimeSeconds()}:{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8))}");
            servers.Add(new IceServer(options.TurnUrls, name, CredentialOf(name, options.TurnSecret)));
        }

        return servers;
    }

    public static string CredentialOf(string name, string secret)
    {
#pragma warning disable CA5350 // The scheme says SHA-1, which as an HMAC is not broken; the relay takes nothing else.
        return Convert.ToBase64String(HMACSHA1.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(name)));
#pragma warning restore CA5350
    }
}
