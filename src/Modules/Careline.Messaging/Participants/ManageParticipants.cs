using Careline.Accounts.Contracts;
using Careline.Audit.Contracts;
using Careline.Messaging.Chats;

namespace Careline.Messaging.Participants;

/// <summary>Who is to take part.</summary>
/// <param name="UserId">The account.</param>
public sealed record AddParticipantRequest(Guid UserId);

/// <summary>
/// Who takes part. At once only administrators come into a chat of somebody who asked for help; everybody else is invited. Anybody leaves; of a group its owner
/// sends others away, and of a chat about a patient the patient.
/// </summary>
internal static class ManageParticipants
{
    public static void Map(RouteGroupBuilder chats)
    {
        chats.MapGet("/{id:guid}/participants/", List).Named("ListChatParticipants", "Lists who takes part in a chat.").ForSignedIn().VisibleAs<Chat>();
        chats.MapPost("/{id:guid}/participants/", Add).Named("AddChatParticipant", "Lets an administrator into a support chat; others are invited.").ForSignedIn().VisibleAs<Chat>();
        chats.MapDelete("/{id:guid}/participants/{userId:guid}/", Remove)
            .Named("RemoveChatParticipant", "Leaves a chat, or sends somebody away from a group of one's own.").ForSignedIn().VisibleAs<Chat>();
    }

    private static async Task<PageAnswer<ParticipantResponse>> List(Guid id, ListQuery query, Actor actor, ChatReader chats, AuditTrail trail, CancellationToken ct)
    {
        query.Check();
        var chat = await chats.ReadAsync(id, actor, ct);
        trail.About("chat", id).Concerns(chat.PatientId is { } patient ? [patient] : []).Always();
        var all = chat.Participants;
        return Answer.Page(new Page<ParticipantResponse>([.. all.Skip(query.Skip).Take(query.PageSize)], all.Count, query.Page, query.PageSize));
    }

    private static async Task<CreatedAnswer<ParticipantResponse>> Add(
        Guid id, AddParticipantRequest request, Actor actor, CarelineDb db, ChatReader chats, ChatMembers members, IAdministratorAccounts administrators, AuditTrail trail,
        CancellationToken ct)
    {
        var chat = await chats.ReadAsync(id, actor, ct);
        if (chat.Type != ChatType.Support || !actor.IsAdmin || !(await administrators.ActiveAsync(ct)).Contains(request.UserId))
        {
            throw new RuleViolation("INVITATION_NEEDED", "People are asked before they take part: invite them.");
        }

        trail.About("chat", id).Concerns(chat.PatientId is { } patient ? [patient] : []).Changed("participants");
        await members.ReviseAsync(id, ct);
        await members.AdmitAsync(id, new Seated(request.UserId, false), ParticipantRole.Member, ct);
        await db.SaveChangesAsync(ct);
        return Answer.Created((await chats.ParticipantsAsync(id, ct)).Single(p => p.UserId == request.UserId), "Takes part now.");
    }

    private static async Task<DeletedAnswer> Remove(
        Guid id, Guid userId, Actor actor, CarelineDb db, ChatReader chats, ChatMembers members, AuditTrail trail, CancellationToken ct)
    {
        var chat = await chats.FindJoinedAsync(id, actor, tracking: false, ct);
        await members.ReviseAsync(id, ct);
        var present = await db.Set<Participant>().AsTracking().Where(p => p.ChatId == id && p.LeftAt == null).ToListAsync(ct);
        var leaving = present.FirstOrDefault(p => p.AccountId == userId) ?? throw new NotFound();
        var isOwner = present.Any(p => p.AccountId == actor.AccountId && p.Role == ParticipantRole.Owner);
        var isPatients = chat.Type != ChatType.Support && chat.PatientId is not null && chat.PatientId == actor.PatientId;
        if (userId != actor.AccountId && !isPatients && (!isOwner || chat.Type != ChatType.Group))
        {
            throw new PermissionDenied("Of a group its owner sends people away, and of a chat about a patient the patient; out of other chats they go by themselves.");
        }

        leaving.Leave(db.Now);
        trail.About("chat", id).Concerns(chat.PatientId is { } patient ? [patient] : []).Changed("participants");
        await db.SaveChangesAsync(ct);
        return Answer.Deleted();
    }
}
