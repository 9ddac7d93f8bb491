using Careline.Audit.Contracts;
using Careline.Messaging.Invitations;
using Careline.Messaging.Messages;
using Careline.Messaging.Participants;

namespace Careline.Messaging.Chats;

internal static class ListChats
{
    public static void Map(RouteGroupBuilder chats) => chats.MapGet("/", Handle)
        .Named("ListChats", "Lists the caller's chats and those they are invited to, the one with the newest message first.")
        .WithFilters("type", "appointment", "patient", "invited", "unread").ForSignedIn();

    private static async Task<PageAnswer<ChatResponse>> Handle(ListQuery query, Actor actor, CarelineDb db, ChatReader reader, AuditTrail trail, CancellationToken ct)
    {
        var (me, rows) = (actor.AccountId, Chat.VisibleTo(db, actor));
        if (query.Enum<ChatType>("type") is { } type)
        {
            rows = rows.Where(c => c.Type == type);
        }

        if (query.Id("appointment") is { } appointment)
        {
            rows = rows.Where(c => c.AppointmentId == appointment);
        }

        if (query.Id("patient") is { } patient)
        {
            rows = rows.Where(c => c.PatientId == patient);
        }

        if (query.Flag("invited") is { } isInvited)
        {
            rows = rows.Where(c => isInvited == db.Set<Invitation>().Any(i => i.ChatId == c.Id && i.AccountId == me && i.Status == InvitationStatus.Pending));
        }

        if (query.Flag("unread") is { } isUnread)
        {
            rows = rows.Where(c => isUnread == db.Set<Participant>().Any(p => p.ChatId == c.Id && p.AccountId == me && p.LeftAt == null
                && db.Set<ChatMessage>().Any(m => m.ChatId == c.Id && m.Seq > p.ReadSeq && m.SenderId != me && m.DeletedAt == null)));
        }

        var page = await query.PageAsync(rows.OrderByDescending(c => c.LastMessageAt ?? c.CreatedAt).ThenByDescending(c => c.Id), ct);
        trail.Concerns(page.Rows.Select(c => c.PatientId).OfType<Guid>());
        return Answer.Page(new Page<ChatResponse>(await reader.ShowAsync(page.Rows, actor, ct), page.Total, page.Number, page.Size));
    }
}
