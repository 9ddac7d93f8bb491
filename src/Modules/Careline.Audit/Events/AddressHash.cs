using System.Net;
using System.Security.Cryptography;

namespace Careline.Audit.Events;

/// <summary>A keyed hash of a caller's address: enough to see that two events came from one place, not where that is.</summary>
internal sealed class AddressHash(KeyRing ring)
{
    public const string KeyName = "audit-address";

    public byte[]? Of(IPAddress? address) =>
        address is null ? null : HMACSHA256.HashData(ring.Of(KeyName), address.MapToIPv6().GetAddressBytes())[..16];
}
