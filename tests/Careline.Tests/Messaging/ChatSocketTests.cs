using Careline.Tests.Support;

namespace Careline.Tests.Messaging;

/// <summary>What is said arrives, once and in order, by every way to a chat and whichever host one is at.</summary>
public sealed class ChatSocketTests(TwoHosts app) : IClassFixture<TwoHosts>
{
    [Fact]
    public async Task What_one_says_the_other_hears_and_the_history_keeps()
    {
        var (patient, doctor, chat) = await app.TalkingAsync();
        await using var one = await Socket.OpenAsync(app.Address, $"/ws/chat/{chat}/", patient);
        var ready = await one.NextAsync("ready");
        await using var other = await Chatting.ListenAsync(app.Other, doctor);

        var ack = await one.SayAsync(chat, "Good morning, doctor.");
        var heard = await other.NextAsync("message");

        ready.GetProperty("seq").GetInt64().ShouldBe(0);
        ready.GetProperty("participants").EnumerateArray().Single(p => p.GetProperty("id").GetGuid() == patient.UserId).GetProperty("status").GetString().ShouldBe("online");
        ack.GetProperty("seq").GetInt64().ShouldBe(1);
        heard.GetProperty("content").GetString().ShouldBe("Good morning, doctor.");
        heard.GetProperty("id").GetGuid().ShouldBe(ack.GetProperty("id").GetGuid());
        heard.GetProperty("chat_id").GetGuid().ShouldBe(chat);
        heard.GetProperty("sender").GetProperty("id").GetGuid().ShouldBe(patient.UserId);
        heard.GetProperty("sender").GetProperty("name").GetString()!.ShouldStartWith("Pat ");
        var kept = (await doctor.GetAsync($"/api/chats/{chat}/messages/")).Rows.Single();
        kept.GetProperty("content").GetString().ShouldBe("Good morning, doctor.");
        $"{await app.SqlAsync("SELECT encode(body, 'escape') FROM messaging.messages WHERE chat_id = $1", chat)}".ShouldNotContain("morning");
    }

    [Fact]
    public async Task Sent_again_it_is_the_same_message()
    {
        var (patient, doctor, chat) = await app.TalkingAsync();
        await using var here = await app.ListenAsync(patient, chat);
        await using var there = await Chatting.ListenAsync(app.Other, patient, chat);
        var client = Guid.CreateVersion7();

        var first = await here.SayAsync(chat, "Once", client);
        var again = await there.SayAsync(chat, "Once", client);
        var overHttp = await patient.PostAsync($"/api/chats/{chat}/messages/", new { client_id = client, content = "Once" });
        await here.SayAsync(chat, "Twice");

        again.GetProperty("seq").GetInt64().ShouldBe(first.GetProperty("seq").GetInt64());
        overHttp.Id.ShouldBe(first.GetProperty("id").GetGuid());
        (await doctor.GetAsync($"/api/chats/{chat}/messages/?after_seq=0")).Rows.Select(m => m.GetProperty("content").GetString()).ShouldBe(["Once", "Twice"]);
        there.Arrived().Where(f => f.GetProperty("type").GetString() == "message").Select(f => f.GetProperty("seq").GetInt64()).ShouldBeInOrder();
    }

    [Fact]
    public async Task Whoever_was_away_gets_what_was_missed_in_order_and_then_what_comes()
    {
        var (patient, doctor, chat) = await app.TalkingAsync();
        for (var i = 1; i <= 120; i++)
        {
            await patient.SayAsync(chat, $"Message {i}");
        }

        await using var back = await Chatting.ListenAsync(app.Other, doctor, chat);
        await back.SendAsync(new { type = "sync", after_seq = 3 });
        var told = new List<long>();
        while (told.Count < 117)
        {
            told.Add((await back.NextAsync("message")).GetProperty("seq").GetInt64());
        }

        (await back.NextAsync("synced")).GetProperty("seq").GetInt64().ShouldBe(120);
        told.ShouldBe(Enumerable.Range(4, 117).Select(i => (long)i));
        await patient.SayAsync(chat, "And another");
        (await back.NextAsync("message")).GetProperty("seq").GetInt64().ShouldBe(121);
    }

    [Fact]
    public async Task A_crowd_at_two_hosts_is_numbered_without_a_gap_and_heard_alike()
    {
        var (patient, doctor, chat) = await app.TalkingAsync();
        await using var one = await app.ListenAsync(patient, chat);
        await using var other = await Chatting.ListenAsync(app.Other, doctor, chat);

        await Task.WhenAll(Enumerable.Range(0, 60).SelectMany(i => new[]
        {
            one.SendAsync(new { type = "message", client_id = Guid.CreateVersion7(), content = $"P{i}" }),
            other.SendAsync(new { type = "message", client_id = Guid.CreateVersion7(), content = $"D{i}" }),
        }));
        var (atOne, atOther) = (await TakeAsync(one, 120), await TakeAsync(other, 120));

        atOne.Select(m => m.Seq).ShouldBe(Enumerable.Range(1, 120).Select(i => (long)i));
        atOther.ShouldBe(atOne);
        (await doctor.GetAsync($"/api/chats/{chat}/messages/?after_seq=0&limit=100")).Rows.Select(m => (m.GetProperty("seq").GetInt64(), m.GetProperty("content").GetString()))
            .ShouldBe(atOne.Take(100));
    }

    [Fact]
    public async Task Typing_reading_and_coming_are_told_to_the_others_and_kept_apart_from_what_is_said()
    {
        var (patient, doctor, chat) = await app.TalkingAsync();
        await using var one = await app.ListenAsync(patient, chat);
        await using var other = await Chatting.ListenAsync(app.Other, doctor);
        (await one.NextAsync("presence")).GetProperty("status").GetString().ShouldBe("online");

        await other.SendAsync(new { type = "typing", chat_id = chat, is_typing = true });
        (await one.NextAsync("typing")).GetProperty("user_id").GetGuid().ShouldBe(doctor.UserId);

        await one.SayAsync(chat, "How do you do?");
        await other.NextAsync("message");
        var delivered = await one.NextAsync("delivered");
        delivered.GetProperty("user_id").GetGuid().ShouldBe(doctor.UserId);
        await other.SendAsync(new { type = "read", chat_id = chat, seq = 1 });
        (await one.NextAsync("read")).GetProperty("seq").GetInt64().ShouldBe(1);
        (await doctor.GetAsync($"/api/chats/{chat}/")).Data.GetProperty("unread_count").GetInt64().ShouldBe(0);

        other.Cut();
        (await one.NextAsync("presence")).GetProperty("status").GetString().ShouldBe("offline");
    }

    [Fact]
    public async Task What_is_edited_or_taken_back_is_told_and_kept_where_nobody_reads_it()
    {
        var (patient, doctor, chat) = await app.TalkingAsync();
        await using var other = await Chatting.ListenAsync(app.Other, doctor, chat);
        var first = await patient.SayAsync(chat, "Ten tablets");
        var reply = (await doctor.PostAsync($"/api/chats/{chat}/messages/", new { client_id = Guid.CreateVersion7(), content = "Ten?", reply_to = first })).Data;

        (await patient.PutAsync($"/api/chats/{chat}/messages/{first}/", new { content = "Two tablets" })).Status.ShouldBe(200);
        (await doctor.PutAsync($"/api/chats/{chat}/messages/{first}/", new { content = "No tablets" })).Status.ShouldBe(403);

        reply.GetProperty("reply_to").GetGuid().ShouldBe(first);
        (await other.NextAsync("message_edited")).GetProperty("content").GetString().ShouldBe("Two tablets");
        (await patient.DeleteAsync($"/api/chats/{chat}/messages/{first}/")).Status.ShouldBe(204);
        (await other.NextAsync("message_deleted")).GetProperty("content").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
        (await patient.PutAsync($"/api/chats/{chat}/messages/{first}/", new { content = "Again" })).ErrorCode.ShouldBe("MESSAGE_DELETED");
        (await doctor.GetAsync($"/api/chats/{chat}/messages/")).Text.ShouldNotContain("tablets");
        (await app.SqlAsync("SELECT count(*) FROM messaging.message_versions WHERE message_id = $1 AND body IS NOT NULL", first)).ShouldBe(2L);
        (await doctor.PostAsync($"/api/chats/{chat}/messages/", new { client_id = Guid.CreateVersion7(), content = "?", reply_to = Guid.CreateVersion7() })).Status.ShouldBe(400);
    }

    [Fact]
    public async Task Strangers_and_unknown_chats_are_closed_alike_and_hear_nothing()
    {
        var (patient, _, chat) = await app.TalkingAsync();
        using var stranger = await app.PatientAsync();
        await patient.SayAsync(chat, "For you alone");
        await using var refused = await Socket.OpenAsync(app.Address, $"/ws/chat/{chat}/", stranger);
        await using var unknown = await Socket.OpenAsync(app.Address, $"/ws/chat/{Guid.CreateVersion7()}/", stranger);
        await using var all = await Socket.OpenAsync(app.Address, "/ws/chat/", stranger);

        await using var nonsense = await Socket.OpenAsync(app.Address, "/ws/chat/nonsense/", stranger);

        (await refused.Closed, await unknown.Closed, await nonsense.Closed).ShouldBe((4403, 4403, 4403));
        refused.Arrived().Concat(unknown.Arrived()).ShouldBeEmpty();
        foreach (var frame in new object[]
        {
            new { type = "message", chat_id = chat, content = "Let me in" }, new { type = "typing", chat_id = chat }, new { type = "read", chat_id = chat, seq = 1 },
            new { type = "sync", chat_id = chat, after_seq = 0 },
        })
        {
            await all.SendAsync(frame);
            (await all.NextAsync("error")).GetProperty("code").GetString().ShouldBe("NOT_FOUND");
        }

        (await app.SqlAsync("SELECT count(*) FROM messaging.messages WHERE chat_id = $1", chat)).ShouldBe(1L);
    }

    [Fact]
    public async Task Whoever_is_sent_away_hears_nothing_from_then_on_at_any_host()
    {
        using var owner = await app.DoctorAsync();
        using var member = await app.DoctorAsync();
        var chat = (await owner.PostAsync("/api/chats/", new { type = "group", participant_ids = new[] { member.UserId } })).Id;
        await using var all = await Socket.OpenAsync(app.Other, "/ws/chat/", member);
        (await member.PostAsync($"/api/chats/{chat}/invitations/accept/")).Status.ShouldBe(200);
        await all.NextAsync("ready");
        await using var pinned = await Chatting.ListenAsync(app.Other, member, chat);
        await using var speaker = await app.ListenAsync(owner, chat);
        await speaker.SayAsync(chat, "Welcome");
        await pinned.NextAsync("message");
        await all.NextAsync("message");

        (await owner.DeleteAsync($"/api/chats/{chat}/participants/{member.UserId}/")).Status.ShouldBe(204);
        await speaker.SendAsync(new { type = "message", content = "Among ourselves" });

        (await pinned.Closed).ShouldBe(4403);
        await all.NextAsync("participant_left");
        (await speaker.NextAsync("participant_left")).GetProperty("user_id").GetGuid().ShouldBe(member.UserId);
        await all.SendAsync(new { type = "ping" });
        await all.NextAsync("pong");
        pinned.Arrived().Concat(all.Arrived()).ShouldNotContain(f => f.GetRawText().Contains("ourselves", StringComparison.Ordinal));
        (await member.GetAsync($"/api/chats/{chat}/messages/")).Status.ShouldBe(404);
        (await member.PostAsync($"/api/chats/{chat}/messages/", new { client_id = Guid.CreateVersion7(), content = "Still here" })).Status.ShouldBe(404);
    }

    [Fact]
    public async Task Opening_and_catching_up_are_recorded_and_what_follows_live_is_not()
    {
        var (patient, doctor, chat) = await app.TalkingAsync();
        using var admin = await app.AdminAsync();
        await using var line = await app.ListenAsync(doctor, chat);
        await patient.SayAsync(chat, "One");
        await line.NextAsync("message");
        await line.SendAsync(new { type = "sync", after_seq = 0 });
        await line.NextAsync("synced");

        (await admin.GetAsync($"/api/audit/?patient={patient.PatientId}&action=ChatSocket")).Rows.Count(r => r.GetProperty("actor").GetProperty("id").GetGuid() == doctor.UserId).ShouldBe(2);
    }

    [Fact]
    public async Task With_the_line_between_the_hosts_cut_messages_arrive_all_the_same()
    {
        var (patient, doctor, chat) = await app.TalkingAsync();
        await using var there = await Chatting.ListenAsync(app.Other, doctor, chat);
        for (var i = 1; i <= 5; i++)
        {
            await app.SqlAsync("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'careline hosts'");
            await patient.SayAsync(chat, $"Message {i}");
        }

        for (var i = 1; i <= 5; i++)
        {
            (await there.NextAsync("message")).GetProperty("seq").GetInt64().ShouldBe(i);
        }
    }

    private static async Task<List<(long Seq, string? Content)>> TakeAsync(Socket socket, int count)
    {
        var taken = new List<(long, string?)>();
        while (taken.Count < count)
        {
            var message = await socket.NextAsync("message");
            taken.Add((message.GetProperty("seq").GetInt64(), message.GetProperty("content").GetString()));
        }

        return taken;
    }
}
