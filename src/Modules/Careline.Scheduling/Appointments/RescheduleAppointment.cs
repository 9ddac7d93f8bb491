using Careline.Scheduling.Availability;
using Careline.Scheduling.Rescheduling;

namespace Careline.Scheduling.Appointments;

/// <summary>The new time, one of the same doctor's.</summary>
/// <param name="TimeSlotId">A slot of the list of times; or else a start.</param>
/// <param name="TimeSlot">The same, by its older name.</param>
/// <param name="Start">Where a slot of the doctor begins.</param>
/// <param name="Date">With <c>start_time</c>: the same by the wall clock of the doctor's zone.</param>
/// <param name="StartTime">Wall-clock start.</param>
/// <param name="Reason">Why, for the practice to read where it has to agree.</param>
public sealed record RescheduleAppointmentRequest(
    [MaxLength(64)] string? TimeSlotId = null,
    [MaxLength(64)] string? TimeSlot = null,
    DateTimeOffset? Start = null,
    DateOnly? Date = null,
    TimeOnly? StartTime = null,
    [MaxLength(500)] string? Reason = null)
{
    internal TimeWish WishAt(Guid? doctorId) => new(doctorId, TimeSlotId ?? TimeSlot, Start, Date, StartTime);
}

internal static class RescheduleAppointment
{
    public static void Map(RouteGroupBuilder group) => group.MapPost("/{id:guid}/reschedule/", Handle)
        .Named("RescheduleAppointment", "Moves an appointment to another free time of its doctor, or proposes it where the practice has to agree.")
        .ForSignedIn().VisibleAs<Appointment>()
        .WithForerunner<RescheduleAppointmentRequest>(request => request.WishAt(null).ScarceKey);

    /// <summary>The new time of an appointment, where the doctor offers it and it looks free.</summary>
    /// <exception cref="RuleViolation">It is not to be had.</exception>
    public static async Task<(BookingFacts Facts, VisitTime Time)> FindAsync(
        CarelineDb db, Appointment appointment, TimeWish wish, Actor actor, CancellationToken ct)
    {
        var facts = await wish.FindAsync(db, new BookingSides(appointment.PatientId, appointment.Id), actor, ct);
        facts.CheckDoctorBookable();
        var time = await VisitTerms.OfServiceAsync(wish.TimeOf(facts, db.Now), appointment, facts, db, ct);
        facts.CheckLooksFree(time);
        time.Meet(appointment.Modality);
        return (facts, time with { ClinicId = time.ClinicId ?? appointment.ClinicId });
    }

    private static async Task<Answer<AppointmentResponse>> Handle(
        Guid id, RescheduleAppointmentRequest request, IfMatch ifMatch, Actor actor, AppointmentDesk desk, ProposalDesk proposals, CarelineDb db, CancellationToken ct)
    {
        var view = await AppointmentView.LockAsync(db, actor, id, ct);
        var appointment = view.Appointment;
        ifMatch.Check(appointment);
        Moves.Follow(Move.Reschedule, appointment.Status, view.PartyOf(actor));
        var (facts, time) = await FindAsync(db, appointment, request.WishAt(appointment.DoctorId), actor, ct);
        if (facts.Terms?.Rescheduling == BookingPolicy.Approval && view.PartyOf(actor) == Party.Patient)
        {
            var proposal = await proposals.ProposeAsync(view, facts, time, request.Reason, actor, ct);
            return Answer.Ok(
                AppointmentResponse.From(view, actor, db.Now) with { RescheduleProposal = ProposalResponse.From(proposal, appointment.TimeZone) },
                "The practice has to agree. The appointment keeps its time until then, and the new one is kept.");
        }

        await desk.RescheduleAsync(view, facts, time, actor, ct);
        return Answer.Ok(AppointmentResponse.From(view, actor, db.Now), "Appointment rescheduled.");
    }
}
