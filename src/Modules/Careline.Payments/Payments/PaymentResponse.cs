using System.Linq.Expressions;
using Careline.Gateways.Contracts;
using Careline.Payments.Refunds;

namespace Careline.Payments.Payments;

/// <summary>A payment.</summary>
public sealed record PaymentResponse : IVersioned
{
    /// <summary>The payment.</summary>
    public required Guid Id { get; init; }

    /// <summary>The human number, such as <c>PAY-000123</c>.</summary>
    public required string Number { get; init; }

    /// <summary>What is paid for.</summary>
    public required PayableKind Kind { get; init; }

    /// <summary>Which.</summary>
    public required Guid SubjectId { get; init; }

    /// <summary>What it says on statements.</summary>
    public required string Description { get; init; }

    /// <summary>Who pays.</summary>
    public required Guid? PayerId { get; init; }

    /// <summary>Whom it is for.</summary>
    public required Guid? PatientId { get; init; }

    /// <summary>Whose work it is.</summary>
    public required Guid? DoctorId { get; init; }

    /// <summary>Where it is done.</summary>
    public required Guid? ClinicId { get; init; }

    /// <summary>By what.</summary>
    public required PaymentMethod Method { get; init; }

    /// <summary>Who moves the money.</summary>
    public required Gateway Gateway { get; init; }

    /// <summary>Where it stands.</summary>
    public required PaymentStatus Status { get; init; }

    /// <summary>The gateway's code, where it refused.</summary>
    public required string? FailureCode { get; init; }

    /// <summary>The price, in minor units.</summary>
    public required long ListAmount { get; init; }

    /// <summary>What a coupon took off.</summary>
    public required long DiscountAmount { get; init; }

    /// <summary>Taxes on top.</summary>
    public required long TaxAmount { get; init; }

    /// <summary>What is to be paid.</summary>
    public required long Amount { get; init; }

    /// <summary>What went back.</summary>
    public required long RefundedAmount { get; init; }

    /// <summary>ISO 4217.</summary>
    public required string Currency { get; init; }

    /// <summary>Until when it can be paid; null where there is no end.</summary>
    public required DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>When the money was there.</summary>
    public required DateTimeOffset? CapturedAt { get; init; }

    /// <summary>When it began.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it last changed.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>Where the payer goes; told once, when the payment begins.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? CheckoutUrl { get; init; }

    /// <inheritdoc />
    public required int Version { get; init; }

    internal static IQueryable<PaymentResponse> From(CarelineDb db, IQueryable<Payment> payments) => payments.Select(Of(db));

    internal static Expression<Func<Payment, PaymentResponse>> Of(CarelineDb db) => p => new PaymentResponse
    {
        Id = p.Id,
        Number = p.Number,
        Kind = p.Kind,
        SubjectId = p.SubjectId,
        Description = p.Description,
        PayerId = p.PayerAccountId,
        PatientId = p.PatientId,
        DoctorId = p.DoctorId,
        ClinicId = p.ClinicId,
        Method = p.Method,
        Gateway = p.Gateway,
        Status = p.Status,
        FailureCode = p.FailureCode,
        ListAmount = p.ListAmount,
        DiscountAmount = p.DiscountAmount,
        TaxAmount = p.TaxAmount,
        Amount = p.Amount,
        RefundedAmount = db.Set<Refund>().Where(r => r.PaymentId == p.Id && r.Status == RefundStatus.Completed && !r.IsSurplus).Sum(r => r.Amount),
        Currency = p.Currency,
        ExpiresAt = p.ExpiresAt,
        CapturedAt = p.CapturedAt,
        CreatedAt = p.CreatedAt,
        UpdatedAt = p.UpdatedAt,
        Version = p.Version,
    };
}
