using System.Net;

namespace Careline.Notifications.Push;

/// <summary>
/// Where notifications may be sent. A browser names its push service, so anybody could name a machine of ours instead: only https on the public network,
/// and every connection is held to the address that the name leads to at that moment.
/// </summary>
internal static class PushAddresses
{
    /// <summary>Why an endpoint is not taken; null where it is.</summary>
    public static string? Complaint(Uri endpoint, ICollection<string> hosts) =>
        endpoint is not { IsAbsoluteUri: true, Scheme: "https", Port: 443, UserInfo: "", Fragment: "" } ? "Must be an https address of a push service."
        : hosts.Count > 0 && !hosts.Any(host => IsWithin(endpoint.IdnHost, host)) ? "This push service is not allowed here."
        : endpoint.HostNameType is UriHostNameType.IPv4 or UriHostNameType.IPv6 && !PublicAddress.Is(IPAddress.Parse(endpoint.IdnHost)) ? "Must be an https address of a push service."
        : endpoint.HostNameType == UriHostNameType.Dns && !endpoint.IdnHost.Contains('.', StringComparison.Ordinal) ? "Must be an https address of a push service."
        : null;

    // A host itself, or one under a domain that is written with a leading dot.
    private static bool IsWithin(string host, string allowed) => allowed.StartsWith('.')
        ? host.EndsWith(allowed, StringComparison.OrdinalIgnoreCase) : host.Equals(allowed, StringComparison.OrdinalIgnoreCase);
}
