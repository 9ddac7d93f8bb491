using System.Buffers.Binary;
using System.Buffers.Text;
using System.Formats.Cbor;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Careline.Tests.Support;

/// <summary>
/// A device that holds one passkey, with a browser in front of it: ES256, attestation "none" (Web Authentication Level 3, sections 6 and 7). What it
/// is told to do wrong, it does.
/// </summary>
public sealed class SoftwareAuthenticator : IDisposable
{
    public const string Origin = "http://localhost:3000";

    private const byte UserPresent = 0x01;
    private const byte UserVerified = 0x04;
    private const byte HasCredential = 0x40;

    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private byte[] _userHandle = [];

    public byte[] CredentialId { get; } = RandomNumberGenerator.GetBytes(32);

    /// <summary>How often it signed; some devices count nothing and always say 0.</summary>
    public uint SignCount { get; set; }

    /// <summary>The page that asks.</summary>
    public string Page { get; set; } = Origin;

    /// <summary>Whether a finger, a face or a PIN was seen.</summary>
    public bool SeesItsOwner { get; set; } = true;

    /// <summary>Whether it says whose its key is; older keys do not.</summary>
    public bool SaysWhose { get; set; } = true;

    /// <summary>Makes a key and registers it for somebody who is signed in.</summary>
    public static async Task<(SoftwareAuthenticator Device, Reply Registered)> RegisterAsync(Person person, string? name = null)
    {
        var device = new SoftwareAuthenticator();
        var asked = await person.PostAsync("/api/auth/passkeys/options/");
        var registered = await person.PostAsync(
            "/api/auth/passkeys/", new { challenge_id = ChallengeOf(asked), credential = device.Create(OptionsOf(asked)), name });
        return (device, registered);
    }

    public static Guid ChallengeOf(Reply asked) => asked.Data.GetProperty("challenge_id").GetGuid();

    public static JsonElement OptionsOf(Reply asked) => asked.Data.GetProperty("public_key");

    /// <summary>What <c>navigator.credentials.create</c> gives.</summary>
    public JsonObject Create(JsonElement options)
    {
        _userHandle = Base64Url.DecodeFromChars(options.GetProperty("user").GetProperty("id").GetString());
        var domain = options.GetProperty("rp").GetProperty("id").GetString()!;
        var attestation = new CborWriter(CborConformanceMode.Ctap2Canonical);
        attestation.WriteStartMap(3);
        attestation.WriteTextString("fmt");
        attestation.WriteTextString("none");
        attestation.WriteTextString("attStmt");
        attestation.WriteStartMap(0);
        attestation.WriteEndMap();
        attestation.WriteTextString("authData");
        attestation.WriteByteString([.. AuthenticatorData(domain, HasCredential), .. Credential()]);
        attestation.WriteEndMap();
        return Answer(new JsonObject
        {
            ["clientDataJSON"] = Text(ClientData("webauthn.create", options.GetProperty("challenge").GetString()!)),
            ["attestationObject"] = Text(attestation.Encode()),
            ["transports"] = new JsonArray("internal"),
        });
    }

    /// <summary>What <c>navigator.credentials.get</c> gives.</summary>
    public JsonObject Get(JsonElement options)
    {
        SignCount += SignCount > 0 ? 1u : 0u;
        var data = AuthenticatorData(options.GetProperty("rpId").GetString()!, 0);
        var client = ClientData("webauthn.get", options.GetProperty("challenge").GetString()!);
        var signature = _key.SignData([.. data, .. SHA256.HashData(client)], HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        return Answer(new JsonObject
        {
            ["clientDataJSON"] = Text(client),
            ["authenticatorData"] = Text(data),
            ["signature"] = Text(signature),
            ["userHandle"] = SaysWhose ? Text(_userHandle) : null,
        });
    }

    public void Dispose() => _key.Dispose();

    private static string Text(byte[] bytes) => Base64Url.EncodeToString(bytes);

    private JsonObject Answer(JsonObject response) => new()
    {
        ["id"] = Text(CredentialId),
        ["rawId"] = Text(CredentialId),
        ["type"] = "public-key",
        ["response"] = response,
        ["clientExtensionResults"] = new JsonObject(),
        ["authenticatorAttachment"] = "platform",
    };

    private byte[] ClientData(string type, string challenge) =>
        JsonSerializer.SerializeToUtf8Bytes(new { type, challenge, origin = Page, crossOrigin = false });

    private byte[] AuthenticatorData(string domain, byte flags)
    {
        var data = new byte[37];
        SHA256.HashData(Encoding.UTF8.GetBytes(domain), data);
        data[32] = (byte)(flags | UserPresent | (SeesItsOwner ? UserVerified : 0));
        BinaryPrimitives.WriteUInt32BigEndian(data.AsSpan(33), SignCount);
        return data;
    }

    private byte[] Credential()
    {
        // COSE (RFC 9053): kind EC2, algorithm ES256, curve P-256, x, y.
        var point = _key.ExportParameters(includePrivateParameters: false).Q;
        var key = new CborWriter(CborConformanceMode.Ctap2Canonical);
        key.WriteStartMap(5);
        foreach (var (label, value) in new[] { (1, 2), (3, -7), (-1, 1) })
        {
            key.WriteInt32(label);
            key.WriteInt32(value);
        }

        key.WriteInt32(-2);
        key.WriteByteString(point.X!);
        key.WriteInt32(-3);
        key.WriteByteString(point.Y!);
        key.WriteEndMap();
        var length = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(length, (ushort)CredentialId.Length);
        return [.. new byte[16], .. length, .. CredentialId, .. key.Encode()];
    }
}
