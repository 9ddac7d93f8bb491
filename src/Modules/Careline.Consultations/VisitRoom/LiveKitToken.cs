using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Careline.Consultations.VisitRoom;

/// <summary>Who is let into which room of a LiveKit server, and as what.</summary>
internal sealed record LiveKitGrant(string Room, string Identity, RoomRole Role);

/// <summary>
/// LiveKit's access token: a JWT (RFC 7519, HS256) whose issuer is the key's name, whose subject is the participant, and whose claim <c>video</c> says what may be
/// done. It carries no name of a person.
/// </summary>
internal static class LiveKitToken
{
    private static readonly string _header = Part(new Dictionary<string, object> { ["alg"] = "HS256", ["typ"] = "JWT" });

    public static string For(VisitRoomOptions options, LiveKitGrant grant, DateTimeOffset now)
    {
        var claims = Part(new Dictionary<string, object>
        {
            ["iss"] = options.LiveKitKey,
            ["sub"] = grant.Identity,
            ["jti"] = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8)),
            ["nbf"] = now.AddMinutes(-1).ToUnixTimeSeconds(),
            ["exp"] = now.AddMinutes(options.LiveKitMinutes).ToUnixTimeSeconds(),
            ["metadata"] = $$"""{"role":"{{grant.Role.ToString().ToLowerInvariant()}}"}""",
            ["video"] = new Dictionary<string, object>
            {
                ["room"] = grant.Room,
                ["roomJoin"] = true,
                ["canPublish"] = true,
                ["canSubscribe"] = true,
                ["canPublishData"] = true,
            },
        });
        var signed = $"{_header}.{claims}";
        return $"{signed}.{Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(options.LiveKitSecret), Encoding.ASCII.GetBytes(signed)))}";
    }

    private static string Part(Dictionary<string, object> part) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(part));
}
