using Careline.Audit.Contracts;

namespace Careline.Scheduling.Appointments;

internal static class RemoveAppointment
{
    public static void Map(RouteGroupBuilder group) => group.MapDelete("/{id:guid}/", Handle)
        .Named("RemoveAppointment", "Calls an appointment off and removes it from sight.").ForSignedIn().VisibleAs<Appointment>();

    private static async Task<DeletedAnswer> Handle(
        Guid id, IfMatch ifMatch, Actor actor, AppointmentDesk desk, AuditTrail trail, CarelineDb db, CancellationToken ct)
    {
        var view = await AppointmentView.LockAsync(db, actor, id, ct);
        var appointment = view.Appointment;
        ifMatch.Check(appointment);
        trail.About("appointment", id).Concerns(appointment.PatientId);
        if (Moves.Allows(Move.Cancel, appointment.Status, view.PartyOf(actor)))
        {
            await desk.CancelAsync(view, actor, null, ct);
        }

        db.Append(appointment.Hide(new Act(actor.AccountId, db.Now)));
        await db.SaveChangesAsync(ct);
        return Answer.Deleted();
    }
}
