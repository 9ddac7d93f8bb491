using Careline.Audit.Contracts;
using Careline.Messaging.Chats;

namespace Careline.Messaging.Messages;

/// <summary>
/// The history of a chat, by its numbers: the messages after one (<c>after_seq</c>, the oldest first, as a sync on a socket gives them), or those before one
/// (<c>before_seq</c>) and without either the newest, the newest first.
/// </summary>
internal static class ListMessages
{
    public static void Map(RouteGroupBuilder chats) => chats.MapGet("/{id:guid}/messages/", Handle)
        .Named("ListMessages", "Lists the messages of a chat: after a number the oldest first, else the newest first.")
        .WithFilters("after_seq", "before_seq", "limit").ForSignedIn().VisibleAs<Chat>();

    private static async Task<FeedAnswer<MessageResponse>> Handle(
        Guid id, ListQuery query, Actor actor, CarelineDb db, ChatReader chats, MessageReader reader, AuditTrail trail, CancellationToken ct)
    {
        var (after, before, limit) = (query.Integer("after_seq", 0, int.MaxValue), query.Integer("before_seq", 0, int.MaxValue), query.Integer("limit", 1, 100) ?? 50);
        if (after is not null && before is not null)
        {
            query.Fault("before_seq", "Not together with after_seq.");
        }

        query.Check();
        var chat = await chats.FindJoinedAsync(id, actor, tracking: false, ct);
        var rows = db.Set<ChatMessage>().Where(m => m.ChatId == id);
        rows = after is { } from
            ? rows.Where(m => m.Seq > from).OrderBy(m => m.Seq)
            : rows.Where(m => before == null || m.Seq < before).OrderByDescending(m => m.Seq);
        var messages = await reader.ReadAsync(rows.Take(limit + 1), ct);
        var page = messages.Take(limit).ToList();
        trail.About("chat", id).Concerns(chat.PatientId is { } patient ? [patient] : []).Always();
        return Answer.Feed(new Feed<MessageResponse>(page, limit, null)
        {
            NextNumber = messages.Count > limit ? (after is null ? "before_seq" : "after_seq", page[^1].Seq) : null,
        });
    }
}
