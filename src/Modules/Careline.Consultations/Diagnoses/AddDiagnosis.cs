using Careline.Accounts.Contracts;
using Careline.Audit.Contracts;
using Careline.Consultations.Consultations;
using Careline.Consultations.History;

namespace Careline.Consultations.Diagnoses;

/// <summary>A diagnosis to add.</summary>
/// <param name="Text">In words, kept as sent.</param>
/// <param name="Code">ICD-10 code.</param>
/// <param name="Kind">What part it plays; primary unless given.</param>
/// <param name="Confidence">How sure the doctor is.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record AddDiagnosisRequest(
    [Required, MaxLength(1000)] string Text,
    [RegularExpression(@"[A-Z][0-9][0-9A-Z](\.?[0-9A-Z]{1,4})?", ErrorMessage = "Must be an ICD-10 code such as J20.9.")] string? Code = null,
    DiagnosisKind Kind = DiagnosisKind.Primary,
    DiagnosisConfidence? Confidence = null);

internal static class AddDiagnosis
{
    public static void Map(RouteGroupBuilder consultations) => consultations.MapPost("/{id:guid}/diagnoses/", Handle)
        .Named("AddConsultationDiagnosis", "Adds a diagnosis to a visit that is not closed.")
        .ForRoles(Roles.Doctor)
        .VisibleAs<Consultation>();

    private static async Task<CreatedAnswer<DiagnosisResponse>> Handle(
        Guid id, AddDiagnosisRequest request, Actor actor, CarelineDb db, AuditTrail trail, CancellationToken ct)
    {
        var consultation = await Documenting.AsDoctorAsync(db, actor, id, ct);
        consultation.MustBeOpen();
        var diagnosis = ConsultationDiagnosis.Of(db.NewId(), id, consultation.PatientId, request, actor.AccountId, db.Now);
        db.Add(diagnosis);
        db.Append(Revision.Of(id, actor.AccountId, RevisionAction.DiagnosisAdded, db.Clock));
        trail.About("consultation", id).Concerns(consultation.PatientId);
        await db.SaveChangesAsync(ct);
        return Answer.Created(await DiagnosisResponse.From(db, id).FirstAsync(d => d.Id == diagnosis.Id, ct), "Diagnosis added.");
    }
}
