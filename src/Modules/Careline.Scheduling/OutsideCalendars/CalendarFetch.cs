using System.Net;
using System.Net.Sockets;
using System.Text;
using Careline.Hours.Contracts.ICalendar;

namespace Careline.Scheduling.OutsideCalendars;

/// <summary>
/// Reads the address of a calendar that a doctor named. Only https, only the usual port, only public addresses, looked at when the connection is made, so
/// that a name which meant another address a moment ago does not help; every redirect is held to the same.
/// </summary>
internal sealed class CalendarFetch : IDisposable
{
    private const int LargestBytes = 2 * 1024 * 1024;
    private const int MostRedirects = 3;

    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(8);

    private readonly HttpMessageInvoker _client;
    private readonly string _scheme;

    public CalendarFetch()
        : this(PublicAddress.Is, Uri.UriSchemeHttps)
    {
    }

    /// <summary>The same with other addresses, for a server of the tests.</summary>
    internal CalendarFetch(Func<IPAddress, bool> isAllowed, string scheme)
    {
        _scheme = scheme;
        _client = new HttpMessageInvoker(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.None,
            ConnectTimeout = _patience,
            MaxResponseHeadersLength = 32,
            PooledConnectionLifetime = TimeSpan.FromSeconds(30),
            ConnectCallback = (context, stop) => PublicAddress.ConnectAsync(context, isAllowed, stop),
        });
    }

    /// <summary>Whether an address may be named at all.</summary>
    public bool Accepts(Uri address) => address.Scheme == _scheme && address.UserInfo.Length == 0 && (address.IsDefaultPort || _scheme != Uri.UriSchemeHttps);

    /// <summary>The text at an address.</summary>
    /// <exception cref="UnusableCalendar">It could not be read, or must not be.</exception>
    public async Task<string> ReadAsync(Uri address, CancellationToken ct)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(_patience);
        try
        {
            for (var redirects = 0; redirects <= MostRedirects; redirects++)
            {
                if (!Accepts(address))
                {
                    throw new UnusableCalendar("address_refused");
                }

                using var request = new HttpRequestMessage(HttpMethod.Get, address) { Headers = { { "Accept", "text/calendar" }, { "User-Agent", "Careline" } } };
                using var response = await _client.SendAsync(request, patience.Token);
                if ((int)response.StatusCode is >= 300 and < 400 && response.Headers.Location is { } next)
                {
                    address = next.IsAbsoluteUri ? next : new Uri(address, next);
                    continue;
                }

                return response.StatusCode == HttpStatusCode.OK
                    ? await ReadAsync(response.Content, patience.Token)
                    : throw new UnusableCalendar(string.Create(null, $"http_{(int)response.StatusCode}"));
            }

            throw new UnusableCalendar("too_many_redirects");
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw new UnusableCalendar("timeout");
        }
        catch (Exception error) when (error is HttpRequestException or IOException or SocketException)
        {
            throw new UnusableCalendar(error is AddressRefused || error.InnerException is AddressRefused ? "address_refused" : "unreachable");
        }
    }

    public void Dispose() => _client.Dispose();

    private static async Task<string> ReadAsync(HttpContent content, CancellationToken ct)
    {
        await using var body = await content.ReadAsStreamAsync(ct);
        using var read = new MemoryStream();
        var piece = new byte[16 * 1024];
        while (await body.ReadAsync(piece, ct) is var length and > 0)
        {
            read.Write(piece, 0, length);
            if (read.Length > LargestBytes)
            {
                throw new UnusableCalendar("too_large");
            }
        }

        return Encoding.UTF8.GetString(read.GetBuffer(), 0, (int)read.Length);
    }
}
