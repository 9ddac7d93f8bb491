using Careline.Notifications.Live;

namespace Careline.Notifications.Feed;

internal static class ListNotifications
{
    public static void Map(RouteGroupBuilder group)
    {
        group.MapGet("/", Handle)
            .Named("ListNotifications", "Lists what the caller was told, newest first, and marks it as read unless mark_read=false.")
            .AsFeed("unread", "category", "severity", "mark_read").ForSignedIn();
        group.MapGet("/unread-count/", Count).Named("CountUnreadNotifications", "Says how many notifications are new.").ForSignedIn();
    }

    private static async Task<FeedAnswer<NotificationResponse>> Handle(ListQuery query, Actor actor, CarelineDb db, NoticeBoard board, CancellationToken ct)
    {
        var place = FeedPlace.Of(query);
        var (unread, category, severity) = (query.Flag("unread"), query.Enum<NoticeCategory>("category"), query.Enum<NoticeSeverity>("severity"));
        var marks = query.Flag("mark_read") ?? true;
        query.Check();
        var rows = Notification.VisibleTo(db, actor);
        if (unread is { } isNew)
        {
            rows = isNew ? rows.Where(n => n.ReadAt == null) : rows.Where(n => n.ReadAt != null);
        }

        if (category is { } named)
        {
            rows = rows.Where(n => n.Category == named);
        }

        if (severity is { } weight)
        {
            rows = rows.Where(n => n.Severity == weight);
        }

        if (place.After is { } after)
        {
            rows = rows.Where(n => EF.Functions.LessThan(ValueTuple.Create(n.CreatedAt, n.Id), ValueTuple.Create(after.At, after.Id)));
        }

        var found = await rows.OrderByDescending(n => n.CreatedAt).ThenByDescending(n => n.Id).Take(place.Limit + 1)
            .Select(NotificationResponse.Projection).ToListAsync(ct);
        var shown = found.Take(place.Limit).ToList();
        if (marks && shown.Where(n => n.ReadAt is null).Select(n => n.Id).ToArray() is { Length: > 0 } seen)
        {
            await MarkAsync(db, actor.AccountId, seen, ct);
            board.Moved(actor.AccountId);
        }

        return Answer.Feed(new Feed<NotificationResponse>(
            shown, place.Limit, found.Count > place.Limit ? new FeedCursor(shown[^1].CreatedAt, shown[^1].Id) : null));
    }

    private static async Task<Answer<UnreadCountResponse>> Count(Actor actor, CarelineDb db, CancellationToken ct) =>
        Answer.Ok(new UnreadCountResponse(await Notification.VisibleTo(db, actor).LongCountAsync(n => n.ReadAt == null, ct)));

    // That something was seen is no change that anybody else could meet: it needs neither a transaction of its own nor an audit row.
    private static Task<int> MarkAsync(CarelineDb db, Guid accountId, Guid[] ids, CancellationToken ct) =>
        db.Database.ExecuteSqlAsync(
            $"UPDATE notifications.notifications SET read_at = {db.Now} WHERE id = ANY ({ids}) AND account_id = {accountId} AND read_at IS NULL", ct);
}
