using Careline.Gateways.Contracts;
using Careline.Payments.Payments;

namespace Careline.Payments.Refunds;

/// <summary>Where a refund stands.</summary>
public enum RefundStatus
{
    /// <summary>Decided; the gateway is told as soon as it can be.</summary>
    Pending,

    /// <summary>The gateway works on it.</summary>
    Processing,

    /// <summary>The money went back.</summary>
    Completed,

    /// <summary>The gateway will not: somebody has to look.</summary>
    Failed,
}

/// <summary>What a refund is of, and how much.</summary>
internal sealed record RefundWish(long Amount, RefundReason Reason, string? Note = null, Guid? By = null, bool IsSurplus = false, string? GatewayPaymentId = null);

/// <summary>Money to give back. Its id is the token under which the gateway is told, however often.</summary>
internal sealed class Refund : IVersioned
{
    private Refund()
    {
    }

    public Guid Id { get; private set; }

    public Guid PaymentId { get; private set; }

    /// <summary>The try whose money it is; null for what came over the counter.</summary>
    public Guid? AttemptId { get; private set; }

    public Gateway Gateway { get; private set; }

    /// <summary>The gateway's payment, where it is another than the one that the try is known by.</summary>
    public string? GatewayPaymentId { get; private set; }

    public string? GatewayRefundId { get; private set; }

    public long Amount { get; private set; }

    public string Currency { get; private set; } = "";

    public RefundReason Reason { get; private set; }

    public string? Note { get; private set; }

    public RefundStatus Status { get; private set; }

    public string? FailureCode { get; private set; }

    /// <summary>Of money that nobody owed us: it was never shared out.</summary>
    public bool IsSurplus { get; private set; }

    public Guid? RequestedBy { get; private set; }

    public DateTimeOffset RequestedAt { get; private set; }

    public DateTimeOffset? CompletedAt { get; private set; }

    /// <summary>When the gateway is told, or asked, next.</summary>
    public DateTimeOffset? TryAt { get; private set; }

    public int Tries { get; private set; }

    public int Version { get; private set; } = 1;

    public string Token => Id.ToString("N");

    public static Refund Of(Guid id, Payment payment, Attempt? attempt, RefundWish wish, DateTimeOffset now) => new()
    {
        Id = id,
        PaymentId = payment.Id,
        AttemptId = attempt?.Id,
        Gateway = attempt?.Gateway ?? Gateway.Offline,
        GatewayPaymentId = wish.GatewayPaymentId,
        Amount = wish.Amount,
        Currency = payment.Currency,
        Reason = wish.Reason,
        Note = wish.Note,
        Status = RefundStatus.Pending,
        IsSurplus = wish.IsSurplus,
        RequestedBy = wish.By,
        RequestedAt = now,
        TryAt = attempt is null ? null : now,
    };

    /// <summary>The gateway has it in hand.</summary>
    public void Process(string? gatewayRefundId)
    {
        GatewayRefundId ??= gatewayRefundId;
        Status = Status is RefundStatus.Pending ? RefundStatus.Processing : Status;
    }

    public void Complete(string? gatewayRefundId, DateTimeOffset now)
    {
        GatewayRefundId ??= gatewayRefundId;
        (Status, CompletedAt, TryAt, FailureCode) = (RefundStatus.Completed, now, null, null);
    }

    public void Fail(string? code) => (Status, FailureCode, TryAt, CompletedAt) = (RefundStatus.Failed, code, null, null);

    /// <summary>The gateway is tried, or asked, again after a while that grows to a day.</summary>
    public void Later(DateTimeOffset now) => TryAt = now + TimeSpan.FromMinutes(Math.Min(1440, Math.Pow(2, Math.Min(++Tries, 11)) / 2));

    /// <summary>Somebody told the gateway off our books.</summary>
    public void Again(DateTimeOffset now) => (Status, TryAt, Tries, FailureCode) = (RefundStatus.Pending, now, 0, null);

    internal sealed class Mapping : IEntityTypeConfiguration<Refund>
    {
        public void Configure(EntityTypeBuilder<Refund> builder)
        {
            builder.ToTable("refunds", "payments");
            builder.Property(r => r.Id).ValueGeneratedNever();
            builder.Ignore(r => r.Token);
        }
    }
}
