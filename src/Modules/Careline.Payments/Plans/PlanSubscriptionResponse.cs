using System.Linq.Expressions;

namespace Careline.Payments.Plans;

/// <summary>A subscription.</summary>
/// <param name="Id">The subscription.</param>
/// <param name="Number">The human number, such as <c>SUB-000123</c>.</param>
/// <param name="AccountId">Whose it is.</param>
/// <param name="PlanId">The plan.</param>
/// <param name="PlanName">What people call it.</param>
/// <param name="NextPlanId">The plan of the next period, where it is another.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="AmountMinor">What a period costs, in minor units.</param>
/// <param name="Currency">ISO 4217.</param>
/// <param name="Period">How long a period is.</param>
/// <param name="Seats">For how many people it is.</param>
/// <param name="SavedMethodId">What is charged; null where each period is paid by hand.</param>
/// <param name="PeriodStart">When the present period began.</param>
/// <param name="PeriodEnd">When it ends, and the next one is to be paid.</param>
/// <param name="CancelsAtEnd">It ends with the present period.</param>
/// <param name="PausedAt">Since when it is paused.</param>
/// <param name="EndedAt">When it ended.</param>
/// <param name="CreatedAt">When it began.</param>
/// <param name="Version">Raised by every change.</param>
public sealed record PlanSubscriptionResponse(
    Guid Id, string Number, Guid AccountId, Guid PlanId, string PlanName, Guid? NextPlanId, SubscriptionStatus Status, long AmountMinor, string Currency, PlanPeriod Period, int Seats,
    Guid? SavedMethodId, DateTimeOffset? PeriodStart, DateTimeOffset PeriodEnd, bool CancelsAtEnd, DateTimeOffset? PausedAt, DateTimeOffset? EndedAt, DateTimeOffset CreatedAt,
    int Version) : IVersioned
{
    /// <summary>Its periods, the latest first; not in lists.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<SubscriptionPeriodResponse>? Periods { get; init; }

    /// <summary>Where the payer goes to pay what is due; told once, when the payment begins.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? CheckoutUrl { get; init; }

    internal static Expression<Func<Subscription, PlanSubscriptionResponse>> Of(CarelineDb db) => s => new PlanSubscriptionResponse(
        s.Id, s.Number, s.AccountId, s.PlanId, db.Set<Plan>().First(p => p.Id == s.PlanId).Name, s.NextPlanId, s.Status, s.AmountMinor, s.Currency, s.Period, s.Seats,
        s.SavedMethodId, s.PeriodStart, s.PeriodEnd, s.CancelsAtEnd, s.PausedAt, s.EndedAt, s.CreatedAt, s.Version);
}

/// <summary>A period, or what another plan costs more for the rest of one. It is paid by a payment of the kind <c>subscription</c> under its id.</summary>
/// <param name="Id">The period.</param>
/// <param name="PlanId">Of which plan.</param>
/// <param name="IsAdjustment">The difference to a plan that costs more.</param>
/// <param name="StartsAt">From when.</param>
/// <param name="EndsAt">Until when; days of a pause come on top.</param>
/// <param name="AmountMinor">What it costs, in minor units.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="PaidAt">When it was paid.</param>
public sealed record SubscriptionPeriodResponse(
    Guid Id, Guid PlanId, bool IsAdjustment, DateTimeOffset StartsAt, DateTimeOffset EndsAt, long AmountMinor, PeriodStatus Status, DateTimeOffset? PaidAt)
{
    internal static Expression<Func<SubscriptionPeriod, SubscriptionPeriodResponse>> Of { get; } = p => new SubscriptionPeriodResponse(
        p.Id, p.PlanId, p.IsAdjustment, p.StartsAt, p.EndsAt, p.AmountMinor, p.Status, p.PaidAt);
}
