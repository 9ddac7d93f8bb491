using System.Diagnostics;
using System.Net.WebSockets;

namespace Careline.Bench.Faults;

/// <summary>What ends somebody's right to hear closes their sockets at every host, within a second of the answer that says so.</summary>
internal static class ChatCloses
{
    private const double MostMilliseconds = 1000;

    public static async Task<int> RunAsync(Uri url, int nodes, int trials)
    {
        using var api = new Api(url, 8);
        var hosts = ChatPeople.HostsOf(url, nodes);
        var took = new List<double>();
        var wrong = 0;
        for (var i = 0; i < trials; i++)
        {
            var group = (await ChatPeople.MakeAsync(api, 1, 2, $"closing{i}y"))[0];
            var (owner, member) = (group.Members[0], group.Members[1]);
            var isRemoval = i % 2 == 0;
            var sockets = new List<ClientWebSocket>();
            foreach (var host in hosts)
            {
                sockets.Add(await ChatSpeed.OpenAsync(host, member.Token, group.Chat));
            }

            var closing = sockets.Select(ClosedAsync).ToList();
            var begun = Stopwatch.GetTimestamp();
            if (isRemoval)
            {
                await api.DeleteAsync($"/api/chats/{group.Chat}/participants/{member.UserId}/", owner.Token);
            }
            else
            {
                await api.PostAsync("/api/auth/logout/", new { }, member.Token);
            }

            foreach (var close in closing)
            {
                var (at, code) = await close;
                took.Add(Stopwatch.GetElapsedTime(begun, at).TotalMilliseconds);
                wrong += code == (isRemoval ? 4403 : 4401) ? 0 : 1;
            }

            sockets.ForEach(s => s.Dispose());
        }

        took.Sort();
        var verdicts = new Verdicts();
        verdicts.Expect(wrong == 0, $"{wrong} of {took.Count} sockets were closed for another reason");
        verdicts.Expect(
            took.All(t => t < MostMilliseconds),
            $"{trials} people sent away or signed out: {took.Count(t => t < MostMilliseconds)} of {took.Count} sockets closed within a second; p50 {took[took.Count / 2]:F0} ms, longest {took[^1]:F0} ms");
        return verdicts.ExitCode;
    }

    private static async Task<(long At, int Code)> ClosedAsync(ClientWebSocket socket)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        var buffer = new byte[64 * 1024];
        try
        {
            while ((await socket.ReceiveAsync(buffer.AsMemory(), patience.Token)).MessageType != WebSocketMessageType.Close)
            {
            }
        }
        catch (Exception broken) when (broken is WebSocketException or OperationCanceledException)
        {
            // Without a goodbye, or not at all.
        }

        return (Stopwatch.GetTimestamp(), (int?)socket.CloseStatus ?? 0);
    }
}
