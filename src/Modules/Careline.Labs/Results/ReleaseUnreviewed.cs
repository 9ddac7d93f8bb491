using Careline.Labs.Notices;
using Careline.Labs.Orders;
using Careline.Platform.Jobs;
using Microsoft.Extensions.Options;

namespace Careline.Labs.Results;

/// <summary>
/// Where the practice wishes it, releases what nobody has reviewed for some days, so that a result does not wait for a doctor who forgot it. Never what is
/// critical, never what could not be judged, a laboratory's own report among it, and never what a doctor has looked at and kept back.
/// </summary>
internal sealed class ReleaseUnreviewed(IOptions<LabsOptions> options) : IRecurringJob
{
    private const int Most = 200;

    public string Name => "labs.release-unreviewed";

    public TimeSpan Every => TimeSpan.FromHours(1);

    public async Task RunAsync(IServiceProvider scope, CancellationToken ct)
    {
        if (options.Value.AutoReleaseDays is not { } days)
        {
            return;
        }

        var db = scope.GetRequiredService<CarelineDb>();
        var before = db.Now.AddDays(-days);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var due = await db.Set<LabResult>().FromSql(
            $"""
            SELECT * FROM labs.results WHERE released_at IS NULL AND reviewed_at IS NULL AND report_file_id IS NULL AND final_at < {before} AND state IN ('final', 'corrected')
                AND NOT is_critical AND flag IN ('normal', 'low', 'high', 'abnormal') ORDER BY final_at LIMIT {Most} FOR UPDATE SKIP LOCKED
            """).AsTracking().ToListAsync(ct);
        var ids = due.Select(r => r.OrderId).ToHashSet();
        var orders = await db.Set<LabOrder>().Where(o => ids.Contains(o.Id)).ToListAsync(ct);
        due.ForEach(r => r.ReleaseUnreviewed(db.Now));
        foreach (var order in orders)
        {
            await scope.GetRequiredService<LabNews>().ReleasedAsync(order.PatientId, order.Id, order.Number, ct);
        }

        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
    }
}
