using Careline.Notifications.Contracts;
using Careline.Platform.Data;
using Careline.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Careline.Tests.Notifications;

public sealed class NotificationFeedTests(SharedApp app) : IClassFixture<SharedApp>
{
    private const string Path = "/api/notifications/";

    [Fact]
    public async Task Viewing_marks_as_read_what_was_shown_and_nothing_else()
    {
        using var reader = await ToldAsync(3);

        var first = await reader.GetAsync(Path + "?limit=2");

        first.Rows.ShouldAllBe(n => n.GetProperty("read_at").ValueKind == System.Text.Json.JsonValueKind.Null);
        (await CountAsync(reader)).ShouldBe(1);
        var next = await reader.GetAsync(first.Json.GetProperty("meta").GetProperty("next").GetString()!);
        next.Rows.Count().ShouldBe(1);
        next.Rows.Select(Id).ShouldNotContain(id => first.Rows.Select(Id).Contains(id));
        (await CountAsync(reader)).ShouldBe(0);
    }

    [Fact]
    public async Task Looking_without_marking_leaves_everything_new()
    {
        using var reader = await ToldAsync(2);

        (await reader.GetAsync(Path + "?mark_read=false")).Rows.Count().ShouldBe(2);

        (await CountAsync(reader)).ShouldBe(2);
    }

    [Fact]
    public async Task Unread_counter_drops_after_read_or_delete()
    {
        using var reader = await ToldAsync(3);
        var ids = (await reader.GetAsync(Path + "?mark_read=false")).Rows.Select(Id).ToList();

        (await reader.PostAsync($"{Path}{ids[0]}/read/")).Data.GetProperty("count").GetInt64().ShouldBe(2);
        (await reader.DeleteAsync($"{Path}{ids[1]}/")).Status.ShouldBe(204);
        (await CountAsync(reader)).ShouldBe(1);
        (await reader.DeleteAsync($"{Path}{ids[1]}/")).Status.ShouldBe(404);
        (await reader.PostAsync(Path + "read-all/")).Data.GetProperty("count").GetInt64().ShouldBe(0);

        (await reader.GetAsync(Path)).Rows.Select(Id).ShouldBe([ids[0], ids[2]]);
    }

    [Fact]
    public async Task Filters_narrow_and_a_word_that_is_no_filters_value_is_refused()
    {
        using var reader = await ToldAsync(2);
        await TellAsync(reader, new Notice(NoticeCategory.Security, NoticeSeverity.Critical, "patients.opened"));

        (await reader.GetAsync(Path + "?category=security&mark_read=false")).Rows.Count().ShouldBe(1);
        (await reader.GetAsync(Path + "?severity=info&mark_read=false")).Rows.Count().ShouldBe(2);
        (await reader.GetAsync(Path + "?severity=info")).Rows.Count().ShouldBe(2);
        (await reader.GetAsync(Path + "?unread=true&mark_read=false")).Rows.Count().ShouldBe(1);
        (await reader.GetAsync(Path + "?unread=false")).Rows.Count().ShouldBe(2);
        (await reader.GetAsync(Path + "?category=gossip")).Status.ShouldBe(400);
        (await reader.GetAsync(Path + "?cursor=nonsense")).Status.ShouldBe(400);
    }

    [Fact]
    public async Task What_was_not_saved_was_told_to_nobody()
    {
        using var reader = await app.PatientAsync();
        await using (var scope = app.Services.CreateAsyncScope())
        {
            var db = scope.ServiceProvider.GetRequiredService<CarelineDb>();
            await using var transaction = await db.Database.BeginTransactionAsync(TestContext.Current.CancellationToken);
            await scope.ServiceProvider.GetRequiredService<INotifier>().TellAsync(News, [new Recipient(reader.UserId)], CancellationToken.None);
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        }

        (await reader.GetAsync(Path)).Rows.ShouldBeEmpty();
        (await app.InboxAsync($"{reader.UserName}@example.test")).ShouldNotContain(text => text.Contains("proxies", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_disabled_account_is_told_nothing()
    {
        using var reader = await app.PatientAsync();
        using var admin = await app.AdminAsync();
        (await admin.PatchAsync($"/api/users/{reader.UserId}/", new { status = "disabled" })).Status.ShouldBe(200);

        await TellAsync(reader, News);

        (await app.SqlAsync("SELECT count(*) FROM notifications.notifications WHERE account_id = $1", reader.UserId)).ShouldBe(0L);
    }

    private static Notice News => new(NoticeCategory.Record, NoticeSeverity.Info, "patients.proxy_made");

    private static Guid Id(System.Text.Json.JsonElement row) => row.GetProperty("id").GetGuid();

    private static async Task<long> CountAsync(Person reader) => (await reader.GetAsync(Path + "unread-count/")).Data.GetProperty("count").GetInt64();

    private async Task<Person> ToldAsync(int times)
    {
        var reader = await app.PatientAsync();
        for (var i = 0; i < times; i++)
        {
            await TellAsync(reader, News);
        }

        return reader;
    }

    private async Task TellAsync(Person reader, Notice notice)
    {
        await using var scope = app.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<INotifier>().TellAsync(notice, [new Recipient(reader.UserId)], CancellationToken.None);
        await scope.ServiceProvider.GetRequiredService<CarelineDb>().SaveChangesAsync();
    }
}
