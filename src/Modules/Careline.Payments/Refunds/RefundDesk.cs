using Careline.Payments.Coupons;
using Careline.Payments.Disputes;
using Careline.Payments.Invoices;
using Careline.Payments.Ledger;
using Careline.Payments.Notices;
using Careline.Payments.Payments;

namespace Careline.Payments.Refunds;

/// <summary>Decides refunds and books those that happened. Whoever calls holds the lock of the payment; the caller saves.</summary>
internal sealed class RefundDesk(CarelineDb db, Book book, InvoiceDesk invoices, PaymentNews news, CouponDesk coupons) : IPayments
{
    /// <summary>Gives back a part of a payment, or all that is left of it.</summary>
    /// <exception cref="RuleViolation">NOT_PAID; REFUND_TOO_MUCH, with what is left.</exception>
    public async Task<Refund> RefundAsync(Payment payment, long? amount, RefundWish wish, CancellationToken ct)
    {
        if (!payment.IsCaptured || payment.Amount == 0)
        {
            throw new RuleViolation("NOT_PAID", "There is no money to give back.");
        }

        var left = await LeftAsync(payment, ct);
        var wanted = amount ?? left;
        if (wanted > left || left == 0)
        {
            throw new RuleViolation("REFUND_TOO_MUCH", "More than what is left of it cannot be given back.", new { left, currency = payment.Currency });
        }

        var attempt = payment.CapturedAttempt is { } id ? await db.Set<Attempt>().FirstAsync(a => a.Id == id, ct) : null;
        var refund = Refund.Of(db.NewId(), payment, attempt, wish with { Amount = wanted }, db.Now);
        db.Add(refund);
        if (attempt is null)
        {
            await CompleteAsync(payment, refund, null, ct);
        }

        return refund;
    }

    /// <summary>Money that came too much or too late goes back whole.</summary>
    public void ReturnSurplus(Payment payment, Attempt attempt, string? gatewayPaymentId) => db.Add(Refund.Of(
        db.NewId(), payment, attempt, new RefundWish(payment.Amount, RefundReason.DuplicatePayment, IsSurplus: true, GatewayPaymentId: gatewayPaymentId), db.Now));

    /// <summary>The money of a refund went back.</summary>
    public async Task CompleteAsync(Payment payment, Refund refund, string? gatewayRefundId, CancellationToken ct)
    {
        var before = await GivenBackAsync(payment.Id, withDecided: false, ct, except: refund.Id);
        refund.Complete(gatewayRefundId, db.Now);
        var place = refund.AttemptId is null ? Book.PlaceOf(payment) : LedgerAccount.At(refund.Gateway);
        var debits = refund.IsSurplus
            ? [new Share(LedgerAccount.OwedFor(payment.Id), refund.Amount)]
            : Shares.Back(Shares.Of(payment), before, before + refund.Amount);
        if (!await book.PostAsync(PostingKind.Refund, $"refund:{refund.Id}", payment, debits, [new Share(place, refund.Amount)], refund.RequestedBy, ct))
        {
            return;
        }

        if (!refund.IsSurplus)
        {
            payment.GaveBack(before + refund.Amount, db.Now);
            await invoices.CreditAsync(payment, refund, ct);
        }

        await news.RefundedAsync(payment, refund, ct);
    }

    /// <summary>A refund that had gone through came back to us.</summary>
    public async Task ReverseAsync(Payment payment, Refund refund, string? code, CancellationToken ct)
    {
        var before = await GivenBackAsync(payment.Id, withDecided: false, ct, except: refund.Id);
        var shares = refund.IsSurplus
            ? [new Share(LedgerAccount.OwedFor(payment.Id), refund.Amount)]
            : Shares.Back(Shares.Of(payment), before, before + refund.Amount);
        refund.Fail(code);
        if (await book.PostAsync(
            PostingKind.Refund, $"refund:{refund.Id}:returned", payment, [new Share(LedgerAccount.At(refund.Gateway), refund.Amount)], shares, null, ct) && !refund.IsSurplus)
        {
            payment.GaveBack(before, db.Now);
        }
    }

    /// <summary>What went back of the payment's own money, with or without what is decided and on its way.</summary>
    public Task<long> GivenBackAsync(Guid paymentId, bool withDecided, CancellationToken ct, Guid? except = null) => db.Set<Refund>()
        .Where(r => r.PaymentId == paymentId && !r.IsSurplus && r.Id != except
            && (r.Status == RefundStatus.Completed || (withDecided && r.Status != RefundStatus.Failed)))
        .SumAsync(r => r.Amount, ct);

    /// <summary>What could still be given back: neither on its way already, nor in the hands of the payer's bank.</summary>
    public async Task<long> LeftAsync(Payment payment, CancellationToken ct)
    {
        var disputed = await db.Set<Dispute>().Where(d => d.PaymentId == payment.Id && d.AttemptId == payment.CapturedAttempt && d.Status != DisputeStatus.Won)
            .SumAsync(d => d.Amount, ct);
        return Math.Max(0, payment.Amount - disputed - await GivenBackAsync(payment.Id, withDecided: true, ct));
    }

    async Task IPayments.SettleAsync(PaymentEnd end, CancellationToken ct)
    {
        var ids = await db.Set<Payment>().Where(p => p.Kind == end.Kind && p.SubjectId == end.SubjectId && p.Status != PaymentStatus.Cancelled && p.Status != PaymentStatus.Refunded)
            .OrderBy(p => p.Id).Select(p => p.Id).ToListAsync(ct);
        foreach (var id in ids)
        {
            var payment = (await Payment.LockAsync(db, id, ct))!;
            if (payment.IsOpen)
            {
                payment.Cancel(db.Now);
                await coupons.FreeAsync(payment, ct);
            }
            else if (payment.IsCaptured)
            {
                await GiveBackRestAsync(payment, end, ct);
            }
        }
    }

    // What was given back before counts: asked twice, the second time nothing is left to give.
    private async Task GiveBackRestAsync(Payment payment, PaymentEnd end, CancellationToken ct)
    {
        var kept = (long)Math.Round(payment.Amount * end.KeptPercent / 100m, MidpointRounding.AwayFromZero);
        var rest = await LeftAsync(payment, ct) - kept;
        if (rest > 0)
        {
            await RefundAsync(payment, rest, new RefundWish(rest, end.Reason, By: end.By), ct);
        }
    }
}
