using Careline.Accounts.Contracts;
using Careline.Audit.Contracts;
using Careline.Scheduling.Contracts;

namespace Careline.Consultations.Consultations;

internal static class StartConsultation
{
    public static void Map(RouteGroupBuilder consultations) => consultations.MapPost("/{id:guid}/start/", Handle)
        .Named("StartConsultation", "Begins the visit, and its appointment with it.")
        .ForRoles(Roles.Doctor)
        .VisibleAs<Consultation>();

    private static async Task<Answer<ConsultationResponse>> Handle(
        Guid id, Actor actor, CarelineDb db, IAppointments appointments, ConsultationMoves moves,
        ConsultationReader reader, AuditTrail trail, CancellationToken ct)
    {
        var consultation = await Documenting.AsDoctorAsync(db, actor, id, ct);
        trail.About("consultation", id).Concerns(consultation.PatientId);
        moves.Start(consultation, actor.AccountId);

        // The appointment may have been started by itself a moment ago.
        if (await AppointmentStatusOf.Async(db, consultation, ct) is not AppointmentStatus.InProgress and not AppointmentStatus.Completed)
        {
            await appointments.StartAsync(consultation.AppointmentId, actor, ct);
        }

        await db.SaveChangesAsync(ct);
        return Answer.Ok(await reader.ReadAsync(id, actor, ct), "Consultation started.");
    }
}
