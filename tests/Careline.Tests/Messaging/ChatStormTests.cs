using Careline.Tests.Support;

namespace Careline.Tests.Messaging;

/// <summary>
/// Lines break while people write, and a host stops: nothing is lost, nothing comes twice, and everybody has it in one order. All of it is the run bench/faults/chat.
/// </summary>
public sealed class ChatStormTests(TwoHosts app) : IClassFixture<TwoHosts>
{
    private const int Chats = 2;
    private const int Members = 3;
    private const int Messages = 20;

    [Fact]
    public async Task Nothing_is_lost_or_doubled_and_all_agree_on_the_order()
    {
        var third = await app.FurtherAsync();
        var writers = new List<Writer>();
        for (var c = 0; c < Chats; c++)
        {
            var people = await Task.WhenAll(Enumerable.Range(0, Members).Select(_ => app.DoctorAsync()));
            var chat = (await people[0].PostAsync("/api/chats/", new { type = "group", participant_ids = people.Skip(1).Select(p => p.UserId) })).Id;
            foreach (var person in people.Skip(1))
            {
                (await person.PostAsync($"/api/chats/{chat}/invitations/accept/")).Status.ShouldBe(200);
            }

            writers.AddRange(people.Select((person, i) => new Writer([app.Address, app.Other, third], person, chat, $"{c}.{i}")));
        }

        var written = Task.WhenAll(writers.Select(w => w.WriteAsync(Messages)));
        await Task.WhenAny(written, Eventually.HoldsAsync(() => writers.Sum(w => w.Acknowledged) > Chats * Members * Messages / 3));
        await app.StopLatestAsync();
        await written;

        foreach (var chat in writers.GroupBy(w => w.Chat))
        {
            var stored = new List<(long, string?)>();
            while ((await chat.First().Person.GetAsync($"/api/chats/{chat.Key}/messages/?limit=100&after_seq={stored.Count}")).Rows.ToList() is { Count: > 0 } rows)
            {
                stored.AddRange(rows.Select(m => (m.GetProperty("seq").GetInt64(), m.GetProperty("content").GetString())));
            }

            stored.Select(m => m.Item1).ShouldBe(Enumerable.Range(1, Members * Messages).Select(i => (long)i));
            stored.Select(m => m.Item2).ShouldBeUnique();
            foreach (var writer in chat)
            {
                (await writer.HeardAsync(Members * Messages)).ShouldBe(stored);
            }
        }
    }

    /// <summary>Writes, and loses the line after every third message before it is acknowledged.</summary>
    private sealed class Writer(Uri[] hosts, Person person, Guid chat, string name)
    {
        private readonly List<(long Seq, string? Content)> _heard = [];
        private int _host = name[^1];
        private Socket? _socket;

        public Person Person => person;

        public Guid Chat => chat;

        public int Acknowledged { get; private set; }

        public async Task WriteAsync(int messages)
        {
            for (var i = 0; i < messages; i++)
            {
                var message = new { type = "message", client_id = Guid.CreateVersion7(), content = $"{name}.{i}" };
                for (var isCut = i % 3 == 2; ; isCut = false)
                {
                    try
                    {
                        _socket ??= await ConnectAsync();
                        await _socket.SendAsync(message);
                        if (isCut)
                        {
                            // Stored by then, most of the time, and nobody has told.
                            await Task.Yield();
                            _socket.Cut();
                            _socket = null;
                            continue;
                        }

                        Hear(await TakeAsync("ack"));
                        break;
                    }
                    catch (Exception broken) when (broken is InvalidOperationException or System.Net.WebSockets.WebSocketException or OperationCanceledException)
                    {
                        _socket = null;
                    }
                }

                Acknowledged++;
            }
        }

        public async Task<List<(long Seq, string? Content)>> HeardAsync(int count)
        {
            while (_heard.Count < count)
            {
                _socket ??= await ConnectAsync();
                Hear([await _socket.NextAsync("message")]);
            }

            return _heard;
        }

        private async Task<Socket> ConnectAsync()
        {
            while (true)
            {
                try
                {
                    var socket = await Socket.OpenAsync(hosts[_host++ % hosts.Length], $"/ws/chat/{chat}/", person);
                    await socket.SendAsync(new { type = "sync", after_seq = _heard.Count });
                    _socket = socket;
                    Hear(await TakeAsync("synced"));
                    return socket;
                }
                catch (Exception broken) when (broken is InvalidOperationException or System.Net.WebSockets.WebSocketException or HttpRequestException)
                {
                    // That host is gone; the next one serves as well.
                }
            }
        }

        private async Task<List<System.Text.Json.JsonElement>> TakeAsync(string last)
        {
            var frames = new List<System.Text.Json.JsonElement>();
            do
            {
                frames.Add(await _socket!.NextAsync());
            }
            while (frames[^1].GetProperty("type").GetString() != last);
            return frames;
        }

        // What is live already may come before what was missed; then it comes again in its turn.
        private void Hear(List<System.Text.Json.JsonElement> frames)
        {
            foreach (var message in frames.Where(f => f.GetProperty("type").GetString() == "message" && f.GetProperty("seq").GetInt64() == _heard.Count + 1))
            {
                _heard.Add((message.GetProperty("seq").GetInt64(), message.GetProperty("content").GetString()));
            }
        }
    }
}
