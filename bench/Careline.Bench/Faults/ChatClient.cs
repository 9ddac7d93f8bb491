using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace Careline.Bench.Faults;

/// <summary>
/// A client as the contract wants one: it keeps what it has heard in order, asks for what it missed after each connection, and sends a message again under the same id
/// until that is acknowledged. Which host it is at is chance.
/// </summary>
internal sealed class ChatClient(Uri[] hosts, string token, string chat, string name) : IDisposable
{
    private const int OneCutIn = 50;

    private readonly byte[] _buffer = new byte[64 * 1024];
    private ClientWebSocket? _socket;

    public string Chat => chat;

    public List<(long Seq, string Id, string Content)> Heard { get; } = [];

    public int Acknowledged { get; private set; }

    public int Connections { get; private set; }

    /// <summary>How often it was told that its own chat is not there.</summary>
    public int Disowned { get; private set; }

    public void Dispose() => _socket?.Dispose();

    /// <summary>Writes so many messages, one every so often, and hears what the others write.</summary>
    public async Task WriteAsync(int messages, TimeSpan pause, CancellationToken ct)
    {
        for (var i = 0; i < messages; i++)
        {
            var begun = TimeProvider.System.GetTimestamp();
            await UntilSaidAsync($"{name}.{i}", Guid.CreateVersion7(), ct);
            Acknowledged++;
            var left = pause - TimeProvider.System.GetElapsedTime(begun);
            await ListenAsync(left, ct);
        }
    }

    /// <summary>Hears on until it has heard so many.</summary>
    public async Task HearAllAsync(int count, CancellationToken ct)
    {
        while (Heard.Count < count && !ct.IsCancellationRequested)
        {
            await ListenAsync(TimeSpan.FromMilliseconds(200), ct);
        }
    }

    private async Task UntilSaidAsync(string content, Guid id, CancellationToken ct)
    {
        var frame = JsonSerializer.SerializeToUtf8Bytes(new { type = "message", client_id = id, content });
        for (var isCut = Random.Shared.Next(OneCutIn) == 0; ; isCut = false)
        {
            try
            {
                await ConnectAsync(ct);
                await _socket!.SendAsync(frame, WebSocketMessageType.Text, true, ct);
                if (isCut)
                {
                    // The line breaks just then: stored by now, most of the time, and nobody has told.
                    await Task.Delay(20, ct);
                    Drop();
                    continue;
                }

                while (await NextAsync(ct) is { } answer)
                {
                    var type = answer.GetProperty("type").GetString();
                    if (type == "ack" && answer.GetProperty("client_id").GetGuid() == id)
                    {
                        return;
                    }

                    if (type == "error")
                    {
                        Disowned += answer.GetProperty("code").GetString() == "NOT_FOUND" ? 1 : 0;
                        await Task.Delay(100, ct);
                        break;
                    }
                }
            }
            catch (Exception broken) when (IsBreak(broken) && !ct.IsCancellationRequested)
            {
                Drop();
            }
        }
    }

    private Task<JsonElement?>? _reading;

    private async Task ListenAsync(TimeSpan time, CancellationToken ct)
    {
        var until = TimeProvider.System.GetTimestamp();
        try
        {
            await ConnectAsync(ct);
            while (TimeProvider.System.GetElapsedTime(until) is var gone && gone < time)
            {
                // A read that is broken off would break the line.
                _reading ??= ReadAsync(ct);
                if (await Task.WhenAny(_reading, Task.Delay(time - gone, ct)) != _reading)
                {
                    return;
                }

                await NextAsync(ct);
            }
        }
        catch (Exception broken) when (IsBreak(broken) && !ct.IsCancellationRequested)
        {
            Drop();
        }
    }

    private async Task ConnectAsync(CancellationToken ct)
    {
        while (_socket is null)
        {
            var socket = new ClientWebSocket();
            socket.Options.SetRequestHeader("Authorization", $"Bearer {token}");
            socket.Options.KeepAliveInterval = TimeSpan.FromSeconds(5);
            socket.Options.KeepAliveTimeout = TimeSpan.FromSeconds(5);
            var host = hosts[Random.Shared.Next(hosts.Length)];
            try
            {
                await socket.ConnectAsync(new Uri($"ws://{host.Authority}/ws/chat/{chat}/"), ct);
                _socket = socket;
                Connections++;
                await socket.SendAsync(Encoding.UTF8.GetBytes($"{{\"type\":\"sync\",\"after_seq\":{Heard.Count}}}"), WebSocketMessageType.Text, true, ct);
                while (await NextAsync(ct) is { } frame && frame.GetProperty("type").GetString() is var type && type != "synced")
                {
                    if (type == "error")
                    {
                        Disowned += frame.GetProperty("code").GetString() == "NOT_FOUND" ? 1 : 0;
                        throw new WebSocketException("What was missed is not told.");
                    }
                }
            }
            catch (Exception broken) when (IsBreak(broken) && !ct.IsCancellationRequested)
            {
                socket.Dispose();
                Drop();
                await Task.Delay(Random.Shared.Next(50, 300), ct);
            }
        }
    }

    private async Task<JsonElement?> NextAsync(CancellationToken ct)
    {
        var reading = _reading ?? ReadAsync(ct);
        _reading = null;
        if (await reading is not { } frame)
        {
            throw new WebSocketException("Closed.");
        }

        // What is live already may come before what was missed, and comes again in its turn.
        if (frame.GetProperty("type").GetString() == "message" && frame.GetProperty("seq").GetInt64() == Heard.Count + 1)
        {
            Heard.Add((Heard.Count + 1, frame.GetProperty("id").GetString()!, frame.GetProperty("content").GetString()!));
        }

        return frame;
    }

    private async Task<JsonElement?> ReadAsync(CancellationToken ct)
    {
        for (var length = 0; ;)
        {
            var piece = await _socket!.ReceiveAsync(_buffer.AsMemory(length), ct);
            length += piece.Count;
            if (piece.MessageType == WebSocketMessageType.Close)
            {
                return null;
            }

            if (piece.EndOfMessage)
            {
                using var document = JsonDocument.Parse(_buffer.AsMemory(0, length));
                return document.RootElement.Clone();
            }
        }
    }

    private void Drop()
    {
        _socket?.Abort();
        _socket?.Dispose();
        (_socket, _reading) = (null, null);
    }

    private static bool IsBreak(Exception error) =>
        error is WebSocketException or HttpRequestException or IOException or InvalidOperationException or OperationCanceledException or System.Net.Sockets.SocketException;
}
