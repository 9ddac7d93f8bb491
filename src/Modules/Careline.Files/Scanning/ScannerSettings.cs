using System.Net;
using System.Net.Sockets;

namespace Careline.Files.Scanning;

/// <summary>Where the virus scanner listens, and whether there is one.</summary>
/// <param name="Address">Null where none is configured.</param>
/// <param name="Patience">How long it may be silent.</param>
internal sealed record ScannerSettings(EndPoint? Address, TimeSpan Patience)
{
    public bool IsOn => Address is not null;

    public static ScannerSettings Of(FilesScannerOptions options) =>
        new(options.Address is { Length: > 0 } address ? Parse(address) ?? throw new FormatException(address) : null, TimeSpan.FromSeconds(options.TimeoutSeconds));

    /// <summary><c>unix:/run/clamav/clamd.ctl</c> or <c>tcp:127.0.0.1:3310</c>; null where it is neither.</summary>
    public static EndPoint? Parse(string address)
    {
        if (address.StartsWith("unix:/", StringComparison.Ordinal))
        {
            return address.Length <= 107 ? new UnixDomainSocketEndPoint(address["unix:".Length..]) : null;
        }

        if (!address.StartsWith("tcp:", StringComparison.Ordinal) || !Uri.TryCreate("tcp://" + address["tcp:".Length..].TrimStart('/'), UriKind.Absolute, out var place) || place.Port <= 0)
        {
            return null;
        }

        return IPAddress.TryParse(place.Host.Trim('[', ']'), out var number) ? new IPEndPoint(number, place.Port) : new DnsEndPoint(place.Host, place.Port);
    }
}
