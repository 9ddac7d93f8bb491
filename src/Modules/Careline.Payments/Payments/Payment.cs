using Careline.Accounts.Contracts;
using Careline.Gateways.Contracts;
using Careline.Payments.Coupons;

namespace Careline.Payments.Payments;

/// <summary>What somebody owes for one thing. Only what a gateway or a cashier says moves it; the price is frozen when it begins.</summary>
internal sealed class Payment : IVersioned, IVisible<Payment>
{
    private Payment()
    {
    }

    public Guid Id { get; private set; }

    public string Number { get; private set; } = null!;

    public PayableKind Kind { get; private set; }

    public Guid SubjectId { get; private set; }

    public string Description { get; private set; } = "";

    public Guid? PayerAccountId { get; private set; }

    public Guid? PatientId { get; private set; }

    public Guid? DoctorId { get; private set; }

    public Guid? ClinicId { get; private set; }

    public PaymentMethod Method { get; private set; }

    public Gateway Gateway { get; private set; }

    public long ListAmount { get; private set; }

    public long DiscountAmount { get; private set; }

    public long TaxAmount { get; private set; }

    /// <summary>What is to be paid.</summary>
    public long Amount { get; private set; }

    public string Currency { get; private set; } = "";

    public decimal TaxPercent { get; private set; }

    public decimal DoctorPercent { get; private set; }

    public decimal PlatformPercent { get; private set; }

    public Guid? CouponId { get; private set; }

    /// <summary>The payer wants the gateway to keep the method.</summary>
    public bool SaveMethod { get; private set; }

    public PaymentStatus Status { get; private set; }

    public string? FailureCode { get; private set; }

    /// <summary>By which the link to the checkout is found.</summary>
    public byte[]? LinkHash { get; private set; }

    /// <summary>What the cashier wrote down, such as the number of a transfer.</summary>
    public string? Note { get; private set; }

    public Guid? ReceivedBy { get; private set; }

    /// <summary>The try that brought the money; another one's money is too much.</summary>
    public Guid? CapturedAttempt { get; private set; }

    public DateTimeOffset? CapturedAt { get; private set; }

    public DateTimeOffset? CancelledAt { get; private set; }

    public DateTimeOffset? ExpiresAt { get; private set; }

    public Guid? CreatedBy { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset UpdatedAt { get; private set; }

    public int Version { get; private set; } = 1;

    public bool IsOpen => Status is PaymentStatus.Pending or PaymentStatus.Processing or PaymentStatus.Failed;

    /// <summary>The money came, whatever went back since.</summary>
    public bool IsCaptured => CapturedAt is not null;

    public static Payment Begin(Guid id, PaymentBill bill, PaymentRoute route, Guid? createdBy, DateTimeOffset now)
    {
        var (price, coupon) = (bill.Price, bill.Discount);
        return new Payment
        {
            Id = id,
            Kind = bill.Kind,
            SubjectId = bill.SubjectId,
            Description = price.Description,
            PayerAccountId = price.PayerAccountId,
            PatientId = price.PatientId,
            DoctorId = price.DoctorId,
            ClinicId = price.ClinicId,
            Method = route.Method,
            Gateway = route.Gateway,
            ListAmount = price.AmountMinor,
            DiscountAmount = coupon?.Amount ?? 0,
            TaxAmount = bill.TaxAmount,
            Amount = bill.Amount,
            Currency = price.Currency,
            TaxPercent = bill.Terms.TaxPercent,
            DoctorPercent = bill.Terms.DoctorPercent,
            PlatformPercent = bill.Terms.PlatformPercent,
            CouponId = coupon?.CouponId,
            SaveMethod = route.SaveMethod,
            Status = PaymentStatus.Pending,
            LinkHash = route.LinkHash,
            ExpiresAt = route.Until,
            CreatedBy = createdBy,
            CreatedAt = now,
            UpdatedAt = now,
        };
    }

    /// <summary>Somebody is at the gateway, or the gateway still works on it.</summary>
    public void Process(DateTimeOffset now)
    {
        if (Status is PaymentStatus.Pending or PaymentStatus.Failed)
        {
            (Status, UpdatedAt) = (PaymentStatus.Processing, now);
        }
    }

    /// <summary>The gateway refused. It may still be tried again.</summary>
    public void Fail(string? code, DateTimeOffset now)
    {
        if (IsOpen)
        {
            (Status, FailureCode, UpdatedAt) = (PaymentStatus.Failed, code, now);
        }
    }

    /// <summary>The money is there: the event that tells whose it is.</summary>
    /// <exception cref="RuleViolation">PAYMENT_CLOSED: it was paid or called off before.</exception>
    public PaymentCaptured Capture(Guid? attempt, PaymentMethod? method, DateTimeOffset now)
    {
        CheckOpen();
        (Status, CapturedAttempt, CapturedAt, FailureCode, UpdatedAt) = (PaymentStatus.Completed, attempt, now, null, now);
        Method = method ?? Method;
        return new PaymentCaptured(Id, Kind, SubjectId);
    }

    /// <summary>A cashier has it.</summary>
    /// <exception cref="RuleViolation">PAYMENT_CLOSED.</exception>
    public PaymentCaptured Receive(PaymentMethod method, string? note, Guid cashier, DateTimeOffset now)
    {
        var happened = Capture(null, method, now);
        (Gateway, Note, ReceivedBy) = (Gateway.Offline, note, cashier);
        return happened;
    }

    /// <exception cref="RuleViolation">PAYMENT_CLOSED.</exception>
    public void Cancel(DateTimeOffset now)
    {
        CheckOpen();
        (Status, CancelledAt, UpdatedAt) = (PaymentStatus.Cancelled, now, now);
    }

    /// <summary>So much of it went back by now.</summary>
    public void GaveBack(long inAll, DateTimeOffset now)
    {
        Status = inAll >= Amount ? PaymentStatus.Refunded : inAll > 0 ? PaymentStatus.PartiallyRefunded : PaymentStatus.Completed;
        UpdatedAt = now;
    }

    public void CheckOpen()
    {
        if (!IsOpen)
        {
            throw new RuleViolation("PAYMENT_CLOSED", IsCaptured ? "It is paid already." : "The payment was called off. Begin another.", new { status = Status });
        }
    }

    /// <summary>
    /// Who pays and whom it is for; the doctor whose work it is; administrators and reception of the clinic; who runs the platform. Nothing in it is clinical.
    /// </summary>
    public static IQueryable<Payment> VisibleTo(CarelineDb db, Actor actor)
    {
        var all = db.Set<Payment>();
        if (actor.IsAdmin)
        {
            return all;
        }

        var (me, patient, doctor) = (actor.AccountId, actor.PatientId, actor.DoctorId);
        var visible = all.Where(p => p.PayerAccountId == me || (patient != null && p.PatientId == patient)).Select(p => p.Id);
        if (doctor is not null)
        {
            visible = visible.Union(all.Where(p => p.DoctorId == doctor).Select(p => p.Id));
        }

        if (actor.Is(Roles.Receptionist) || actor.Is(Roles.Doctor) || actor.Is(Roles.Nurse) || actor.Is(Roles.Pharmacist))
        {
            visible = visible.Union(AtDeskOf(db, actor).Select(p => p.Id));
        }

        return all.Where(p => visible.Contains(p.Id));
    }

    /// <summary>The payments of the clinics whose till the actor keeps.</summary>
    public static IQueryable<Payment> AtDeskOf(CarelineDb db, Actor actor)
    {
        var clinics = TillKeepers.KeptBy(db, actor);
        return db.Set<Payment>().Where(p => clinics.Contains(p.ClinicId!.Value));
    }

    /// <summary>The payment, locked until the transaction ends: whatever changes it passes here, one after the other.</summary>
    public static Task<Payment?> LockAsync(CarelineDb db, Guid id, CancellationToken ct) =>
        db.Set<Payment>().FromSql($"SELECT * FROM payments.payments WHERE id = {id} FOR NO KEY UPDATE").AsTracking().FirstOrDefaultAsync(ct);

    internal sealed class Mapping : IEntityTypeConfiguration<Payment>, IEntityTypeConfiguration<PaymentRow>
    {
        public void Configure(EntityTypeBuilder<Payment> builder)
        {
            builder.ToTable("payments", "payments");
            builder.Property(p => p.Id).ValueGeneratedNever();
            builder.Property(p => p.Number).ValueGeneratedOnAdd();
        }

        public void Configure(EntityTypeBuilder<PaymentRow> builder) => builder.HasNoKey().ToView("payment_rows", "payments");
    }
}

/// <summary>What is paid for, and what it comes to.</summary>
internal sealed record PaymentBill(PayableKind Kind, Guid SubjectId, PayablePrice Price, Terms.PaymentTerms Terms, CouponDiscount? Discount)
{
    private long Taxable => Price.AmountMinor - (Discount?.Amount ?? 0);

    public long TaxAmount => (long)Math.Round(Taxable * Terms.TaxPercent / 100m, MidpointRounding.AwayFromZero);

    public long Amount => Taxable + TaxAmount;
}

/// <summary>The way that a payment takes.</summary>
internal sealed record PaymentRoute(PaymentMethod Method, Gateway Gateway, bool SaveMethod, byte[]? LinkHash, DateTimeOffset? Until);
