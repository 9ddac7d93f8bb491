using Careline.Doctors.Contracts;
using Careline.Platform.Time;
using Careline.Scheduling.Appointments;
using Careline.Scheduling.Slots;
using Microsoft.Extensions.Options;

namespace Careline.Scheduling.Requests;

/// <summary>A wish for an appointment that the practice answers: an exact free time, or a part of a day.</summary>
/// <param name="DoctorId">The doctor; follows from the slot where one is named.</param>
/// <param name="PreferredDate">The day, in the doctor's zone.</param>
/// <param name="DayPart">The part of that day.</param>
/// <param name="Start">An exact time in their place: where a time of the doctor begins.</param>
/// <param name="TimeSlotId">The same, by a time of the list of times.</param>
/// <param name="Urgency">How soon it must be.</param>
/// <param name="VisitType">Why somebody comes.</param>
/// <param name="Modality">How the two meet: by video, unless the time says otherwise.</param>
/// <param name="Reason">In the patient's words.</param>
/// <param name="Symptoms">For the doctor's eyes.</param>
/// <param name="ContactPhone">Where the patient can be reached, E.164.</param>
/// <param name="PatientId">Whom it is for: needed by everybody but a patient.</param>
public sealed record RequestAppointmentRequest(
    Guid? DoctorId = null,
    DateOnly? PreferredDate = null,
    DayPart? DayPart = null,
    DateTimeOffset? Start = null,
    [MaxLength(64)] string? TimeSlotId = null,
    Urgency Urgency = Urgency.Medium,
    VisitType VisitType = VisitType.General,
    Modality? Modality = null,
    [MaxLength(1000)] string? Reason = null,
    [MaxLength(4000)] string? Symptoms = null,
    [RegularExpression(@"^\+[1-9][0-9]{6,14}$", ErrorMessage = "Must be a phone number such as +2348012345678.")] string? ContactPhone = null,
    Guid? PatientId = null)
{
    internal bool IsExact => Start is not null || TimeSlotId is not null;

    internal TimeWish Wish => new(DoctorId, TimeSlotId, Start, null, null);

    internal VisitPlan PlanAt(VisitTime time) => new(VisitType, time.Meet(Modality), Urgency, Reason, Symptoms, null, ContactPhone);
}

internal static class RequestAppointment
{
    public static void Map(RouteGroupBuilder group) => group.MapPost("/", Handle)
        .Named("RequestAppointment", "Asks a practice for an appointment.").ForSignedIn()
        .WithForerunner<RequestAppointmentRequest>(request => request.IsExact ? request.Wish.ScarceKey : null);

    private static async Task<CreatedAnswer<RequestResponse>> Handle(
        RequestAppointmentRequest request, Actor actor, AppointmentDesk desk, IOptions<SchedulingOptions> options, CarelineDb db, CancellationToken ct)
    {
        var sides = new BookingSides(BookAppointmentRequest.PatientFor(request.PatientId, actor, "the request"));
        var view = request.IsExact
            ? await ExactAsync(request, sides, actor, desk, db, ct)
            : await PartOfDayAsync(request, sides, actor, desk, db, ct);
        var wished = await db.Set<AppointmentRequest>().FirstAsync(r => r.Id == view.Appointment.Id, ct);
        return Answer.Created(RequestResponse.From(view, wished, options.Value), BookAppointment.MessageOf(view.Appointment, options.Value));
    }

    private static async Task<AppointmentView> ExactAsync(
        RequestAppointmentRequest request, BookingSides sides, Actor actor, AppointmentDesk desk, CarelineDb db, CancellationToken ct)
    {
        var wish = request.Wish;
        var facts = await wish.FindAsync(db, sides, actor, ct);
        facts.CheckBookableBy(actor);
        var time = wish.TimeOf(facts, db.Now);
        await facts.CheckDeskAsync(time, actor, db, ct);
        facts.CheckLooksFree(time);
        return await desk.RequestAsync(facts, time, request.PlanAt(time), new AppointmentWish(null), actor, ct);
    }

    private static async Task<AppointmentView> PartOfDayAsync(
        RequestAppointmentRequest request, BookingSides sides, Actor actor, AppointmentDesk desk, CarelineDb db, CancellationToken ct)
    {
        var doctorId = request.DoctorId ?? throw new InvalidInput("doctor_id", "This field is required.");
        var part = request.DayPart ?? throw new InvalidInput("day_part", "Give preferred_date and day_part, or start.");
        var day = request.PreferredDate ?? throw new InvalidInput("preferred_date", "Give preferred_date and day_part, or start.");
        SlotDesk.CheckDay("preferred_date", day, db.Now);
        var facts = await BookingFacts.OfAnyTimeAsync(db, doctorId, (db.Now, db.Now), sides, actor, ct) ?? throw new NotFound();
        facts.CheckBookableBy(actor);
        var (from, to) = part.On(day, facts.Doctor.TimeZone);
        if (to <= db.Now)
        {
            throw new InvalidInput("preferred_date", "Must lie in the future.");
        }

        var time = new VisitTime(from, from, null, facts.StaffAtClinicId);
        return await desk.RequestAsync(facts, time, request.PlanAt(time), new AppointmentWish(part, to), actor, ct);
    }

    /// <summary>When a part of a day begins and ends.</summary>
    private static (DateTimeOffset From, DateTimeOffset To) On(this DayPart part, DateOnly day, string zone)
    {
        var (from, to) = ZonedTimes.Day(day, zone);
        return part switch
        {
            DayPart.Morning => (from, ZonedTimes.FirstAt(day, ListSlots.Noon, zone)),
            DayPart.Afternoon => (ZonedTimes.FirstAt(day, ListSlots.Noon, zone), ZonedTimes.FirstAt(day, ListSlots.Evening, zone)),
            _ => (ZonedTimes.FirstAt(day, ListSlots.Evening, zone), to),
        };
    }
}
