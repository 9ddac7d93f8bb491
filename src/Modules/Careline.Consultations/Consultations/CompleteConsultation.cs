using Careline.Accounts.Contracts;
using Careline.Audit.Contracts;
using Careline.Scheduling.Contracts;

namespace Careline.Consultations.Consultations;

internal static class CompleteConsultation
{
    public static void Map(RouteGroupBuilder consultations) => consultations.MapPost("/{id:guid}/complete/", Handle)
        .Named("CompleteConsultation", "Closes and locks the document, issues its prescription, and completes the appointment.")
        .ForRoles(Roles.Doctor)
        .VisibleAs<Consultation>();

    private static async Task<Answer<ConsultationResponse>> Handle(
        Guid id, Actor actor, CarelineDb db, IAppointments appointments, ConsultationMoves moves,
        ConsultationReader reader, AuditTrail trail, CancellationToken ct)
    {
        var consultation = await Documenting.AsDoctorAsync(db, actor, id, ct);
        trail.About("consultation", id).Concerns(consultation.PatientId);
        await moves.CompleteAsync(consultation, actor.AccountId, ct);

        // A visit whose appointment was completed first is written up afterwards.
        if (await AppointmentStatusOf.Async(db, consultation, ct) != AppointmentStatus.Completed)
        {
            await appointments.CompleteAsync(consultation.AppointmentId, actor, ct);
        }

        await db.SaveChangesAsync(ct);
        return Answer.Ok(await reader.ReadAsync(id, actor, ct), "Consultation completed.");
    }
}
