using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;

namespace Careline.Files.Links;

/// <summary>Links as text: who, what and until when, with a keyed hash over all of it (HMAC-SHA-256), so that nothing of them is kept.</summary>
internal sealed class FileLinks(KeyRing keys, TimeProvider clock) : IFileLinks
{
    public const string KeyName = "file-links";

    private const int SecondsGood = 60;
    private const int ClaimBytes = 16 + 16 + 1 + 8;
    private const int HashBytes = 32;

    public string Make(FileLink link)
    {
        Span<byte> bytes = stackalloc byte[ClaimBytes + HashBytes];
        link.FileId.TryWriteBytes(bytes, bigEndian: true, out _);
        link.AccountId.TryWriteBytes(bytes[16..], bigEndian: true, out _);
        bytes[32] = (byte)link.Copy;
        BinaryPrimitives.WriteInt64BigEndian(bytes[33..], clock.GetUtcNow().ToUnixTimeSeconds() + SecondsGood);
        HMACSHA256.HashData(keys.Of(KeyName), bytes[..ClaimBytes], bytes[ClaimBytes..]);
        return Base64Url.EncodeToString(bytes);
    }

    public FileLink? Open(string text)
    {
        Span<byte> bytes = stackalloc byte[ClaimBytes + HashBytes];
        if (text.Length != Base64Url.GetEncodedLength(bytes.Length) || !Base64Url.IsValid(text) || Base64Url.DecodeFromChars(text, bytes) != bytes.Length)
        {
            return null;
        }

        Span<byte> hash = stackalloc byte[HashBytes];
        HMACSHA256.HashData(keys.Of(KeyName), bytes[..ClaimBytes], hash);
        return CryptographicOperations.FixedTimeEquals(hash, bytes[ClaimBytes..])
            && BinaryPrimitives.ReadInt64BigEndian(bytes[33..]) > clock.GetUtcNow().ToUnixTimeSeconds()
            ? new FileLink(new Guid(bytes[..16], bigEndian: true), (FileCopy)bytes[32], new Guid(bytes[16..32], bigEndian: true)) : null;
    }
}
