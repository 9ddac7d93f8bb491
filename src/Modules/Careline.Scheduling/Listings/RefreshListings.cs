using Careline.Doctors.Contracts;
using Careline.Platform.Data;
using Careline.Platform.Jobs;
using Careline.Platform.Time;
using Careline.Scheduling.Slots;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

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
                await listing.SetFreeDaysAsync(doctors, ByDay(await FirstFreeTimesAsync(db, doctors, ct)), ct);
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
            WHERE d.id = ANY ({doctors}) AND s.deleted_at IS NULL AND s.starts_at > {now} AND s.starts_at < {end}
                AND NOT EXISTS (SELECT FROM scheduling.appointments a WHERE a.doctor_id = d.id
                    AND a.starts_at < s.ends_at AND a.ends_at > s.starts_at AND a.starts_at > s.starts_at - interval '24 hours'
                    AND a.status IN ('requested', 'held', 'scheduled', 'confirmed', 'checked_in', 'in_progress'))
            GROUP BY d.id, d.time_zone, (s.starts_at AT TIME ZONE d.time_zone)::date
            ORDER BY d.id, min(s.starts_at)
            """).ToListAsync(ct);
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
