using Careline.Audit.Contracts;
using Careline.Scheduling.Appointments;

namespace Careline.Scheduling.Rescheduling;

/// <summary>Another time, one of the same doctor's, for the other side to accept.</summary>
/// <param name="TimeSlotId">A time of the list of times; or else a start.</param>
/// <param name="Start">Where a time of the doctor begins.</param>
/// <param name="Date">With <c>start_time</c>: the same by the wall clock of the doctor's zone.</param>
/// <param name="StartTime">Wall-clock start.</param>
/// <param name="Reason">Why, for the other side to read.</param>
public sealed record ProposeTimeRequest(
    [MaxLength(64)] string? TimeSlotId = null,
    DateTimeOffset? Start = null,
    DateOnly? Date = null,
    TimeOnly? StartTime = null,
    [MaxLength(500)] string? Reason = null)
{
    internal TimeWish WishAt(Guid? doctorId) => new(doctorId, TimeSlotId, Start, Date, StartTime);
}

/// <summary>A time is proposed for an agreed visit, and answered by the other side. An appointment has one open proposal at most.</summary>
internal static class ProposeTime
{
    private const string Path = "/{id:guid}/reschedule-proposal/";

    public static void Map(RouteGroupBuilder group)
    {
        group.MapGet(Path, HandleRead).Named("ReadRescheduleProposal", "Reads the latest proposal of another time for an appointment.").ForSignedIn().VisibleAs<Appointment>();
        group.MapPost(Path, HandlePropose)
            .Named("ProposeAppointmentTime", "Proposes another time, which is kept until the other side accepts or declines it.").ForSignedIn().VisibleAs<Appointment>()
            .WithForerunner<ProposeTimeRequest>(request => request.WishAt(null).ScarceKey);
        group.MapPost(Path + "accept/", (Guid id, IfMatch ifMatch, Actor actor, ProposalDesk desk, CarelineDb db, CancellationToken ct) =>
                AnswerAsync(id, ifMatch, true, actor, desk, db, ct))
            .Named("AcceptRescheduleProposal", "Accepts the proposed time: the appointment has it from now on.").ForSignedIn().VisibleAs<Appointment>();
        group.MapPost(Path + "decline/", (Guid id, IfMatch ifMatch, Actor actor, ProposalDesk desk, CarelineDb db, CancellationToken ct) =>
                AnswerAsync(id, ifMatch, false, actor, desk, db, ct))
            .Named("DeclineRescheduleProposal", "Declines the proposed time: the appointment stays where it is.").ForSignedIn().VisibleAs<Appointment>();
        group.MapDelete(Path, HandleWithdraw).Named("WithdrawRescheduleProposal", "Takes a proposal back.").ForSignedIn().VisibleAs<Appointment>();
    }

    private static async Task<Answer<ProposalResponse>> HandleRead(Guid id, Actor actor, AuditTrail trail, CarelineDb db, CancellationToken ct)
    {
        var appointment = await Appointment.VisibleTo(db, actor).Where(a => a.Id == id).Select(a => new { a.PatientId, a.TimeZone }).FirstOrDefaultAsync(ct) ?? throw new NotFound();
        trail.About("appointment", id).Concerns(appointment.PatientId);
        var proposal = await db.Set<RescheduleProposal>().Where(p => p.AppointmentId == id).OrderByDescending(p => p.Id).FirstOrDefaultAsync(ct) ?? throw new NotFound();
        return Answer.Ok(ProposalResponse.From(proposal, appointment.TimeZone));
    }

    private static async Task<CreatedAnswer<ProposalResponse>> HandlePropose(
        Guid id, ProposeTimeRequest request, IfMatch ifMatch, Actor actor, ProposalDesk desk, CarelineDb db, CancellationToken ct)
    {
        var view = await AppointmentView.LockAsync(db, actor, id, ct);
        ifMatch.Check(view.Appointment);
        Moves.Follow(Move.Reschedule, view.Appointment.Status, view.PartyOf(actor));
        var (facts, time) = await RescheduleAppointment.FindAsync(db, view.Appointment, request.WishAt(view.Appointment.DoctorId), actor, ct);
        var proposal = await desk.ProposeAsync(view, facts, time, request.Reason, actor, ct);
        return Answer.Created(ProposalResponse.From(proposal, view.Appointment.TimeZone), "Proposed. The appointment keeps its time until the other side accepts.");
    }

    private static async Task<Answer<AppointmentResponse>> AnswerAsync(
        Guid id, IfMatch ifMatch, bool accepts, Actor actor, ProposalDesk desk, CarelineDb db, CancellationToken ct)
    {
        var (view, proposal) = await LockAsync(db, actor, id, ifMatch, ct);
        await desk.AnswerAsync(view, proposal, accepts, actor, ct);
        return Answer.Ok(AppointmentResponse.From(view, actor, db.Now), accepts ? "Appointment rescheduled." : "Declined. The appointment stays where it is.");
    }

    private static async Task<DeletedAnswer> HandleWithdraw(Guid id, IfMatch ifMatch, Actor actor, ProposalDesk desk, CarelineDb db, CancellationToken ct)
    {
        var (view, proposal) = await LockAsync(db, actor, id, ifMatch, ct);
        await desk.WithdrawAsync(view, proposal, actor, ct);
        return Answer.Deleted();
    }

    private static async Task<(AppointmentView View, RescheduleProposal Proposal)> LockAsync(CarelineDb db, Actor actor, Guid id, IfMatch ifMatch, CancellationToken ct)
    {
        var view = await AppointmentView.LockAsync(db, actor, id, ct);
        ifMatch.Check(view.Appointment);
        var proposal = await db.Set<RescheduleProposal>().AsTracking().FirstOrDefaultAsync(p => p.AppointmentId == id && p.Status == ProposalStatus.Open, ct);
        return (view, proposal ?? throw new RuleViolation("NO_OPEN_PROPOSAL", "No other time is proposed for this appointment."));
    }
}
