using Careline.Doctors.Contracts;
using Careline.Hours.Contracts;
using Careline.Scheduling.Appointments;
using Careline.Scheduling.Slots;

namespace Careline.Scheduling.Series;

/// <summary>What becomes of a series of which one visit cannot be.</summary>
public enum OnConflict
{
    /// <summary>Nothing is booked.</summary>
    Refuse,

    /// <summary>The others are booked.</summary>
    Offer,
}

/// <summary>A visit that comes again and again at the same wall-clock time.</summary>
/// <param name="DoctorId">The doctor.</param>
/// <param name="Start">The first: where a time of the doctor begins.</param>
/// <param name="Frequency">How often.</param>
/// <param name="Count">How many visits, the first among them.</param>
/// <param name="OnConflict">What becomes of the series where one of them cannot be.</param>
/// <param name="VisitType">Why somebody comes.</param>
/// <param name="Modality">How the two meet: by video, unless the time says otherwise.</param>
/// <param name="Reason">In the patient's words.</param>
/// <param name="PatientId">Whom it is for: needed by everybody but a patient.</param>
public sealed record BookSeriesRequest(
    [Required] Guid DoctorId,
    [Required] DateTimeOffset Start,
    [Required] Frequency Frequency,
    [Range(2, 52)] int Count,
    OnConflict OnConflict = OnConflict.Refuse,
    VisitType VisitType = VisitType.General,
    Modality? Modality = null,
    [MaxLength(1000)] string? Reason = null,
    Guid? PatientId = null)
{
    internal VisitPlan PlanAt(VisitTime time) => new(VisitType, time.Meet(Modality), Urgency.Medium, Reason, null, null, null);
}

/// <summary>What became of a series.</summary>
/// <param name="Booked">The visits that are booked.</param>
/// <param name="Conflicts">Those that could not be.</param>
public sealed record SeriesResponse(IReadOnlyList<AppointmentResponse> Booked, IReadOnlyList<SeriesConflict> Conflicts);

/// <summary>A visit of a series that cannot be.</summary>
/// <param name="Date">The day, in the doctor's zone.</param>
/// <param name="Start">When it was to begin; null where a clock change skips the time.</param>
/// <param name="Reason"><c>outside_availability</c>, <c>taken</c>, <c>patient_busy</c> or <c>clock_change</c>.</param>
public sealed record SeriesConflict(DateOnly Date, DateTimeOffset? Start, string Reason);

internal static class BookSeries
{
    public static void Map(RouteGroupBuilder group) => group.MapPost("/series/", Handle)
        .Named("BookAppointmentSeries", "Books a visit that comes again and again.").ForSignedIn();

    private static async Task<CreatedAnswer<SeriesResponse>> Handle(
        BookSeriesRequest request, Actor actor, AppointmentDesk desk, CarelineDb db, CancellationToken ct)
    {
        if (request.Start <= db.Now || request.Start > db.Now.AddYears(SlotDesk.HorizonYears))
        {
            throw new InvalidInput("start", $"Must lie ahead, within {SlotDesk.HorizonYears} years.");
        }

        var patientId = BookAppointmentRequest.PatientFor(request.PatientId, actor, "the series");
        var facts = await BookingFacts.OfStartAsync(db, request.DoctorId, request.Start, new BookingSides(patientId), actor, ct) ?? throw new NotFound();
        facts.CheckBookableBy(actor);
        var visits = Recurrence.Of(request.Start, facts.Doctor.TimeZone, request.Frequency, request.Count);

        // Alone here the calendars are looked at under the locks: which part of a series can be had must be known before any of it is written.
        await CalendarLocks.TakeAsync(db, request.DoctorId, patientId, ct);
        var calendar = await SeriesCalendar.ReadAsync(db, facts.Doctor, patientId, [.. visits.Select(v => v.Start).OfType<DateTimeOffset>()], ct);
        if (calendar.NeedsApproval && !facts.IsBookedByPractice(actor))
        {
            throw new RuleViolation("APPROVAL_REQUIRED", "The practice agrees to each visit: ask for them one by one.");
        }

        var (times, conflicts) = (new List<VisitTime>(), new List<SeriesConflict>());
        foreach (var (day, start) in visits)
        {
            var (time, reason) = start is { } at ? calendar.At(at, times) : (null, "clock_change");
            if (time is null)
            {
                conflicts.Add(new SeriesConflict(day, start, reason!));
            }
            else
            {
                await facts.CheckDeskAsync(time, actor, db, ct);
                times.Add(time with { ClinicId = time.ClinicId ?? facts.StaffAtClinicId });
            }
        }

        if (times.Count == 0 || (conflicts.Count > 0 && request.OnConflict == OnConflict.Refuse))
        {
            var named = string.Join(", ", conflicts.Select(c => c.Date.ToString("yyyy-MM-dd", null)));
            throw new RuleViolation("SERIES_CONFLICT", $"Not every visit of the series can be booked: {named}.", new SeriesConflicts(conflicts));
        }

        var booked = await desk.BookSeriesAsync(facts, times, request.PlanAt, actor, ct);
        return Answer.Created(
            new SeriesResponse([.. booked.Select(view => AppointmentResponse.From(view, actor, db.Now))], conflicts), $"{booked.Count} appointments booked.");
    }
}

/// <summary>The visits for which a series was refused.</summary>
/// <param name="Conflicts">In order.</param>
internal sealed record SeriesConflicts(IReadOnlyList<SeriesConflict> Conflicts);
