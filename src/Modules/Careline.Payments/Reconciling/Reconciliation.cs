using Careline.Payments.Discrepancies;
using Careline.Payments.Payments;
using Careline.Payments.Refunds;
using Careline.Platform.Jobs;
using Microsoft.Extensions.Logging;

namespace Careline.Payments.Reconciling;

internal sealed class Reconciliation(IServiceProvider scope, CarelineDb db) : IReconciliation
{
    // What is named of a fault: the first ones lead to the others.
    private const int MostNamed = 20;

    private static readonly TimeSpan _window = TimeSpan.FromDays(8);

    public async Task<ReconciliationReport> RunAsync(CancellationToken ct)
    {
        var (now, since) = (db.Now, db.Now - _window);
        var paidBefore = await db.Set<Payment>().CountAsync(p => p.CapturedAt != null, ct);
        await db.Database.ExecuteSqlAsync(
            $"""
            UPDATE payments.attempts SET ask_at = {now}
            WHERE (ask_at > {now} OR (ask_at IS NULL AND created_at > {since})) AND (claimed_until IS NULL OR claimed_until <= {now})
                AND (state <> 'captured' OR ended_at > {since})
            """,
            ct);
        await db.Database.ExecuteSqlAsync(
            $"UPDATE payments.refunds SET try_at = {now} WHERE try_at > {now} AND status IN ('pending', 'processing') AND requested_at < {now}", ct);
        var (asked, refunds) = (0, 0);
        while (await AskGateways.OnceAsync(scope, now, ct) is > 0 and var some)
        {
            asked += some;
        }

        while (await SendRefunds.OnceAsync(scope, now, ct) is > 0 and var some)
        {
            refunds += some;
        }

        return new ReconciliationReport
        {
            Asked = asked,
            Refunds = refunds,
            Healed = await db.Set<Payment>().CountAsync(p => p.CapturedAt != null, ct) - paidBefore,
            Open = await db.Set<Payment>().CountAsync(p => p.Status == PaymentStatus.Pending || p.Status == PaymentStatus.Processing || p.Status == PaymentStatus.Failed, ct),
            Discrepancies = await db.Set<Discrepancy>().CountAsync(d => d.ResolvedAt == null, ct),
            Unbalanced = await UnbalancedAsync(ct),
            Unposted = await UnpostedAsync(ct),
            Overdrawn = await OverdrawnAsync(ct),
        };
    }

    private Task<List<string>> UnbalancedAsync(CancellationToken ct) => db.Database.SqlQuery<string>(
        $"""SELECT currency AS "Value" FROM payments.entries GROUP BY currency HAVING sum(debit) <> sum(credit)""").ToListAsync(ct);

    // A surplus is posted, and is no payment's.
    private Task<List<string>> UnpostedAsync(CancellationToken ct) => db.Database.SqlQuery<string>(
        $"""
        SELECT p.number AS "Value" FROM payments.payments p
        WHERE p.amount > 0 AND (p.captured_at IS NOT NULL) <> EXISTS (
            SELECT FROM payments.postings t WHERE t.payment_id = p.id AND t.kind = 'payment'
                AND NOT EXISTS (SELECT FROM payments.entries e WHERE e.posting_id = t.id AND e.account = 'owed:' || p.id::text))
        ORDER BY p.id LIMIT {MostNamed}
        """).ToListAsync(ct);

    private Task<List<string>> OverdrawnAsync(CancellationToken ct) => db.Database.SqlQuery<string>(
        $"""
        SELECT p.number AS "Value" FROM payments.payments p JOIN payments.refunds r ON r.payment_id = p.id AND NOT r.is_surplus AND r.status <> 'failed'
        GROUP BY p.id, p.number, p.amount, p.captured_at HAVING sum(r.amount) > CASE WHEN p.captured_at IS NULL THEN 0 ELSE p.amount END
        ORDER BY p.id LIMIT {MostNamed}
        """).ToListAsync(ct);
}

/// <summary>The same once a day, by itself; what is not sound is an error of the log.</summary>
internal sealed partial class ReconcileDaily(ILogger<ReconcileDaily> log) : IRecurringJob
{
    public string Name => "payments.reconcile";

    public TimeSpan Every => TimeSpan.FromDays(1);

    public async Task RunAsync(IServiceProvider scope, CancellationToken ct)
    {
        var report = await scope.GetRequiredService<IReconciliation>().RunAsync(ct);
        LogDone(log, report.Asked, report.Healed, report.Discrepancies);
        if (!report.IsSound)
        {
            LogUnsound(log, report.Unbalanced.Count, report.Unposted.Count, report.Overdrawn.Count);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Reconciled: {Asked} asked, {Healed} healed, {Discrepancies} discrepancies wait for somebody")]
    private static partial void LogDone(ILogger logger, int asked, int healed, int discrepancies);

    [LoggerMessage(Level = LogLevel.Critical, Message = "The books are not sound: {Unbalanced} currencies do not balance, {Unposted} payments lack their posting, {Overdrawn} are overdrawn")]
    private static partial void LogUnsound(ILogger logger, int unbalanced, int unposted, int overdrawn);
}
