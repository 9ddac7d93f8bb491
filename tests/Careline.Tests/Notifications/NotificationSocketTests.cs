using Careline.Notifications.Contracts;
using Careline.Platform.Data;
using Careline.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Careline.Tests.Notifications;

/// <summary>Notices come as they are written, at whichever host one listens, and nothing is lost between two sockets.</summary>
public sealed class NotificationSocketTests(TwoHosts app) : IClassFixture<TwoHosts>
{
    private const string Path = "/ws/notifications/";

    [Fact]
    public async Task What_is_told_comes_at_once_with_the_count_and_is_not_marked_as_read()
    {
        using var reader = await app.PatientAsync();
        await TellAsync(reader);
        await using var socket = await Socket.OpenAsync(app.Other, Path, reader);
        (await socket.NextAsync("unread_count")).GetProperty("count").GetInt64().ShouldBe(1);

        await TellAsync(reader);

        var told = (await socket.NextAsync("notification")).GetProperty("notification");
        told.GetProperty("type").GetString().ShouldBe("messaging.unread");
        (await socket.NextAsync("unread_count")).GetProperty("count").GetInt64().ShouldBe(2);
        (await reader.GetAsync("/api/notifications/unread-count/")).Data.GetProperty("count").GetInt64().ShouldBe(2);
        (await reader.PostAsync("/api/notifications/read-all/")).Status.ShouldBe(200);
        (await socket.NextAsync("unread_count")).GetProperty("count").GetInt64().ShouldBe(0);
    }

    [Fact]
    public async Task Whoever_comes_back_gets_what_came_meanwhile()
    {
        using var reader = await app.PatientAsync();
        await TellAsync(reader);
        var last = (await reader.GetAsync("/api/notifications/?mark_read=false")).Rows.First().GetProperty("id").GetGuid();
        await TellAsync(reader);
        await TellAsync(reader);
        await using var socket = await Socket.OpenAsync(app.Address, Path, reader);

        await socket.SendAsync(new { type = "sync", after = last });
        var missed = new[] { await socket.NextAsync("notification"), await socket.NextAsync("notification") };
        await socket.NextAsync("synced");

        missed.Select(n => n.GetProperty("notification").GetProperty("id").GetGuid()).Reverse()
            .ShouldBe((await reader.GetAsync("/api/notifications/?mark_read=false&limit=2")).Rows.Select(n => n.GetProperty("id").GetGuid()));
        socket.Arrived().ShouldBeEmpty();
    }

    private async Task TellAsync(Person reader)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var notice = new Notice(NoticeCategory.Message, NoticeSeverity.Info, "messaging.unread");
        await scope.ServiceProvider.GetRequiredService<INotifier>().TellAsync(notice, [new Recipient(reader.UserId)], CancellationToken.None);
        await scope.ServiceProvider.GetRequiredService<CarelineDb>().SaveChangesAsync(TestContext.Current.CancellationToken);
    }
}
