using Careline.Payments.Payments;

namespace Careline.Payments.Plans;

/// <summary>Visits cost members less: of each period's patients whom the subscriber pays for, the first ones, as many as the plan has seats.</summary>
internal sealed class MemberDiscount(CarelineDb db)
{
    public async Task<PayablePrice> ReduceAsync(PayableKind kind, PayablePrice price, CancellationToken ct)
    {
        if (kind != PayableKind.Appointment || price is not { PayerAccountId: { } payer, PatientId: { } patient })
        {
            return price;
        }

        var membership = await (
            from s in db.Set<Subscription>()
            join plan in db.Set<Plan>() on s.PlanId equals plan.Id
            where s.AccountId == payer && plan.DiscountPercent > 0
                && (s.Status == SubscriptionStatus.Trialing || s.Status == SubscriptionStatus.Active || s.Status == SubscriptionStatus.PastDue)
            orderby plan.DiscountPercent descending
            select new { plan.DiscountPercent, s.Seats, s.PeriodStart }).FirstOrDefaultAsync(ct);
        if (membership is null)
        {
            return price;
        }

        var others = await db.Set<Payment>().Where(p => p.PayerAccountId == payer && p.Kind == kind && p.PatientId != patient
            && p.Status != PaymentStatus.Cancelled && p.CreatedAt >= membership.PeriodStart).Select(p => p.PatientId).Distinct().CountAsync(ct);
        return others >= membership.Seats ? price
            : price with { AmountMinor = price.AmountMinor - (long)(price.AmountMinor * membership.DiscountPercent / 100m) };
    }
}
