using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;

namespace Careline.Portal.SignIn;

/// <summary>
/// The key in a browser's cookie. What the server keeps is found by the key's hash and sealed by another of its descendants (HKDF, AES-256-GCM), so that whoever reads the
/// database signs in as nobody.
/// </summary>
/// <param name="secret">32 bytes that only the browser has.</param>
internal sealed class SessionSeal(byte[] secret)
{
    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    public static SessionSeal New() => new(RandomNumberGenerator.GetBytes(32));

    /// <summary>The key that a cookie holds; null where it holds none.</summary>
    public static SessionSeal? Of(string? cookie)
    {
        try
        {
            return cookie is { Length: 43 } ? new SessionSeal(WebEncoders.Base64UrlDecode(cookie)) : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    public string Cookie => WebEncoders.Base64UrlEncode(secret);

    public byte[] Name { get; } = Descendant(secret, "name");

    public byte[] Seal(PortalSession session)
    {
        var plain = JsonSerializer.SerializeToUtf8Bytes(session);
        var value = new byte[NonceBytes + TagBytes + plain.Length];
        RandomNumberGenerator.Fill(value.AsSpan(0, NonceBytes));
        using var aes = new AesGcm(Descendant(secret, "content"), TagBytes);
        aes.Encrypt(value.AsSpan(0, NonceBytes), plain, value.AsSpan(NonceBytes + TagBytes), value.AsSpan(NonceBytes, TagBytes), Name);
        return value;
    }

    public PortalSession? Open(byte[] value)
    {
        if (value.Length <= NonceBytes + TagBytes)
        {
            return null;
        }

        try
        {
            var plain = new byte[value.Length - NonceBytes - TagBytes];
            using var aes = new AesGcm(Descendant(secret, "content"), TagBytes);
            aes.Decrypt(value.AsSpan(0, NonceBytes), value.AsSpan(NonceBytes + TagBytes), value.AsSpan(NonceBytes, TagBytes), plain, Name);
            return JsonSerializer.Deserialize<PortalSession>(plain);
        }
        catch (Exception changed) when (changed is CryptographicException or JsonException)
        {
            return null;
        }
    }

    private static byte[] Descendant(byte[] secret, string use) => HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, 32, info: System.Text.Encoding.ASCII.GetBytes($"careline portal {use}"));
}
