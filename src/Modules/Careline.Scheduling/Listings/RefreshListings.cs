using Careline.Doctors.Contracts;
using Careline.Hours.Contracts;
using Careline.Platform.Jobs;
using Careline.Platform.Time;
using Careline.Scheduling.Availability;
using Careline.Scheduling.Slots;
using Careline.Scheduling.Waitlist;

namespace Careline.Scheduling.Listings;

/// <summary>
/// Tells the doctor list the next free times of the doctors whose calendars changed, many doctors at once and however often they changed since.
/// What is announced while it works stays for the next run; running twice does no harm.
/// </summary>
internal sealed class RefreshListings : IRecurringJob
{
    private const int MostPerTransaction = 200;

    public string Name => "scheduling.refresh-listings";

    public TimeSpan Every => TimeSpan.FromSeconds(4);

    public async Task RunAsync(IServiceProvider scope, CancellationToken ct)
    {
        var db = scope.GetRequiredService<CarelineDb>();
        var listing = scope.GetRequiredService<IDoctorListing>();
        int taken;
        do
        {
            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            var changed = await TakeAsync(db, ct);
            if (changed.Count > 0)
            {
                var doctors = changed.Distinct().ToArray();
                var free = await FirstFreeTimesAsync(db, doctors, ct);
                free.AddRange(await ComputedAsync(db, doctors, ct));
                await listing.SetFreeDaysAsync(doctors, ByDay(free), ct);
                await WaitlistLooks.AskAsync(db, doctors, ct);
            }

            await transaction.CommitAsync(ct);
            taken = changed.Count;
        }
        while (taken == MostPerTransaction);
    }

    private static Task<List<Guid>> TakeAsync(CarelineDb db, CancellationToken ct) => db.Database.SqlQuery<Guid>(
        $"""
        DELETE FROM scheduling.stale_listings WHERE ctid = ANY (ARRAY(
            SELECT ctid FROM scheduling.stale_listings LIMIT {MostPerTransaction} FOR UPDATE SKIP LOCKED))
        RETURNING doctor_id AS "Value"
        """).ToListAsync(ct);

    /// <summary>The first free start of each day, in order. No appointment lasts longer than a day, which bounds the look for what is in the way.</summary>
    private static Task<List<FreeTime>> FirstFreeTimesAsync(CarelineDb db, Guid[] doctors, CancellationToken ct)
    {
        var (now, end) = (db.Now, db.Now.AddYears(SlotDesk.HorizonYears));
        return db.Database.SqlQuery<FreeTime>(
            $"""
            SELECT d.id AS "DoctorId", d.time_zone AS "TimeZone", min(s.starts_at) AS "Start"
            FROM doctors.doctor_rows d JOIN scheduling.time_slots s ON s.doctor_id = d.id
            WHERE d.id = ANY ({doctors}) AND NOT d.has_schedule AND s.deleted_at IS NULL AND s.starts_at > {now} AND s.starts_at < {end}
                AND NOT EXISTS (SELECT FROM scheduling.appointments a WHERE a.doctor_id = d.id
                    AND a.starts_at < s.ends_at AND a.ends_at > s.starts_at AND a.starts_at > s.starts_at - interval '24 hours'
                    AND a.status IN ('requested', 'held', 'scheduled', 'confirmed', 'checked_in', 'in_progress')
                    AND a.ends_at > a.starts_at AND (a.status <> 'held' OR a.expires_at > {now}))
            GROUP BY d.id, d.time_zone, (s.starts_at AT TIME ZONE d.time_zone)::date
            ORDER BY d.id, min(s.starts_at)
            """).ToListAsync(ct);
    }

    /// <summary>The same for those who keep working hours; and when theirs are to be looked at again although nobody changes anything.</summary>
    private static async Task<List<FreeTime>> ComputedAsync(CarelineDb db, Guid[] doctors, CancellationToken ct)
    {
        var (now, first) = (db.Now, new List<FreeTime>());
        foreach (var doctor in await db.Set<DoctorRow>().Where(d => doctors.Contains(d.Id) && d.HasSchedule).ToListAsync(ct))
        {
            var stretch = new Span(now, now.AddYears(SlotDesk.HorizonYears));
            if (await DoctorTimes.ReadAsync(db, doctor.Id, stretch, null, ct) is not { } times)
            {
                continue;
            }

            var free = times.Find(stretch, now).Where(s => s.IsAvailable).Select(s => s.Span.Start).ToList();
            first.AddRange(free.Select(start => new FreeTime { DoctorId = doctor.Id, TimeZone = doctor.TimeZone, Start = start }));

            // The first free time goes by; and with each new day one more comes within the horizon.
            var zone = times.Hours.TimeZone;
            var tomorrow = ZonedTimes.Day(ZonedTimes.ToLocal(now, zone).Date, zone).To;
            var passes = free.Count > 0 ? free[0].AddMinutes(-times.Hours.MinimumNoticeMinutes) : tomorrow;
            var again = passes < tomorrow ? passes : tomorrow;
            await db.Database.ExecuteSqlAsync($"UPDATE scheduling.schedules SET relist_at = {again} WHERE doctor_id = {doctor.Id}", ct);
        }

        return first;
    }

    /// <summary>The first free start of each local day that has one, by our own zone rules; each doctor's starts come in order.</summary>
    internal static IReadOnlyList<FreeDay> ByDay(IEnumerable<FreeTime> free) =>
        [.. free.Select(f => new FreeDay(f.DoctorId, ZonedTimes.ToLocal(f.Start, f.TimeZone).Date, f.Start)).DistinctBy(f => (f.DoctorId, f.Day))];
}

/// <summary>A free start of a doctor.</summary>
internal sealed class FreeTime
{
    public Guid DoctorId { get; init; }

    public string TimeZone { get; init; } = "";

    public DateTimeOffset Start { get; init; }
}
