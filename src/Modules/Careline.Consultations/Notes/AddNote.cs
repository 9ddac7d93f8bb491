using Careline.Accounts.Contracts;
using Careline.Audit.Contracts;
using Careline.Consultations.Consultations;
using Careline.Consultations.History;

namespace Careline.Consultations.Notes;

/// <summary>A note to add.</summary>
/// <param name="Content">The text, kept as sent.</param>
/// <param name="NoteType">What it is about; general unless given.</param>
/// <param name="Title">A heading.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record AddNoteRequest(
    [Required, MaxLength(ConsultationText.MaxLength)] string Content,
    NoteType NoteType = NoteType.General,
    [MaxLength(200)] string? Title = null);

internal static class AddNote
{
    public static void Map(RouteGroupBuilder consultations) => consultations.MapPost("/{id:guid}/notes/", Handle)
        .Named("AddConsultationNote", "Adds a note to a visit that is not closed.")
        .ForRoles(Roles.Doctor, Roles.Nurse)
        .VisibleAs<Consultation>();

    private static async Task<CreatedAnswer<ConsultationNoteResponse>> Handle(
        Guid id, AddNoteRequest request, Actor actor, CarelineDb db, AuditTrail trail, CancellationToken ct)
    {
        var consultation = await Documenting.AsCareTeamAsync(db, actor, id, ct);
        consultation.MustBeOpen();
        var note = ConsultationNote.Of(db.NewId(), id, request, actor.AccountId, db.Now);
        db.Add(note);
        db.Append(Revision.Of(id, actor.AccountId, RevisionAction.NoteAdded, db.Clock));
        trail.About("consultation", id).Concerns(consultation.PatientId);
        await db.SaveChangesAsync(ct);
        return Answer.Created(await ConsultationNoteResponse.From(db, id).FirstAsync(n => n.Id == note.Id, ct), "Note added.");
    }
}
