namespace Careline.Payments.Plans;

/// <summary>Where a period stands.</summary>
public enum PeriodStatus
{
    /// <summary>To be paid.</summary>
    Due,

    /// <summary>Paid.</summary>
    Paid,

    /// <summary>Not to be paid any more.</summary>
    Void,
}

/// <summary>What is paid for: a period, or what another plan costs more for the rest of one.</summary>
internal sealed class SubscriptionPeriod : IVersioned
{
    private SubscriptionPeriod()
    {
    }

    public Guid Id { get; private set; }

    public Guid SubscriptionId { get; private set; }

    public Guid PlanId { get; private set; }

    public bool IsAdjustment { get; private set; }

    public DateTimeOffset StartsAt { get; private set; }

    public DateTimeOffset EndsAt { get; private set; }

    public long AmountMinor { get; private set; }

    public PeriodStatus Status { get; private set; }

    public DateTimeOffset? PaidAt { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public int Version { get; private set; } = 1;

    public static SubscriptionPeriod Of(
        Guid id, Subscription subscription, Guid planId, DateTimeOffset starts, DateTimeOffset ends, long amountMinor, bool isAdjustment, DateTimeOffset now) => new()
        {
            Id = id,
            SubscriptionId = subscription.Id,
            PlanId = planId,
            IsAdjustment = isAdjustment,
            StartsAt = starts,
            EndsAt = ends,
            AmountMinor = amountMinor,
            CreatedAt = now,
        };

    public void Pay(DateTimeOffset now) => (Status, PaidAt) = (PeriodStatus.Paid, now);

    public void Void() => Status = PeriodStatus.Void;

    internal sealed class Mapping : IEntityTypeConfiguration<SubscriptionPeriod>
    {
        public void Configure(EntityTypeBuilder<SubscriptionPeriod> builder)
        {
            builder.ToTable("subscription_periods", "payments");
            builder.Property(p => p.Id).ValueGeneratedNever();
        }
    }
}
