using Careline.Platform.Events;

namespace Careline.Payments.Plans;

/// <summary>A period of somebody's plan as something to pay for, under the period's own id.</summary>
internal sealed class PayableSubscription(CarelineDb db) : IPayable
{
    // Its price was reckoned for the days that were left then.
    private static readonly TimeSpan _adjustmentHolds = TimeSpan.FromDays(1);

    public PayableKind Kind => PayableKind.Subscription;

    public async Task<PayablePrice?> PriceAsync(Guid id, Actor actor, CancellationToken ct)
    {
        var found = await (
            from period in db.Set<SubscriptionPeriod>()
            join subscription in Subscription.VisibleTo(db, actor) on period.SubscriptionId equals subscription.Id
            where period.Id == id
            select new { Period = period, subscription.AccountId, subscription.Number, subscription.Currency }).FirstOrDefaultAsync(ct);
        if (found is null)
        {
            return null;
        }

        var until = found.Period.IsAdjustment ? found.Period.CreatedAt + _adjustmentHolds : (DateTimeOffset?)null;
        if (found.Period.Status == PeriodStatus.Paid)
        {
            throw new RuleViolation("ALREADY_PAID", "It is paid already.");
        }

        if (found.Period.Status == PeriodStatus.Void || until <= db.Now)
        {
            throw new RuleViolation("NOT_PAYABLE", "This period is not to be paid any more.", new { status = found.Period.Status });
        }

        return new PayablePrice
        {
            AmountMinor = found.Period.AmountMinor,
            Currency = found.Currency,
            Description = $"Subscription {found.Number}",
            PayerAccountId = found.AccountId,
            Until = until,
        };
    }
}

/// <summary>A period is paid.</summary>
internal sealed class OnPeriodPaid(SubscriptionDesk desk) : IHandle<PaymentCaptured>
{
    public Task HandleAsync(PaymentCaptured happened, CancellationToken ct) =>
        happened.Kind == PayableKind.Subscription ? desk.PaidAsync(happened.SubjectId, ct) : Task.CompletedTask;
}
