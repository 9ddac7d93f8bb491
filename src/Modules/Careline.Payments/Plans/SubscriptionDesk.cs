using Careline.Accounts.Contracts;
using Careline.Notifications.Contracts;
using Careline.Payments.Coupons;
using Careline.Payments.Methods;
using Careline.Payments.Notices;
using Careline.Payments.Payments;
using Careline.Payments.Refunds;

namespace Careline.Payments.Plans;

/// <summary>Moves subscriptions. Works within the caller's transaction; the caller saves. The subscription is locked first, its payments after it.</summary>
internal sealed class SubscriptionDesk(CarelineDb db, Till till, RefundDesk refunds, CouponDesk coupons, IAccountActors actors, INotifier notifier)
{
    /// <summary>Does what time asks for; nothing where another host did it.</summary>
    public async Task ActAsync(Guid id, CancellationToken ct)
    {
        var subscription = await Subscription.LockAsync(db, id, ct);
        if (!(subscription.NextAt <= db.Now))
        {
            return;
        }

        var due = await db.Set<SubscriptionPeriod>().AsTracking()
            .FirstOrDefaultAsync(p => p.SubscriptionId == id && p.Status == PeriodStatus.Due && !p.IsAdjustment, ct);
        if (due is not null && await OfPeriod(due.Id).AnyAsync(p => p.CapturedAt != null, ct))
        {
            await PaidAsync(due.Id, ct);
        }
        else if (subscription.CancelsAtEnd || subscription.IsGivenUp)
        {
            await EndAsync(subscription, subscription.CancelsAtEnd ? SubscriptionStatus.Cancelled : SubscriptionStatus.Expired, ct);
        }
        else
        {
            await AskForAsync(subscription, due ?? await OpenNextAsync(subscription, ct), ct);
            subscription.Tried(db.Now);
        }
    }

    /// <summary>Opens the period after the present one, by the plan that was wished for it.</summary>
    public async Task<SubscriptionPeriod> OpenNextAsync(Subscription subscription, CancellationToken ct)
    {
        await VoidAsync(subscription.Id, ct);
        if (subscription.NextPlanId is { } next)
        {
            subscription.TakeOn(await db.Set<Plan>().FirstAsync(p => p.Id == next, ct), db.Now);
        }

        var period = subscription.OpenNext(db.NewId(), db.Now);
        db.Add(period);
        await db.SaveChangesAsync(ct);
        return period;
    }

    /// <summary>A period was paid: it runs. Money for what is over goes back. A second time changes nothing.</summary>
    public async Task PaidAsync(Guid periodId, CancellationToken ct)
    {
        if (await db.Set<SubscriptionPeriod>().Where(p => p.Id == periodId).Select(p => (Guid?)p.SubscriptionId).FirstOrDefaultAsync(ct) is not { } id)
        {
            return;
        }

        var subscription = await Subscription.LockAsync(db, id, ct);
        var period = await db.Set<SubscriptionPeriod>().AsTracking().FirstAsync(p => p.Id == periodId, ct);
        if (period.Status == PeriodStatus.Void || (subscription.IsOver && period.Status == PeriodStatus.Due))
        {
            await ((IPayments)refunds).SettleAsync(new PaymentEnd(PayableKind.Subscription, periodId, 0, RefundReason.Other), ct);
        }
        else if (period.Status == PeriodStatus.Due)
        {
            period.Pay(db.Now);
            if (period.IsAdjustment)
            {
                subscription.TakeOn(await db.Set<Plan>().FirstAsync(p => p.Id == period.PlanId, ct), db.Now);
            }
            else
            {
                subscription.Renew(period, db.Now);
            }
        }
    }

    /// <summary>Takes another plan: on trial at once; where it costs more, when the difference is paid that is answered; otherwise with the next period.</summary>
    public async Task<SubscriptionPeriod?> ChangeAsync(Subscription subscription, Plan plan, CancellationToken ct)
    {
        await VoidAsync(subscription.Id, ct);
        if (subscription.Status == SubscriptionStatus.Trialing)
        {
            subscription.TakeOn(plan, db.Now);
        }

        var difference = subscription.PlanId == plan.Id ? 0 : subscription.DifferenceTo(plan, db.Now);
        if (difference <= 0)
        {
            subscription.TakeOnNext(subscription.PlanId == plan.Id ? null : plan.Id, db.Now);
            return null;
        }

        var rest = SubscriptionPeriod.Of(db.NewId(), subscription, plan.Id, db.Now, subscription.PeriodEnd, difference, isAdjustment: true, db.Now);
        db.Add(rest);
        await db.SaveChangesAsync(ct);
        return rest;
    }

    /// <summary>Ends it now; what is open is not to be paid any more.</summary>
    public async Task EndAsync(Subscription subscription, SubscriptionStatus how, CancellationToken ct)
    {
        subscription.End(how, db.Now);
        await VoidAsync(subscription.Id, ct);
        if (how == SubscriptionStatus.Expired)
        {
            await TellAsync(subscription, "payments.subscription_expired", ct);
        }
    }

    /// <summary>Gives back what was paid for days that are left.</summary>
    public async Task GiveBackAsync(Subscription subscription, Guid by, CancellationToken ct)
    {
        var left = subscription.PeriodEnd - (subscription.PausedAt ?? db.Now);
        var paid = await db.Set<SubscriptionPeriod>().Where(p => p.SubscriptionId == subscription.Id && p.Status == PeriodStatus.Paid).OrderBy(p => p.StartsAt).ToListAsync(ct);
        var present = paid.FindLast(p => !p.IsAdjustment);
        foreach (var part in paid.Where(p => left > TimeSpan.Zero && (p == present || (p.IsAdjustment && p.EndsAt >= present!.EndsAt))))
        {
            // Nothing is found of what was given back whole before.
            var id = await OfPeriod(part.Id).Where(p => p.CapturedAt != null).Select(p => p.Id).FirstOrDefaultAsync(ct);
            if (await Payment.LockAsync(db, id, ct) is not { } payment)
            {
                continue;
            }

            var unused = Math.Min((long)((Int128)payment.Amount * left.Ticks / (part.EndsAt - part.StartsAt).Ticks), await refunds.LeftAsync(payment, ct));
            if (unused > 0)
            {
                await refunds.RefundAsync(payment, unused, new RefundWish(unused, RefundReason.Other, By: by), ct);
            }
        }
    }

    // A try is a payment of its own: one that failed gives way, one that somebody pays or whose end is not known yet does not.
    private async Task AskForAsync(Subscription subscription, SubscriptionPeriod period, CancellationToken ct)
    {
        if (await OfPeriod(period.Id).Select(p => (Guid?)p.Id).FirstOrDefaultAsync(ct) is { } open)
        {
            var payment = (await Payment.LockAsync(db, open, ct))!;
            if (payment.Status is PaymentStatus.Pending or PaymentStatus.Processing)
            {
                return;
            }

            payment.Cancel(db.Now);
            await coupons.FreeAsync(payment, ct);
            await db.SaveChangesAsync(ct);
        }

        var actor = await actors.FindAsync(subscription.AccountId, ct);
        if (actor is not null && subscription.SavedMethodId is { } method && await SavedMethod.VisibleTo(db, actor).AnyAsync(m => m.Id == method, ct))
        {
            // Where the gateway refuses, the person is told of the payment.
            await till.StartAsync(new StartPaymentRequest(PayableKind.Subscription, period.Id, SavedMethodId: method), actor, ct);
        }
        else
        {
            await TellAsync(subscription, "payments.subscription_due", ct);
        }
    }

    private async Task VoidAsync(Guid id, CancellationToken ct)
    {
        foreach (var period in await db.Set<SubscriptionPeriod>().AsTracking().Where(p => p.SubscriptionId == id && p.Status == PeriodStatus.Due).ToListAsync(ct))
        {
            period.Void();
            await ((IPayments)refunds).SettleAsync(new PaymentEnd(PayableKind.Subscription, period.Id, 0, RefundReason.Other), ct);
        }
    }

    private IQueryable<Payment> OfPeriod(Guid id) => db.Set<Payment>().Where(p =>
        p.Kind == PayableKind.Subscription && p.SubjectId == id && p.Status != PaymentStatus.Cancelled && p.Status != PaymentStatus.Refunded);

    private Task TellAsync(Subscription subscription, string phrase, CancellationToken ct) => notifier.TellAsync(
        new Notice(NoticeCategory.Payment, NoticeSeverity.Important, phrase)
        {
            Values = [("number", subscription.Number), ("amount", Money.Say(subscription.AmountMinor, subscription.Currency))],
            About = ("subscription", subscription.Id),
        },
        [new Recipient(subscription.AccountId)],
        ct);
}
