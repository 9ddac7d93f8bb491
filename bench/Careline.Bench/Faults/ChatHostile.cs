using System.Diagnostics;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;

namespace Careline.Bench.Faults;

/// <summary>
/// Clients that read nothing, send frames of a megabyte, floods of pings, pieces without end and text that is none, while others talk: those must go on hearing each other in
/// time, and the hosts must not grow.
/// </summary>
internal static class ChatHostile
{
    private const int Rate = 50;
    private const double MostGrowthMegabytes = 200;

    public static async Task<int> RunAsync(Uri url, int nodes, int connections, int seconds, int[] processes)
    {
        using var api = new Api(url, 8);
        var hosts = ChatPeople.HostsOf(url, nodes);
        var talking = await ChatPeople.MakeAsync(api, 10, 2, "talking");
        var noisy = (await ChatPeople.MakeAsync(api, 1, 2, "noisy"))[0];
        await ChatSpeed.MeasureAsync(talking, hosts, Rate, 5);
        var quiet = await ChatSpeed.MeasureAsync(talking, hosts, Rate, 10);
        var before = MegabytesOf(processes);
        using var over = new CancellationTokenSource();
        var deaf = new List<ClientWebSocket>();
        for (var i = 0; i < connections; i++)
        {
            deaf.Add(await ChatSpeed.OpenAsync(hosts[i % hosts.Length], noisy.Members[1].Token, noisy.Chat));
        }

        var attackers = new List<Task> { ChatterAsync(hosts[0], noisy, over.Token) };
        for (var i = 0; i < 5; i++)
        {
            var host = hosts[i % hosts.Length];
            attackers.Add(AgainAsync(host, noisy.Members[0].Token, Frame(0x81, Encoding.UTF8.GetBytes($"{{\"type\":\"{new string('a', 1_000_000)}\"}}")), 1, over.Token));
            attackers.Add(AgainAsync(host, noisy.Members[0].Token, Frame(0x89, []), 100_000, over.Token));
            attackers.Add(AgainAsync(host, noisy.Members[0].Token, Frame(0x00, []), 100_000, over.Token, Frame(0x01, [])));
            attackers.Add(AgainAsync(host, noisy.Members[0].Token, Frame(0x81, [0x7b, 0xc3, 0x28, 0x7d]), 1, over.Token));
            attackers.Add(AgainAsync(host, noisy.Members[0].Token, Frame(0x81, """{"type":"sync","after_seq":0}"""u8.ToArray()), 1000, over.Token));
        }

        var most = 0.0;
        var measuring = ChatSpeed.MeasureAsync(talking, hosts, Rate, seconds);
        while (!measuring.IsCompleted)
        {
            most = Math.Max(most, MegabytesOf(processes) - before);
            await Task.Delay(250);
        }

        var disturbed = await measuring;
        await over.CancelAsync();
        await Task.WhenAll(attackers);
        var dropped = deaf.Count(d => d.State != WebSocketState.Open);
        var verdicts = new Verdicts();
        Console.WriteLine($"        undisturbed p95 {ChatSpeed.At(quiet, 0.95):F1} ms");
        verdicts.Expect(
            disturbed.Length == Rate * seconds && ChatSpeed.At(disturbed, 0.95) < 500,
            $"{disturbed.Length} of {Rate * seconds} messages of others arrived; p50 {ChatSpeed.At(disturbed, 0.5):F1} ms, p95 {ChatSpeed.At(disturbed, 0.95):F1} ms, p99 {ChatSpeed.At(disturbed, 0.99):F1} ms");
        verdicts.Expect(most < MostGrowthMegabytes, $"the hosts grew by {most:F0} MB at most, of {before:F0} MB");
        Console.WriteLine($"        {connections} sockets that nobody read; {dropped} of them are known to this end as closed");
        deaf.ForEach(d => d.Dispose());
        return verdicts.ExitCode;
    }

    // Something to be deaf to.
    private static async Task ChatterAsync(Uri host, ChatPeople.Group group, CancellationToken over)
    {
        using var api = new Api(host, 2);
        while (!over.IsCancellationRequested)
        {
            await api.PostAsync($"/api/chats/{group.Chat}/messages/", new { client_id = Guid.CreateVersion7(), content = new string('a', 8_000) }, group.Members[0].Token);
            await Task.Delay(50, CancellationToken.None);
        }
    }

    private static async Task AgainAsync(Uri host, string token, byte[] frame, int times, CancellationToken over, byte[]? first = null)
    {
        var sink = new byte[64 * 1024];
        while (!over.IsCancellationRequested)
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(host.Host, host.Port, over);
                await using var line = client.GetStream();
                await line.WriteAsync(
                    Encoding.ASCII.GetBytes(
                        $"GET /ws/notifications/ HTTP/1.1\r\nHost: {host.Authority}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                        + $"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nAuthorization: Bearer {token}\r\n\r\n"),
                    over);
                using var ended = CancellationTokenSource.CreateLinkedTokenSource(over);
                var reading = ReadAsync(line, sink, ended);
                if (first is not null)
                {
                    await line.WriteAsync(first, ended.Token);
                }

                for (var i = 0; i < times && !ended.IsCancellationRequested; i++)
                {
                    await line.WriteAsync(frame, ended.Token);
                }

                await reading;
            }
            catch (Exception refused) when (refused is IOException or SocketException or OperationCanceledException)
            {
                // And again.
            }
        }
    }

    private static async Task ReadAsync(NetworkStream line, byte[] sink, CancellationTokenSource ended)
    {
        try
        {
            while (await line.ReadAsync(sink, ended.Token) > 0)
            {
            }
        }
        catch (Exception over) when (over is IOException or OperationCanceledException)
        {
            // The other end had enough.
        }

        await ended.CancelAsync();
    }

    // Masked with zeros, as a client's frames have to be masked (RFC 6455, section 5.3).
    private static byte[] Frame(byte head, byte[] payload) =>
    [
        head,
        .. payload.Length < 126 ? (byte[])[(byte)(0x80 | payload.Length)]
            : payload.Length < 65_536 ? [0xfe, (byte)(payload.Length >> 8), (byte)payload.Length]
            : [0xff, 0, 0, 0, 0, (byte)(payload.Length >> 24), (byte)(payload.Length >> 16), (byte)(payload.Length >> 8), (byte)payload.Length],
        0, 0, 0, 0,
        .. payload,
    ];

    private static double MegabytesOf(int[] processes) => processes.Sum(id =>
    {
        using var process = Process.GetProcessById(id);
        return process.WorkingSet64 / 1048576.0;
    });
}
