using Careline.Gateways.Contracts;
using Careline.Payments.Disputes;
using Careline.Payments.Payments;
using Careline.Payments.Refunds;

namespace Careline.Payments.Settling;

/// <summary>Which payment, try and refund of ours a fact speaks of. Never more than what the gateway's own names lead to: amounts find nothing here.</summary>
internal readonly record struct FactSubject(Guid PaymentId, Guid AttemptId, Guid? RefundId)
{
    public static async Task<FactSubject?> FindAsync(CarelineDb db, GatewayFact fact, CancellationToken ct)
    {
        if (await FindRefundAsync(db, fact, ct) is { AttemptId: { } of } refund)
        {
            return new FactSubject(refund.PaymentId, of, refund.Id);
        }

        if (await FindAttemptAsync(db, fact, ct) is not { } attempt)
        {
            return null;
        }

        // A gateway that does not repeat our token: the oldest one of this amount whose name at the gateway we do not know yet.
        var unnamed = fact.Kind is FactKind.RefundPending or FactKind.Refunded or FactKind.RefundFailed && fact.RefundToken is null
            ? await db.Set<Refund>()
                .Where(r => r.AttemptId == attempt.Id && r.GatewayRefundId == null && r.Amount == fact.AmountMinor
                    && (r.Status == RefundStatus.Pending || r.Status == RefundStatus.Processing))
                .OrderBy(r => r.Id).Select(r => (Guid?)r.Id).FirstOrDefaultAsync(ct)
            : null;
        return new FactSubject(attempt.PaymentId, attempt.Id, unnamed);
    }

    private static async Task<Refund?> FindRefundAsync(CarelineDb db, GatewayFact fact, CancellationToken ct)
    {
        if (Guid.TryParseExact(fact.RefundToken, "N", out var token) && await db.Set<Refund>().FirstOrDefaultAsync(r => r.Id == token && r.Gateway == fact.Gateway, ct) is { } ours)
        {
            return ours;
        }

        return fact.RefundId is { } id ? await db.Set<Refund>().FirstOrDefaultAsync(r => r.Gateway == fact.Gateway && r.GatewayRefundId == id, ct) : null;
    }

    private static async Task<Attempt?> FindAttemptAsync(CarelineDb db, GatewayFact fact, CancellationToken ct)
    {
        var (gateway, all) = (fact.Gateway, db.Set<Attempt>());
        if (fact.Reference is { } reference && await all.FirstOrDefaultAsync(a => a.Gateway == gateway && a.Reference == reference, ct) is { } named)
        {
            return named;
        }

        if (fact.OrderId is { } order && await all.FirstOrDefaultAsync(a => a.Gateway == gateway && a.OrderId == order, ct) is { } ordered)
        {
            return ordered;
        }

        if (fact.PaymentId is { } payment && await all.FirstOrDefaultAsync(a => a.Gateway == gateway && a.GatewayPaymentId == payment, ct) is { } paid)
        {
            return paid;
        }

        return fact.DisputeId is { } dispute
            ? await all.FirstOrDefaultAsync(a => db.Set<Dispute>().Any(d => d.Gateway == gateway && d.GatewayDisputeId == dispute && d.AttemptId == a.Id), ct)
            : null;
    }
}
