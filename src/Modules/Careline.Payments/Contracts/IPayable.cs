namespace Careline.Payments.Contracts;

/// <summary>Something that can be paid for; implemented by the module that owns it. Works on the scope's context.</summary>
public interface IPayable
{
    /// <summary>What it is.</summary>
    PayableKind Kind { get; }

    /// <summary>What it costs; null where the actor may not see it, or there is no such thing.</summary>
    /// <exception cref="Platform.Web.RuleViolation">It cannot be paid for in its present state, or costs nothing.</exception>
    Task<PayablePrice?> PriceAsync(Guid id, Actor actor, CancellationToken ct);

    /// <summary>Keeps it for whoever pays, until then; in the transaction of the payment's begin. The caller saves.</summary>
    Task KeepAsync(Guid id, DateTimeOffset until, CancellationToken ct) => Task.CompletedTask;
}

/// <summary>What something costs.</summary>
public sealed record PayablePrice
{
    /// <summary>In minor units, before discounts and taxes.</summary>
    public required long AmountMinor { get; init; }

    /// <summary>ISO 4217.</summary>
    public required string Currency { get; init; }

    /// <summary>For statements and receipts: a human number, nothing clinical.</summary>
    public required string Description { get; init; }

    /// <summary>Who owes it; null for a patient without an account.</summary>
    public required Guid? PayerAccountId { get; init; }

    /// <summary>Whom it is for.</summary>
    public Guid? PatientId { get; init; }

    /// <summary>Whose work it is.</summary>
    public Guid? DoctorId { get; init; }

    /// <summary>Where it is done.</summary>
    public Guid? ClinicId { get; init; }

    /// <summary>The patient's first visit: some coupons are for that alone.</summary>
    public bool IsFirstVisit { get; init; }

    /// <summary>After that it is not for sale any more.</summary>
    public DateTimeOffset? Until { get; init; }
}
