using Careline.Accounts.Contracts;
using Careline.Audit.Contracts;
using Careline.Consultations.History;
using Careline.Consultations.VisitRoom;
using Careline.Labs.Contracts;
using Careline.Prescriptions.Contracts;

namespace Careline.Consultations.Consultations;

internal static class DeleteConsultation
{
    public static void Map(RouteGroupBuilder consultations) => consultations.MapDelete("/{id:guid}/", Handle)
        .Named("DeleteConsultation", "Removes a consultation that has not begun; its appointment stays.")
        .ForRoles(Roles.Doctor)
        .VisibleAs<Consultation>();

    private static async Task<DeletedAnswer> Handle(
        Guid id, IfMatch ifMatch, Actor actor, CarelineDb db, IPrescriptions prescriptions, ILabs labs, RoomDesk room, AuditTrail trail, CancellationToken ct)
    {
        var consultation = await Documenting.AsDoctorAsync(db, actor, id, ct);
        ifMatch.Check(consultation);
        consultation.Delete(db.Now);
        await prescriptions.WithdrawAsync(id, ct);
        await labs.WithdrawAsync(id, ct);
        await room.CloseAsync(id, "cancelled", actor.AccountId, ct);
        db.Append(Revision.Of(id, actor.AccountId, RevisionAction.Deleted, db.Clock));
        trail.About("consultation", id).Concerns(consultation.PatientId);
        await db.SaveChangesAsync(ct);
        return Answer.Deleted();
    }
}
