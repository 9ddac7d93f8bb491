using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Careline.Bench.Faults;

/// <summary>Lies between somebody and a host, and can be pulled out.</summary>
internal sealed class Cable : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<TcpClient, byte> _ends = new();
    private readonly Uri _host;
    private volatile bool _isOut;

    public Cable(Uri host)
    {
        _host = host;
        _listener.Start();
        _ = AcceptAsync();
    }

    public string Address => $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    /// <summary>Nothing goes through any more, and what went breaks off.</summary>
    public void Pull()
    {
        _isOut = true;
        foreach (var end in _ends.Keys)
        {
            end.Close();
        }
    }

    public void PutBack() => _isOut = false;

    public void Dispose()
    {
        Pull();
        _listener.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var near = await _listener.AcceptTcpClientAsync();
                if (_isOut)
                {
                    near.Close();
                }
                else
                {
                    _ = CarryAsync(near);
                }
            }
        }
        catch (Exception over) when (over is SocketException or ObjectDisposedException)
        {
            // Taken away.
        }
    }

    private async Task CarryAsync(TcpClient near)
    {
        using var far = new TcpClient();
        _ends[near] = _ends[far] = 0;
        try
        {
            await far.ConnectAsync(_host.Host, _host.Port);
            await Task.WhenAny(near.GetStream().CopyToAsync(far.GetStream()), far.GetStream().CopyToAsync(near.GetStream()));
        }
        catch (Exception broken) when (broken is SocketException or IOException or ObjectDisposedException or InvalidOperationException)
        {
            // Pulled out.
        }

        near.Close();
        _ends.TryRemove(near, out _);
        _ends.TryRemove(far, out _);
    }
}
