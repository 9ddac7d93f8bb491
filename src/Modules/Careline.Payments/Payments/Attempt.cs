using System.Security.Cryptography;
using Careline.Gateways.Contracts;

namespace Careline.Payments.Payments;

/// <summary>Where a try to pay stands.</summary>
internal enum AttemptState
{
    /// <summary>The gateway was not told yet, or what it did with it is not known.</summary>
    New,

    /// <summary>The payer can pay.</summary>
    Started,

    /// <summary>It was refused at the gateway, which may let the payer try on.</summary>
    Failed,

    /// <summary>It brought the money.</summary>
    Captured,

    /// <summary>Given up: another took its place, or the payment was called off.</summary>
    Ended,
}

/// <summary>One try to pay at a gateway, under a reference that no other try has.</summary>
internal sealed class Attempt : IVersioned
{
    private const string Letters = "abcdefghijkmnpqrstuvwxyz23456789";

    // How long after each other the gateway is asked what became of it, where nobody told.
    private static readonly TimeSpan[] _asksOpen = [.. new[] { 2, 5, 10, 20, 60, 180, 720, 1440, 1440 }.Select(m => TimeSpan.FromMinutes(m))];

    // And after the money came, for what was given back or disputed without a word to us.
    private static readonly TimeSpan[] _asksPaid = [TimeSpan.FromDays(1), TimeSpan.FromDays(7), TimeSpan.FromDays(30), TimeSpan.FromDays(60)];

    private static readonly TimeSpan _claim = TimeSpan.FromSeconds(30);

    private Attempt()
    {
    }

    public Guid Id { get; private set; }

    public Guid PaymentId { get; private set; }

    public Gateway Gateway { get; private set; }

    public string Reference { get; private set; } = "";

    public string? OrderId { get; private set; }

    public string? GatewayPaymentId { get; private set; }

    public AttemptState State { get; private set; }

    /// <summary>The saved method that is charged; null where the payer pays at a page.</summary>
    public Guid? SavedMethodId { get; private set; }

    /// <summary>How the payer pays, sealed: what the gateway answered.</summary>
    public byte[]? CheckoutSealed { get; private set; }

    /// <summary>Until then one request alone talks to the gateway about it.</summary>
    public DateTimeOffset? ClaimedUntil { get; private set; }

    /// <summary>When the gateway is asked next; null where nothing can come any more.</summary>
    public DateTimeOffset? AskAt { get; private set; }

    public int Asks { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset? EndedAt { get; private set; }

    public int Version { get; private set; } = 1;

    public static Attempt Of(Payment payment, Guid id, Guid? savedMethodId, DateTimeOffset now) => new()
    {
        Id = id,
        PaymentId = payment.Id,
        Gateway = payment.Gateway,
        Reference = "cl" + RandomNumberGenerator.GetString(Letters, 22),
        SavedMethodId = savedMethodId,
        State = AttemptState.New,
        AskAt = savedMethodId is null ? now + _asksOpen[0] : now,
        CreatedAt = now,
    };

    public GatewayTrace Trace(Payment payment) => new(Reference, OrderId, GatewayPaymentId, payment.Amount, payment.Currency);

    public void Started(string? orderId, byte[]? checkoutSealed)
    {
        State = State == AttemptState.New ? AttemptState.Started : State;
        (OrderId, CheckoutSealed, ClaimedUntil) = (orderId ?? OrderId, checkoutSealed, null);
    }

    /// <summary>What a fact named, where it was not known.</summary>
    public void Learn(GatewayFact fact)
    {
        OrderId ??= fact.OrderId;
        GatewayPaymentId ??= fact.PaymentId;
    }

    /// <summary>Another payment at the gateway under the same order brought the money.</summary>
    public void PaidBy(string? gatewayPaymentId) => GatewayPaymentId = gatewayPaymentId ?? GatewayPaymentId;

    public void Failed() => State = State is AttemptState.New or AttemptState.Started ? AttemptState.Failed : State;

    public void Captured(DateTimeOffset now) => (State, EndedAt, Asks, AskAt) = (AttemptState.Captured, now, 0, now + _asksPaid[0]);

    /// <summary>Nobody is to pay by it any more; who does all the same is noticed.</summary>
    public void End(DateTimeOffset now)
    {
        if (State != AttemptState.Captured)
        {
            (State, EndedAt) = (AttemptState.Ended, now);
        }
    }

    /// <summary>The gateway is to be asked soon, since something without a signature was told.</summary>
    public void AskSoon(DateTimeOffset now) => AskAt = now;

    /// <summary>One request alone talks to the gateway about it for a while.</summary>
    /// <exception cref="RuleViolation">CHECKOUT_BUSY: another does.</exception>
    public void Claim(DateTimeOffset now)
    {
        if (ClaimedUntil > now)
        {
            throw new RuleViolation("CHECKOUT_BUSY", "The payment is being prepared. Try again in a moment.");
        }

        ClaimedUntil = now + _claim;
    }

    /// <summary>The gateway did not answer: that was no question.</summary>
    public void AskLater(DateTimeOffset now) => (AskAt, ClaimedUntil) = (now + TimeSpan.FromMinutes(2), null);

    /// <summary>The gateway was asked: when next.</summary>
    public void Asked(DateTimeOffset now)
    {
        var pauses = State == AttemptState.Captured ? _asksPaid : _asksOpen;
        AskAt = ++Asks < pauses.Length ? now + pauses[Asks] : null;
        ClaimedUntil = null;
    }

    internal sealed class Mapping : IEntityTypeConfiguration<Attempt>
    {
        public void Configure(EntityTypeBuilder<Attempt> builder)
        {
            builder.ToTable("attempts", "payments");
            builder.Property(a => a.Id).ValueGeneratedNever();
        }
    }
}
