using Careline.Accounts.Contracts;
using Careline.Payments.Ledger;
using Careline.Payments.Payments;

namespace Careline.Payments.Payouts;

/// <summary>Who is owed shares.</summary>
public enum PayeeKind
{
    /// <summary>A doctor.</summary>
    Doctor,

    /// <summary>A clinic.</summary>
    Clinic,
}

/// <summary>Where a payout stands.</summary>
public enum PayoutStatus
{
    /// <summary>Booked, and to be transferred.</summary>
    Pending,

    /// <summary>Transferred.</summary>
    Paid,

    /// <summary>Not transferred: what was booked is booked back.</summary>
    Cancelled,
}

/// <summary>A transfer of what somebody is owed. It is booked when it is made, so that nothing is paid out twice.</summary>
internal sealed class Payout : IVersioned, IVisible<Payout>
{
    private Payout()
    {
    }

    public Guid Id { get; private set; }

    public PayeeKind PayeeKind { get; private set; }

    public Guid PayeeId { get; private set; }

    public long AmountMinor { get; private set; }

    public string Currency { get; private set; } = "";

    /// <summary>What was owed up to then.</summary>
    public DateTimeOffset Until { get; private set; }

    public PayoutStatus Status { get; private set; }

    /// <summary>The bank's name for the transfer.</summary>
    public string? Reference { get; private set; }

    public Guid CreatedBy { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public Guid? ClosedBy { get; private set; }

    public DateTimeOffset? ClosedAt { get; private set; }

    public int Version { get; private set; } = 1;

    public string Account => AccountOf(PayeeKind, PayeeId);

    public static string AccountOf(PayeeKind kind, Guid id) => kind == PayeeKind.Doctor ? LedgerAccount.ShareOfDoctor(id) : LedgerAccount.ShareOfClinic(id);

    public static Payout Of(Guid id, MakePayoutRequest request, long amountMinor, Guid by, DateTimeOffset now) => new()
    {
        Id = id,
        PayeeKind = request.PayeeKind,
        PayeeId = request.PayeeId,
        AmountMinor = amountMinor,
        Currency = request.Currency,
        Until = request.Until ?? now,
        CreatedBy = by,
        CreatedAt = now,
    };

    /// <exception cref="RuleViolation">PAYOUT_CLOSED.</exception>
    public void Close(string? reference, Guid by, DateTimeOffset now)
    {
        if (Status != PayoutStatus.Pending)
        {
            throw new RuleViolation("PAYOUT_CLOSED", "It was transferred or called off before.", new { status = Status });
        }

        (Status, Reference, ClosedBy, ClosedAt) = (reference is null ? PayoutStatus.Cancelled : PayoutStatus.Paid, reference, by, now);
    }

    /// <summary>The doctor's own, those of the clinics that the actor runs, and all of them to who runs the platform.</summary>
    public static IQueryable<Payout> VisibleTo(CarelineDb db, Actor actor)
    {
        var (doctor, clinics) = (actor.DoctorId, TillKeepers.RunBy(db, actor));
        return actor.IsAdmin ? db.Set<Payout>() : db.Set<Payout>().Where(o =>
            (o.PayeeKind == PayeeKind.Doctor && o.PayeeId == doctor) || (o.PayeeKind == PayeeKind.Clinic && clinics.Contains(o.PayeeId)));
    }

    internal sealed class Mapping : IEntityTypeConfiguration<Payout>
    {
        public void Configure(EntityTypeBuilder<Payout> builder)
        {
            builder.ToTable("payouts", "payments");
            builder.Property(o => o.Id).ValueGeneratedNever();
            builder.Ignore(o => o.Account);
        }
    }
}
