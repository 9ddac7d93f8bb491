using Careline.Gateways.Contracts;
using Careline.Payments.Payments;
using Careline.Payments.Reconciling;
using Careline.Payments.Settling;
using Careline.Platform.Jobs;
using Microsoft.Extensions.Logging;

namespace Careline.Payments.Refunds;

/// <summary>Tells the gateways what to give back, and asks how it stands until it is done. The refund's id is the token: told twice, it goes back once.</summary>
internal sealed class SendRefunds : IRecurringJob
{
    private const int AtOnce = 4;
    private const int MostClaimed = 100;

    public string Name => "payments.send-refunds";

    public TimeSpan Every => TimeSpan.FromSeconds(5);

    public async Task RunAsync(IServiceProvider scope, CancellationToken ct)
    {
        var asOf = scope.GetRequiredService<CarelineDb>().Now;
        while (await OnceAsync(scope, asOf, ct) == MostClaimed)
        {
        }
    }

    /// <summary>Tells of those that were due at a moment, at most so many; how many those were.</summary>
    public static async Task<int> OnceAsync(IServiceProvider scope, DateTimeOffset asOf, CancellationToken ct)
    {
        var db = scope.GetRequiredService<CarelineDb>();
        var until = db.Now + DueWork.Claim;
        var due = await db.Database.SqlQuery<Guid>(
            $"""
            UPDATE payments.refunds SET try_at = {until}, version = version + 1 WHERE id IN (
                SELECT id FROM payments.refunds WHERE try_at <= {asOf} ORDER BY try_at LIMIT {MostClaimed} FOR UPDATE SKIP LOCKED)
            RETURNING id AS "Value"
            """).ToListAsync(ct);
        await DueWork.EachAsync<RefundSender>(scope, due, AtOnce, (sender, id, stop) => sender.SendAsync(id, until, stop), ct);
        return due.Count;
    }
}

/// <summary>Tells one gateway of one refund.</summary>
internal sealed partial class RefundSender(CarelineDb db, Cashiers cashiers, FactBook book, ILogger<RefundSender> log)
{
    /// <summary>Tells of it, unless somebody else has taken it over.</summary>
    /// <param name="id">The refund.</param>
    /// <param name="claimed">Until when the caller claimed it.</param>
    /// <param name="ct">The caller's patience.</param>
    public async Task SendAsync(Guid id, DateTimeOffset claimed, CancellationToken ct)
    {
        // Those before it may have met a slow gateway, so that the claim has run out and another host is at it: not every gateway knows a refund told twice.
        var until = db.Now + DueWork.Claim;
        if (await db.Set<Refund>().Where(r => r.Id == id && r.TryAt == claimed).ExecuteUpdateAsync(row => row.SetProperty(r => r.TryAt, until), ct) == 0)
        {
            return;
        }

        var refund = await db.Set<Refund>().FirstAsync(r => r.Id == id, ct);
        var payment = await db.Set<Payment>().FirstAsync(p => p.Id == refund.PaymentId, ct);
        var attempt = await db.Set<Attempt>().FirstAsync(a => a.Id == refund.AttemptId, ct);
        var trace = attempt.Trace(payment) with { PaymentId = refund.GatewayPaymentId ?? attempt.GatewayPaymentId };
        try
        {
            var fact = await cashiers.Of(refund.Gateway).RefundAsync(new GatewayRefund(refund.Token, trace, refund.Amount, refund.GatewayRefundId), ct);
            await TakeAsync(refund, fact with { RefundToken = refund.Token });
        }
        catch (GatewayRefused refused)
        {
            LogRefused(log, id, refused.Code);
            await TakeAsync(refund, new GatewayFact
            {
                Gateway = refund.Gateway,
                Kind = FactKind.RefundFailed,
                RefundToken = refund.Token,
                AmountMinor = refund.Amount,
                Currency = refund.Currency,
                Code = refused.Code,
            });
        }
        catch (GatewayAway)
        {
            await TakeAsync(refund, null);
        }
    }

    private async Task TakeAsync(Refund refund, GatewayFact? fact)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(CancellationToken.None);
        await Payment.LockAsync(db, refund.PaymentId, CancellationToken.None);
        await book.TakeAsync(fact is null ? [] : [fact], CancellationToken.None);
        var told = await db.Set<Refund>().AsTracking().FirstAsync(r => r.Id == refund.Id);
        if (told.Status is RefundStatus.Pending or RefundStatus.Processing)
        {
            told.Later(db.Now);
        }

        await db.SaveChangesAsync(CancellationToken.None);
        await transaction.CommitAsync(CancellationToken.None);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A gateway does not give refund {RefundId} back: {Code}")]
    private static partial void LogRefused(ILogger logger, Guid refundId, string code);
}
