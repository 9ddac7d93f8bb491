using Careline.Platform.Jobs;
using Careline.Scheduling.Appointments;
using Careline.Scheduling.Notices;
using Microsoft.Extensions.Options;

namespace Careline.Scheduling.Queue;

/// <summary>
/// Tells those who will be seen noticeably later than agreed, once for each time that their appointment has: a row says that it was told, written with the message, so
/// that neither a second host nor a crash in between tells it again.
/// </summary>
internal sealed class TellRunningLate : IRecurringJob
{
    private const int MostDoctors = 500;

    private static readonly TimeSpan _dayReaches = TimeSpan.FromHours(12);

    // Much may be caught up until then.
    private static readonly TimeSpan _looksAhead = TimeSpan.FromHours(3);

    public string Name => "scheduling.tell-running-late";

    public TimeSpan Every => TimeSpan.FromMinutes(1);

    public async Task RunAsync(IServiceProvider scope, CancellationToken ct)
    {
        var db = scope.GetRequiredService<CarelineDb>();
        var least = TimeSpan.FromMinutes(Math.Max(scope.GetRequiredService<IOptions<SchedulingOptions>>().Value.LateNoticeMinutes, 1));
        var (now, from, until) = (db.Now, db.Now - _dayReaches, db.Now + _looksAhead);
        var doctors = await db.Set<Appointment>()
            .Where(a => (a.Status == AppointmentStatus.CheckedIn || a.Status == AppointmentStatus.InProgress) && a.StartsAt > from && a.StartsAt < until)
            .Select(a => a.DoctorId).Distinct().Take(MostDoctors).ToArrayAsync(ct);
        if (doctors.Length == 0)
        {
            return;
        }

        var paces = await DoctorPaces.OfAsync(db, doctors, ct);
        var visits = await db.Set<Appointment>().Where(a => doctors.Contains(a.DoctorId) && a.StartsAt > from && a.StartsAt < until && WaitingLine.OfTheDay.Contains(a.Status)).ToListAsync(ct);
        foreach (var day in visits.GroupBy(a => a.DoctorId))
        {
            var delays = WaitingLine.Delays(day.Select(LinedUp.Of), paces.GetValueOrDefault(day.Key) ?? Pace.Unknown, now);
            foreach (var visit in day.Where(a => delays.GetValueOrDefault(a.Id) >= least))
            {
                await TellAsync(scope, db, visit, delays[visit.Id], ct);
            }
        }
    }

    private static async Task TellAsync(IServiceProvider scope, CarelineDb db, Appointment visit, TimeSpan delay, CancellationToken ct)
    {
        // Nobody can tell to the minute.
        var minutes = (int)(Math.Ceiling(delay.TotalMinutes / 5) * 5);
        db.Forget();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var isNew = await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO scheduling.late_notices (appointment_id, starts_at, minutes, told_at) VALUES ({visit.Id}, {visit.StartsAt}, {minutes}, {db.Now}) ON CONFLICT DO NOTHING
            """,
            ct);
        if (isNew == 1)
        {
            var start = visit.StartsAt.AddMinutes(minutes);
            var values = new[] { ("number", visit.Number), ("minutes", minutes.ToString(System.Globalization.CultureInfo.InvariantCulture)) };
            await scope.GetRequiredService<VisitNotices>().ToPatientAsync(
                visit.PatientId, VisitNotices.Of("scheduling.running_late", visit.Id, (start, visit.TimeZone), start, values), ct);
            await db.SaveChangesAsync(ct);
        }

        await transaction.CommitAsync(ct);
    }
}
