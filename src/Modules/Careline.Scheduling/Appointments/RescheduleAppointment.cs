using System.ComponentModel.DataAnnotations;
using Careline.Platform.Data;
using Careline.Platform.Security;
using Careline.Platform.Web;
using Careline.Scheduling.Availability;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace Careline.Scheduling.Appointments;

/// <summary>The new time, one of the same doctor's.</summary>
/// <param name="TimeSlotId">A slot of the list of times; or else a start.</param>
/// <param name="TimeSlot">The same, by its older name.</param>
/// <param name="Start">Where a slot of the doctor begins.</param>
/// <param name="Date">With <c>start_time</c>: the same by the wall clock of the doctor's zone.</param>
/// <param name="StartTime">Wall-clock start.</param>
public sealed record RescheduleAppointmentRequest(
    [MaxLength(64)] string? TimeSlotId = null,
    [MaxLength(64)] string? TimeSlot = null,
    DateTimeOffset? Start = null,
    DateOnly? Date = null,
    TimeOnly? StartTime = null)
{
    internal TimeWish WishAt(Guid? doctorId) => new(doctorId, TimeSlotId ?? TimeSlot, Start, Date, StartTime);
}

internal static class RescheduleAppointment
{
    public static void Map(RouteGroupBuilder group) => group.MapPost("/{id:guid}/reschedule/", Handle)
        .Named("RescheduleAppointment", "Moves an appointment to another free time of its doctor.").ForSignedIn().VisibleAs<Appointment>()
        .WithForerunner<RescheduleAppointmentRequest>(request => request.WishAt(null).ScarceKey);

    private static async Task<Answer<AppointmentResponse>> Handle(
        Guid id, RescheduleAppointmentRequest request, IfMatch ifMatch, Actor actor, AppointmentDesk desk, CarelineDb db, CancellationToken ct)
    {
        var view = await AppointmentView.LockAsync(db, actor, id, ct);
        var appointment = view.Appointment;
        ifMatch.Check(appointment);
        Moves.Follow(Move.Reschedule, appointment.Status, view.PartyOf(actor));

        var wish = request.WishAt(appointment.DoctorId);
        var facts = await wish.FindAsync(db, new BookingSides(appointment.PatientId, appointment.Id), actor, ct);
        facts.CheckDoctorBookable();
        if (facts.Terms?.Rescheduling == BookingPolicy.Approval && view.PartyOf(actor) == Party.Patient)
        {
            throw new RuleViolation("APPROVAL_REQUIRED", "The practice moves this doctor's visits: ask it for another time.");
        }

        var time = wish.TimeOf(facts, db.Now);
        facts.CheckLooksFree(time);
        time.Meet(appointment.Modality);
        await desk.RescheduleAsync(view, facts, time with { ClinicId = time.ClinicId ?? appointment.ClinicId }, actor, ct);
        return Answer.Ok(AppointmentResponse.From(view, actor, db.Now), "Appointment rescheduled.");
    }
}
