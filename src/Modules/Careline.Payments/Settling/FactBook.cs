using Careline.Gateways.Contracts;
using Careline.Payments.Discrepancies;
using Careline.Payments.Disputes;
using Careline.Payments.Invoices;
using Careline.Payments.Ledger;
using Careline.Payments.Methods;
using Careline.Payments.Notices;
using Careline.Payments.Payments;
using Careline.Payments.Refunds;

namespace Careline.Payments.Settling;

/// <summary>
/// The one place where what gateways say becomes what is so. Whoever brings a fact (a webhook, an answer, a browser, the comparison), in whatever order and however
/// often: under the lock of its payment it is compared with what we asked for, posted under the name of what happened, and moves the payment only forward. The
/// caller's transaction; the caller saves.
/// </summary>
internal sealed class FactBook(
    CarelineDb db, Book book, RefundDesk refunds, InvoiceDesk invoices, DisputeBook disputes, SavedMethods methods, Alarm alarm, PaymentNews news)
{
    public async Task TakeAsync(IReadOnlyList<GatewayFact> facts, CancellationToken ct)
    {
        foreach (var fact in facts)
        {
            await TakeAsync(fact, ct);

            // What one fact posted, the next must find.
            await db.SaveChangesAsync(ct);
        }
    }

    private async Task TakeAsync(GatewayFact fact, CancellationToken ct)
    {
        var found = await FactSubject.FindAsync(db, fact, ct);
        if (found is not { } subject)
        {
            // Refused tries of orders that are not ours are none of our business; money is.
            if (fact.Kind is not (FactKind.Pending or FactKind.Failed))
            {
                await alarm.RaiseAsync(DiscrepancyKind.UnknownOrder, fact, null, ct);
            }

            return;
        }

        var payment = (await Payment.LockAsync(db, subject.PaymentId, ct))!;
        var attempt = await db.Set<Attempt>().AsTracking().FirstAsync(a => a.Id == subject.AttemptId, ct);
        if (fact.IsHint)
        {
            await HearHintAsync(fact, payment, attempt, ct);
        }
        else if (!string.Equals(fact.Currency, payment.Currency, StringComparison.Ordinal))
        {
            await alarm.RaiseAsync(DiscrepancyKind.Currency, fact, payment, ct);
        }
        else
        {
            await TakeAsync(fact, payment, attempt, subject.RefundId, ct);
        }
    }

    private Task TakeAsync(GatewayFact fact, Payment payment, Attempt attempt, Guid? refundId, CancellationToken ct) => fact.Kind switch
    {
        FactKind.Pending or FactKind.Authorized => Begin(fact, payment, attempt),
        FactKind.Failed => FailAsync(fact, payment, attempt, ct),
        FactKind.Captured => CaptureAsync(fact, payment, attempt, ct),
        FactKind.RefundPending or FactKind.Refunded or FactKind.RefundFailed => RefundAsync(fact, payment, attempt, refundId, ct),
        _ => disputes.TakeAsync(fact, payment, attempt, ct),
    };

    private async Task HearHintAsync(GatewayFact fact, Payment payment, Attempt attempt, CancellationToken ct)
    {
        attempt.AskSoon(db.Now);
        if (fact.DisputeId is not null)
        {
            await disputes.TakeAsync(fact, payment, attempt, ct);
        }
    }

    private Task Begin(GatewayFact fact, Payment payment, Attempt attempt)
    {
        attempt.Learn(fact);
        payment.Process(db.Now);
        if (fact.Kind == FactKind.Authorized)
        {
            // The money is only reserved: the next question takes it.
            attempt.AskSoon(db.Now);
        }

        return Task.CompletedTask;
    }

    private async Task FailAsync(GatewayFact fact, Payment payment, Attempt attempt, CancellationToken ct)
    {
        var isNew = attempt.State is AttemptState.New or AttemptState.Started;
        attempt.Failed();
        if (!isNew)
        {
            return;
        }

        payment.Fail(fact.Code, db.Now);

        // Who pays at a page sees it there; who was charged without being asked must hear of it.
        if (attempt.SavedMethodId is not null)
        {
            await news.FailedAsync(payment, ct);
        }
    }

    private async Task CaptureAsync(GatewayFact fact, Payment payment, Attempt attempt, CancellationToken ct)
    {
        if (fact.AmountMinor != payment.Amount)
        {
            await alarm.RaiseAsync(DiscrepancyKind.Amount, fact, payment, ct);
            return;
        }

        var key = KeyOf(fact, attempt);
        if (IsKnown(fact, attempt) || await db.Set<Posting>().AnyAsync(p => p.Key == key, ct))
        {
            attempt.Learn(fact);
            await FeeAsync(fact, payment, attempt, ct);
            return;
        }

        if (!payment.IsOpen)
        {
            await TakeSurplusAsync(fact, payment, attempt, key, ct);
            return;
        }

        attempt.PaidBy(fact.PaymentId);
        attempt.Captured(db.Now);
        db.Publish(payment.Capture(attempt.Id, fact.Method, db.Now));
        await book.CaptureAsync(payment, key, null, ct);
        await FeeAsync(fact, payment, attempt, ct);
        await invoices.IssueAsync(payment, ct);
        await news.ReceivedAsync(payment, ct);
        if (payment.SaveMethod && fact.Saved is { } card && payment.PayerAccountId is { } payer)
        {
            await methods.KeepAsync(payer, fact.Gateway, card, ct);
        }
    }

    // Paid twice, or after it was called off: the money is not ours.
    private async Task TakeSurplusAsync(GatewayFact fact, Payment payment, Attempt attempt, string key, CancellationToken ct)
    {
        attempt.PaidBy(attempt.State == AttemptState.Captured ? null : fact.PaymentId);
        await book.CaptureSurplusAsync(payment, fact.Gateway, key, ct);
        await alarm.RaiseAsync(DiscrepancyKind.Surplus, fact, payment, ct);
        refunds.ReturnSurplus(payment, attempt, fact.PaymentId);
        attempt.Captured(db.Now);
    }

    private async Task FeeAsync(GatewayFact fact, Payment payment, Attempt attempt, CancellationToken ct)
    {
        if (fact.FeeMinor is > 0 and var fee)
        {
            await book.FeeAsync(payment, fact.Gateway, $"{EnumText<Gateway>.Of(fact.Gateway)}:{attempt.Reference}:fee", fee, ct);
        }
    }

    private async Task RefundAsync(GatewayFact fact, Payment payment, Attempt attempt, Guid? refundId, CancellationToken ct)
    {
        var refund = refundId is { } id
            ? await db.Set<Refund>().AsTracking().FirstAsync(r => r.Id == id, ct)
            : await AdoptAsync(fact, payment, attempt, ct);
        if (refund is null)
        {
            return;
        }

        switch (fact.Kind)
        {
            case FactKind.RefundPending:
                refund.Process(fact.RefundId);
                break;
            case FactKind.Refunded when fact.AmountMinor != refund.Amount:
                await alarm.RaiseAsync(DiscrepancyKind.Amount, fact, payment, ct);
                break;
            case FactKind.Refunded when refund.Status != RefundStatus.Completed:
                await refunds.CompleteAsync(payment, refund, fact.RefundId, ct);
                break;
            case FactKind.RefundFailed when refund.Status == RefundStatus.Completed:
                await refunds.ReverseAsync(payment, refund, fact.Code, ct);
                await alarm.RaiseAsync(DiscrepancyKind.RefundFailed, fact, payment, ct);
                break;
            case FactKind.RefundFailed when refund.Status != RefundStatus.Failed:
                refund.Fail(fact.Code);
                await alarm.RaiseAsync(DiscrepancyKind.RefundFailed, fact, payment, ct);
                break;
        }
    }

    // Somebody gave money back on the gateway's own pages.
    private async Task<Refund?> AdoptAsync(GatewayFact fact, Payment payment, Attempt attempt, CancellationToken ct)
    {
        if (fact.Kind == FactKind.RefundFailed)
        {
            return null;
        }

        var isSurplus = payment.CapturedAttempt != attempt.Id;
        var left = isSurplus ? payment.Amount : payment.Amount - await refunds.GivenBackAsync(payment.Id, withDecided: true, ct);
        if (fact.AmountMinor > left || fact.AmountMinor <= 0)
        {
            await alarm.RaiseAsync(DiscrepancyKind.RefundTooMuch, fact, payment, ct);
            return null;
        }

        var refund = Refund.Of(db.NewId(), payment, attempt, new RefundWish(fact.AmountMinor, Contracts.RefundReason.Other, IsSurplus: isSurplus), db.Now);
        refund.Process(fact.RefundId);
        db.Add(refund);
        return refund;
    }

    // The same money, told with or without the gateway's name for it.
    private static bool IsKnown(GatewayFact fact, Attempt attempt) => attempt.State == AttemptState.Captured
        && (fact.PaymentId is null || attempt.GatewayPaymentId is null || fact.PaymentId == attempt.GatewayPaymentId);

    private static string KeyOf(GatewayFact fact, Attempt attempt) =>
        $"{EnumText<Gateway>.Of(fact.Gateway)}:{fact.PaymentId ?? attempt.GatewayPaymentId ?? attempt.Reference}:capture";
}
