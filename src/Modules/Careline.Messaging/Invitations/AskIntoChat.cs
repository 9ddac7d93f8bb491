using Careline.Audit.Contracts;
using Careline.Messaging.Chats;
using Careline.Messaging.Participants;

namespace Careline.Messaging.Invitations;

/// <summary>Whom to ask.</summary>
/// <param name="UserId">The account.</param>
public sealed record InviteToChatRequest(Guid UserId);

/// <summary>An invitation to a chat.</summary>
/// <param name="Id">The invitation.</param>
/// <param name="ChatId">The chat.</param>
/// <param name="UserId">Who is asked.</param>
/// <param name="InvitedBy">Who asks.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="CreatedAt">Since when.</param>
/// <param name="ExpiresAt">Until when it can be answered.</param>
public sealed record ChatInvitationResponse(
    Guid Id, Guid ChatId, Guid UserId, Guid InvitedBy, InvitationStatus Status, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt);

/// <summary>People are asked before they take part, and answer for themselves.</summary>
internal static class AskIntoChat
{
    public static void Map(RouteGroupBuilder chats)
    {
        chats.MapGet("/{id:guid}/invitations/", List).Named("ListChatInvitations", "Lists who was asked into a chat.").ForSignedIn().VisibleAs<Chat>();
        chats.MapPost("/{id:guid}/invitations/", Invite).Named("InviteToChat", "Asks somebody into a chat.").ForSignedIn().VisibleAs<Chat>();
        chats.MapPost("/{id:guid}/invitations/accept/", Accept).Named("AcceptChatInvitation", "Takes part, as one was asked to.").ForSignedIn().VisibleAs<Chat>();
        chats.MapPost("/{id:guid}/invitations/decline/", Decline).Named("DeclineChatInvitation", "Takes no part.").ForSignedIn().VisibleAs<Chat>();
    }

    private static async Task<PageAnswer<ChatInvitationResponse>> List(
        Guid id, ListQuery query, Actor actor, CarelineDb db, ChatReader chats, AuditTrail trail, CancellationToken ct)
    {
        var (me, chat) = (actor.AccountId, await chats.ReadAsync(id, actor, ct));
        var isInside = chat.Status is ChatStanding.Active or ChatStanding.Closed;
        trail.About("chat", id).Concerns(chat.PatientId is { } patient ? [patient] : []).Always();
        var rows = db.Set<Invitation>().Where(i => i.ChatId == id && (isInside || i.AccountId == me)).OrderByDescending(i => i.CreatedAt).ThenBy(i => i.Id);
        var page = await query.PageAsync(rows, ct);
        return Answer.Page(new Page<ChatInvitationResponse>([.. page.Rows.Select(Show)], page.Total, page.Number, page.Size));
    }

    private static async Task<CreatedAnswer<ChatInvitationResponse>> Invite(
        Guid id, InviteToChatRequest request, Actor actor, CarelineDb db, ChatReader chats, ChatParties parties, ChatMembers members, InvitationDesk desk, AuditTrail trail,
        CancellationToken ct)
    {
        var chat = await chats.FindJoinedAsync(id, actor, tracking: false, ct);
        trail.About("chat", id).Concerns(chat.PatientId is { } patient ? [patient] : []);
        var about = await parties.MayInviteAsync(request.UserId, chat.PatientId, actor, ct);
        if (about is { } becomes && chat.PatientId is null)
        {
            await SpeakOfAsync(id, becomes, db, parties, members, ct);
        }

        var invitation = await desk.InviteAsync(id, request.UserId, actor, ct) ?? throw new RuleViolation("ALREADY_PARTICIPANT", "They take part already.");
        if (invitation.Status == InvitationStatus.Declined)
        {
            throw new RuleViolation("INVITATION_DECLINED", "They were asked and did not want to. Ask again in some days.");
        }

        await db.SaveChangesAsync(ct);
        return Answer.Created(Show(invitation), "Invited.");
    }

    // From now on the chat speaks of this patient and of no other, and is for those who treat the patient. Of two who ask two patients at once the later is refused.
    private static async Task SpeakOfAsync(Guid chatId, Guid patientId, CarelineDb db, ChatParties parties, ChatMembers members, CancellationToken ct)
    {
        await members.ReviseAsync(chatId, ct);
        if (!await parties.AllTreatAsync(chatId, patientId, ct)
            || await db.Database.ExecuteSqlAsync($"UPDATE messaging.chats SET patient_id = {patientId} WHERE id = {chatId} AND patient_id IS NULL", ct) == 0)
        {
            throw new RuleViolation("NOT_OF_THIS_PATIENT", "This chat is not one of those who treat this patient: begin another.");
        }

        foreach (var present in await db.Set<Participant>().AsTracking().Where(p => p.ChatId == chatId).ToListAsync(ct))
        {
            present.ForCareOnly();
        }
    }

    private static async Task<Answer<ChatInvitationResponse>> Accept(
        Guid id, Actor actor, CarelineDb db, ChatParties parties, ChatMembers members, AuditTrail trail, CancellationToken ct)
    {
        var (invitation, patient) = await AnswerAsync(id, true, actor, db, trail, ct);
        var seat = await parties.AsInvitedAsync(patient, invitation.InvitedBy, actor, ct);
        await members.ReviseAsync(id, ct);
        await members.AdmitAsync(id, seat, ParticipantRole.Member, ct);
        await db.SaveChangesAsync(ct);
        return Answer.Ok(Show(invitation), "You take part now.");
    }

    private static async Task<Answer<ChatInvitationResponse>> Decline(Guid id, Actor actor, CarelineDb db, AuditTrail trail, CancellationToken ct)
    {
        var (invitation, _) = await AnswerAsync(id, false, actor, db, trail, ct);
        await db.SaveChangesAsync(ct);
        return Answer.Ok(Show(invitation), "Declined.");
    }

    private static async Task<(Invitation Invitation, Guid? Patient)> AnswerAsync(Guid id, bool accepts, Actor actor, CarelineDb db, AuditTrail trail, CancellationToken ct)
    {
        var patient = await db.Set<Chat>().Where(c => c.Id == id).Select(c => c.PatientId).FirstAsync(ct);
        trail.About("chat", id).Concerns(patient is { } known ? [known] : []);

        // The row itself: two answers at once are one after the other.
        var invitation = await db.Set<Invitation>().FromSql(
                $"SELECT * FROM messaging.invitations WHERE chat_id = {id} AND account_id = {actor.AccountId} AND status = 'pending' FOR UPDATE")
            .AsTracking().FirstOrDefaultAsync(ct) ?? throw new RuleViolation("NOT_INVITED", "Nobody asked you into this chat, or you have answered.");
        invitation.Answer(accepts, db.Now);
        return (invitation, patient);
    }

    private static ChatInvitationResponse Show(Invitation i) => new(i.Id, i.ChatId, i.AccountId, i.InvitedBy, i.Status, i.CreatedAt, i.ExpiresAt);
}
