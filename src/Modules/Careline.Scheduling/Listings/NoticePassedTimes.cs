using Careline.Platform.Jobs;

namespace Careline.Scheduling.Listings;

/// <summary>A free time that passes is a change of the calendar too: its doctor's next free time is another one now.</summary>
internal sealed class NoticePassedTimes : IRecurringJob
{
    public string Name => "scheduling.notice-passed-times";

    public TimeSpan Every => TimeSpan.FromMinutes(1);

    public Task RunAsync(IServiceProvider scope, CancellationToken ct)
    {
        var db = scope.GetRequiredService<CarelineDb>();
        var now = db.Now;
        return db.Database.ExecuteSqlAsync(
            $"""
            WITH before AS (SELECT coalesce(passed_until, {now}) AS until FROM scheduling.listing_progress FOR UPDATE),
            moved AS (UPDATE scheduling.listing_progress SET passed_until = {now})
            INSERT INTO scheduling.stale_listings (doctor_id)
            SELECT DISTINCT s.doctor_id FROM scheduling.time_slots s, before
            WHERE s.starts_at > before.until AND s.starts_at <= {now} AND s.deleted_at IS NULL
            UNION SELECT doctor_id FROM scheduling.schedules WHERE relist_at <= {now}
            """,
            ct);
    }
}
