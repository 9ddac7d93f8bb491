using Careline.Audit.Contracts;
using Careline.Doctors.Contracts;
using Careline.Scheduling.Appointments;
using Careline.Scheduling.Availability;
using Microsoft.Extensions.Options;

namespace Careline.Scheduling.Requests;

/// <summary>When the visit is to be.</summary>
/// <param name="Start">Needed where only a part of a day was asked for.</param>
public sealed record AcceptRequestRequest(DateTimeOffset? Start = null);

/// <summary>Why a request is declined or withdrawn.</summary>
/// <param name="Reason">Kept in the history.</param>
public sealed record EndRequestRequest([MaxLength(1000)] string? Reason = null);

/// <summary>What the practice answers to a request, and how the patient takes it back.</summary>
internal static class AnswerRequest
{
    public static void Map(RouteGroupBuilder group)
    {
        group.MapPost("/{id:guid}/accept/", HandleAccept)
            .Named("AcceptAppointmentRequest", "Agrees to a request.").ForSignedIn().VisibleAs<AppointmentRequest>();
        group.MapPost("/{id:guid}/reject/", HandleReject)
            .Named("RejectAppointmentRequest", "Declines a request.").ForSignedIn().VisibleAs<AppointmentRequest>();
        group.MapPost("/{id:guid}/cancel/", HandleCancel)
            .Named("CancelAppointmentRequest", "Takes a request back.").ForSignedIn().VisibleAs<AppointmentRequest>();
    }

    private static async Task<Answer<RequestResponse>> HandleAccept(
        Guid id, AcceptRequestRequest? body, IfMatch ifMatch, Actor actor, AppointmentDesk desk, IOptions<SchedulingOptions> options, CarelineDb db, CancellationToken ct)
    {
        var (view, request) = await LockAsync(db, actor, id, ifMatch, ct);
        var appointment = view.Appointment;
        Moves.Follow(Move.Accept, appointment.Status, view.PartyOf(actor));
        var doctor = await db.Set<DoctorRow>().FirstAsync(d => d.Id == appointment.DoctorId, ct);
        var time = request.DayPart is null ? null : await TimeAsync(db, appointment, body?.Start, actor, ct);
        await desk.AcceptAsync(view, doctor, time, actor, ct);
        return Answer.Ok(RequestResponse.From(view, request, options.Value), "Request accepted.");
    }

    private static async Task<Answer<RequestResponse>> HandleReject(
        Guid id, EndRequestRequest? body, IfMatch ifMatch, Actor actor, AppointmentDesk desk, AuditTrail trail, IOptions<SchedulingOptions> options, CarelineDb db, CancellationToken ct)
    {
        var (view, request) = await LockAsync(db, actor, id, ifMatch, ct);
        trail.About("appointment", id);
        await desk.MoveAsync(view, (party, act) => view.Appointment.Reject(party, act, body?.Reason), actor, ct);
        await db.SaveChangesAsync(ct);
        return Answer.Ok(RequestResponse.From(view, request, options.Value), "Request rejected.");
    }

    private static async Task<Answer<RequestResponse>> HandleCancel(
        Guid id, EndRequestRequest? body, IfMatch ifMatch, Actor actor, AppointmentDesk desk, AuditTrail trail, IOptions<SchedulingOptions> options, CarelineDb db, CancellationToken ct)
    {
        var (view, request) = await LockAsync(db, actor, id, ifMatch, ct);
        if (view.Appointment.Status != AppointmentStatus.Requested)
        {
            throw Moves.Illegal(view.Appointment.Status, "cancelled");
        }

        trail.About("appointment", id);
        await desk.CancelAsync(view, actor, body?.Reason, ct);
        await db.SaveChangesAsync(ct);
        return Answer.Ok(RequestResponse.From(view, request, options.Value), "Request cancelled.");
    }

    private static async Task<(AppointmentView View, AppointmentRequest Request)> LockAsync(
        CarelineDb db, Actor actor, Guid id, IfMatch ifMatch, CancellationToken ct)
    {
        var view = await AppointmentView.LockAsync(db, actor, id, ct);
        ifMatch.Check(view.Appointment);
        return (view, await db.Set<AppointmentRequest>().FirstOrDefaultAsync(r => r.Id == id, ct) ?? throw new NotFound());
    }

    /// <summary>The practice may name any time ahead; where a time is offered then, it is that one.</summary>
    private static async Task<VisitTime> TimeAsync(CarelineDb db, Appointment request, DateTimeOffset? start, Actor actor, CancellationToken ct)
    {
        if (start is not { } named || named <= db.Now)
        {
            throw new InvalidInput("start", start is null ? "Say when: only a part of a day was asked for." : "Must lie in the future.");
        }

        var sides = new BookingSides(request.PatientId, request.Id);
        var offered = await BookingFacts.OfStartAsync(db, request.DoctorId, named, sides, actor, ct);
        if (offered?.Time is { } slot)
        {
            offered.CheckLooksFree(slot);
            return slot with { ClinicId = slot.ClinicId ?? request.ClinicId };
        }

        var minutes = await db.Set<Schedule>().Where(s => s.DoctorId == request.DoctorId).Select(s => (int?)s.SlotMinutes).FirstOrDefaultAsync(ct);
        var time = new VisitTime(named, named.AddMinutes(minutes ?? BookAppointment.UsualMinutes), null, request.ClinicId);
        var facts = await BookingFacts.OfAnyTimeAsync(db, request.DoctorId, (time.Start, time.End), sides, actor, ct) ?? throw new NotFound();
        facts.CheckLooksFree(time);
        return time;
    }
}
