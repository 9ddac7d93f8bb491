using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;

namespace Careline.Tests.Support;

/// <summary>A client on a socket: keeps what comes in order, and the reason for which it was closed.</summary>
internal sealed class Socket : IAsyncDisposable
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(30);

    private readonly ClientWebSocket _socket = new();
    private readonly Channel<JsonElement> _frames = Channel.CreateUnbounded<JsonElement>();
    private readonly TaskCompletionSource<int> _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private Socket()
    {
    }

    /// <summary>The code with which the server closed; -1 where the line just broke.</summary>
    public Task<int> Closed => _closed.Task.WaitAsync(_patience);

    public static Task<Socket> OpenAsync(Uri host, string path, Person person) => OpenAsync(host, path, ("Authorization", $"Bearer {person.Access}"));

    public static async Task<Socket> OpenAsync(Uri host, string path, params (string Name, string Value)[] headers)
    {
        var socket = new Socket();
        foreach (var (name, value) in headers)
        {
            socket._socket.Options.SetRequestHeader(name, value);
        }

        await socket._socket.ConnectAsync(new Uri($"ws://{host.Authority}{path}"), TestContext.Current.CancellationToken);
        _ = socket.ReadAsync();
        return socket;
    }

    /// <summary>The HTTP status with which opening is refused.</summary>
    public static async Task<int> RefusalAsync(Uri host, string path, params (string Name, string Value)[] headers)
    {
        using var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;
        foreach (var (name, value) in headers)
        {
            socket.Options.SetRequestHeader(name, value);
        }

        try
        {
            await socket.ConnectAsync(new Uri($"ws://{host.Authority}{path}"), TestContext.Current.CancellationToken);
            return 101;
        }
        catch (WebSocketException)
        {
            return (int)socket.HttpStatusCode;
        }
    }

    public Task SendAsync(object frame) => SendAsync(Encoding.UTF8.GetBytes(frame as string ?? JsonSerializer.Serialize(frame)));

    public Task SendAsync(byte[] bytes, WebSocketMessageType type = WebSocketMessageType.Text, bool isLast = true) =>
        _socket.SendAsync(bytes, type, isLast, TestContext.Current.CancellationToken);

    /// <summary>The next frame of a type; those before it are passed over.</summary>
    public async Task<JsonElement> NextAsync(string? type = null)
    {
        using var patience = new CancellationTokenSource(_patience);
        while (true)
        {
            try
            {
                var frame = await _frames.Reader.ReadAsync(patience.Token);
                if (type is null || frame.GetProperty("type").GetString() == type)
                {
                    return frame;
                }
            }
            catch (Exception over) when (over is OperationCanceledException or ChannelClosedException)
            {
                throw new InvalidOperationException($"No frame {type} came; the line was {(_closed.Task.IsCompleted ? $"closed with {await _closed.Task}" : "open")}.");
            }
        }
    }

    /// <summary>What has come, and was not asked for yet.</summary>
    public IReadOnlyList<JsonElement> Arrived()
    {
        var frames = new List<JsonElement>();
        while (_frames.Reader.TryRead(out var frame))
        {
            frames.Add(frame);
        }

        return frames;
    }

    /// <summary>Says something and answers the acknowledgement.</summary>
    public async Task<JsonElement> SayAsync(Guid chatId, string content, Guid? clientId = null)
    {
        await SendAsync(new { type = "message", chat_id = chatId, client_id = clientId ?? Guid.CreateVersion7(), content });
        return await NextAsync("ack");
    }

    public void Cut() => _socket.Abort();

    public ValueTask DisposeAsync()
    {
        _socket.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task ReadAsync()
    {
        var buffer = new byte[64 * 1024];
        try
        {
            while (true)
            {
                var length = 0;
                ValueWebSocketReceiveResult piece;
                do
                {
                    piece = await _socket.ReceiveAsync(buffer.AsMemory(length), CancellationToken.None);
                    length += piece.Count;
                }
                while (!piece.EndOfMessage);
                if (piece.MessageType == WebSocketMessageType.Close)
                {
                    break;
                }

                _frames.Writer.TryWrite(JsonDocument.Parse(buffer.AsMemory(0, length).ToArray()).RootElement);
            }
        }
        catch (Exception broken) when (broken is WebSocketException or ObjectDisposedException or OperationCanceledException)
        {
            // Without a goodbye.
        }

        _frames.Writer.TryComplete();
        _closed.TrySetResult((int?)_socket.CloseStatus ?? -1);
    }
}
