using System.Buffers;
using System.Net.WebSockets;

namespace Careline.Sockets.Lines;

/// <summary>Reads and writes one socket, and closes it as the protocol wants it (RFC 6455, section 7).</summary>
internal sealed class LineLoop(WebSocket socket)
{
    /// <summary>The largest frame that is read.</summary>
    public const int MostBytes = 16 * 1024;

    private static readonly TimeSpan _farewell = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Waits for a whole text frame and hands it over. False once there will be none: the peer closed, broke the protocol, or was told why its line is closed.
    /// </summary>
    /// <param name="hear">Takes the frame; the bytes are not its own.</param>
    /// <param name="budget">Counts pieces of frames.</param>
    /// <param name="ct">Ends the line.</param>
    public async Task<bool> ReadAsync(Func<ReadOnlyMemory<byte>, Task> hear, FrameBudget? budget, CancellationToken ct)
    {
        // Without a buffer: thousands of lines are silent most of the time.
        await socket.ReceiveAsync(Memory<byte>.Empty, ct);
        var buffer = ArrayPool<byte>.Shared.Rent(MostBytes);
        try
        {
            for (var length = 0; ;)
            {
                var piece = await socket.ReceiveAsync(buffer.AsMemory(length, MostBytes - length), ct);
                length += piece.Count;
                var refusal = piece.MessageType switch
                {
                    WebSocketMessageType.Close => 0,
                    WebSocketMessageType.Binary => SocketClose.UnsupportedData,
                    _ when !piece.EndOfMessage && length == MostBytes => SocketClose.TooBig,
                    _ when (piece.Count == 0 || piece.EndOfMessage) && budget?.TryTake() == false => SocketClose.TooMany,
                    _ => (int?)null,
                };
                if (refusal is { } code)
                {
                    await CloseAsync(code == 0 ? (int)WebSocketCloseStatus.NormalClosure : code, "");
                    return false;
                }

                if (piece.EndOfMessage)
                {
                    await hear(buffer.AsMemory(0, length));
                    return true;
                }
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Sends what waits, until the line is closed.</summary>
    public async Task WriteAsync(SocketLine line)
    {
        try
        {
            while (await line.Queue.WaitToReadAsync(line.Closing))
            {
                while (!line.IsClosing && line.Queue.TryRead(out var frame))
                {
                    var sending = socket.SendAsync(frame.Bytes, WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
                    if (!sending.IsCompletedSuccessfully)
                    {
                        await sending.AsTask().WaitAsync(line.Closing);
                    }

                    line.Handed(frame);
                }
            }
        }
        catch (Exception over) when (over is OperationCanceledException or WebSocketException or IOException or ObjectDisposedException or InvalidOperationException)
        {
            // Closed from here, or gone.
        }
    }

    /// <summary>Says goodbye and why. A peer that does not listen is left after a second.</summary>
    public async Task CloseAsync(int code, string reason)
    {
        if (socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
        {
            using var patience = new CancellationTokenSource(_farewell);
            try
            {
                await socket.CloseOutputAsync((WebSocketCloseStatus)code, reason, patience.Token).WaitAsync(patience.Token);
            }
            catch (Exception gone) when (gone is OperationCanceledException or WebSocketException or IOException or ObjectDisposedException or InvalidOperationException)
            {
                socket.Abort();
            }
        }
    }

    /// <summary>Lets the peer answer the goodbye, so that its last frame arrives before the line is cut.</summary>
    public async Task WaitForPeerAsync()
    {
        using var patience = new CancellationTokenSource(_farewell);
        var buffer = ArrayPool<byte>.Shared.Rent(1024);
        try
        {
            while (socket.State == WebSocketState.CloseSent)
            {
                await socket.ReceiveAsync(buffer.AsMemory(), patience.Token);
            }
        }
        catch (Exception gone) when (gone is OperationCanceledException or WebSocketException or IOException or ObjectDisposedException or InvalidOperationException)
        {
            socket.Abort();
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
