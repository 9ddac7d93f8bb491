using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Careline.Notifications.Push;

/// <summary>
/// Encrypts a push message for one browser: RFC 8291 (keys) over RFC 8188 (aes128gcm content coding), one record. The push service carries it and cannot read it.
/// </summary>
internal static class PushEncryption
{
    private const int RecordSize = 4096;
    private const int KeyLength = 65;
    private const int TagLength = 16;

    /// <summary>The most that fits: 4096 octets less header, tag and delimiter (RFC 8291, section 4).</summary>
    public const int LongestText = RecordSize - 86 - TagLength - 1;

    /// <summary>Encrypts under a key pair and salt of this message alone.</summary>
    /// <exception cref="CryptographicException">The browser's key is no point of the curve.</exception>
    public static byte[] Encrypt(byte[] text, PushTarget target)
    {
        using var own = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        return Encrypt(text, target, own, RandomNumberGenerator.GetBytes(16));
    }

    internal static byte[] Encrypt(byte[] text, PushTarget target, ECDiffieHellman own, byte[] salt)
    {
        if (text.Length > LongestText)
        {
            throw new ArgumentException("Longer than one record.", nameof(text));
        }

        var ownKey = PublicOf(own.ExportParameters(false));
        using var theirs = ECDiffieHellman.Create(Parameters(target.Key));
        var shared = own.DeriveRawSecretAgreement(theirs.PublicKey);

        // RFC 8291, section 3.4.
        byte[] keyInfo = [.. "WebPush: info\0"u8, .. target.Key, .. ownKey];
        var material = HKDF.DeriveKey(HashAlgorithmName.SHA256, shared, 32, target.Secret, keyInfo);
        var key = HKDF.DeriveKey(HashAlgorithmName.SHA256, material, 16, salt, Encoding.ASCII.GetBytes("Content-Encoding: aes128gcm\0"));
        var nonce = HKDF.DeriveKey(HashAlgorithmName.SHA256, material, 12, salt, Encoding.ASCII.GetBytes("Content-Encoding: nonce\0"));

        // RFC 8188, section 2.1: salt, record size, length of the key's name, the name. The text of the last record ends in the octet 2.
        var message = new byte[16 + 4 + 1 + KeyLength + text.Length + 1 + TagLength];
        salt.CopyTo(message, 0);
        BinaryPrimitives.WriteInt32BigEndian(message.AsSpan(16), RecordSize);
        message[20] = KeyLength;
        ownKey.CopyTo(message, 21);
        byte[] plain = [.. text, 2];
        using var aes = new AesGcm(key, TagLength);
        aes.Encrypt(nonce, plain, message.AsSpan(21 + KeyLength, plain.Length), message.AsSpan(21 + KeyLength + plain.Length));
        return message;
    }

    /// <summary>An uncompressed point (SEC 1, section 2.3.3) as the framework takes it.</summary>
    /// <exception cref="CryptographicException">It has another form.</exception>
    public static ECParameters Parameters(byte[] point) => point is [4, ..] && point.Length == KeyLength
        ? new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new ECPoint { X = point[1..33], Y = point[33..] } }
        : throw new CryptographicException("No uncompressed point of P-256.");

    public static byte[] PublicOf(ECParameters parameters) => [4, .. parameters.Q.X!, .. parameters.Q.Y!];
}
