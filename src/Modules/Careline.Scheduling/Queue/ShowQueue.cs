using Careline.Audit.Contracts;
using Careline.Platform.Time;
using Careline.Scheduling.Appointments;

namespace Careline.Scheduling.Queue;

/// <summary>A visit of today, and its place in the line once the patient is there.</summary>
/// <param name="AppointmentId">The appointment.</param>
/// <param name="Number">Its human number.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="Doctor">Who is seen.</param>
/// <param name="Patient">Who comes.</param>
/// <param name="Date">The day, in the doctor's zone.</param>
/// <param name="Start">When it was to begin.</param>
/// <param name="CheckedInAt">Since when the patient is there.</param>
/// <param name="ReadyAt">Since when the patient is prepared and waits for the doctor alone.</param>
/// <param name="Urgency">How soon it must be, as it was said at booking.</param>
/// <param name="Position">The place in the doctor's line, from 1; null for who is not there yet or is being seen.</param>
/// <param name="ExpectedWait">How long it will probably take until the doctor calls; null without a place.</param>
/// <param name="LateMinutes">By how much the visit will probably begin later than agreed; null once it has begun, and for who has not come in time.</param>
public sealed record QueueEntry(
    Guid AppointmentId,
    string Number,
    AppointmentStatus Status,
    AppointmentDoctor Doctor,
    AppointmentPatient Patient,
    DateOnly Date,
    DateTimeOffset Start,
    DateTimeOffset? CheckedInAt,
    DateTimeOffset? ReadyAt,
    Urgency Urgency,
    int? Position,
    [property: JsonPropertyName("expected_wait")] ExpectedWait? ExpectedWait,
    int? LateMinutes);

/// <summary>A wait in minutes.</summary>
/// <param name="Minutes">What is usual.</param>
/// <param name="AtLeast">Few wait less.</param>
/// <param name="AtMost">Few wait longer.</param>
public sealed record ExpectedWait(int Minutes, int AtLeast, int AtMost);

internal static class ShowQueue
{
    public static void Map(IEndpointRouteBuilder app) => app.MapApi("/api/queue", "Queue").MapGet("/", Handle)
        .Named("ShowQueue", "Shows today's visits that the caller may see, with places in the line and expected waits.")
        .WithFilters("doctor", "clinic").ForSignedIn();

    private static async Task<PageAnswer<QueueEntry>> Handle(ListQuery query, Actor actor, AuditTrail trail, CarelineDb db, CancellationToken ct)
    {
        var (doctorId, clinicId, now) = (query.Id("doctor"), query.Id("clinic"), db.Now);
        query.Check();

        // Today is another day in each doctor's zone: two days around now hold them all.
        var (from, to) = (now.AddDays(-1), now.AddDays(1));
        var rows = Appointment.VisibleTo(db, actor).Where(a => a.StartsAt > from && a.StartsAt < to && WaitingLine.OfTheDay.Contains(a.Status)
            && (doctorId == null || a.DoctorId == doctorId) && (clinicId == null || a.ClinicId == clinicId));
        var views = (await AppointmentView.Of(db, rows, actor).ToListAsync(ct)).Where(v => IsToday(v.Appointment, now)).ToList();
        var (places, delays) = await LinesAsync(db, [.. views.Select(v => v.Appointment.DoctorId).Distinct()], (from, to), now, ct);
        var shown = views.Select(v => Entry(v, places.GetValueOrDefault(v.Appointment.Id), delays.TryGetValue(v.Appointment.Id, out var late) ? late : null))
            .OrderBy(e => e.Doctor.Id).ThenBy(e => e.Status != AppointmentStatus.InProgress).ThenBy(e => e.Position ?? int.MaxValue).ThenBy(e => e.Start).ToList();
        var page = shown.Skip(query.Skip).Take(query.PageSize).ToList();
        trail.Concerns(page.Select(e => e.Patient.Id));
        return Answer.Page(new Page<QueueEntry>(page, shown.Count, query.Page, query.PageSize));
    }

    /// <summary>The lines of some doctors, of all who wait: a patient's place counts people whom the patient is not shown.</summary>
    private static async Task<(Dictionary<Guid, Place> Places, Dictionary<Guid, TimeSpan> Delays)> LinesAsync(
        CarelineDb db, Guid[] doctors, (DateTimeOffset From, DateTimeOffset To) days, DateTimeOffset now, CancellationToken ct)
    {
        var visits = await db.Set<Appointment>().Where(a => doctors.Contains(a.DoctorId) && a.StartsAt > days.From && a.StartsAt < days.To
                && WaitingLine.OfTheDay.Contains(a.Status)).ToListAsync(ct);
        var paces = await DoctorPaces.OfAsync(db, doctors, ct);
        var (places, delays) = (new Dictionary<Guid, Place>(), new Dictionary<Guid, TimeSpan>());
        foreach (var day in visits.Where(a => IsToday(a, now)).GroupBy(a => a.DoctorId))
        {
            var (line, pace) = (day.Select(LinedUp.Of).ToList(), paces.GetValueOrDefault(day.Key) ?? Pace.Unknown);
            WaitingLine.Of(line, pace, now).ToList().ForEach(place => places.Add(place.Key, place.Value));
            WaitingLine.Delays(line, pace, now).ToList().ForEach(delay => delays.Add(delay.Key, delay.Value));
        }

        return (places, delays);
    }

    private static bool IsToday(Appointment appointment, DateTimeOffset now) => ZonedTimes.ToLocal(now, appointment.TimeZone).Date == appointment.LocalDate;

    private static QueueEntry Entry(AppointmentView view, Place? place, TimeSpan? late)
    {
        var a = view.Appointment;
        return new QueueEntry(
            a.Id,
            a.Number,
            a.Status,
            new AppointmentDoctor(a.DoctorId, view.DoctorAccountId, view.DoctorName, view.DoctorSpecializations),
            new AppointmentPatient(a.PatientId, view.PatientAccountId, view.PatientName),
            a.LocalDate,
            a.StartsAt,
            a.CheckedInAt,
            a.ReadyAt,
            a.Urgency,
            place?.Position,
            place is null ? null : new ExpectedWait(place.ExpectedMinutes, place.AtLeastMinutes, place.AtMostMinutes),
            late is { } by ? (int)Math.Ceiling(by.TotalMinutes) : null);
    }
}
