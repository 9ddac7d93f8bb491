namespace Careline.Gateways.Sandbox;

/// <summary>Money on its way back. How it stands follows from the clock.</summary>
internal sealed class SandboxRefund
{
    public Guid Id { get; private set; }

    public Guid OrderKey { get; private set; }

    public string PaymentId { get; private set; } = "";

    public string RefundId { get; private set; } = "";

    /// <summary>As the caller named it.</summary>
    public string Token { get; private set; } = "";

    public long AmountMinor { get; private set; }

    /// <summary>As of amounts that end in 23.</summary>
    public bool Fails { get; private set; }

    public DateTimeOffset SettlesAt { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public static SandboxRefund Make(SandboxPayment payment, string refundId, string token, long amountMinor, TimeSpan takes, DateTimeOffset now) => new()
    {
        Id = Ids.New(now),
        OrderKey = payment.OrderKey,
        PaymentId = payment.PaymentId,
        RefundId = refundId,
        Token = token,
        AmountMinor = amountMinor,
        Fails = amountMinor % 100 == 23,
        SettlesAt = now + (amountMinor % 100 == 23 && takes == TimeSpan.Zero ? TimeSpan.FromSeconds(30) : takes),
        CreatedAt = now,
    };

    public FactKind StateAt(DateTimeOffset time) => time < SettlesAt ? FactKind.RefundPending : Fails ? FactKind.RefundFailed : FactKind.Refunded;

    internal sealed class Mapping : IEntityTypeConfiguration<SandboxRefund>
    {
        public void Configure(EntityTypeBuilder<SandboxRefund> builder)
        {
            builder.ToTable("sandbox_refunds", "gateways");
            builder.Property(r => r.Id).ValueGeneratedNever();
        }
    }
}
