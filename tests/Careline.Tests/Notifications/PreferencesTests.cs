using Careline.Notifications.Contracts;
using Careline.Platform.Data;
using Careline.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Careline.Tests.Notifications;

public sealed class PreferencesTests(SharedApp app) : IClassFixture<SharedApp>
{
    private const string Path = "/api/notifications/preferences/";

    [Fact]
    public async Task What_is_switched_off_comes_no_more_and_the_list_says_it_still()
    {
        using var reader = await app.PatientAsync();
        (await reader.PutAsync(Path, new { choices = new[] { new { category = "record", channel = "email", is_on = false } } })).Status.ShouldBe(200);

        await TellAsync(reader, new Notice(NoticeCategory.Record, NoticeSeverity.Info, "patients.proxy_made"));

        (await app.InboxAsync($"{reader.UserName}@example.test")).ShouldNotContain(text => text.Contains("accepted to act for you", StringComparison.Ordinal));
        (await reader.GetAsync("/api/notifications/")).Rows.Single().GetProperty("type").GetString().ShouldBe("patients.proxy_made");
    }

    [Theory]
    [InlineData("security", "email")]
    [InlineData("appointment", "in_app")]
    public async Task Notices_of_security_and_the_list_cannot_be_switched_off(string category, string channel)
    {
        using var reader = await app.PatientAsync();

        var refused = await reader.PutAsync(Path, new { choices = new[] { new { category, channel, is_on = false } } });

        (refused.Status, refused.ErrorCode).ShouldBe((409, "ALWAYS_TOLD"));
    }

    [Theory]
    [InlineData("""{"time_zone":"Lagos"}""", "time_zone")]
    [InlineData("""{"language":"no language"}""", "language")]
    [InlineData("""{"quiet_hours":{"from":"08:00:00","until":"08:00:00"}}""", "quiet_hours")]
    [InlineData("""{"reminder_offsets":[14]}""", "reminder_offsets")]
    [InlineData("""{"reminder_offsets":[60,61,62,63,64,65,66]}""", "reminder_offsets")]
    [InlineData("""{"choices":[{"category":"record","channel":"sms","is_on":true},{"category":"record","channel":"sms","is_on":false}]}""", "choices")]
    [InlineData("""{"choices":[null]}""", "choices")]
    public async Task What_cannot_be_is_refused_by_its_name(string body, string field)
    {
        using var reader = await app.PatientAsync();

        var refused = await reader.PutAsync(Path, body);

        refused.Status.ShouldBe(400, refused.Text);
        refused.Text.ShouldContain(field);
    }

    [Fact]
    public async Task A_change_in_part_leaves_the_rest_and_a_stale_one_is_refused()
    {
        using var reader = await app.PatientAsync();
        var before = await reader.GetAsync(Path);
        var set = await reader.PutAsync(Path, new { time_zone = "Africa/Lagos", quiet_hours = new { from = "22:00:00", until = "07:00:00" }, reminder_offsets = new[] { 30, 120, 30 } });
        set.Status.ShouldBe(200, set.Text);

        var changed = await reader.PatchAsync(Path, new { language = "fr" });

        changed.Data.GetProperty("time_zone").GetString().ShouldBe("Africa/Lagos");
        changed.Data.GetProperty("quiet_hours").GetProperty("until").GetString().ShouldBe("07:00:00");
        changed.Data.GetProperty("reminder_offsets").EnumerateArray().Select(m => m.GetInt32()).ShouldBe([120, 30]);
        (await reader.PatchAsync(Path, """{"quiet_hours":null}""")).Data.GetProperty("quiet_hours").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
        (await reader.PutAsync(Path, new { }, ("If-Match", before.ETag!))).Status.ShouldBe(412);
    }

    [Fact]
    public async Task Two_who_say_it_for_the_first_time_at_once_are_both_answered()
    {
        using var reader = await app.PatientAsync();

        var replies = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => reader.PutAsync(Path, new { language = i % 2 == 0 ? "fr" : "yo" })));

        replies.ShouldAllBe(r => r.Status == 200);
        (await reader.GetAsync(Path)).Data.GetProperty("version").GetInt32().ShouldBe(8);
    }

    [Fact]
    public async Task Quiet_hours_hold_back_what_is_not_urgent_until_they_end()
    {
        using var reader = await app.PatientAsync();
        var now = app.Now;
        var quiet = new { from = now.AddHours(-1).ToString("HH:mm:00", null), until = now.AddHours(2).ToString("HH:mm:00", null) };
        (await reader.PutAsync(Path, new { time_zone = "UTC", quiet_hours = quiet })).Status.ShouldBe(200);

        await TellAsync(reader, new Notice(NoticeCategory.Record, NoticeSeverity.Info, "patients.proxy_made"));
        await TellAsync(reader, new Notice(NoticeCategory.Record, NoticeSeverity.Info, "patients.request_done") { UsefulUntil = now.AddHours(1) });
        await TellAsync(reader, new Notice(NoticeCategory.Security, NoticeSeverity.Critical, "patients.opened"));

        var mails = await app.InboxAsync($"{reader.UserName}@example.test");
        mails.ShouldContain(text => text.Contains("opened in an emergency", StringComparison.Ordinal));
        mails.ShouldContain(text => text.Contains("is done", StringComparison.Ordinal));
        mails.ShouldNotContain(text => text.Contains("accepted to act", StringComparison.Ordinal));
        (await reader.GetAsync("/api/notifications/")).Rows.Count().ShouldBe(3);
        var held = (DateTime)(await app.SqlAsync("SELECT max(due_at) FROM platform.messages WHERE status = 'queued' AND due_at <= $1", now.AddHours(3)))!;
        held.ShouldBe(now.AddHours(2).UtcDateTime, TimeSpan.FromMinutes(1));
    }

    private async Task TellAsync(Person reader, Notice notice)
    {
        await using var scope = app.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<INotifier>().TellAsync(notice, [new Recipient(reader.UserId)], CancellationToken.None);
        await scope.ServiceProvider.GetRequiredService<CarelineDb>().SaveChangesAsync();
    }
}
