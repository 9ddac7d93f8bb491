using Careline.Accounts.Contracts;
using Careline.Gateways.Contracts;
using Careline.Payments.Payments;

namespace Careline.Payments.Disputes;

/// <summary>Where a dispute stands.</summary>
public enum DisputeStatus
{
    /// <summary>Told by a message that nobody signed: a person looks at the gateway's pages.</summary>
    Unconfirmed,

    /// <summary>The bank waits for what we say.</summary>
    NeedsResponse,

    /// <summary>We said what we had to say.</summary>
    UnderReview,

    /// <summary>The money is ours.</summary>
    Won,

    /// <summary>The money is the payer's.</summary>
    Lost,
}

/// <summary>The payer's bank wants the money back.</summary>
internal sealed class Dispute : IVersioned, IVisible<Dispute>
{
    private Dispute()
    {
    }

    public Guid Id { get; private set; }

    public Guid PaymentId { get; private set; }

    public Guid AttemptId { get; private set; }

    public Gateway Gateway { get; private set; }

    public string GatewayDisputeId { get; private set; } = "";

    public long Amount { get; private set; }

    public string Currency { get; private set; } = "";

    public string? ReasonCode { get; private set; }

    public DisputeStatus Status { get; private set; }

    public DateTimeOffset? DueAt { get; private set; }

    public byte[]? EvidenceSealed { get; private set; }

    public Guid? AnsweredBy { get; private set; }

    public DateTimeOffset? AnsweredAt { get; private set; }

    public DateTimeOffset OpenedAt { get; private set; }

    public DateTimeOffset? ClosedAt { get; private set; }

    public int Version { get; private set; } = 1;

    public bool IsOpen => ClosedAt is null;

    public static Dispute Open(Guid id, Attempt attempt, GatewayFact fact, DateTimeOffset now) => new()
    {
        Id = id,
        PaymentId = attempt.PaymentId,
        AttemptId = attempt.Id,
        Gateway = attempt.Gateway,
        GatewayDisputeId = fact.DisputeId!,
        Amount = fact.AmountMinor,
        Currency = fact.Currency,
        ReasonCode = fact.Code,
        Status = fact.IsHint ? DisputeStatus.Unconfirmed : DisputeStatus.NeedsResponse,
        DueAt = fact.DueAt,
        OpenedAt = now,
    };

    /// <summary>The gateway says more of it.</summary>
    public void Hear(GatewayFact fact, DateTimeOffset now)
    {
        if (!IsOpen)
        {
            return;
        }

        (ReasonCode, DueAt) = (fact.Code ?? ReasonCode, fact.DueAt ?? DueAt);
        if (!fact.IsHint)
        {
            Status = fact.Kind switch
            {
                FactKind.DisputeWon => DisputeStatus.Won,
                FactKind.DisputeLost => DisputeStatus.Lost,
                _ when Status == DisputeStatus.Unconfirmed => DisputeStatus.NeedsResponse,
                _ => Status,
            };
            ClosedAt = fact.Kind is FactKind.DisputeWon or FactKind.DisputeLost ? now : null;
        }
    }

    /// <exception cref="RuleViolation">DISPUTE_CLOSED; DISPUTE_LATE.</exception>
    public void CheckCanBeAnswered(DateTimeOffset now)
    {
        if (!IsOpen)
        {
            throw new RuleViolation("DISPUTE_CLOSED", "It is decided.");
        }

        if (DueAt <= now)
        {
            throw new RuleViolation("DISPUTE_LATE", "It was to be answered by then.", new { due_at = DueAt });
        }

    }

    /// <summary>What we said, or that we gave in. The gateway may have decided since.</summary>
    public void Answered(byte[]? evidenceSealed, Guid by, DateTimeOffset now)
    {
        (EvidenceSealed, AnsweredBy, AnsweredAt) = (evidenceSealed, by, now);
        Status = IsOpen ? DisputeStatus.UnderReview : Status;
    }

    /// <summary>Where the evidence is sealed for.</summary>
    public static string PlaceOf(Guid id) => $"payments.disputes.evidence_sealed:{id}";

    /// <summary>Who runs the platform, and who runs the clinic whose money it is.</summary>
    public static IQueryable<Dispute> VisibleTo(CarelineDb db, Actor actor)
    {
        if (actor.IsAdmin)
        {
            return db.Set<Dispute>();
        }

        var own = Payment.AtDeskOf(db, actor).Select(p => p.Id);
        return db.Set<Dispute>().Where(d => own.Contains(d.PaymentId));
    }

    internal sealed class Mapping : IEntityTypeConfiguration<Dispute>
    {
        public void Configure(EntityTypeBuilder<Dispute> builder)
        {
            builder.ToTable("disputes", "payments");
            builder.Property(d => d.Id).ValueGeneratedNever();
        }
    }
}
