using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Careline.Host.Supervision;

internal sealed record ListenAddress(string Scheme, string Host, int Port)
{
    public string Url => string.Create(CultureInfo.InvariantCulture, $"{Scheme}://{Host}:{Port}");

    // Where this machine reaches it: a wildcard is an address to listen on, not one to call.
    public string ReachableUrl => string.Create(CultureInfo.InvariantCulture, $"{Scheme}://{(Wildcard ? "127.0.0.1" : Host)}:{Port}");

    public bool IsLoopback => Host == "localhost" || (IPAddress.TryParse(Host, out var ip) && IPAddress.IsLoopback(ip));

    private bool Wildcard => Host is "*" or "+" or "0.0.0.0" or "[::]";

    // One list for each node: the same addresses, each node's ports one higher than the last one's.
    public static IReadOnlyList<IReadOnlyList<ListenAddress>> OfNodes(string urls, int nodes)
    {
        var first = urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(Parse).ToList();
        if (first.Count == 0)
        {
            throw Wrong(urls);
        }

        var all = Enumerable.Range(0, nodes)
            .Select(node => first.ConvertAll(address => address with { Port = address.Port + node }))
            .ToList();
        var clash = all.SelectMany(addresses => addresses).GroupBy(address => address.Port).FirstOrDefault(group => group.Count() > 1);
        if (all.SelectMany(addresses => addresses).Any(address => address.Port > IPEndPoint.MaxPort))
        {
            throw new StartFailure($"{nodes} nodes from port {first.Max(a => a.Port)} on would pass port 65535: choose a lower one in ASPNETCORE_URLS.", StartFailure.Configuration);
        }

        return clash is null || nodes == 1 ? all : throw new StartFailure(
            $"With {nodes} nodes port {clash.Key} would be needed twice: put the ports in ASPNETCORE_URLS further apart.",
            StartFailure.Configuration);
    }

    // Null when it can be listened on, else the sentence that says why not.
    public string? Obstacle()
    {
        var ip = Wildcard ? IPAddress.Any : IPAddress.TryParse(Host, out var literal) ? literal : IPAddress.Loopback;
        try
        {
            using var socket = new Socket(ip.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(new IPEndPoint(ip, Port));
            socket.Listen(1);
            return null;
        }
        catch (SocketException e)
        {
            return e.SocketErrorCode switch
            {
                SocketError.AddressAlreadyInUse => $"Port {Port} is already in use: stop what listens there, or choose another in ASPNETCORE_URLS.",
                SocketError.AccessDenied => $"{Environment.UserName} may not listen on port {Port}: choose one from 1024 on in ASPNETCORE_URLS.",
                _ => $"{Url} cannot be listened on ({e.SocketErrorCode}): correct ASPNETCORE_URLS.",
            };
        }
    }

    private static ListenAddress Parse(string url)
    {
        try
        {
            var parsed = BindingAddress.Parse(url);
            return parsed is { IsUnixPipe: false, IsNamedPipe: false, Scheme: "http" or "https", Port: > 0 and <= IPEndPoint.MaxPort, PathBase: "" }
                ? new ListenAddress(parsed.Scheme, parsed.Host, parsed.Port)
                : throw Wrong(url);
        }
        catch (FormatException)
        {
            throw Wrong(url);
        }
    }

    private static StartFailure Wrong(string url) => new(
        $"ASPNETCORE_URLS holds '{url}', which is not an address to listen on: it must look like http://127.0.0.1:8000.",
        StartFailure.Configuration);
}
