using Careline.Platform.Jobs;
using Careline.Scheduling.Appointments;

namespace Careline.Scheduling.Holds;

/// <summary>Ends holds and requests that nobody followed up. Whoever wants the time of a hold before this comes by, ends it then.</summary>
internal sealed class ExpireWaiting : IRecurringJob
{
    private const int MostPerTransaction = 200;

    public string Name => "scheduling.expire-waiting";

    public TimeSpan Every => TimeSpan.FromSeconds(5);

    public async Task RunAsync(IServiceProvider scope, CancellationToken ct)
    {
        var db = scope.GetRequiredService<CarelineDb>();
        int ended;
        do
        {
            db.Forget();
            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            ended = await ExpireAsync(db, ct);
            await transaction.CommitAsync(ct);
        }
        while (ended == MostPerTransaction);
    }

    private static async Task<int> ExpireAsync(CarelineDb db, CancellationToken ct)
    {
        var now = db.Now;
        var due = await db.Set<Appointment>().FromSql(
            $"""
            SELECT * FROM scheduling.appointments WHERE expires_at <= {now} AND expires_at IS NOT NULL AND status IN ('held', 'requested')
            ORDER BY expires_at LIMIT {MostPerTransaction} FOR NO KEY UPDATE SKIP LOCKED
            """).AsTracking().ToListAsync(ct);
        foreach (var appointment in due)
        {
            // A hold was told to nobody.
            if (appointment.Status == AppointmentStatus.Requested)
            {
                db.Publish(new AppointmentEnded(appointment.Id, appointment.DoctorId, AppointmentStatus.Expired));
            }

            db.Append(appointment.Expire(now));
        }

        // The time of a proposal is freed with its hold, which is over at the same moment.
        await db.Database.ExecuteSqlAsync(
            $"""
            UPDATE scheduling.reschedule_proposals SET status = 'expired', answered_at = {now}, version = version + 1 WHERE status = 'open' AND expires_at <= {now}
            """,
            ct);
        if (due.Count > 0)
        {
            var doctors = due.Select(a => a.DoctorId).Distinct().ToArray();
            await db.Database.ExecuteSqlAsync($"INSERT INTO scheduling.stale_listings (doctor_id) SELECT unnest({doctors})", ct);
            await db.SaveChangesAsync(ct);
        }

        return due.Count;
    }
}
