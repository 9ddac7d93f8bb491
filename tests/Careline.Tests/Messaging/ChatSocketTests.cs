using Careline.Tests.Support;

namespace Careline.Tests.Messaging;

/// <summary>What is said arrives, once and in order, by every way to a chat.</summary>
public sealed class ChatSocketTests(SharedApp app) : IClassFixture<SharedApp>
{
    [Fact]
    public async Task What_one_says_the_other_hears_and_the_history_keeps()
    {
        var (patient, doctor, chat) = await app.TalkingAsync();
        await using var one = await app.ListenAsync(patient, chat);
        await using var other = await app.ListenAsync(doctor);
        var ready = await one.NextAsync("ready");
        await other.NextAsync("ready");

        var ack = await one.SayAsync(chat, "Good morning, doctor.");
        var heard = await other.NextAsync("message");

        ready.GetProperty("seq").GetInt64().ShouldBe(0);
        ready.GetProperty("participants").GetArrayLength().ShouldBe(2);
        ack.GetProperty("seq").GetInt64().ShouldBe(1);
        heard.GetProperty("content").GetString().ShouldBe("Good morning, doctor.");
        heard.GetProperty("id").GetGuid().ShouldBe(ack.GetProperty("id").GetGuid());
        heard.GetProperty("chat_id").GetGuid().ShouldBe(chat);
        heard.GetProperty("sender").GetProperty("id").GetGuid().ShouldBe(patient.UserId);
        heard.GetProperty("sender").GetProperty("name").GetString().ShouldStartWith("Pat ");
        var kept = (await doctor.GetAsync($"/api/chats/{chat}/messages/")).Rows.Single();
        kept.GetProperty("content").GetString().ShouldBe("Good morning, doctor.");
        $"{await app.SqlAsync("SELECT encode(body, 'escape') FROM messaging.messages WHERE chat_id = $1", chat)}".ShouldNotContain("morning");
    }
}
