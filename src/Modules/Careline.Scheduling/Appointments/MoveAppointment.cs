using Careline.Audit.Contracts;
using Microsoft.Extensions.Options;

namespace Careline.Scheduling.Appointments;

/// <summary>Why an appointment is called off.</summary>
/// <param name="Reason">Kept in the history.</param>
public sealed record CancelAppointmentRequest([MaxLength(1000)] string? Reason = null);

/// <summary>The moves that need no new time: all are found, locked, moved, saved and answered alike.</summary>
internal static class MoveAppointment
{
    public static void Map(RouteGroupBuilder group)
    {
        MapMove(group, "confirm", "ConfirmAppointment", "Confirms an appointment for the practice.", a => a.Confirm);
        MapMove(group, "check-in", "CheckInAppointment", "Says that the patient has arrived.", a => a.CheckIn);
        MapMove(group, "ready", "GetAppointmentReady", "Says that the patient, who has arrived, is prepared and waits for the doctor alone.", a => a.GetReady);
        MapMove(group, "leave", "LeaveAppointmentQueue", "Says that the patient, who had arrived, left; the appointment stays, and the patient may check in again.", a => a.Leave);
        MapMove(group, "start", "StartAppointment", "Begins the visit.", a => a.Start);
        MapMove(group, "complete", "CompleteAppointment", "Ends the visit.", a => a.Complete);
        MapMove(group, "no-show", "MarkAppointmentNoShow", "Says that the patient did not come.", a => a.MarkNoShow);
        group.MapPost("/{id:guid}/cancel/", HandleCancel)
            .Named("CancelAppointment", "Calls an appointment off and frees its time.").ForSignedIn().VisibleAs<Appointment>();
    }

    private static void MapMove(
        RouteGroupBuilder group, string verb, string name, string summary, Func<Appointment, Func<Party, Act, AppointmentEvent>> move) =>
        group.MapPost(
            $"/{{id:guid}}/{verb}/",
            async (Guid id, IfMatch ifMatch, Actor actor, AppointmentDesk desk, AuditTrail trail, IOptions<SchedulingOptions> options, CarelineDb db, CancellationToken ct) =>
            {
                var view = await MoveAsync(id, ifMatch, actor, desk, trail, db, move, ct);
                return Answer.Ok(AppointmentResponse.From(view, actor, db.Now), MessageOf(view.Appointment, options.Value));
            })
            .Named(name, summary).ForSignedIn().VisibleAs<Appointment>();

    private static async Task<Answer<AppointmentResponse>> HandleCancel(
        Guid id, CancelAppointmentRequest? request, IfMatch ifMatch, Actor actor, AppointmentDesk desk, AuditTrail trail, CarelineDb db, CancellationToken ct)
    {
        var view = await AppointmentView.LockAsync(db, actor, id, ct);
        ifMatch.Check(view.Appointment);
        trail.About("appointment", id);
        var fee = await desk.CancelAsync(view, actor, request?.Reason, ct);
        await db.SaveChangesAsync(ct);
        return Answer.Ok(
            AppointmentResponse.From(view, actor, db.Now),
            fee is null ? "Appointment updated." : $"Appointment cancelled late: {fee.FeePercent} percent of the fee are owed.");
    }

    /// <summary>An emergency never waits in silence, neither before the visit nor in the waiting room.</summary>
    private static string MessageOf(Appointment appointment, SchedulingOptions options) =>
        appointment is { Status: AppointmentStatus.CheckedIn, Urgency: Urgency.Emergency } ? options.EmergencyAdvice : "Appointment updated.";

    private static async Task<AppointmentView> MoveAsync(
        Guid id,
        IfMatch ifMatch,
        Actor actor,
        AppointmentDesk desk,
        AuditTrail trail,
        CarelineDb db,
        Func<Appointment, Func<Party, Act, AppointmentEvent>> move,
        CancellationToken ct)
    {
        var view = await AppointmentView.LockAsync(db, actor, id, ct);
        ifMatch.Check(view.Appointment);
        trail.About("appointment", id);
        await desk.MoveAsync(view, move(view.Appointment), actor, ct);
        await db.SaveChangesAsync(ct);
        return view;
    }
}
