using Careline.Notifications.Live;

namespace Careline.Notifications.Feed;

/// <summary>Marks notifications as read, one or all, and takes them away. Each answers how many are still new.</summary>
internal static class MarkNotifications
{
    public static void Map(RouteGroupBuilder group)
    {
        group.MapPost("/{id:guid}/read/", Read).Named("ReadNotification", "Marks a notification as read.").ForSignedIn().VisibleAs<Notification>();
        group.MapPost("/read-all/", ReadAll).Named("ReadAllNotifications", "Marks everything that the caller was told as read.").ForSignedIn();
        group.MapDelete("/{id:guid}/", Delete).Named("DeleteNotification", "Takes a notification out of the list.").ForSignedIn().VisibleAs<Notification>();
    }

    private static async Task<Answer<UnreadCountResponse>> Read(Guid id, Actor actor, CarelineDb db, NoticeBoard board, CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync(
            $"UPDATE notifications.notifications SET read_at = {db.Now} WHERE id = {id} AND account_id = {actor.AccountId} AND read_at IS NULL", ct);
        db.AfterCommit(() => board.Moved(actor.AccountId));
        return await CountAsync(actor, db, "Marked as read.", ct);
    }

    private static async Task<Answer<UnreadCountResponse>> ReadAll(Actor actor, CarelineDb db, NoticeBoard board, CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync(
            $"UPDATE notifications.notifications SET read_at = {db.Now} WHERE account_id = {actor.AccountId} AND read_at IS NULL AND deleted_at IS NULL", ct);
        db.AfterCommit(() => board.Moved(actor.AccountId));
        return await CountAsync(actor, db, "All marked as read.", ct);
    }

    private static async Task<DeletedAnswer> Delete(Guid id, Actor actor, CarelineDb db, NoticeBoard board, CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync(
            $"UPDATE notifications.notifications SET deleted_at = {db.Now} WHERE id = {id} AND account_id = {actor.AccountId} AND deleted_at IS NULL", ct);
        db.AfterCommit(() => board.Moved(actor.AccountId));
        return Answer.Deleted();
    }

    private static async Task<Answer<UnreadCountResponse>> CountAsync(Actor actor, CarelineDb db, string message, CancellationToken ct) =>
        Answer.Ok(new UnreadCountResponse(await Notification.VisibleTo(db, actor).LongCountAsync(n => n.ReadAt == null, ct)), message);
}
