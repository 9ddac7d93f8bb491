using System.Linq.Expressions;
using Careline.Accounts.Contracts;
using Careline.Audit.Contracts;
using Careline.Payments.Payments;

namespace Careline.Payments.Refunds;

/// <summary>What is given back.</summary>
/// <param name="Amount">In minor units; all that is left where it is absent.</param>
/// <param name="Reason">Why.</param>
/// <param name="Note">More of it.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record RefundPaymentRequest(
    [Range(1, long.MaxValue)] long? Amount = null, RefundReason Reason = RefundReason.Other, [MaxLength(500)] string? Note = null) : IValidatableObject
{
    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (CardNumber.IsIn(Note))
        {
            yield return new ValidationResult("This looks like a card's number.", [nameof(Note)]);
        }
    }
}

/// <summary>Money that goes back.</summary>
/// <param name="Id">The refund.</param>
/// <param name="PaymentId">Of which payment.</param>
/// <param name="Amount">Minor units.</param>
/// <param name="Currency">ISO 4217.</param>
/// <param name="Reason">Why.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="FailureCode">The gateway's code, where it will not.</param>
/// <param name="IsSurplus">It was paid twice or too late.</param>
/// <param name="RequestedAt">When it was decided.</param>
/// <param name="CompletedAt">When the money went.</param>
public sealed record RefundResponse(
    Guid Id,
    Guid PaymentId,
    long Amount,
    string Currency,
    RefundReason Reason,
    RefundStatus Status,
    string? FailureCode,
    bool IsSurplus,
    DateTimeOffset RequestedAt,
    DateTimeOffset? CompletedAt)
{
    internal static Expression<Func<Refund, RefundResponse>> Of { get; } = r => new RefundResponse(
        r.Id, r.PaymentId, r.Amount, r.Currency, r.Reason, r.Status, r.FailureCode, r.IsSurplus, r.RequestedAt, r.CompletedAt);
}

internal static class RefundPayment
{
    public static void Map(RouteGroupBuilder payments)
    {
        payments.MapPost("/{id:guid}/refund/", Handle).Named("RefundPayment", "Gives a payment back, whole or in part.")
            .ForRoles(MovePayment.CashierRoles).RequiresRecentSignIn().VisibleAs<Payment>();
        payments.MapGet("/{id:guid}/refunds/", List).Named("ListPaymentRefunds", "What of a payment went back, or is on its way.").ForSignedIn().VisibleAs<Payment>();
        payments.MapGet("/refunds/", ListAll).Named("ListRefunds", "Lists the refunds of the payments that the caller may see, newest first.").ForSignedIn()
            .WithFilters("status", "reason", "payment");
        payments.MapPost("/refunds/{id:guid}/retry/", Retry).Named("RetryRefund", "Tells the gateway again of a refund that it would not make.")
            .ForRoles(Roles.Administrators).RequiresRecentSignIn().OpenToAll("For administrators alone, who see all of them.");
    }

    private static async Task<CreatedAnswer<RefundResponse>> Handle(
        Guid id, RefundPaymentRequest? request, Actor actor, RefundDesk desk, CarelineDb db, AuditTrail trail, CancellationToken ct)
    {
        var payment = await MovePayment.AsCashierAsync(db, actor, id, ct);
        trail.About("payment", id).Because("payment");
        if (payment.PatientId is { } patient)
        {
            trail.Concerns(patient);
        }

        var (amount, reason, note) = request ?? new RefundPaymentRequest();
        var refund = await desk.RefundAsync(payment, amount, new RefundWish(0, reason, note, actor.AccountId), ct);
        await db.SaveChangesAsync(ct);
        return Answer.Created(RefundResponse.Of.Compile()(refund), refund.Status == RefundStatus.Completed ? "Given back." : "It goes back as soon as the gateway answers.");
    }

    private static async Task<PageAnswer<RefundResponse>> List(Guid id, ListQuery query, Actor actor, CarelineDb db, CancellationToken ct)
    {
        return await Payment.VisibleTo(db, actor).AnyAsync(p => p.Id == id, ct)
            ? Answer.Page(await query.PageAsync(db.Set<Refund>().Where(r => r.PaymentId == id).OrderBy(r => r.Id), RefundResponse.Of, ct)) : throw new NotFound();
    }

    private static async Task<PageAnswer<RefundResponse>> ListAll(ListQuery query, Actor actor, CarelineDb db, CancellationToken ct)
    {
        var own = Payment.VisibleTo(db, actor).Select(p => p.Id);
        var refunds = db.Set<Refund>().Where(r => own.Contains(r.PaymentId));
        if (query.Enum<RefundStatus>("status") is { } status)
        {
            refunds = refunds.Where(r => r.Status == status);
        }

        if (query.Enum<RefundReason>("reason") is { } reason)
        {
            refunds = refunds.Where(r => r.Reason == reason);
        }

        if (query.Id("payment") is { } payment)
        {
            refunds = refunds.Where(r => r.PaymentId == payment);
        }

        query.Ordering("-requested_at");
        return Answer.Page(await query.PageAsync(refunds.OrderByDescending(r => r.Id), RefundResponse.Of, ct));
    }

    private static async Task<Answer<RefundResponse>> Retry(Guid id, CarelineDb db, AuditTrail trail, CancellationToken ct)
    {
        var found = await db.Set<Refund>().FirstOrDefaultAsync(r => r.Id == id, ct) ?? throw new NotFound();
        await Payment.LockAsync(db, found.PaymentId, ct);
        var refund = await db.Set<Refund>().AsTracking().FirstAsync(r => r.Id == id, ct);
        if (refund.Status != RefundStatus.Failed || refund.AttemptId is null)
        {
            throw new RuleViolation("REFUND_NOT_FAILED", "Only a refund that the gateway would not make is tried again.", new { status = refund.Status });
        }

        refund.Again(db.Now);
        trail.About("refund", id).Because("payment");
        await db.SaveChangesAsync(ct);
        return Answer.Ok(RefundResponse.Of.Compile()(refund), "It is tried again.");
    }
}
