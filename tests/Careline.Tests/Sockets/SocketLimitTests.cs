using System.Net.WebSockets;
using System.Text;
using Careline.Tests.Messaging;
using Careline.Tests.Support;

namespace Careline.Tests.Sockets;

/// <summary>One bad client costs the others nothing, and is told what was wrong.</summary>
public sealed class SocketLimitTests(SocketLimitTests.Limited app) : IClassFixture<SocketLimitTests.Limited>
{
    public sealed class Limited(TestCluster cluster) : TestApp(cluster)
    {
        protected override IReadOnlyDictionary<string, string?> Settings { get; } =
            new Dictionary<string, string?> { ["RateLimits:Enabled"] = "true", ["RateLimits:AuthPerMinute"] = "10000", ["RateLimits:GeneralPerMinute"] = "100000" };
    }

    [Fact]
    public async Task Frames_that_break_the_protocol_close_the_line_and_say_why()
    {
        using var person = await app.PatientAsync();
        foreach (var (bytes, type, expected) in new (byte[], WebSocketMessageType, int)[]
        {
            (new byte[20_000], WebSocketMessageType.Text, 1009),
            (Encoding.UTF8.GetBytes($"{{\"type\":\"ping\",\"x\":\"{new string('a', 1_000_000)}\"}}"), WebSocketMessageType.Text, 1009),
            ([1, 2, 3], WebSocketMessageType.Binary, 1003),
        })
        {
            await using var socket = await OpenAsync(person);
            await socket.SendAsync(bytes, type);
            (await socket.Closed).ShouldBe(expected);
        }

        // The framework ends this one itself, and on a busy machine cuts the line at times before its word is out.
        var said = -1;
        for (var tries = 0; said == -1 && tries < 20; tries++)
        {
            await using var socket = await OpenAsync(person);
            await socket.SendAsync([0x7b, 0xc3, 0x28, 0x7d], WebSocketMessageType.Text);
            said = await socket.Closed;
        }

        said.ShouldBe(1007);

        // In two pieces, the second of which never ends.
        await using var pieces = await OpenAsync(person);
        await pieces.SendAsync(new byte[10_000], isLast: false);
        await pieces.SendAsync(new byte[10_000], isLast: false);
        (await pieces.Closed).ShouldBe(1009);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("\"ping\"")]
    [InlineData("""{"type":null}""")]
    [InlineData("""{"type":"ping","type":"ping"}""")]
    [InlineData("""{"type":"message","client_id":7}""")]
    [InlineData("""{"type":"message","content":"\u0000"}""")]
    [InlineData("""{"type":"message","content":"\ud800"}""")]
    [InlineData("""{"type":"sync","after_seq":"1"}""")]
    [InlineData("""{"type":"sync","after_seq":1e400}""")]
    [InlineData("""{"type":"explode"}""")]
    [InlineData("""{"type":"message"}""")]
    [InlineData("""{"type":"sync","after_seq":-1}""")]
    [InlineData("""{"type":"read"}""")]
    public async Task A_frame_that_is_not_understood_is_answered_and_the_line_stays(string frame)
    {
        var (patient, _, chat) = await app.TalkingAsync();
        await using var socket = await app.ListenAsync(patient, chat);

        await socket.SendAsync(frame);

        (await socket.NextAsync("error")).GetProperty("code").GetString().ShouldNotBeNullOrEmpty();
        (await socket.SayAsync(chat, "Still here")).GetProperty("seq").GetInt64().ShouldBe(1);
    }

    [Fact]
    public async Task Twenty_messages_in_ten_seconds_by_whatever_socket_and_a_hundred_frames()
    {
        var (patient, _, chat) = await app.TalkingAsync();
        await using var socket = await app.ListenAsync(patient, chat);
        for (var i = 0; i < 20; i++)
        {
            await socket.SayAsync(chat, $"Message {i}");
        }

        await socket.SendAsync(new { type = "message", client_id = Guid.CreateVersion7(), content = "One too many" });
        var refused = await socket.NextAsync("error");
        refused.GetProperty("code").GetString().ShouldBe("RATE_LIMITED");
        refused.GetProperty("client_id").GetGuid().ShouldNotBe(Guid.Empty);

        for (var i = 0; i < 100; i++)
        {
            await socket.SendAsync("""{"type":"ping"}""");
        }

        (await socket.Closed).ShouldBe(4429);
        await using var again = await app.ListenAsync(patient, chat);
        await again.SendAsync(new { type = "message", client_id = Guid.CreateVersion7(), content = "From another socket" });
        (await again.NextAsync("error")).GetProperty("code").GetString().ShouldBe("RATE_LIMITED");
        (await app.SqlAsync("SELECT count(*) FROM messaging.messages WHERE chat_id = $1", chat)).ShouldBe(20L);
    }

    [Fact]
    public async Task Five_sockets_each_and_a_closed_one_makes_room()
    {
        using var person = await app.PatientAsync();
        var open = new List<Socket>();
        for (var i = 0; i < 5; i++)
        {
            open.Add(await OpenAsync(person));
        }

        await using var sixth = await Socket.OpenAsync(app.Address, "/ws/notifications/", person);
        (await sixth.Closed).ShouldBe(4429);

        open[0].Cut();
        await Eventually.HoldsAsync(async () =>
        {
            await using var again = await Socket.OpenAsync(app.Address, "/ws/notifications/", person);
            await again.SendAsync(new { type = "ping" });
            return await Task.WhenAny(again.NextAsync("pong"), again.Closed) is Task<System.Text.Json.JsonElement>;
        });
        open.ForEach(socket => socket.Cut());
    }

    [Fact]
    public async Task Whoever_does_not_read_is_dropped_and_the_others_hear_on()
    {
        var (patient, doctor, chat) = await app.TalkingAsync();
        using var deaf = new ClientWebSocket();
        deaf.Options.SetRequestHeader("Authorization", $"Bearer {doctor.Access}");
        await deaf.ConnectAsync(new Uri($"ws://{app.Address.Authority}/ws/chat/{chat}/"), TestContext.Current.CancellationToken);
        await using var listening = await app.ListenAsync(doctor, chat);
        var length = new string('a', 9_000);

        // By HTTP, whose messages are not counted: more than fits into the lines between, and into the queue.
        for (var i = 0; i < 60; i++)
        {
            await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => patient.SayAsync(chat, length)));
        }

        for (var seq = 1; seq <= 1200; seq++)
        {
            (await listening.NextAsync("message")).GetProperty("seq").GetInt64().ShouldBe(seq);
        }

        await Eventually.HoldsAsync(async () => (await doctor.GetAsync($"/api/chats/{chat}/")).Status == 200 && await DroppedAsync(deaf));
    }

    private static async Task<bool> DroppedAsync(ClientWebSocket deaf)
    {
        try
        {
            var buffer = new byte[64 * 1024];
            while (deaf.State == WebSocketState.Open)
            {
                if ((await deaf.ReceiveAsync(buffer.AsMemory(), TestContext.Current.CancellationToken)).MessageType == WebSocketMessageType.Close)
                {
                    return true;
                }
            }

            return true;
        }
        catch (WebSocketException)
        {
            return true;
        }
    }

    private async Task<Socket> OpenAsync(Person person)
    {
        var socket = await Socket.OpenAsync(app.Address, "/ws/notifications/", person);
        await socket.NextAsync("unread_count");
        return socket;
    }
}
