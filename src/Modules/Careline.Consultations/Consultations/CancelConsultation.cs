using Careline.Accounts.Contracts;
using Careline.Audit.Contracts;
using Careline.Scheduling.Contracts;

namespace Careline.Consultations.Consultations;

/// <summary>Why the visit does not take place.</summary>
/// <param name="Reason">Told to the patient.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record CancelConsultationRequest([MaxLength(500)] string? Reason = null);

internal static class CancelConsultation
{
    public static void Map(RouteGroupBuilder consultations) => consultations.MapPost("/{id:guid}/cancel/", Handle)
        .Named("CancelConsultation", "Calls the visit off, and its appointment with it.")
        .ForRoles(Roles.Doctor)
        .VisibleAs<Consultation>();

    private static async Task<Answer<ConsultationResponse>> Handle(
        Guid id, CancelConsultationRequest? request, Actor actor, CarelineDb db, IAppointments appointments, ConsultationMoves moves,
        ConsultationReader reader, AuditTrail trail, CancellationToken ct)
    {
        var consultation = await Documenting.AsDoctorAsync(db, actor, id, ct);
        trail.About("consultation", id).Concerns(consultation.PatientId);
        await moves.CancelAsync(consultation, actor.AccountId, ct);
        if (!AppointmentStatusOf.IsOff(await AppointmentStatusOf.Async(db, consultation, ct)))
        {
            await appointments.CancelAsync(consultation.AppointmentId, actor, request?.Reason, ct);
        }

        await db.SaveChangesAsync(ct);
        return Answer.Ok(await reader.ReadAsync(id, actor, ct), "Consultation cancelled.");
    }
}
