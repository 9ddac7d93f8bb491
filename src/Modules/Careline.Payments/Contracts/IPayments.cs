namespace Careline.Payments.Contracts;

/// <summary>What modules above ask of the money. Works within the caller's transaction; the caller saves.</summary>
public interface IPayments
{
    /// <summary>
    /// What was to be paid for will not be: an open payment is called off, and of what was paid all goes back but the share that is kept. A second time changes
    /// nothing.
    /// </summary>
    Task SettleAsync(PaymentEnd end, CancellationToken ct);
}

/// <summary>How something that could be paid for ended without being given.</summary>
/// <param name="Kind">What it was.</param>
/// <param name="SubjectId">Which.</param>
/// <param name="KeptPercent">How much of the price stays with the practice, 0 to 100.</param>
/// <param name="Reason">Why the rest goes back.</param>
/// <param name="By">Who ended it; null for what time does by itself.</param>
public sealed record PaymentEnd(PayableKind Kind, Guid SubjectId, int KeptPercent, RefundReason Reason, Guid? By = null);

/// <summary>A payment, as modules above join it: <c>db.Set&lt;PaymentRow&gt;()</c>.</summary>
public sealed class PaymentRow
{
    /// <summary>The payment.</summary>
    public Guid Id { get; init; }

    /// <summary>The human number, such as <c>PAY-000123</c>.</summary>
    public string Number { get; init; } = "";

    /// <summary>What is paid for.</summary>
    public PayableKind Kind { get; init; }

    /// <summary>Which.</summary>
    public Guid SubjectId { get; init; }

    /// <summary>Where it stands.</summary>
    public PaymentStatus Status { get; init; }

    /// <summary>Minor units.</summary>
    public long Amount { get; init; }

    /// <summary>ISO 4217.</summary>
    public string Currency { get; init; } = "";

    /// <summary>When the money was there.</summary>
    public DateTimeOffset? CapturedAt { get; init; }
}

/// <summary>The money for something is there.</summary>
/// <param name="PaymentId">The payment.</param>
/// <param name="Kind">What was paid for.</param>
/// <param name="SubjectId">Which.</param>
public sealed record PaymentCaptured(Guid PaymentId, PayableKind Kind, Guid SubjectId);
