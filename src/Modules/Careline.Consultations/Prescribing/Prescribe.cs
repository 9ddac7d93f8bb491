using Careline.Accounts.Contracts;
using Careline.Audit.Contracts;
using Careline.Consultations.Consultations;
using Careline.Consultations.History;
using Careline.Prescriptions.Contracts;

namespace Careline.Consultations.Prescribing;

internal static class Prescribe
{
    public static void Map(RouteGroupBuilder consultations) => consultations.MapPost("/{id:guid}/prescriptions/", Handle)
        .Named("PrescribeInConsultation", "Prescribes one medicine in a visit that is not closed; it is issued when the visit is completed.")
        .ForRoles(Roles.Doctor)
        .RequiresRecentSignIn()
        .VisibleAs<Consultation>();

    private static async Task<CreatedAnswer<PrescriptionLineRow>> Handle(
        Guid id, MedicationOrder request, Actor actor, CarelineDb db, IPrescriptions prescriptions, AuditTrail trail, CancellationToken ct)
    {
        var consultation = await Documenting.AsDoctorAsync(db, actor, id, ct);
        consultation.MustBeOpen();
        var visit = new PrescribingVisit(id, consultation.PatientId, consultation.DoctorId);
        var line = await prescriptions.AddLineAsync(visit, request, ct);
        db.Append(Revision.Of(id, actor.AccountId, RevisionAction.Prescribed, db.Clock));
        trail.About("consultation", id).Concerns(consultation.PatientId);
        await db.SaveChangesAsync(ct);
        return Answer.Created(line, "Medicine prescribed.");
    }
}
