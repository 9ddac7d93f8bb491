using Careline.Messaging.Chats;
using Careline.Messaging.Live;

namespace Careline.Messaging.Participants;

/// <summary>
/// Moves people in and out of chats. Each move first takes the chat's row, as messages do: so it comes before or after each message and never between, and all hosts
/// hear of it once it is committed. The caller saves.
/// </summary>
internal sealed class ChatMembers(CarelineDb db, Rooms rooms)
{
    /// <summary>Takes the chat's row for a change and answers the revision that the change makes.</summary>
    public async Task<long> ReviseAsync(Guid chatId, CancellationToken ct)
    {
        var revision = (await db.Database.SqlQuery<long>(
            $"UPDATE messaging.chats SET revision = revision + 1 WHERE id = {chatId} RETURNING revision AS \"Value\"").ToListAsync(ct))[0];
        db.AfterCommit(() => rooms.Revised(chatId, revision));
        return revision;
    }

    /// <summary>Takes the row of a chat that is begun again, which may have been closed.</summary>
    public async Task ReopenAsync(Guid chatId, CancellationToken ct)
    {
        await ReviseAsync(chatId, ct);
        await db.Database.ExecuteSqlAsync($"UPDATE messaging.chats SET closed_at = NULL WHERE id = {chatId}", ct);
    }

    /// <summary>Lets somebody take part, who may have done so before.</summary>
    public async Task AdmitAsync(Guid chatId, Seated who, ParticipantRole role, CancellationToken ct)
    {
        if (await db.Set<Participant>().AsTracking().FirstOrDefaultAsync(p => p.ChatId == chatId && p.AccountId == who.AccountId, ct) is { } present)
        {
            present.Return(who.NeedsCare, db.Now);
        }
        else
        {
            db.Add(Participant.Of(chatId, who.AccountId, role, who.NeedsCare, db.Now));
        }

        db.AfterCommit(() => rooms.Admitted(who.AccountId, chatId));
    }
}
