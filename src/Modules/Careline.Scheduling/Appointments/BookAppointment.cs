using Careline.Accounts.Contracts;
using Careline.Audit.Contracts;
using Careline.Clinics.Contracts;
using Careline.Doctors.Contracts;
using Careline.Scheduling.Availability;
using Microsoft.Extensions.Options;

namespace Careline.Scheduling.Appointments;

/// <summary>A time to book, and what it is about.</summary>
/// <param name="DoctorId">The doctor; follows from the slot where one is named.</param>
/// <param name="TimeSlotId">A slot of the list of times; or else a start.</param>
/// <param name="TimeSlot">The same, by its older name.</param>
/// <param name="Start">Where a slot of the doctor begins.</param>
/// <param name="Date">With <c>start_time</c>: the same by the wall clock of the doctor's zone.</param>
/// <param name="StartTime">Wall-clock start.</param>
/// <param name="HoldId">A hold of the caller's, in place of a time.</param>
/// <param name="OverrideReason">Why the practice books at a start that it does not offer: only for the doctor, the desk and administrators.</param>
/// <param name="DurationMinutes">With <c>override_reason</c>: how long; else as long as the doctor's visits last.</param>
/// <param name="ServiceId">A service that the clinic sells: length, price and the way to meet are the service's.</param>
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
    Guid? HoldId = null,
    [MaxLength(500)] string? OverrideReason = null,
    [Range(5, 240)] int? DurationMinutes = null,
    Guid? ServiceId = null,
    Guid? PatientId = null,
    VisitType VisitType = VisitType.General,
    Modality? Modality = null,
    Urgency Urgency = Urgency.Medium,
    [MaxLength(1000)] string? Reason = null,
    [MaxLength(4000)] string? Symptoms = null,
    [MaxLength(4000)] string? Notes = null,
    [RegularExpression(@"^\+[1-9][0-9]{6,14}$", ErrorMessage = "Must be a phone number such as +2348012345678.")] string? ContactPhone = null)
{
    /// <summary>Any free time that is offered, and neither a hold nor a time of the practice's own.</summary>
    internal bool IsFree => HoldId is null && OverrideReason is null;

    internal TimeWish Wish => new(DoctorId, TimeSlotId ?? TimeSlot, Start, Date, StartTime);

    internal VisitPlan PlanAt(VisitTime time) => new(VisitType, time.Meet(Modality), Urgency, Reason, Symptoms, Notes, ContactPhone);

    internal Guid PatientFor(Actor actor) => PatientFor(PatientId, actor, "the appointment");

    /// <summary>Only somebody who is nothing but a patient is meant without being named: a doctor never becomes a patient by an omission.</summary>
    internal static Guid PatientFor(Guid? named, Actor actor, string what) => named
        ?? (Appointment.IsOnlyPatient(actor) ? actor.PatientId : null)
        ?? throw new InvalidInput("patient_id", $"Say whom {what} is for.");
}

internal static class BookAppointment
{
    public const int UsualMinutes = 30;

    public static void Map(RouteGroupBuilder group) => group.MapPost("/", Handle)
        .Named("BookAppointment", "Books a free time of a doctor.").ForSignedIn()
        .WithForerunner<BookAppointmentRequest>(request => request.IsFree && request.ServiceId is null ? request.Wish.ScarceKey : null, TakenTimes.LookAsync);

    private static async Task<CreatedAnswer<AppointmentResponse>> Handle(
        BookAppointmentRequest request, Actor actor, AppointmentDesk desk, TakenTimes taken, IClinicServices services, AuditTrail trail, IOptions<SchedulingOptions> options, CarelineDb db, CancellationToken ct)
    {
        var service = request.ServiceId is not { } serviceId ? null
            : request.HoldId is not null ? throw new InvalidInput("service_id", "Book a service without a hold.")
            : await services.FindAsync(serviceId, ct) ?? throw new InvalidInput("service_id", "There is no such service that can be booked.");
        var view = request.HoldId is { } holdId
            ? await BookHeldAsync(holdId, request, actor, desk, db, ct)
            : request.IsFree
            ? await BookFreeAsync(request, service, actor, desk, taken, db, ct)
            : await OverrideAsync(request, service, actor, desk, trail, db, ct);
        return Answer.Created(AppointmentResponse.From(view, actor, db.Now), MessageOf(view.Appointment, options.Value));
    }

    private static async Task<AppointmentView> BookFreeAsync(
        BookAppointmentRequest request, ServiceTerms? service, Actor actor, AppointmentDesk desk, TakenTimes taken, CarelineDb db, CancellationToken ct)
    {
        var wish = request.Wish;
        var seen = taken.Begin(wish);
        var facts = await wish.FindAsync(db, new BookingSides(request.PatientFor(actor)), actor, ct);
        facts.CheckBookableBy(actor);
        var time = wish.TimeOf(facts, db.Now);
        await facts.CheckDeskAsync(time, actor, db, ct);
        seen.Note(facts, time, db);
        if (service is not null)
        {
            time = await VisitTerms.OfServiceAsync(time, facts, service, db, ct);
            await facts.CheckDeskAsync(time with { SlotId = null }, actor, db, ct);
        }

        return await desk.BookAsync(facts, time with { ClinicId = time.ClinicId ?? facts.StaffAtClinicId }, request.PlanAt(time), actor, null, ct);
    }

    /// <summary>Somebody else's hold does not exist, also for those who run the calendar.</summary>
    private static async Task<AppointmentView> BookHeldAsync(
        Guid holdId, BookAppointmentRequest request, Actor actor, AppointmentDesk desk, CarelineDb db, CancellationToken ct)
    {
        var hold = (await AppointmentView.LockAsync(db, actor, holdId, ct)).Appointment;
        if (hold.CreatedBy != actor.AccountId)
        {
            throw new NotFound();
        }

        if ((request.DoctorId is { } doctorId && doctorId != hold.DoctorId)
            || (request.Start is { } start && start != hold.StartsAt)
            || (request.PatientId is { } patientId && patientId != hold.PatientId))
        {
            throw new InvalidInput("hold_id", "Is a hold of another doctor, time or patient.");
        }

        var facts = await BookingFacts.OfAnyTimeAsync(
            db, hold.DoctorId, (hold.StartsAt, hold.EndsAt), new BookingSides(hold.PatientId, hold.Id), actor, ct) ?? throw new NotFound();
        facts.CheckBookableBy(actor);
        return await desk.UseHoldAsync(facts, hold, request.PlanAt(facts.Time!), actor, ct);
    }

    /// <summary>The practice squeezes somebody in: hours, notice and limits do not bind it, the time of the two does. The reason is in history and audit.</summary>
    private static async Task<AppointmentView> OverrideAsync(
        BookAppointmentRequest request, ServiceTerms? service, Actor actor, AppointmentDesk desk, AuditTrail trail, CarelineDb db, CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(request.OverrideReason) || request.TimeSlotId is not null || request.TimeSlot is not null)
        {
            throw new InvalidInput("override_reason", "Give a reason, and the time by start, or by date and start_time.");
        }

        var (doctorId, start) = await request.Wish.InstantAsync(db, ct);
        var minutes = service?.DurationMinutes ?? request.DurationMinutes
            ?? await db.Set<Schedule>().Where(s => s.DoctorId == doctorId).Select(s => (int?)s.SlotMinutes).FirstOrDefaultAsync(ct) ?? UsualMinutes;
        var facts = await BookingFacts.OfAnyTimeAsync(
            db, doctorId, (start, start.AddMinutes(minutes)), new BookingSides(request.PatientFor(actor)), actor, ct) ?? throw new NotFound();
        facts.CheckBookableBy(actor);
        if (!facts.IsBookedByPractice(actor))
        {
            throw new PermissionDenied("Only the practice books at times that it does not offer.");
        }

        var time = request.Wish.TimeOf(facts, db.Now) with { ClinicId = facts.StaffAtClinicId };
        time = service is null ? time : await VisitTerms.OfServiceAsync(time, facts, service, db, ct);
        trail.Changed("override_reason");
        return await desk.BookAsync(facts, time, request.PlanAt(time), actor, request.OverrideReason, ct);
    }

    /// <summary>An emergency never waits in silence.</summary>
    public static string MessageOf(Appointment appointment, SchedulingOptions options) => (appointment.Status, appointment.Urgency) switch
    {
        (AppointmentStatus.Scheduled, Urgency.Emergency) => $"Appointment booked. {options.EmergencyAdvice}",
        (AppointmentStatus.Scheduled, _) => "Appointment booked.",
        (_, Urgency.Emergency) => options.EmergencyAdvice,
        _ => "Appointment requested. The practice will answer.",
    };
}
