using Careline.Messaging.Participants;
using Careline.Notifications.Contracts;

namespace Careline.Messaging.Invitations;

/// <summary>Asks people into chats. The caller saves.</summary>
internal sealed class InvitationDesk(CarelineDb db, INotifier notifier)
{
    // Whoever declined is left in peace for so long.
    private static readonly TimeSpan _peace = TimeSpan.FromDays(7);

    /// <summary>Asks somebody, who is told so; who takes part, was asked already or declined lately is not asked again.</summary>
    public async Task<Invitation?> InviteAsync(Guid chatId, Guid accountId, Actor by, CancellationToken ct)
    {
        if (await db.Set<Participant>().AnyAsync(p => p.ChatId == chatId && p.AccountId == accountId && p.LeftAt == null, ct))
        {
            return null;
        }

        var now = db.Now;
        var lately = now - _peace;
        if (await db.Set<Invitation>().FirstOrDefaultAsync(
            i => i.ChatId == chatId && i.AccountId == accountId && i.Status == InvitationStatus.Declined && i.AnsweredAt > lately, ct) is { } declined)
        {
            return declined;
        }

        var pending = await db.Set<Invitation>().AsTracking().FirstOrDefaultAsync(i => i.ChatId == chatId && i.AccountId == accountId && i.Status == InvitationStatus.Pending, ct);
        if (pending is not null && pending.ExpiresAt > now)
        {
            return pending;
        }

        if (pending is not null)
        {
            pending.Expire(now);
            await db.SaveChangesAsync(ct);
        }

        var invitation = Invitation.Of(db.NewId(), chatId, accountId, by.AccountId, now);
        db.Add(invitation);
        await notifier.TellAsync(
            new Notice(NoticeCategory.Message, NoticeSeverity.Info, "messaging.invited") { About = ("chat", chatId), UsefulUntil = invitation.ExpiresAt }, [new Recipient(accountId)], ct);
        return invitation;
    }
}
