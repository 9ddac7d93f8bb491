using Careline.Accounts.Contracts;
using Careline.Audit.Contracts;
using Careline.Consultations.Consultations;
using Careline.Consultations.History;
using Careline.Labs.Contracts;

namespace Careline.Consultations.Laboratory;

internal static class OrderLabTests
{
    public static void Map(RouteGroupBuilder consultations) => consultations.MapPost("/{id:guid}/lab-orders/", Handle)
        .Named("OrderLabTestsInConsultation", "Orders tests of the laboratory in a visit that is not closed.")
        .ForRoles(Roles.Doctor)
        .VisibleAs<Consultation>();

    private static async Task<CreatedAnswer<LabOrderRow>> Handle(
        Guid id, LabOrderForm request, Actor actor, CarelineDb db, ILabs labs, AuditTrail trail, CancellationToken ct)
    {
        var consultation = await Documenting.AsDoctorAsync(db, actor, id, ct);
        consultation.MustBeOpen();
        db.Append(Revision.Of(id, actor.AccountId, RevisionAction.LabOrdered, db.Clock));
        trail.About("consultation", id).Concerns(consultation.PatientId);
        var order = await labs.OrderAsync(new LabVisit(id, consultation.PatientId, consultation.DoctorId, actor.AccountId), request, ct);
        return Answer.Created(order, "Ordered.");
    }
}
