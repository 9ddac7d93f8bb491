namespace Careline.Gateways.Sandbox;

/// <summary>Where an attempt to pay stands.</summary>
internal enum SandboxPaymentStatus
{
    /// <summary>Refused.</summary>
    Failed,

    /// <summary>Reserved.</summary>
    Authorized,

    /// <summary>Paid.</summary>
    Captured,
}

/// <summary>An attempt to pay.</summary>
internal sealed class SandboxPayment
{
    public Guid Id { get; private set; }

    public Guid OrderKey { get; private set; }

    public string PaymentId { get; private set; } = "";

    public SandboxPaymentStatus Status { get; private set; }

    public string? Code { get; private set; }

    public string? SavedToken { get; set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public static SandboxPayment Make(SandboxOrder order, string paymentId, DateTimeOffset now) =>
        new() { Id = Ids.New(now), OrderKey = order.Id, PaymentId = paymentId, CreatedAt = now };

    public void Become(SandboxPaymentStatus status, string? code = null) => (Status, Code) = (status, code);

    internal sealed class Mapping : IEntityTypeConfiguration<SandboxPayment>
    {
        public void Configure(EntityTypeBuilder<SandboxPayment> builder)
        {
            builder.ToTable("sandbox_payments", "gateways");
            builder.Property(p => p.Id).ValueGeneratedNever();
        }
    }
}
