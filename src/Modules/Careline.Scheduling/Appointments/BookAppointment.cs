using System.ComponentModel.DataAnnotations;
using Careline.Accounts.Contracts;
using Careline.Platform.Data;
using Careline.Platform.Security;
using Careline.Platform.Web;
using Careline.Scheduling.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace Careline.Scheduling.Appointments;

/// <summary>A time to book, and what it is about.</summary>
/// <param name="DoctorId">The doctor; follows from the slot where one is named.</param>
/// <param name="TimeSlotId">A slot of the list of times; or else a start.</param>
/// <param name="TimeSlot">The same, by its older name.</param>
/// <param name="Start">Where a slot of the doctor begins.</param>
/// <param name="Date">With <c>start_time</c>: the same by the wall clock of the doctor's zone.</param>
/// <param name="StartTime">Wall-clock start.</param>
/// <param name="PatientId">Whom it is for: needed by everybody but a patient.</param>
/// <param name="VisitType">Why somebody comes.</param>
/// <param name="Modality">How the two meet: by video, unless the time says otherwise.</param>
/// <param name="Urgency">How soon it must be.</param>
/// <param name="Reason">In the patient's words.</param>
/// <param name="Symptoms">For the doctor's eyes.</param>
/// <param name="Notes">For the doctor's eyes.</param>
/// <param name="ContactPhone">Where the patient can be reached that day, E.164.</param>
public sealed record BookAppointmentRequest(
    Guid? DoctorId = null,
    [MaxLength(64)] string? TimeSlotId = null,
    [MaxLength(64)] string? TimeSlot = null,
    DateTimeOffset? Start = null,
    DateOnly? Date = null,
    TimeOnly? StartTime = null,
    Guid? PatientId = null,
    VisitType VisitType = VisitType.General,
    Modality? Modality = null,
    Urgency Urgency = Urgency.Medium,
    [MaxLength(1000)] string? Reason = null,
    [MaxLength(4000)] string? Symptoms = null,
    [MaxLength(4000)] string? Notes = null,
    [RegularExpression(@"^\+[1-9][0-9]{6,14}$", ErrorMessage = "Must be a phone number such as +2348012345678.")] string? ContactPhone = null)
{
    internal TimeWish Wish => new(DoctorId, TimeSlotId ?? TimeSlot, Start, Date, StartTime);

    internal VisitPlan PlanAt(VisitTime time) => new(VisitType, time.Meet(Modality), Urgency, Reason, Symptoms, Notes, ContactPhone);

    /// <summary>Only somebody who is nothing but a patient is meant without being named: a doctor never becomes a patient by an omission.</summary>
    internal Guid PatientFor(Actor actor) => PatientId
        ?? (Appointment.IsOnlyPatient(actor) ? actor.PatientId : null)
        ?? throw new InvalidInput("patient_id", "Say whom the appointment is for.");
}

internal static class BookAppointment
{
    public static void Map(RouteGroupBuilder group) => group.MapPost("/", Handle)
        .Named("BookAppointment", "Books a free time of a doctor.").ForSignedIn()
        .WithForerunner<BookAppointmentRequest>(request => request.Wish.ScarceKey, TakenTimes.LookAsync);

    private static async Task<CreatedAnswer<AppointmentResponse>> Handle(
        BookAppointmentRequest request, Actor actor, AppointmentDesk desk, TakenTimes taken, CarelineDb db, CancellationToken ct)
    {
        var wish = request.Wish;
        var seen = taken.Begin(wish);
        var facts = await wish.FindAsync(db, new BookingSides(request.PatientFor(actor)), actor, ct);
        facts.CheckBookableBy(actor);
        var time = wish.TimeOf(facts, db.Now);
        await facts.CheckDeskAsync(time, actor, db, ct);
        seen.Note(facts, time, db);
        var view = await desk.BookAsync(facts, time with { ClinicId = time.ClinicId ?? facts.StaffAtClinicId }, request.PlanAt(time), actor, ct);
        return Answer.Created(AppointmentResponse.From(view, actor, db.Now), "Appointment booked.");
    }
}
