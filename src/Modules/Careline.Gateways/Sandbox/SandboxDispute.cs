namespace Careline.Gateways.Sandbox;

/// <summary>Where a dispute stands.</summary>
internal enum SandboxDisputeStatus
{
    /// <summary>Waits for an answer.</summary>
    Open,

    /// <summary>Was answered.</summary>
    UnderReview,

    /// <summary>Ended for the merchant.</summary>
    Won,

    /// <summary>Ended against the merchant.</summary>
    Lost,
}

/// <summary>A payer's bank that wants all of a payment back.</summary>
internal sealed class SandboxDispute
{
    public Guid Id { get; private set; }

    public Guid OrderKey { get; private set; }

    public string PaymentId { get; private set; } = "";

    public string DisputeId { get; private set; } = "";

    public SandboxDisputeStatus Status { get; private set; }

    public DateTimeOffset DueAt { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public bool IsOver => Status is SandboxDisputeStatus.Won or SandboxDisputeStatus.Lost;

    public static SandboxDispute Open(SandboxPayment payment, string disputeId, DateTimeOffset now) =>
        new() { Id = Ids.New(now), OrderKey = payment.OrderKey, PaymentId = payment.PaymentId, DisputeId = disputeId, DueAt = now.AddDays(7), CreatedAt = now };

    /// <summary>Null accepts it. Two words decide at once, as in Stripe's test mode; anything else is under review.</summary>
    public void Answer(string? evidence) => Status = evidence switch
    {
        null => SandboxDisputeStatus.Lost,
        _ when evidence.Contains("winning_evidence", StringComparison.Ordinal) => SandboxDisputeStatus.Won,
        _ when evidence.Contains("losing_evidence", StringComparison.Ordinal) => SandboxDisputeStatus.Lost,
        _ => SandboxDisputeStatus.UnderReview,
    };

    internal sealed class Mapping : IEntityTypeConfiguration<SandboxDispute>
    {
        public void Configure(EntityTypeBuilder<SandboxDispute> builder)
        {
            builder.ToTable("sandbox_disputes", "gateways");
            builder.Property(d => d.Id).ValueGeneratedNever();
        }
    }
}
