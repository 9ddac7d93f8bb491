using Careline.Accounts.Contracts;
using Careline.Audit.Contracts;

namespace Careline.Consultations.Consultations;

internal static class ReplaceConsultation
{
    public static void Map(RouteGroupBuilder consultations)
    {
        consultations.MapPut("/{id:guid}/", Replace)
            .Named("ReplaceConsultation", "Replaces what the doctor wrote; what is left out is emptied.")
            .ForRoles(Roles.Doctor)
            .VisibleAs<Consultation>();
        consultations.MapPatch("/{id:guid}/", Merge)
            .Named("UpdateConsultation", "Changes parts of what the doctor wrote (JSON merge patch).")
            .ForRoles(Roles.Doctor)
            .VisibleAs<Consultation>()
            .AcceptsMerge<ReplaceConsultationRequest>();
    }

    private static async Task<Answer<ConsultationResponse>> Replace(
        Guid id, ReplaceConsultationRequest request, IfMatch ifMatch, Actor actor, CarelineDb db,
        ConsultationReader reader, AuditTrail trail, CancellationToken ct)
    {
        var consultation = await Documenting.AsDoctorAsync(db, actor, id, ct);
        ifMatch.Check(consultation);
        return await WriteAsync(consultation, request, actor, db, reader, trail, ct);
    }

    private static async Task<Answer<ConsultationResponse>> Merge(
        Guid id, Merge<ReplaceConsultationRequest> patch, IfMatch ifMatch, Actor actor, CarelineDb db,
        ConsultationReader reader, AuditTrail trail, CancellationToken ct)
    {
        var consultation = await Documenting.AsDoctorAsync(db, actor, id, ct);
        ifMatch.Check(consultation);
        var request = await patch.OntoAsync(ReplaceConsultationRequest.From(consultation.ReadAs(actor)));
        return await WriteAsync(consultation, request, actor, db, reader, trail, ct);
    }

    private static async Task<Answer<ConsultationResponse>> WriteAsync(
        Consultation consultation, ReplaceConsultationRequest request, Actor actor, CarelineDb db,
        ConsultationReader reader, AuditTrail trail, CancellationToken ct)
    {
        var revision = consultation.Replace(actor.AccountId, request, db.Clock);
        db.Append(revision);
        trail.About("consultation", consultation.Id).Concerns(consultation.PatientId).Changed(revision.Fields);
        await db.SaveChangesAsync(ct);
        return Answer.Ok(await reader.ReadAsync(consultation.Id, actor, ct), "Consultation saved.");
    }
}
