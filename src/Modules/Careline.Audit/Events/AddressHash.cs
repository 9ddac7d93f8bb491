using System.Net;
using System.Security.Cryptography;
using Careline.Platform.Security;

namespace Careline.Audit.Events;

/// <summary>A keyed hash of a caller's address: enough to see that two events came from one place, not where that is.</summary>
internal sealed class AddressHash(KeyRing ring)
{
    private readonly Lazy<byte[]> _key = new(() => ring.Of("audit-address"));

    public byte[]? Of(IPAddress? address) =>
        address is null ? null : HMACSHA256.HashData(_key.Value, address.MapToIPv6().GetAddressBytes())[..16];
}
