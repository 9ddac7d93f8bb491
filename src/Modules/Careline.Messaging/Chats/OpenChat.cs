using Careline.Audit.Contracts;
using Careline.Messaging.Invitations;
using Careline.Messaging.Messages;
using Careline.Messaging.Participants;

namespace Careline.Messaging.Chats;

/// <summary>A chat to begin.</summary>
/// <param name="Type">direct unless given.</param>
/// <param name="ParticipantIds">Whom to talk with, by account; may be left out with an appointment, whose sides are known, and for support.</param>
/// <param name="AppointmentId">The visit that it belongs to.</param>
/// <param name="Title">What it is called.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record OpenChatRequest(
    ChatType Type = ChatType.Direct,
    [MaxLength(50)] IReadOnlyList<Guid>? ParticipantIds = null,
    Guid? AppointmentId = null,
    [MaxLength(200)] string? Title = null);

internal static class OpenChat
{
    public static void Map(RouteGroupBuilder chats) => chats.MapPost("/", Handle)
        .Named("OpenChat", "Begins a chat, or answers the one that there is already of a visit or of a patient and a doctor.").ForSignedIn();

    private static async Task<CreatedAnswer<ChatResponse>> Handle(
        OpenChatRequest request, Actor actor, CarelineDb db, ChatParties parties, ChatMembers members, MessageText text, ChatReader reader, InvitationDesk invitations, AuditTrail trail,
        CancellationToken ct)
    {
        var opening = await OpeningAsync(request, actor, parties, ct);
        if (request.AppointmentId is not null && (request.ParticipantIds ?? []).Any(id => opening.Members.All(m => m.AccountId != id)))
        {
            throw new InvalidInput("participant_ids", "The chat of a visit is its two sides'.");
        }

        var present = await PresentAsync(db, opening.Subject, ct);
        var id = present ?? db.NewId();
        if (present is null)
        {
            db.Add(Chat.Open(id, opening.Subject, text.SealTitle(id, request.Title), actor.AccountId, db.Now));
        }
        else
        {
            await members.ReopenAsync(id, ct);
        }

        foreach (var member in opening.Members)
        {
            await members.AdmitAsync(id, member, member.AccountId == actor.AccountId ? ParticipantRole.Owner : ParticipantRole.Member, ct);
        }

        foreach (var invited in opening.Invited)
        {
            await invitations.InviteAsync(id, invited, actor, ct);
        }

        trail.About("chat", id).Concerns(opening.Subject.PatientId is { } patient ? [patient] : []);
        await db.SaveChangesAsync(ct);
        return Answer.Created(await reader.ReadAsync(id, actor, ct), present is null ? "Chat begun." : "There is such a chat already.");
    }

    private static Task<ChatOpening> OpeningAsync(OpenChatRequest request, Actor actor, ChatParties parties, CancellationToken ct)
    {
        var others = (request.ParticipantIds ?? []).Where(id => id != actor.AccountId).Distinct().ToList();
        return request.Type switch
        {
            ChatType.Support => parties.OfSupportAsync(actor, ct),
            ChatType.Direct when request.AppointmentId is { } appointment => parties.OfAppointmentAsync(appointment, actor, ct),
            ChatType.Direct when others is [var other] => parties.OfPairAsync(other, actor, ct),
            ChatType.Group when request.AppointmentId is not null => throw new InvalidInput("appointment_id", "The chat of a visit is direct."),
            ChatType.Group when others.Count > 0 => parties.OfGroupAsync(others, actor, ct),
            ChatType.Direct => throw new InvalidInput("participant_ids", "A direct chat has one other person, or is of an appointment."),
            _ => throw new InvalidInput("participant_ids", "This field is required."),
        };
    }

    private static async Task<Guid?> PresentAsync(CarelineDb db, ChatSubject subject, CancellationToken ct)
    {
        if (subject.Type != ChatType.Direct)
        {
            return null;
        }

        // Of two who begin the same chat at once the later waits, and finds it.
        var name = $"chat {subject.AppointmentId} {(subject.AppointmentId is null ? $"{subject.PatientId} {subject.DoctorId}" : "")}";
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtextextended({name}, 0))", ct);
        var chats = db.Set<Chat>().Where(c => c.Type == ChatType.Direct);
        chats = subject.AppointmentId is { } appointment
            ? chats.Where(c => c.AppointmentId == appointment)
            : chats.Where(c => c.AppointmentId == null && c.PatientId == subject.PatientId && c.DoctorId == subject.DoctorId);
        return await chats.Select(c => (Guid?)c.Id).FirstOrDefaultAsync(ct);
    }
}
