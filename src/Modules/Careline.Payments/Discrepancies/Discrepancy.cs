using Careline.Gateways.Contracts;

namespace Careline.Payments.Discrepancies;

/// <summary>What does not agree.</summary>
public enum DiscrepancyKind
{
    /// <summary>A signed message speaks of an order that we know nothing of.</summary>
    UnknownOrder,

    /// <summary>Another amount than ours.</summary>
    Amount,

    /// <summary>Another currency than ours.</summary>
    Currency,

    /// <summary>More was given back at the gateway than was paid.</summary>
    RefundTooMuch,

    /// <summary>The gateway does not give money back that we decided to give.</summary>
    RefundFailed,

    /// <summary>Money came a second time, or too late; it is given back.</summary>
    Surplus,

    /// <summary>A dispute was told by a message that nobody signed.</summary>
    UnconfirmedDispute,
}

/// <summary>What a gateway says and the books do not. Nothing was marked paid by it; somebody has to look.</summary>
internal sealed class Discrepancy : IVersioned
{
    private Discrepancy()
    {
    }

    public Guid Id { get; private set; }

    /// <summary>What happened, so that it is found once however often it is told.</summary>
    public string Key { get; private set; } = "";

    public DiscrepancyKind Kind { get; private set; }

    public Gateway Gateway { get; private set; }

    public Guid? PaymentId { get; private set; }

    public string? Expected { get; private set; }

    public string? Told { get; private set; }

    public DateTimeOffset FoundAt { get; private set; }

    public DateTimeOffset? ResolvedAt { get; private set; }

    public Guid? ResolvedBy { get; private set; }

    public string? Note { get; private set; }

    public int Version { get; private set; } = 1;

    public static Discrepancy Of(Guid id, DiscrepancyKind kind, string key, GatewayFact fact, Payments.Payment? payment, DateTimeOffset now) => new()
    {
        Id = id,
        Key = key,
        Kind = kind,
        Gateway = fact.Gateway,
        PaymentId = payment?.Id,
        Expected = payment is null ? null : $"{payment.Amount} {payment.Currency}",
        Told = $"{EnumText<FactKind>.Of(fact.Kind)} {fact.AmountMinor} {fact.Currency}",
        FoundAt = now,
    };

    public void Resolve(string? note, Guid by, DateTimeOffset now) => (Note, ResolvedBy, ResolvedAt) = (note, by, now);

    internal sealed class Mapping : IEntityTypeConfiguration<Discrepancy>
    {
        public void Configure(EntityTypeBuilder<Discrepancy> builder)
        {
            builder.ToTable("discrepancies", "payments");
            builder.Property(d => d.Id).ValueGeneratedNever();
        }
    }
}
