using Microsoft.AspNetCore.Http.Features;

namespace Careline.Sockets.Lines;

/// <summary>
/// What a socket brings, at the speed at which we are willing to read it. Pings, empty pieces of frames and the like are dealt with below us and cannot be counted;
/// but whoever floods is simply read more slowly, and costs no more than a busy talk.
/// </summary>
internal sealed class MeteredStream(Stream line) : Stream
{
    private const int BytesASecond = 256 * 1024;

    // A client's whole allowance of frames in one burst.
    private const int Burst = 2 * 1024 * 1024;

    // Of small pieces it is the number that costs.
    private const int CostOfRead = 64;

    private long _at = TimeProvider.System.GetTimestamp();
    private double _left = Burst;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var now = TimeProvider.System.GetTimestamp();
        _left = Math.Min(Burst, _left + (TimeProvider.System.GetElapsedTime(_at, now).TotalSeconds * BytesASecond));
        _at = now;
        if (_left < 0)
        {
            await Task.Delay(TimeSpan.FromSeconds(-_left / BytesASecond), TimeProvider.System, cancellationToken);
        }

        var read = await line.ReadAsync(buffer, cancellationToken);
        _left -= read + (buffer.Length == 0 ? 0 : CostOfRead);
        return read;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
        line.WriteAsync(buffer, cancellationToken);

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        line.WriteAsync(buffer, offset, count, cancellationToken);

    public override Task FlushAsync(CancellationToken cancellationToken) => line.FlushAsync(cancellationToken);

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            line.Dispose();
        }

        base.Dispose(disposing);
    }

    /// <summary>Puts the meter between the server and the framework's socket, by HTTP/1.1 (RFC 6455) and HTTP/2 (RFC 8441).</summary>
    public static void Install(HttpContext http)
    {
        if (http.Features.Get<IHttpUpgradeFeature>() is { IsUpgradableRequest: true } upgrade)
        {
            http.Features.Set<IHttpUpgradeFeature>(new MeteredUpgrade(upgrade));
        }

        if (http.Features.Get<IHttpExtendedConnectFeature>() is { IsExtendedConnect: true, Protocol: "websocket" } connect)
        {
            http.Features.Set<IHttpExtendedConnectFeature>(new MeteredConnect(connect));

            // Its method is CONNECT; to the routes it is the same socket.
            http.Request.Method = HttpMethods.Get;
        }
    }

    private sealed class MeteredUpgrade(IHttpUpgradeFeature upgrade) : IHttpUpgradeFeature
    {
        public bool IsUpgradableRequest => upgrade.IsUpgradableRequest;

        public async Task<Stream> UpgradeAsync() => new MeteredStream(await upgrade.UpgradeAsync());
    }

    private sealed class MeteredConnect(IHttpExtendedConnectFeature connect) : IHttpExtendedConnectFeature
    {
        public bool IsExtendedConnect => connect.IsExtendedConnect;

        public string? Protocol => connect.Protocol;

        public async ValueTask<Stream> AcceptAsync() => new MeteredStream(await connect.AcceptAsync());
    }
}
