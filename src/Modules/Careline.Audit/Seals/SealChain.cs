using System.Buffers;
using System.Security.Cryptography;
using Careline.Audit.Events;

namespace Careline.Audit.Seals;

/// <summary>
/// The chain: each hash covers the one before and the whole of its event, under a key that is not in the database. Whoever changes, removes, adds or
/// moves a row cannot make the hashes that would hide it.
/// </summary>
internal sealed class SealChain(byte[] key)
{
    /// <summary>What stands before the first seal.</summary>
    public static readonly byte[] Start = new byte[HMACSHA256.HashSizeInBytes];

    public const string KeyName = "audit-seal";

    private readonly ArrayBufferWriter<byte> _bytes = new(1024);

    public static SealChain Of(KeyRing ring) => new(ring.Of(KeyName));

    /// <summary>The hash of the event that follows a hash.</summary>
    public byte[] Next(byte[] previous, AuditEvent row)
    {
        _bytes.ResetWrittenCount();
        _bytes.Write(previous);
        CanonicalEvent.Write(_bytes, row);
        return HMACSHA256.HashData(key, _bytes.WrittenSpan);
    }
}
