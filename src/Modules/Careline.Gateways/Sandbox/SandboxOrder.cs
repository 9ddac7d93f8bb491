namespace Careline.Gateways.Sandbox;

/// <summary>How webhooks of an order come.</summary>
internal enum SandboxWebhooks
{
    /// <summary>At once, in order.</summary>
    Normal,

    /// <summary>After a minute.</summary>
    Delayed,

    /// <summary>Each twice.</summary>
    Doubled,

    /// <summary>The last first.</summary>
    Shuffled,

    /// <summary>Not at all.</summary>
    Lost,
}

/// <summary>An order at a gateway that is played here.</summary>
internal sealed class SandboxOrder
{
    public Guid Id { get; private set; }

    public Gateway Gateway { get; private set; }

    public string OrderId { get; private set; } = "";

    public string Reference { get; private set; } = "";

    public long AmountMinor { get; private set; }

    public string Currency { get; private set; } = "";

    public string Description { get; private set; } = "";

    /// <summary>Where the payer goes afterwards; null while no browser brought it, and for what is charged without one.</summary>
    public string? ReturnUrl { get; set; }

    public bool SavesMethod { get; set; }

    public SandboxWebhooks Webhooks { get; set; }

    /// <summary>What comes back as it was sent, as JSON.</summary>
    public string Sent { get; set; } = "{}";

    public DateTimeOffset CreatedAt { get; private set; }

    public static SandboxOrder Open(Gateway gateway, string orderId, string reference, long amountMinor, string currency, string description, DateTimeOffset now) => new()
    {
        Id = Ids.New(now),
        Gateway = gateway,
        OrderId = orderId,
        Reference = reference,
        AmountMinor = amountMinor,
        Currency = currency.ToUpperInvariant(),
        Description = description,
        CreatedAt = now,
    };

    internal sealed class Mapping : IEntityTypeConfiguration<SandboxOrder>
    {
        public void Configure(EntityTypeBuilder<SandboxOrder> builder)
        {
            builder.ToTable("sandbox_orders", "gateways");
            builder.Property(o => o.Id).ValueGeneratedNever();
        }
    }
}
