using Careline.Audit.Contracts;
using Careline.Messaging.Chats;

namespace Careline.Messaging.Messages;

/// <summary>
/// Finds messages by whole words in the caller's own chats. The database compares keyed hashes, of a chat's own key each; what it finds is opened, and compared
/// again by its words.
/// </summary>
internal static class SearchMessages
{
    private const int MostWords = 4;
    private const int MostChats = 1000;

    public static void Map(RouteGroupBuilder chats) => chats.MapGet("/search/", Handle)
        .Named("SearchMessages", "Finds messages by their words in the caller's chats, the newest first.")
        .WithFilters("chat", "limit").ForSignedIn();

    private static async Task<FeedAnswer<MessageResponse>> Handle(
        ListQuery query, Actor actor, CarelineDb db, MessageText text, MessageReader reader, AuditTrail trail, CancellationToken ct)
    {
        var (only, limit) = (query.Id("chat"), query.Integer("limit", 1, 100) ?? 20);
        var words = MessageText.WordsOf(query.Search ?? "").Take(MostWords).ToArray();
        if (words.Length == 0)
        {
            query.Fault("search", "At least one word of two letters.");
        }

        query.Check();
        var chats = await Chat.JoinedBy(db, actor).Where(c => only == null || c.Id == only).OrderByDescending(c => c.LastMessageAt).Take(MostChats)
            .Select(c => new { c.Id, c.PatientId }).ToListAsync(ct);
        var ids = chats.ConvertAll(c => c.Id).ToArray();

        // One array for each of the words, in the order of the chats; with fewer words the last is asked for again.
        var hashes = Enumerable.Range(0, MostWords).Select(i => ids.Select(id => text.HashOf(id, words[Math.Min(i, words.Length - 1)])).ToArray()).ToArray();
        var rows = db.Set<ChatMessage>().FromSql(
            $"""
            SELECT m.* FROM unnest({ids}, {hashes[0]}, {hashes[1]}, {hashes[2]}, {hashes[3]}) AS w (chat_id, a, b, c, d)
            JOIN messaging.messages m ON m.chat_id = w.chat_id AND m.words @> ARRAY[w.a, w.b, w.c, w.d]
            """);
        var found = await reader.ReadAsync(rows.OrderByDescending(m => m.SentAt).ThenByDescending(m => m.Id).Take(limit), ct);
        var shown = found.Where(m => m.Content is { } content && MessageText.WordsOf(content).ToHashSet().IsSupersetOf(words)).ToList();
        var patients = chats.ToDictionary(c => c.Id, c => c.PatientId);
        trail.Concerns(shown.Select(m => patients[m.ChatId]).OfType<Guid>()).Always();
        return Answer.Feed(new Feed<MessageResponse>(shown, limit, null));
    }
}
