using Careline.Audit.Contracts;

namespace Careline.Scheduling.Appointments;

/// <summary>One line of an appointment's history.</summary>
/// <param name="Id">The line.</param>
/// <param name="Event">What was done.</param>
/// <param name="FromStatus">State before.</param>
/// <param name="ToStatus">State after.</param>
/// <param name="FromStart">Start before, where there was one.</param>
/// <param name="ToStart">Start after.</param>
/// <param name="ActorId">The account that did it.</param>
/// <param name="Note">The reason given.</param>
/// <param name="At">When.</param>
public sealed record AppointmentEventResponse(
    Guid Id,
    AppointmentEventKind Event,
    AppointmentStatus? FromStatus,
    AppointmentStatus ToStatus,
    DateTimeOffset? FromStart,
    DateTimeOffset ToStart,
    Guid? ActorId,
    string? Note,
    DateTimeOffset At);

internal static class ShowHistory
{
    public static void Map(RouteGroupBuilder group) => group.MapGet("/{id:guid}/history/", Handle)
        .Named("ShowAppointmentHistory", "Lists what was done to an appointment, the oldest first.").ForSignedIn().VisibleAs<Appointment>();

    private static async Task<PageAnswer<AppointmentEventResponse>> Handle(
        Guid id, ListQuery query, Actor actor, AuditTrail trail, CarelineDb db, CancellationToken ct)
    {
        var patientId = await Appointment.VisibleTo(db, actor).Where(a => a.Id == id).Select(a => (Guid?)a.PatientId).FirstOrDefaultAsync(ct)
            ?? throw new NotFound();
        trail.About("appointment", id).Concerns(patientId);
        var events = db.Set<AppointmentEvent>().Where(e => e.AppointmentId == id).OrderBy(e => e.At).ThenBy(e => e.Id);
        return Answer.Page(await query.PageAsync(
            events,
            e => new AppointmentEventResponse(e.Id, e.Kind, e.FromStatus, e.ToStatus, e.FromStart, e.ToStart, e.ActorId, e.Note, e.At),
            ct));
    }
}
