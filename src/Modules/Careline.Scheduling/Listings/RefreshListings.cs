using Careline.Doctors.Contracts;
using Careline.Platform.Data;
using Careline.Platform.Jobs;
using Careline.Platform.Time;
using Careline.Scheduling.Slots;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Careline.Scheduling.Listings;

/// <summary>
/// Tells the doctor list the next free times of the doctors whose calendars changed, however often they changed since. What is announced while
/// it works stays for the next run; running twice does no harm.
/// </summary>
internal sealed class RefreshListings : IRecurringJob
{
    private const int MostPerTransaction = 500;

    public string Name => "scheduling.refresh-listings";

    public TimeSpan Every => TimeSpan.FromSeconds(4);

    public async Task RunAsync(IServiceProvider scope, CancellationToken ct)
    {
        var db = scope.GetRequiredService<CarelineDb>();
        var listing = scope.GetRequiredService<IDoctorListing>();
        var database = scope.GetRequiredService<NpgsqlDataSource>();
        int taken;
        do
        {
            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            var changed = await TakeAsync(db, ct);
            foreach (var doctorId in changed.Distinct())
            {
                await listing.SetFreeDaysAsync(doctorId, await FreeDaysAsync(database, doctorId, db.Now, ct), ct);
            }

            await db.SaveChangesAsync(ct);
            await transaction.CommitAsync(ct);
            taken = changed.Count;
        }
        while (taken == MostPerTransaction);
    }

    private static Task<List<Guid>> TakeAsync(CarelineDb db, CancellationToken ct) => db.Database.SqlQuery<Guid>(
        $"""
        DELETE FROM scheduling.stale_listings WHERE id IN (
            SELECT id FROM scheduling.stale_listings ORDER BY id LIMIT {MostPerTransaction} FOR UPDATE SKIP LOCKED)
        RETURNING doctor_id AS "Value"
        """).ToListAsync(ct);

    private static async Task<IReadOnlyList<FreeDay>> FreeDaysAsync(NpgsqlDataSource database, Guid doctorId, DateTimeOffset now, CancellationToken ct)
    {
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        var calendar = await DoctorCalendar.ReadAsync(database, doctorId, (today, today.AddYears(SlotDesk.HorizonYears)), now, ct);
        return calendar is null ? [] : ByDay(calendar.Around.Where(s => s.IsAvailable).Select(s => s.Span.Start), calendar.TimeZone);
    }

    /// <summary>The first free start of each local day that has one; the starts come in order.</summary>
    internal static IReadOnlyList<FreeDay> ByDay(IEnumerable<DateTimeOffset> freeStarts, string zone) =>
        [.. freeStarts.Select(start => new FreeDay(ZonedTimes.ToLocal(start, zone).Date, start)).DistinctBy(day => day.Day)];
}
