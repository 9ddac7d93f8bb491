using System.Text.Json.Serialization;
using Careline.Audit.Contracts;
using Careline.Platform.Data;
using Careline.Platform.Security;
using Careline.Platform.Time;
using Careline.Platform.Web;
using Careline.Scheduling.Appointments;
using Careline.Scheduling.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

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
/// <param name="Position">The place in the doctor's line, from 1; null for who is not there yet or is being seen.</param>
/// <param name="ExpectedWait">How long it will probably take until the doctor calls; null without a place.</param>
public sealed record QueueEntry(
    Guid AppointmentId,
    string Number,
    AppointmentStatus Status,
    AppointmentDoctor Doctor,
    AppointmentPatient Patient,
    DateOnly Date,
    DateTimeOffset Start,
    DateTimeOffset? CheckedInAt,
    int? Position,
    [property: JsonPropertyName("expected_wait")] ExpectedWait? ExpectedWait);

/// <summary>A wait in minutes.</summary>
/// <param name="Minutes">What is usual.</param>
/// <param name="AtLeast">Few wait less.</param>
/// <param name="AtMost">Few wait longer.</param>
public sealed record ExpectedWait(int Minutes, int AtLeast, int AtMost);

internal static class ShowQueue
{
    private const int VisitsToTellPaceBy = 5;
    private const int VisitsLookedAt = 50;

    private static readonly AppointmentStatus[] _ofTheDay =
        [AppointmentStatus.Scheduled, AppointmentStatus.Confirmed, AppointmentStatus.CheckedIn, AppointmentStatus.InProgress];

    public static void Map(IEndpointRouteBuilder app) => app.MapApi("/api/queue", "Queue").MapGet("/", Handle)
        .Named("ShowQueue", "Shows today's visits that the caller may see, with places in the line and expected waits.")
        .WithFilters("doctor", "clinic").ForSignedIn();

    private static async Task<PageAnswer<QueueEntry>> Handle(ListQuery query, Actor actor, AuditTrail trail, CarelineDb db, CancellationToken ct)
    {
        var (doctorId, clinicId, now) = (query.Id("doctor"), query.Id("clinic"), db.Now);
        query.Check();

        // Today is another day in each doctor's zone: two days around now hold them all.
        var (from, to) = (now.AddDays(-1), now.AddDays(1));
        var rows = Appointment.VisibleTo(db, actor).Where(a => a.StartsAt > from && a.StartsAt < to && _ofTheDay.Contains(a.Status)
            && (doctorId == null || a.DoctorId == doctorId) && (clinicId == null || a.ClinicId == clinicId));
        var views = (await AppointmentView.Of(db, rows, actor).ToListAsync(ct)).Where(v => IsToday(v.Appointment, now)).ToList();
        var places = await PlacesAsync(db, [.. views.Select(v => v.Appointment.DoctorId).Distinct()], (from, to), now, ct);
        var shown = views.Select(v => Entry(v, places.GetValueOrDefault(v.Appointment.Id)))
            .OrderBy(e => e.Doctor.Id).ThenBy(e => e.Status != AppointmentStatus.InProgress).ThenBy(e => e.Position ?? int.MaxValue).ThenBy(e => e.Start).ToList();
        var page = shown.Skip(query.Skip).Take(query.PageSize).ToList();
        trail.Concerns(page.Select(e => e.Patient.Id));
        return Answer.Page(new Page<QueueEntry>(page, shown.Count, query.Page, query.PageSize));
    }

    /// <summary>The lines of some doctors, of all who wait: a patient's place counts people whom the patient is not shown.</summary>
    private static async Task<Dictionary<Guid, Place>> PlacesAsync(
        CarelineDb db, Guid[] doctors, (DateTimeOffset From, DateTimeOffset To) days, DateTimeOffset now, CancellationToken ct)
    {
        var here = await db.Set<Appointment>().Where(a => doctors.Contains(a.DoctorId) && a.StartsAt > days.From && a.StartsAt < days.To
                && (a.Status == AppointmentStatus.CheckedIn || a.Status == AppointmentStatus.InProgress)).ToListAsync(ct);
        var paces = await PacesAsync(db, doctors, ct);
        return here.Where(a => IsToday(a, now)).GroupBy(a => a.DoctorId)
            .SelectMany(g => WaitingLine.Of(
                g.Select(a => new LinedUp(a.Id, a.Status, a.StartsAt, a.EndsAt - a.StartsAt, a.CheckedInAt, a.StartedAt)), paces.GetValueOrDefault(g.Key) ?? Pace.Unknown, now))
            .ToDictionary();
    }

    private static async Task<Dictionary<Guid, Pace>> PacesAsync(CarelineDb db, Guid[] doctors, CancellationToken ct)
    {
        var rows = await db.Database.SqlQuery<PaceRow>(
            $"""
            SELECT d.id AS "DoctorId", percentile_cont(0.5) WITHIN GROUP (ORDER BY v.share) AS "Usual",
                percentile_cont(0.2) WITHIN GROUP (ORDER BY v.share) AS "Quick", percentile_cont(0.8) WITHIN GROUP (ORDER BY v.share) AS "Slow"
            FROM unnest({doctors}) AS d (id) CROSS JOIN LATERAL (
                SELECT (extract(epoch FROM a.ended_at - a.started_at) / extract(epoch FROM a.ends_at - a.starts_at))::float8 AS share
                FROM scheduling.appointments a WHERE a.doctor_id = d.id AND a.status = 'completed' AND a.started_at IS NOT NULL AND a.ended_at > a.started_at
                ORDER BY a.starts_at DESC LIMIT {VisitsLookedAt}) v
            GROUP BY d.id HAVING count(*) >= {VisitsToTellPaceBy}
            """).ToListAsync(ct);
        return rows.ToDictionary(r => r.DoctorId, r => new Pace(r.Usual, r.Quick, r.Slow));
    }

    private static bool IsToday(Appointment appointment, DateTimeOffset now) => ZonedTimes.ToLocal(now, appointment.TimeZone).Date == appointment.LocalDate;

    private static QueueEntry Entry(AppointmentView view, Place? place)
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
            place?.Position,
            place is null ? null : new ExpectedWait(place.ExpectedMinutes, place.AtLeastMinutes, place.AtMostMinutes));
    }

    private sealed class PaceRow
    {
        public Guid DoctorId { get; init; }

        public double Usual { get; init; }

        public double Quick { get; init; }

        public double Slow { get; init; }
    }
}
