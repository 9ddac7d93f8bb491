using System.Diagnostics;

namespace Careline.Bench.Faults;

/// <summary>People write in groups over several hosts, which are killed meanwhile by whoever started this: then everybody must have heard the same, and all of it.</summary>
internal static class ChatStorm
{
    /// <param name="url">The first host; the others listen on the ports after it.</param>
    /// <param name="nodes">How many hosts.</param>
    /// <param name="groups">How many chats, of four people each.</param>
    /// <param name="messages">How many messages in all.</param>
    /// <param name="seconds">How long they write at least.</param>
    /// <param name="begun">Told when everybody is there and writing begins.</param>
    public static async Task<int> RunAsync(Uri url, int nodes, int groups, int messages, int seconds, Action begun)
    {
        const int Members = 4;
        using var api = new Api(url, 8);
        var hosts = ChatPeople.HostsOf(url, nodes);
        var made = await ChatPeople.MakeAsync(api, groups, Members);
        var clients = made.SelectMany(g => g.Members.Select(m => new ChatClient(hosts, m.Token, g.Chat, m.Name))).ToList();
        var each = messages / clients.Count;
        begun();
        var watch = Stopwatch.StartNew();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(seconds) + TimeSpan.FromMinutes(10));
        await Task.WhenAll(clients.Select(c => c.WriteAsync(each, TimeSpan.FromSeconds((double)seconds / each), patience.Token)));
        var wrote = watch.Elapsed;
        await Task.WhenAll(clients.Select(c => c.HearAllAsync(each * Members, patience.Token)));
        var verdicts = new Verdicts();
        var (lost, doubled, other) = (0, 0, 0);
        foreach (var chat in clients.GroupBy(c => c.Chat))
        {
            var stored = await HistoryAsync(hosts, chat.Key, made.Single(g => g.Chat == chat.Key).Members[0].Token);
            lost += (each * Members) - stored.Select(m => m.Content).Distinct().Count();
            doubled += stored.Count - stored.Select(m => m.Content).Distinct().Count();
            other += chat.Count(c => !c.Heard.SequenceEqual(stored));
            other += stored.Where((m, i) => m.Seq != i + 1).Count();
        }

        Console.WriteLine($"        {clients.Sum(c => c.Acknowledged)} messages of {clients.Count} clients in {groups} chats over {nodes} hosts, written in {wrote.TotalSeconds:F0} s; "
            + $"{clients.Sum(c => c.Connections) - clients.Count} times a client connected again");
        verdicts.Expect(clients.Sum(c => c.Acknowledged) == each * clients.Count, $"{clients.Sum(c => c.Acknowledged)} of {each * clients.Count} were acknowledged");
        verdicts.Expect(clients.All(c => c.Disowned == 0), $"{clients.Sum(c => c.Disowned)} times a member was told that there is no such chat");
        verdicts.Expect(lost == 0, $"{lost} lost");
        verdicts.Expect(doubled == 0, $"{doubled} doubled");
        verdicts.Expect(other == 0, $"{other} differences between what a client heard, in which order, and the database");
        clients.ForEach(c => c.Dispose());
        return verdicts.ExitCode;
    }

    private static async Task<List<(long Seq, string Id, string Content)>> HistoryAsync(Uri[] hosts, string chat, string token)
    {
        var all = new List<(long, string, string)>();
        while (true)
        {
            foreach (var host in hosts)
            {
                try
                {
                    using var api = new Api(host, 1);
                    while ((await api.GetAsync($"/api/chats/{chat}/messages/?limit=100&after_seq={all.Count}", token)).Data.AsArray() is { Count: > 0 } page)
                    {
                        all.AddRange(page.Select(m => ((long)m!["seq"]!, (string)m["id"]!, (string)m["content"]!)));
                    }

                    return all;
                }
                catch (HttpRequestException)
                {
                    // Killed a moment ago.
                }
            }
        }
    }
}
