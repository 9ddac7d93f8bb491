using Careline.Accounts.Contracts;
using Careline.Audit.Contracts;
using Careline.Gateways.Contracts;
using Careline.Payments.Coupons;
using Careline.Payments.Settling;

namespace Careline.Payments.Payments;

/// <summary>What a cashier took.</summary>
/// <param name="Method">Cash, a transfer, insurance, or another way: never one that a gateway takes.</param>
/// <param name="Note">The number of the transfer, the slip of the terminal, the insurer's approval. Never a card's number.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record ReceivePaymentRequest(PaymentMethod Method, [MaxLength(200)] string? Note = null) : IValidatableObject
{
    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Method is PaymentMethod.Card or PaymentMethod.Upi or PaymentMethod.NetBanking or PaymentMethod.Wallet)
        {
            yield return new ValidationResult("A gateway takes that; say cash, bank_transfer, insurance or other.", [nameof(Method)]);
        }

        // Thirteen figures in a row, whatever stands between them, is a card's number; the ledger of this product never holds one (PCI DSS 3.3).
        if (CardNumber.IsIn(Note))
        {
            yield return new ValidationResult("This looks like a card's number. Write down the slip's number instead.", [nameof(Note)]);
        }
    }
}

/// <summary>What an app's kit of a gateway handed over when the payer came back.</summary>
/// <param name="Fields">By the gateway's names, such as <c>razorpay_signature</c>; empty to ask the gateway.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record VerifyPaymentRequest([MaxLength(60)] IReadOnlyDictionary<string, string>? Fields = null);

internal static class MovePayment
{
    public static void Map(RouteGroupBuilder payments)
    {
        payments.MapPost("/{id:guid}/receive/", Receive).Named("ReceivePayment", "Says that the money of a payment was taken at the practice.")
            .ForRoles(CashierRoles).VisibleAs<Payment>();
        payments.MapPost("/{id:guid}/cancel/", Cancel).Named("CancelPayment", "Calls off a payment that is not paid.").ForSignedIn().VisibleAs<Payment>();
        payments.MapPost("/{id:guid}/verify/", Verify).Named("VerifyPayment", "Asks the gateway whether a payment is paid, and takes what it answers into the books.")
            .ForSignedIn().VisibleAs<Payment>().WithOwnTransaction();
    }

    /// <summary>Who may keep a till; at which clinic, the query says.</summary>
    public static string[] CashierRoles { get; } = [Roles.Receptionist, Roles.Pharmacist, Roles.Nurse, Roles.Doctor, Roles.Admin, Roles.SuperAdmin];

    /// <summary>The payment, locked, for somebody who keeps the till that it belongs to.</summary>
    /// <exception cref="NotFound">Not the actor's to see.</exception>
    /// <exception cref="PermissionDenied">To see, but not to take or give money for.</exception>
    public static async Task<Payment> AsCashierAsync(CarelineDb db, Actor actor, Guid id, CancellationToken ct)
    {
        if (!await Payment.VisibleTo(db, actor).AnyAsync(p => p.Id == id, ct))
        {
            throw new NotFound();
        }

        if (!actor.IsAdmin && !await Payment.AtDeskOf(db, actor).AnyAsync(p => p.Id == id, ct))
        {
            throw new PermissionDenied();
        }

        return (await Payment.LockAsync(db, id, ct))!;
    }

    private static async Task<Answer<PaymentResponse>> Receive(
        Guid id, ReceivePaymentRequest request, IfMatch ifMatch, Actor actor, Receipts receipts, CarelineDb db, AuditTrail trail, CancellationToken ct)
    {
        var payment = await AsCashierAsync(db, actor, id, ct);
        ifMatch.Check(payment);
        if (payment.PayerAccountId == actor.AccountId)
        {
            throw new PermissionDenied("Nobody takes their own money: let a colleague do it.");
        }

        trail.About("payment", id).Because("payment");
        await receipts.ReceiveAsync(payment, request.Method, request.Note, actor.AccountId, ct);
        return await SaveAsync(db, payment, "Payment received.", trail, ct);
    }

    private static async Task<Answer<PaymentResponse>> Cancel(
        Guid id, IfMatch ifMatch, Actor actor, CouponDesk coupons, CarelineDb db, AuditTrail trail, CancellationToken ct)
    {
        var visible = await Payment.VisibleTo(db, actor).FirstOrDefaultAsync(p => p.Id == id, ct) ?? throw new NotFound();
        if (visible.PayerAccountId != actor.AccountId && visible.CreatedBy != actor.AccountId)
        {
            await AsCashierAsync(db, actor, id, ct);
        }

        var payment = (await Payment.LockAsync(db, id, ct))!;
        ifMatch.Check(payment);
        payment.Cancel(db.Now);
        await coupons.FreeAsync(payment, ct);
        return await SaveAsync(db, payment, "Payment cancelled.", trail, ct);
    }

    private static async Task<Answer<PaymentResponse>> Verify(
        Guid id, VerifyPaymentRequest? request, Actor actor, Settlement settlement, CarelineDb db, AuditTrail trail, CancellationToken ct)
    {
        trail.About("payment", id).Because("payment");
        var attempt = await db.Set<Attempt>().Where(a => a.PaymentId == id).OrderByDescending(a => a.Id).Select(a => (Guid?)a.Id).FirstOrDefaultAsync(ct);
        if (attempt is { } asked)
        {
            await settlement.HearReturnAsync(asked, request?.Fields ?? new Dictionary<string, string>(), ct);
        }

        return Answer.Ok(await PaymentResponse.From(db, Payment.VisibleTo(db, actor).Where(p => p.Id == id)).FirstOrDefaultAsync(ct) ?? throw new NotFound());
    }

    private static async Task<Answer<PaymentResponse>> SaveAsync(CarelineDb db, Payment payment, string message, AuditTrail trail, CancellationToken ct)
    {
        trail.About("payment", payment.Id).Because("payment");
        if (payment.PatientId is { } patient)
        {
            trail.Concerns(patient);
        }

        await db.SaveChangesAsync(ct);
        return Answer.Ok(await PaymentResponse.From(db, db.Set<Payment>().Where(p => p.Id == payment.Id)).FirstAsync(ct), message);
    }
}
