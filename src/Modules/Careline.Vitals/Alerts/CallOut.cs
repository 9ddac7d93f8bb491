using Careline.Platform.Jobs;

namespace Careline.Vitals.Alerts;

/// <summary>Takes the steps of the ladder that have come due. A step, its calls and what comes next are one transaction: whoever dies in between has called nobody.</summary>
internal sealed class CallOut : IRecurringJob
{
    private const int MostPerTransaction = 50;

    public string Name => "vitals.call-out";

    public TimeSpan Every => TimeSpan.FromSeconds(5);

    public async Task RunAsync(IServiceProvider scope, CancellationToken ct)
    {
        var db = scope.GetRequiredService<CarelineDb>();
        var ladder = scope.GetRequiredService<AlertLadder>();
        int taken;
        do
        {
            db.Forget();
            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            var now = db.Now;
            var due = await db.Set<ClinicalAlert>().FromSql(
                $"SELECT * FROM vitals.alerts WHERE next_step_at <= {now} ORDER BY next_step_at, id LIMIT {MostPerTransaction} FOR UPDATE SKIP LOCKED").AsTracking().ToListAsync(ct);
            await ladder.ClimbAsync(due, ct);
            await db.SaveChangesAsync(ct);
            await transaction.CommitAsync(ct);
            taken = due.Count;
        }
        while (taken == MostPerTransaction);
    }
}
