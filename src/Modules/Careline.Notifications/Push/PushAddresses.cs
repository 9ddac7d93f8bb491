using System.Net;
using System.Net.Sockets;

namespace Careline.Notifications.Push;

/// <summary>
/// Where notifications may be sent. A browser names its push service, so anybody could name a machine of ours instead: only https on the public network,
/// and every connection is held to the address that the name leads to at that moment.
/// </summary>
internal static class PushAddresses
{
    // RFC 6890 and its registries: everything that is not globally reachable.
    private static readonly IPNetwork[] _inside =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24",
            "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
        }.Select(IPNetwork.Parse),
    ];

    // Of IPv6 only 2000::/3 is given out for the public, and of that these are for other ends: documentation, Teredo, 6to4.
    private static readonly IPNetwork _global = IPNetwork.Parse("2000::/3");
    private static readonly IPNetwork[] _withinGlobal = [.. new[] { "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20" }.Select(IPNetwork.Parse)];

    /// <summary>Why an endpoint is not taken; null where it is.</summary>
    public static string? Complaint(Uri endpoint, ICollection<string> hosts) =>
        endpoint is not { IsAbsoluteUri: true, Scheme: "https", Port: 443, UserInfo: "", Fragment: "" } ? "Must be an https address of a push service."
        : hosts.Count > 0 && !hosts.Any(host => IsWithin(endpoint.IdnHost, host)) ? "This push service is not allowed here."
        : endpoint.HostNameType is UriHostNameType.IPv4 or UriHostNameType.IPv6 && !IsPublic(IPAddress.Parse(endpoint.IdnHost)) ? "Must be an https address of a push service."
        : endpoint.HostNameType == UriHostNameType.Dns && !endpoint.IdnHost.Contains('.', StringComparison.Ordinal) ? "Must be an https address of a push service."
        : null;

    public static bool IsPublic(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return plain.AddressFamily == AddressFamily.InterNetwork
            ? !_inside.Any(network => network.Contains(plain))
            : _global.Contains(plain) && !_withinGlobal.Any(network => network.Contains(plain));
    }

    /// <summary>Connects to a public address of a host, whatever its name says to others at another moment.</summary>
    /// <exception cref="HttpRequestException">It has none.</exception>
    public static async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken ct)
    {
        var addresses = (await Dns.GetHostAddressesAsync(context.DnsEndPoint.Host, ct)).Where(IsPublic).ToArray();
        if (addresses.Length == 0)
        {
            throw new HttpRequestException("The push service has no public address.");
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, context.DnsEndPoint.Port, ct);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    // A host itself, or one under a domain that is written with a leading dot.
    private static bool IsWithin(string host, string allowed) => allowed.StartsWith('.')
        ? host.EndsWith(allowed, StringComparison.OrdinalIgnoreCase) : host.Equals(allowed, StringComparison.OrdinalIgnoreCase);
}
