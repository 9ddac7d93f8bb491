using Careline.Audit.Contracts;
using Careline.Gateways.Contracts;
using Careline.Payments.Settling;

namespace Careline.Payments.Payments;

/// <summary>What an app wants to pay for with Razorpay's kit.</summary>
/// <param name="Kind">What kind of thing.</param>
/// <param name="Id">Which.</param>
/// <param name="Coupon">A code.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record RazorpayOrderRequest(PayableKind Kind, Guid Id, [MaxLength(40)] string? Coupon = null);

/// <summary>What Razorpay's kit needs.</summary>
/// <param name="PaymentId">Our payment.</param>
/// <param name="OrderId">Razorpay's order.</param>
/// <param name="KeyId">Our public key there.</param>
/// <param name="Amount">In paise.</param>
/// <param name="Currency">ISO 4217.</param>
public sealed record RazorpayOrderResponse(Guid PaymentId, string OrderId, string KeyId, long Amount, string Currency);

/// <summary>What Razorpay's kit hands over.</summary>
/// <param name="RazorpayOrderId">The order.</param>
/// <param name="RazorpayPaymentId">The payment.</param>
/// <param name="RazorpaySignature">Over both.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record RazorpayVerifyRequest(
    [Required, MaxLength(64)] string RazorpayOrderId, [Required, MaxLength(64)] string RazorpayPaymentId, [Required, MaxLength(128)] string RazorpaySignature);

/// <summary>The three calls that apps written for Razorpay's kit make. An order of the caller's that is open for the same thing is given again.</summary>
internal static class RazorpayRoutes
{
    public static void Map(RouteGroupBuilder payments)
    {
        payments.MapPost("/razorpay/create-order/", CreateOrder).Named("CreateRazorpayOrder", "Opens an order for Razorpay's kit.").ForSignedIn().WithOwnTransaction();
        payments.MapPost("/razorpay/verify-payment/", VerifyPayment).Named("VerifyRazorpayPayment", "Takes what Razorpay's kit hands over when the payer has paid.")
            .ForSignedIn().WithOwnTransaction();
        payments.MapGet("/razorpay/order-status/{order}/", OrderStatus).Named("GetRazorpayOrderStatus", "Shows the payment of an order.").ForSignedIn();
    }

    private static async Task<CreatedAnswer<RazorpayOrderResponse>> CreateOrder(
        RazorpayOrderRequest request, Actor actor, Till till, CheckoutDesk desk, CarelineDb db, AuditTrail trail, HttpContext http, CancellationToken ct)
    {
        var me = actor.AccountId;
        var open = await db.Set<Payment>()
            .Where(p => p.Kind == request.Kind && p.SubjectId == request.Id && p.PayerAccountId == me && p.Gateway == Gateway.Razorpay
                && (p.Status == PaymentStatus.Pending || p.Status == PaymentStatus.Processing || p.Status == PaymentStatus.Failed))
            .Select(p => (Guid?)p.Id).FirstOrDefaultAsync(ct);
        var id = open ?? await StartAsync(request, actor, till, db, trail, ct);
        var checkout = await desk.OpenAsync(id, http.Request, ct);
        var payment = await db.Set<Payment>().FirstAsync(p => p.Id == id, ct);
        return Answer.Created(
            new RazorpayOrderResponse(id, checkout.OrderId ?? "", checkout.ClientFields?.GetValueOrDefault("key_id") ?? "", payment.Amount, payment.Currency), "Order opened.");
    }

    private static async Task<Answer<PaymentResponse>> VerifyPayment(
        RazorpayVerifyRequest request, Actor actor, Settlement settlement, CarelineDb db, AuditTrail trail, CancellationToken ct)
    {
        var attempt = await FindAsync(db, actor, request.RazorpayOrderId, ct);
        trail.About("payment", attempt.PaymentId).Because("payment");
        var fields = new Dictionary<string, string>
        {
            ["razorpay_order_id"] = request.RazorpayOrderId,
            ["razorpay_payment_id"] = request.RazorpayPaymentId,
            ["razorpay_signature"] = request.RazorpaySignature,
        };
        await settlement.HearReturnAsync(attempt.Id, fields, ct);
        return Answer.Ok(await PaymentResponse.From(db, db.Set<Payment>().Where(p => p.Id == attempt.PaymentId)).FirstAsync(ct));
    }

    private static async Task<Answer<PaymentResponse>> OrderStatus(string order, Actor actor, CarelineDb db, AuditTrail trail, CancellationToken ct)
    {
        var attempt = await FindAsync(db, actor, order, ct);
        trail.About("payment", attempt.PaymentId).Because("payment");
        return Answer.Ok(await PaymentResponse.From(db, db.Set<Payment>().Where(p => p.Id == attempt.PaymentId)).FirstAsync(ct));
    }

    private static async Task<Attempt> FindAsync(CarelineDb db, Actor actor, string orderId, CancellationToken ct)
    {
        var own = Payment.VisibleTo(db, actor).Select(p => p.Id);
        return await db.Set<Attempt>().FirstOrDefaultAsync(a => a.Gateway == Gateway.Razorpay && a.OrderId == orderId && own.Contains(a.PaymentId), ct) ?? throw new NotFound();
    }

    private static async Task<Guid> StartAsync(RazorpayOrderRequest request, Actor actor, Till till, CarelineDb db, AuditTrail trail, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var start = new StartPaymentRequest(request.Kind, request.Id, PaymentMethod.Card, Gateway.Razorpay, request.Coupon);
        var (payment, _) = await till.StartAsync(start, actor, ct);
        trail.About("payment", payment.Id).Because("payment");
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(CancellationToken.None);
        db.Forget();
        return payment.Id;
    }
}
