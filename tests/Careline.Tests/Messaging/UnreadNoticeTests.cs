using Careline.Tests.Support;

namespace Careline.Tests.Messaging;

/// <summary>Whoever is not there is told that messages wait, once. Moves the clock, so the application is its own.</summary>
public sealed class UnreadNoticeTests(TestApp app) : IClassFixture<TestApp>
{
    [Fact]
    public async Task The_offline_are_told_once_after_a_pause_and_again_when_they_have_read()
    {
        var (patient, doctor, chat) = await app.TalkingAsync();
        await using (var there = await app.ListenAsync(doctor, chat))
        {
            await patient.SayAsync(chat, "Are you there?");
            app.Advance(TimeSpan.FromMinutes(6));
            (await ToldAsync()).ShouldBe(0);
        }

        await Eventually.HoldsAsync(async () => await ToldAsync() == 1);
        await patient.SayAsync(chat, "Hello?");
        app.Advance(TimeSpan.FromMinutes(6));
        (await ToldAsync()).ShouldBe(1);
        (await doctor.GetAsync("/api/notifications/?category=message&mark_read=false")).Rows.ShouldHaveSingleItem();

        (await doctor.PostAsync($"/api/chats/{chat}/read/")).Status.ShouldBe(200);
        await patient.SayAsync(chat, "Good evening");
        (await ToldAsync()).ShouldBe(1);
        app.Advance(TimeSpan.FromMinutes(6));
        (await ToldAsync()).ShouldBe(2);
        (await app.SqlAsync("SELECT count(*) FROM notifications.notifications WHERE account_id = $1 AND category = 'message'", patient.UserId)).ShouldBe(0L);

        async Task<long> ToldAsync()
        {
            await app.RunJobAsync("messaging.tell-of-unread");
            return (long)(await app.SqlAsync("SELECT count(*) FROM notifications.notifications WHERE account_id = $1 AND category = 'message'", doctor.UserId))!;
        }
    }
}
