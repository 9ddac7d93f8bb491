using Careline.Audit.Contracts;

namespace Careline.Scheduling.Appointments;

internal static class ReadAppointment
{
    public static void Map(RouteGroupBuilder group) => group.MapGet("/{id:guid}/", Handle)
        .Named("ReadAppointment", "Reads an appointment.").ForSignedIn().VisibleAs<Appointment>();

    private static async Task<Answer<AppointmentResponse>> Handle(Guid id, Actor actor, AuditTrail trail, CarelineDb db, CancellationToken ct)
    {
        var view = await AppointmentView.FindAsync(db, actor, id, ct);
        trail.About("appointment", id).Concerns(view.Appointment.PatientId);
        return Answer.Ok(AppointmentResponse.From(view, actor, db.Now));
    }
}
