using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace Careline.Bench.Faults;

/// <summary>How long a message is on its way from a client of one host to a client of another, at a rate that does not wait for answers.</summary>
internal static class ChatSpeed
{
    /// <param name="url">The first host.</param>
    /// <param name="nodes">How many hosts.</param>
    /// <param name="rate">Messages a second over all chats.</param>
    /// <param name="seconds">For how long.</param>
    public static async Task<int> RunAsync(Uri url, int nodes, int rate, int seconds)
    {
        using var api = new Api(url, 8);
        var groups = await ChatPeople.MakeAsync(api, 50, 2, "speaker");
        var verdicts = new Verdicts();
        await MeasureAsync(groups, ChatPeople.HostsOf(url, nodes), rate, 5);
        Expect(verdicts, await MeasureAsync(groups, ChatPeople.HostsOf(url, nodes), rate, seconds), rate, seconds, 20, 150);
        return verdicts.ExitCode;
    }

    public static void Expect(Verdicts verdicts, double[] took, int rate, int seconds, double most50, double most99) => verdicts.Expect(
        took.Length == rate * seconds && At(took, 0.5) < most50 && At(took, 0.99) < most99,
        string.Create(CultureInfo.InvariantCulture, $"{took.Length} of {rate * seconds} messages arrived; p50 {At(took, 0.5):F1} ms, p95 {At(took, 0.95):F1} ms, p99 {At(took, 0.99):F1} ms, longest {At(took, 1):F0} ms"));

    public static double At(double[] sorted, double share) => sorted.Length == 0 ? double.NaN : sorted[Math.Min(sorted.Length - 1, (int)(share * sorted.Length))];

    /// <summary>Milliseconds from the moment each message was due to its arrival at the other member, who is at another host; sorted.</summary>
    public static async Task<double[]> MeasureAsync(ChatPeople.Group[] groups, Uri[] hosts, int rate, int seconds)
    {
        var took = new ConcurrentBag<double>();
        var speakers = new List<ClientWebSocket>();
        var listeners = new List<ClientWebSocket>();
        foreach (var (i, group) in groups.Index())
        {
            speakers.Add(await OpenAsync(hosts[i % hosts.Length], group.Members[0].Token, group.Chat));
            listeners.Add(await OpenAsync(hosts[(i + 1) % hosts.Length], group.Members[1].Token, group.Chat));
        }

        var total = rate * seconds;
        var heard = listeners.Select(l => HearAsync(l, text =>
        {
            using var frame = JsonDocument.Parse(text);
            if (frame.RootElement.GetProperty("type").GetString() == "message")
            {
                took.Add(Stopwatch.GetElapsedTime(long.Parse(frame.RootElement.GetProperty("content").GetString()!.Split(' ')[0], CultureInfo.InvariantCulture)).TotalMilliseconds);
            }
        })).Concat(speakers.Select(s => HearAsync(s, _ => { }))).ToList();
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < total; i++)
        {
            var due = start + (i * Stopwatch.Frequency / rate);
            while (Stopwatch.GetTimestamp() < due)
            {
                await Task.Delay(1);
            }

            var frame = JsonSerializer.SerializeToUtf8Bytes(new
            {
                type = "message",
                client_id = Guid.CreateVersion7(),
                content = $"{due} The patient reports mild discomfort since yesterday evening. The patient reports mild discomfort.",
            });
            await speakers[i % speakers.Count].SendAsync(frame, WebSocketMessageType.Text, true, CancellationToken.None);
        }

        for (var waited = 0; took.Count < total && waited < 100; waited++)
        {
            await Task.Delay(100);
        }

        foreach (var socket in speakers.Concat(listeners))
        {
            socket.Abort();
            socket.Dispose();
        }

        await Task.WhenAll(heard);
        return [.. took.Order()];
    }

    public static async Task<ClientWebSocket> OpenAsync(Uri host, string token, string? chat)
    {
        var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Authorization", $"Bearer {token}");
        await socket.ConnectAsync(new Uri($"ws://{host.Authority}/ws/{(chat is null ? "notifications" : $"chat/{chat}")}/"), CancellationToken.None);

        // Its first frame says that it hears from now on.
        await socket.ReceiveAsync(new byte[64 * 1024].AsMemory(), CancellationToken.None);
        return socket;
    }

    public static async Task HearAsync(ClientWebSocket socket, Action<string> hear)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            for (var length = 0; socket.State == WebSocketState.Open;)
            {
                var piece = await socket.ReceiveAsync(buffer.AsMemory(length), CancellationToken.None);
                length += piece.Count;
                if (piece.EndOfMessage && piece.MessageType == WebSocketMessageType.Text)
                {
                    hear(Encoding.UTF8.GetString(buffer, 0, length));
                    length = 0;
                }
            }
        }
        catch (Exception over) when (over is WebSocketException or ObjectDisposedException or OperationCanceledException or IOException)
        {
            // The run is over.
        }
    }
}
