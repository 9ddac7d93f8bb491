using Careline.Accounts.Contracts;
using Careline.Payments.Payments;

namespace Careline.Payments.Coupons;

/// <summary>What a coupon takes off.</summary>
public enum CouponKind
{
    /// <summary>A share of the price.</summary>
    Percentage,

    /// <summary>An amount.</summary>
    FixedAmount,

    /// <summary>All of a visit's price.</summary>
    FreeConsultation,
}

/// <summary>What a coupon takes off one price.</summary>
/// <param name="CouponId">The coupon.</param>
/// <param name="Amount">Minor units.</param>
internal sealed record CouponDiscount(Guid CouponId, long Amount);

/// <summary>A reduction that people bring. How often it was used is counted in the transaction of each payment, under the lock of its row.</summary>
internal sealed class Coupon : IVersioned, IVisible<Coupon>
{
    private Coupon()
    {
    }

    public Guid Id { get; private set; }

    public string Code { get; private set; } = "";

    public string? Description { get; private set; }

    public CouponKind Kind { get; private set; }

    public decimal? Percent { get; private set; }

    public long? Amount { get; private set; }

    public string? Currency { get; private set; }

    public long? MostDiscount { get; private set; }

    public long? LeastAmount { get; private set; }

    public DateTimeOffset StartsAt { get; private set; }

    public DateTimeOffset? EndsAt { get; private set; }

    public int? MostUses { get; private set; }

    public int? MostUsesEach { get; private set; }

    public bool FirstVisitOnly { get; private set; }

    public Guid[] DoctorIds { get; private set; } = [];

    /// <summary>Where it counts; null means everywhere.</summary>
    public Guid? ClinicId { get; private set; }

    public int Uses { get; private set; }

    public bool IsActive { get; private set; }

    public Guid CreatedBy { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset UpdatedAt { get; private set; }

    public int Version { get; private set; } = 1;

    public static Coupon Of(Guid id, CouponRequest request, Guid by, DateTimeOffset now)
    {
        var coupon = new Coupon { Id = id, CreatedBy = by, CreatedAt = now };
        coupon.Replace(request, now);
        return coupon;
    }

    /// <exception cref="RuleViolation">COUPON_USED_MORE: it was used more often than it now could be.</exception>
    public void Replace(CouponRequest request, DateTimeOffset now)
    {
        if (request.MostUses < Uses)
        {
            throw new RuleViolation("COUPON_USED_MORE", $"It was used {Uses} times already.", new { uses = Uses });
        }

        Code = request.Code;
        Description = request.Description;
        Kind = request.Kind;
        Percent = request.Kind == CouponKind.Percentage ? request.Percent : null;
        Amount = request.Kind == CouponKind.FixedAmount ? request.Amount : null;
        Currency = request.Kind == CouponKind.FixedAmount || request.MostDiscount is not null || request.LeastAmount is not null ? request.Currency : null;
        MostDiscount = request.MostDiscount;
        LeastAmount = request.LeastAmount;
        StartsAt = request.StartsAt ?? now;
        EndsAt = request.EndsAt;
        MostUses = request.MostUses;
        MostUsesEach = request.MostUsesEach;
        FirstVisitOnly = request.FirstVisitOnly;
        DoctorIds = [.. (request.DoctorIds ?? []).Distinct()];
        ClinicId = request.ClinicId;
        IsActive = request.IsActive;
        UpdatedAt = now;
    }

    public void Withdraw(DateTimeOffset now) => (IsActive, UpdatedAt) = (false, now);

    /// <summary>What it takes off a price.</summary>
    /// <param name="price">The price.</param>
    /// <param name="kind">What is paid for.</param>
    /// <param name="usesOfPayer">How often the payer used it before.</param>
    /// <param name="now">The time.</param>
    /// <exception cref="RuleViolation">COUPON_NOT_VALID, with the reason: it does not count here and now.</exception>
    public CouponDiscount For(PayablePrice price, PayableKind kind, int usesOfPayer, DateTimeOffset now)
    {
        if (WhyNot(price, kind, usesOfPayer, now) is { } why)
        {
            throw new RuleViolation("COUPON_NOT_VALID", why.Sentence, new { reason = why.Reason });
        }

        var off = Kind switch
        {
            CouponKind.Percentage => (long)Math.Round(price.AmountMinor * Percent!.Value / 100m, MidpointRounding.ToZero),
            CouponKind.FixedAmount => Amount!.Value,
            _ => price.AmountMinor,
        };
        return new CouponDiscount(Id, Math.Min(Math.Min(off, MostDiscount ?? long.MaxValue), price.AmountMinor));
    }

    /// <summary>One more use.</summary>
    public void Use() => Uses++;

    /// <summary>A payment with it came to nothing.</summary>
    public void Free() => Uses--;

    private (string Reason, string Sentence)? WhyNot(PayablePrice price, PayableKind kind, int usesOfPayer, DateTimeOffset now) => this switch
    {
        { IsActive: false } => ("withdrawn", "This coupon is not valid any more."),
        _ when now < StartsAt => ("not_yet", "This coupon is not valid yet."),
        _ when now >= EndsAt => ("expired", "This coupon is not valid any more."),
        _ when Uses >= MostUses => ("used_up", "This coupon was used as often as it could be."),
        _ when usesOfPayer >= MostUsesEach => ("used_before", "You used this coupon as often as you can."),
        _ when Currency is not null && Currency != price.Currency => ("currency", $"This coupon is for prices in {Currency}."),
        _ when price.AmountMinor < LeastAmount => ("too_little", "The price is below the least that this coupon is for."),
        _ when FirstVisitOnly && !(kind == PayableKind.Appointment && price.IsFirstVisit) => ("not_first_visit", "This coupon is for a first visit."),
        _ when DoctorIds.Length > 0 && !DoctorIds.Contains(price.DoctorId ?? Guid.Empty) => ("doctor", "This coupon is not for this doctor."),
        _ when ClinicId is not null && ClinicId != price.ClinicId => ("clinic", "This coupon is not for this clinic."),
        { Kind: CouponKind.FreeConsultation } when kind != PayableKind.Appointment => ("not_a_visit", "This coupon is for a visit."),
        _ => null,
    };

    /// <summary>Who runs the platform sees all; who runs a clinic its own.</summary>
    public static IQueryable<Coupon> VisibleTo(CarelineDb db, Actor actor)
    {
        if (actor.IsAdmin)
        {
            return db.Set<Coupon>();
        }

        var clinics = TillKeepers.RunBy(db, actor);
        return db.Set<Coupon>().Where(c => clinics.Contains(c.ClinicId!.Value));
    }

    internal sealed class Mapping : IEntityTypeConfiguration<Coupon>, IEntityTypeConfiguration<CouponUse>
    {
        public void Configure(EntityTypeBuilder<Coupon> builder)
        {
            builder.ToTable("coupons", "payments");
            builder.Property(c => c.Id).ValueGeneratedNever();
        }

        public void Configure(EntityTypeBuilder<CouponUse> builder)
        {
            builder.ToTable("coupon_uses", "payments");
            builder.Property(u => u.Id).ValueGeneratedNever();
        }
    }
}

/// <summary>A coupon that somebody brought to one payment.</summary>
internal sealed class CouponUse
{
    public Guid Id { get; private set; }

    public Guid CouponId { get; private set; }

    public Guid PaymentId { get; private set; }

    public Guid AccountId { get; private set; }

    public long Discount { get; private set; }

    public DateTimeOffset UsedAt { get; private set; }

    /// <summary>The payment came to nothing: the use does not count.</summary>
    public DateTimeOffset? FreedAt { get; private set; }

    public static CouponUse Of(Guid id, CouponDiscount discount, Guid paymentId, Guid accountId, DateTimeOffset now) => new()
    {
        Id = id,
        CouponId = discount.CouponId,
        PaymentId = paymentId,
        AccountId = accountId,
        Discount = discount.Amount,
        UsedAt = now,
    };

    public void Free(DateTimeOffset now) => FreedAt = now;
}
