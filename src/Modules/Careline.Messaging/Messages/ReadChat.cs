using Careline.Messaging.Chats;
using Careline.Messaging.Live;

namespace Careline.Messaging.Messages;

/// <summary>How far somebody has read.</summary>
/// <param name="Seq">The newest message that they have seen; all of them unless given.</param>
public sealed record ReadChatRequest([Range(1, long.MaxValue)] long? Seq = null);

/// <summary>How much of a chat is left to read.</summary>
/// <param name="ReadSeq">Up to which message the caller has read.</param>
/// <param name="UnreadCount">Messages of others after it.</param>
public sealed record ReadChatResponse(long ReadSeq, long UnreadCount);

internal static class ReadChat
{
    public static void Map(RouteGroupBuilder chats) => chats.MapPost("/{id:guid}/read/", Handle)
        .Named("ReadChat", "Says up to which message the caller has read; never back.").ForSignedIn().VisibleAs<Chat>();

    private static async Task<Answer<ReadChatResponse>> Handle(
        Guid id, ReadChatRequest? request, Actor actor, CarelineDb db, ChatReader chats, Receipts receipts, CancellationToken ct)
    {
        var (me, chat) = (actor.AccountId, await chats.FindJoinedAsync(id, actor, tracking: false, ct));
        var upTo = Math.Min(request?.Seq ?? long.MaxValue, chat.LastSeq);
        var read = (await db.Database.SqlQuery<long>(
            $"""
            UPDATE messaging.participants SET read_seq = greatest(read_seq, {upTo}), delivered_seq = greatest(delivered_seq, {upTo})
            WHERE chat_id = {id} AND account_id = {me} RETURNING read_seq AS "Value"
            """).ToListAsync(ct))[0];
        db.AfterCommit(() => receipts.Tell(id, me, read, read));
        var unread = await db.Set<ChatMessage>().LongCountAsync(m => m.ChatId == id && m.Seq > read && m.SenderId != me && m.DeletedAt == null, ct);
        return Answer.Ok(new ReadChatResponse(read, unread), "Marked as read.");
    }
}
