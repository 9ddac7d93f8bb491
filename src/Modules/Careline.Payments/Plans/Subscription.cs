using Careline.Accounts.Contracts;

namespace Careline.Payments.Plans;

/// <summary>Where a subscription stands. Who is trialing, active or past due is a member.</summary>
public enum SubscriptionStatus
{
    /// <summary>The first period is not paid yet.</summary>
    Pending,

    /// <summary>The first days, which cost nothing.</summary>
    Trialing,

    /// <summary>Paid.</summary>
    Active,

    /// <summary>A period has begun and is not paid yet; it is still tried.</summary>
    PastDue,

    /// <summary>The days that are left are kept.</summary>
    Paused,

    /// <summary>Ended because somebody wanted it.</summary>
    Cancelled,

    /// <summary>Ended because nobody paid.</summary>
    Expired,
}

/// <summary>Somebody's plan. What is paid are its periods, each opened where the one before ends; whatever moves it holds its lock.</summary>
internal sealed class Subscription : IVersioned, IVisible<Subscription>
{
    private static readonly TimeSpan _firstPayment = TimeSpan.FromDays(1);

    // Between the tries: on the day itself and 1, 3 and 7 days later; a day after the last one it is given up.
    private static readonly TimeSpan[] _pauses = [.. new[] { 1, 2, 4, 1 }.Select(d => TimeSpan.FromDays(d))];

    private Subscription()
    {
    }

    public Guid Id { get; private set; }

    public string Number { get; private set; } = null!;

    public Guid AccountId { get; private set; }

    public Guid PlanId { get; private set; }

    /// <summary>The plan that the next period is of, where it is another.</summary>
    public Guid? NextPlanId { get; private set; }

    public SubscriptionStatus Status { get; private set; }

    /// <summary>What a period costs: the price that the plan had when it was taken.</summary>
    public long AmountMinor { get; private set; }

    public string Currency { get; private set; } = "";

    public PlanPeriod Period { get; private set; }

    public int Seats { get; private set; }

    public Guid? SavedMethodId { get; private set; }

    /// <summary>From which the months are counted, so that 31 January leads to 28 February and then to 31 March.</summary>
    public DateTimeOffset AnchorAt { get; private set; }

    /// <summary>Months after the anchor that are paid.</summary>
    public int Months { get; private set; }

    public DateTimeOffset? PeriodStart { get; private set; }

    public DateTimeOffset PeriodEnd { get; private set; }

    public bool CancelsAtEnd { get; private set; }

    public DateTimeOffset? PausedAt { get; private set; }

    /// <summary>How often the present period was asked for.</summary>
    public int Tries { get; private set; }

    /// <summary>When something is to be done about it by itself.</summary>
    public DateTimeOffset? NextAt { get; private set; }

    public DateTimeOffset? EndedAt { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset UpdatedAt { get; private set; }

    public int Version { get; private set; } = 1;

    public bool IsOver => Status is SubscriptionStatus.Cancelled or SubscriptionStatus.Expired;

    /// <summary>Nobody paid in time.</summary>
    public bool IsGivenUp => Status == SubscriptionStatus.Pending || Tries == _pauses.Length;

    public static Subscription Begin(Guid id, Guid accountId, Plan plan, int seats, bool hasTrial, DateTimeOffset now)
    {
        var start = hasTrial ? now.AddDays(plan.TrialDays) : now;
        var subscription = new Subscription
        {
            Id = id,
            AccountId = accountId,
            Status = hasTrial ? SubscriptionStatus.Trialing : SubscriptionStatus.Pending,
            AnchorAt = start,
            PeriodStart = hasTrial ? now : null,
            PeriodEnd = start,
            NextAt = hasTrial ? start : now + _firstPayment,
            CreatedAt = now,
        };
        subscription.TakeOn(plan, now);
        subscription.Seats = seats;
        return subscription;
    }

    /// <summary>Another plan, at its present price.</summary>
    public void TakeOn(Plan plan, DateTimeOffset now)
    {
        (PlanId, NextPlanId, AmountMinor, Currency) = (plan.Id, null, plan.AmountMinor, plan.Currency);
        (Period, Seats, UpdatedAt) = (plan.Period, plan.Seats, now);
    }

    public void TakeOnNext(Guid? planId, DateTimeOffset now) => (NextPlanId, UpdatedAt) = (planId, now);

    /// <summary>Pays by another method; what is past due is tried with it soon, and that counts for no try.</summary>
    public void PayBy(Guid methodId, DateTimeOffset now)
    {
        (SavedMethodId, UpdatedAt) = (methodId, now);
        if (Status == SubscriptionStatus.PastDue)
        {
            (Tries, NextAt) = (Math.Max(0, Tries - 1), now);
        }
    }

    /// <summary>The period after the present one.</summary>
    public SubscriptionPeriod OpenNext(Guid id, DateTimeOffset now)
    {
        (Status, UpdatedAt) = (Status == SubscriptionStatus.Pending ? Status : SubscriptionStatus.PastDue, now);
        return SubscriptionPeriod.Of(id, this, PlanId, PeriodEnd, AnchorAt.AddMonths(Months + Plan.MonthsOf(Period)), AmountMinor, isAdjustment: false, now);
    }

    /// <summary>The period was asked for: when next.</summary>
    public void Tried(DateTimeOffset now) => NextAt = now + _pauses[Tries++];

    /// <summary>A period is paid.</summary>
    public void Renew(SubscriptionPeriod period, DateTimeOffset now)
    {
        (Status, PeriodStart, PeriodEnd, Months) = (SubscriptionStatus.Active, period.StartsAt, period.EndsAt, Months + Plan.MonthsOf(Period));
        (Tries, NextAt, UpdatedAt) = (0, PeriodEnd, now);
    }

    /// <exception cref="RuleViolation">NOT_ACTIVE.</exception>
    public void Pause(DateTimeOffset now)
    {
        Require(Status == SubscriptionStatus.Active && !CancelsAtEnd && PeriodEnd > now);
        (Status, PausedAt, NextAt, UpdatedAt) = (SubscriptionStatus.Paused, now, null, now);
    }

    /// <summary>Goes on with the days that were left; or takes back that it ends.</summary>
    /// <exception cref="RuleViolation">NOT_ACTIVE: it is neither paused nor about to end.</exception>
    public void Resume(DateTimeOffset now)
    {
        Require(Status == SubscriptionStatus.Paused || (CancelsAtEnd && !IsOver));
        if (PausedAt is { } since)
        {
            (PeriodStart, PeriodEnd) = (PeriodStart + (now - since), PeriodEnd + (now - since));
            (AnchorAt, Months, Status, PausedAt, NextAt) = (PeriodEnd, 0, SubscriptionStatus.Active, null, PeriodEnd);
        }

        (CancelsAtEnd, UpdatedAt) = (false, now);
    }

    /// <summary>It ends with what is paid or free; days that a pause kept begin to run.</summary>
    /// <exception cref="RuleViolation">NOT_ACTIVE.</exception>
    public void CancelAtEnd(DateTimeOffset now)
    {
        if (Status == SubscriptionStatus.Paused)
        {
            Resume(now);
        }

        Require(Status is SubscriptionStatus.Active or SubscriptionStatus.Trialing);
        (CancelsAtEnd, UpdatedAt) = (true, now);
    }

    public void End(SubscriptionStatus how, DateTimeOffset now)
    {
        Require(!IsOver);
        (Status, NextPlanId, CancelsAtEnd, NextAt, EndedAt, UpdatedAt) = (how, null, false, null, now, now);
    }

    /// <exception cref="RuleViolation">NOT_ACTIVE.</exception>
    public void CheckChangeable() => Require(Status is SubscriptionStatus.Active or SubscriptionStatus.Trialing && !CancelsAtEnd);

    /// <summary>What the days that are left cost more by another plan; less than nothing where they cost less.</summary>
    public long DifferenceTo(Plan plan, DateTimeOffset now)
    {
        var start = PeriodStart!.Value;
        var left = Math.Max(0, (PeriodEnd - now).Ticks);
        return Part(plan.AmountMinor, (start.AddMonths(Plan.MonthsOf(plan.Period)) - start).Ticks) - Part(AmountMinor, (PeriodEnd - start).Ticks);

        long Part(long amount, long length) => (long)((Int128)amount * left / length);
    }

    public static IQueryable<Subscription> VisibleTo(CarelineDb db, Actor actor)
    {
        var me = actor.AccountId;
        return actor.IsAdmin ? db.Set<Subscription>() : db.Set<Subscription>().Where(s => s.AccountId == me);
    }

    public static Task<Subscription> LockAsync(CarelineDb db, Guid id, CancellationToken ct) =>
        db.Set<Subscription>().FromSql($"SELECT * FROM payments.subscriptions WHERE id = {id} FOR NO KEY UPDATE").AsTracking().FirstAsync(ct);

    private void Require(bool isAllowed)
    {
        if (!isAllowed)
        {
            throw new RuleViolation("NOT_ACTIVE", "The subscription does not stand so that this can be done.", new { status = Status, cancels_at_end = CancelsAtEnd });
        }
    }

    internal sealed class Mapping : IEntityTypeConfiguration<Subscription>
    {
        public void Configure(EntityTypeBuilder<Subscription> builder)
        {
            builder.ToTable("subscriptions", "payments");
            builder.Property(s => s.Id).ValueGeneratedNever();
            builder.Property(s => s.Number).ValueGeneratedOnAdd();
        }
    }
}
