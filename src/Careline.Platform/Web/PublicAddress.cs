using System.Net;
using System.Net.Sockets;

namespace Careline.Platform.Web;

/// <summary>
/// Which addresses are somebody else's on the internet. What people name for us to read or to write to must not make the host talk to itself, to its
/// neighbours or to the cloud that it runs in (the special-purpose registries of RFC 6890 and what came after).
/// </summary>
public static class PublicAddress
{
    private static readonly IPNetwork[] _special =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24",
            "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/3",
            "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20",
        }.Select(IPNetwork.Parse),
    ];

    // Of IPv6 only this has been given to anybody.
    private static readonly IPNetwork _given = IPNetwork.Parse("2000::/3");

    /// <summary>Whether an address is on the public network.</summary>
    public static bool Is(IPAddress address)
    {
        var real = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return (real.AddressFamily == AddressFamily.InterNetwork || (real.AddressFamily == AddressFamily.InterNetworkV6 && _given.Contains(real)))
            && !_special.Any(network => network.Contains(real));
    }

    /// <summary>
    /// Connects to a host all of whose addresses are allowed, whatever its name says to others at another moment: one private address among public ones is a
    /// trap.
    /// </summary>
    /// <exception cref="AddressRefused">One is not, or there is none.</exception>
    public static async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, Func<IPAddress, bool> isAllowed, CancellationToken ct)
    {
        var found = await Dns.GetHostAddressesAsync(context.DnsEndPoint.Host, ct);
        if (found.Length == 0 || !found.All(isAllowed))
        {
            throw new AddressRefused();
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(found, context.DnsEndPoint.Port, ct);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}

/// <summary>A name leads to an address that nobody is to be sent to.</summary>
public sealed class AddressRefused() : HttpRequestException("The address is not public.");
