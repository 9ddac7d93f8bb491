using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Careline.Portal.Api;

/// <summary>The line to the API: the same host, over HTTP like any other client, so that there is one door.</summary>
internal sealed class ApiLine(IServer server) : IDisposable
{
    private readonly HttpClient _client = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        AutomaticDecompression = DecompressionMethods.None,
    })
    {
        Timeout = TimeSpan.FromSeconds(100),
    };

    private Uri? _address;

    /// <summary>Sends a request whose address is a path.</summary>
    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken ct)
    {
        request.RequestUri = new Uri(Address, request.RequestUri!);
        return _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
    }

    public void Dispose() => _client.Dispose();

    private Uri Address => _address ??= Nearest();

    private Uri Nearest()
    {
        var all = server.Features.Get<IServerAddressesFeature>()!.Addresses.Select(a => new Uri(a.Replace("*", "localhost", StringComparison.Ordinal).Replace("+", "localhost", StringComparison.Ordinal)));
        var own = all.OrderBy(a => a.Scheme == Uri.UriSchemeHttp ? 0 : 1).First();
        return IPAddress.TryParse(own.Host.Trim('[', ']'), out var address) && (address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any))
            ? new UriBuilder(own) { Host = "127.0.0.1" }.Uri : own;
    }
}
