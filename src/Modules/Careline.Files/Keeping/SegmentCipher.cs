using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Careline.Files.Keeping;

/// <summary>
/// How content is encrypted: in segments of 64 KiB, each by AES-256-GCM with a tag of its own, so that any range opens without the rest and memory stays flat.
/// A segment's nonce is the blob's prefix, the segment's number and whether it is the last (the STREAM construction of Hoang, Reyhanitabar, Rogaway and
/// Vizár): moved, repeated, left out or cut off, it does not open. A key serves one blob, or the few pieces of one partial file, whose prefixes differ.
/// </summary>
internal sealed class SegmentCipher : IDisposable
{
    public const int PlainBytes = 64 * 1024;
    public const int TagBytes = 16;
    public const int SealedBytes = PlainBytes + TagBytes;
    public const int KeyBytes = 32;

    private const int PrefixBytes = 7;
    private const int NonceBytes = 12;

    private readonly AesGcm _aes;
    private readonly byte[] _name;
    private readonly byte[] _prefix;

    /// <summary>For one blob, whose name is random and never used twice.</summary>
    public SegmentCipher(byte[] key, string blob)
    {
        _aes = new AesGcm(key, TagBytes);
        _name = Encoding.UTF8.GetBytes(blob);
        _prefix = SHA256.HashData(_name)[..PrefixBytes];
    }

    /// <summary>Of a content of this size; an empty one has one empty segment.</summary>
    public static long SegmentsOf(long size) => Math.Max(1, (size + PlainBytes - 1) / PlainBytes);

    /// <summary>What the store holds of a content of this size.</summary>
    public static long SealedLengthOf(long size) => size + (SegmentsOf(size) * TagBytes);

    /// <summary>Encrypts a segment; returns how many bytes of the target it takes.</summary>
    public int Seal(long number, bool isLast, ReadOnlySpan<byte> plain, Span<byte> target)
    {
        Span<byte> nonce = stackalloc byte[NonceBytes];
        FillNonce(nonce, number, isLast);
        _aes.Encrypt(nonce, plain, target[..plain.Length], target.Slice(plain.Length, TagBytes), _name);
        return plain.Length + TagBytes;
    }

    /// <summary>Decrypts a segment; returns how many bytes it holds.</summary>
    /// <exception cref="CryptographicException">It is not this segment of this blob, or was changed.</exception>
    public int Open(long number, bool isLast, ReadOnlySpan<byte> sealedSegment, Span<byte> target)
    {
        var size = sealedSegment.Length - TagBytes;
        if (size < 0)
        {
            throw new AuthenticationTagMismatchException();
        }

        Span<byte> nonce = stackalloc byte[NonceBytes];
        FillNonce(nonce, number, isLast);
        _aes.Decrypt(nonce, sealedSegment[..size], sealedSegment[size..], target[..size], _name);
        return size;
    }

    public void Dispose() => _aes.Dispose();

    private void FillNonce(Span<byte> nonce, long number, bool isLast)
    {
        _prefix.CopyTo(nonce);
        BinaryPrimitives.WriteUInt32BigEndian(nonce[PrefixBytes..], checked((uint)number));
        nonce[NonceBytes - 1] = isLast ? (byte)1 : (byte)0;
    }
}
