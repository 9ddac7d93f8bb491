using Careline.Audit.Contracts;
using Careline.Messaging.Live;
using Careline.Messaging.Messages;
using Careline.Messaging.Participants;
using Careline.Sockets.Contracts;

namespace Careline.Messaging.Chats;

/// <summary>Shows chats to somebody who may see them.</summary>
internal sealed class ChatReader(CarelineDb db, MessageText text, IActorNames names, Presence presence)
{
    /// <summary>A chat that the actor takes part in, for writing to it.</summary>
    /// <exception cref="PermissionDenied">They see it, and take no part: invited, or an administrator beside it.</exception>
    /// <exception cref="NotFound">They do not see it.</exception>
    public async Task<Chat> FindJoinedAsync(Guid id, Actor actor, bool tracking, CancellationToken ct)
    {
        var joined = Chat.JoinedBy(db, actor).Where(c => c.Id == id);
        if (await (tracking ? joined.AsTracking() : joined).FirstOrDefaultAsync(ct) is { } chat)
        {
            return chat;
        }

        throw await Chat.VisibleTo(db, actor).AnyAsync(c => c.Id == id, ct)
            ? new PermissionDenied("You take no part in this chat. Accept the invitation, or join it, first.", "NOT_A_PARTICIPANT") : new NotFound();
    }

    /// <summary>One chat.</summary>
    /// <exception cref="NotFound">The actor does not see it.</exception>
    public async Task<ChatResponse> ReadAsync(Guid id, Actor actor, CancellationToken ct) =>
        (await ShowAsync(await Chat.VisibleTo(db, actor).Where(c => c.Id == id).ToListAsync(ct), actor, ct)) is [var chat] ? chat : throw new NotFound();

    /// <summary>Shows chats in the order that they have.</summary>
    public async Task<IReadOnlyList<ChatResponse>> ShowAsync(IReadOnlyList<Chat> chats, Actor actor, CancellationToken ct)
    {
        var (ids, me) = (chats.Select(c => c.Id).ToArray(), actor.AccountId);
        var participants = (await db.Set<Participant>().Where(p => ids.Contains(p.ChatId) && p.LeftAt == null).OrderBy(p => p.JoinedAt).ThenBy(p => p.AccountId).ToListAsync(ct))
            .ToLookup(p => p.ChatId);
        var joined = await Chat.JoinedBy(db, actor).Where(c => ids.Contains(c.Id)).Select(c => c.Id).ToListAsync(ct);
        var unread = await (
            from p in db.Set<Participant>()
            join m in db.Set<ChatMessage>() on p.ChatId equals m.ChatId
            where p.AccountId == me && ids.Contains(p.ChatId) && m.Seq > p.ReadSeq && m.SenderId != me && m.DeletedAt == null
            group m by m.ChatId into chat
            select new { chat.Key, Count = chat.LongCount() }).ToDictionaryAsync(c => c.Key, c => c.Count, ct);
        var called = await names.OfAsync([.. participants.SelectMany(p => p).Select(p => p.AccountId).Distinct()], ct);
        return [.. chats.Select(c => Show(c, joined.Contains(c.Id), unread.GetValueOrDefault(c.Id), [.. participants[c.Id].Select(p => Show(p, called))]))];
    }

    /// <summary>Who takes part in a chat.</summary>
    public async Task<IReadOnlyList<ParticipantResponse>> ParticipantsAsync(Guid chatId, CancellationToken ct)
    {
        var participants = await db.Set<Participant>().Where(p => p.ChatId == chatId && p.LeftAt == null).OrderBy(p => p.JoinedAt).ThenBy(p => p.AccountId).ToListAsync(ct);
        var called = await names.OfAsync([.. participants.Select(p => p.AccountId)], ct);
        return participants.ConvertAll(p => Show(p, called));
    }

    private ParticipantResponse Show(Participant p, IReadOnlyDictionary<Guid, string> called) => new(
        p.AccountId, called.GetValueOrDefault(p.AccountId), p.Role, PresenceFrame.StatusOf(presence.IsOnline(p.AccountId)), p.JoinedAt, p.ReadSeq, p.DeliveredSeq);

    private ChatResponse Show(Chat chat, bool isJoined, long unread, IReadOnlyList<ParticipantResponse> participants) => new()
    {
        Id = chat.Id,
        Type = chat.Type,
        Status = isJoined ? chat.ClosedAt is null ? ChatStanding.Active : ChatStanding.Closed : chat.Type == ChatType.Support ? ChatStanding.Open : ChatStanding.Invited,
        Title = text.OpenTitle(chat.Id, chat.Title),
        AppointmentId = chat.AppointmentId,
        PatientId = chat.PatientId,
        Participants = participants,
        LastSeq = chat.LastSeq,
        LastMessageAt = chat.LastMessageAt,
        UnreadCount = isJoined ? unread : 0,
        CreatedAt = chat.CreatedAt,
        Version = chat.Version,
    };
}
