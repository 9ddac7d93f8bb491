using Careline.Audit.Contracts;
using Careline.Gateways.Contracts;
using Careline.Payments.Coupons;
using Careline.Payments.Methods;
using Careline.Payments.Plans;
using Careline.Payments.Terms;
using Microsoft.Extensions.Options;

namespace Careline.Payments.Payments;

/// <summary>What is to be paid for, and how.</summary>
/// <param name="Kind">What kind of thing.</param>
/// <param name="Id">Which.</param>
/// <param name="Method">Card, UPI, a bank's page and wallets are paid at a gateway; cash, transfers, insurance and others at the practice.</param>
/// <param name="Gateway">Which gateway; where it is left out, the one that suits the currency and the clinic.</param>
/// <param name="Coupon">A code.</param>
/// <param name="SaveMethod">The gateway keeps the method, so that it can be used again.</param>
/// <param name="SavedMethodId">A method that was kept: it is charged at once.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record StartPaymentRequest(
    PayableKind Kind,
    Guid Id,
    PaymentMethod Method = PaymentMethod.Card,
    Gateway? Gateway = null,
    [MaxLength(40)] string? Coupon = null,
    bool SaveMethod = false,
    Guid? SavedMethodId = null);

/// <summary>
/// Freezes what something costs and opens its payment: no gateway is asked here, so that a start is one transaction with its coupon, its audit row and its key. The
/// answer's link leads to the gateway.
/// </summary>
internal static class StartPayment
{
    public static void Map(RouteGroupBuilder payments) => payments.MapPost("/", Handle)
        .Named("StartPayment", "Begins to pay for something; the answer says where the payer goes.").ForSignedIn();

    private static async Task<CreatedAnswer<PaymentResponse>> Handle(
        StartPaymentRequest request, Actor actor, Till till, CarelineDb db, AuditTrail trail, HttpContext http, CancellationToken ct)
    {
        var (payment, link) = await till.StartAsync(request, actor, ct);
        trail.About("payment", payment.Id).Because("payment");
        if (payment.PatientId is { } patient)
        {
            trail.Concerns(patient);
        }

        await db.SaveChangesAsync(ct);
        var response = await PaymentResponse.From(db, db.Set<Payment>().Where(p => p.Id == payment.Id)).FirstAsync(ct);
        return Answer.Created(response with { CheckoutUrl = link is null ? null : PaymentLinks.Of(http.Request, link) }, "Payment started.");
    }
}

/// <summary>Opens payments, for this module's routes. Works within the caller's transaction; the caller saves.</summary>
internal sealed class Till(
    CarelineDb db, Cashiers cashiers, IEnumerable<IPayable> payables, MemberDiscount members, CouponDesk coupons, Receipts receipts, IOptions<PaymentsOptions> options)
{
    /// <summary>Opens a payment and answers the text of its link; null where nobody goes to a gateway.</summary>
    /// <exception cref="NotFound">There is no such thing, or it is not the actor's.</exception>
    /// <exception cref="RuleViolation">It cannot be paid for, or not so.</exception>
    public async Task<(Payment Payment, string? Link)> StartAsync(StartPaymentRequest request, Actor actor, CancellationToken ct)
    {
        var payable = payables.FirstOrDefault(p => p.Kind == request.Kind) ?? throw new NotFound();
        var price = await members.ReduceAsync(request.Kind, await payable.PriceAsync(request.Id, actor, ct) ?? throw new NotFound(), ct);
        await CheckFirstAsync(request.Kind, request.Id, ct);
        var terms = await PaymentTerms.OfAsync(db, price.ClinicId, options.Value, ct);
        var id = db.NewId();
        var discount = request.Coupon is { Length: > 0 } code
            ? await coupons.UseAsync(code, price, request.Kind, price.PayerAccountId ?? actor.AccountId, id, ct) : null;
        var bill = new PaymentBill(request.Kind, request.Id, price, terms, discount);
        var saved = request.SavedMethodId is { } savedId
            ? await SavedMethod.VisibleTo(db, actor).FirstOrDefaultAsync(m => m.Id == savedId, ct) ?? throw new NotFound() : null;
        var (route, link) = Route(request, bill, saved);
        var payment = Payment.Begin(id, bill, route, actor.AccountId, db.Now);
        db.Add(payment);
        if (bill.Amount == 0)
        {
            await receipts.ReceiveAsync(payment, PaymentMethod.Other, null, actor.AccountId, ct);
            return (payment, null);
        }

        if (route.Gateway != Gateway.Offline)
        {
            db.Add(Attempt.Of(payment, db.NewId(), saved?.Id, db.Now));
        }

        if (route.Until is { } until)
        {
            await payable.KeepAsync(request.Id, until, ct);
        }

        return (payment, link);
    }

    // The index is the proof; this names the payment that is in the way.
    private async Task CheckFirstAsync(PayableKind kind, Guid id, CancellationToken ct)
    {
        var other = kind == PayableKind.Consultation ? null : await db.Set<Payment>()
            .Where(p => p.Kind == kind && p.SubjectId == id && p.Status != PaymentStatus.Cancelled && p.Status != PaymentStatus.Refunded)
            .Select(p => new { p.Id, p.Status }).FirstOrDefaultAsync(ct);
        if (other is not null)
        {
            throw other.Status is PaymentStatus.Completed or PaymentStatus.PartiallyRefunded
                ? new RuleViolation("ALREADY_PAID", "It is paid already.", new { payment_id = other.Id })
                : new RuleViolation("PAYMENT_OPEN", "A payment for it is open: go on with that, or cancel it.", new { payment_id = other.Id });
        }
    }

    private (PaymentRoute Route, string? Link) Route(StartPaymentRequest request, PaymentBill bill, SavedMethod? saved)
    {
        var until = db.Now.AddMinutes(options.Value.PayWithinMinutes);
        var last = bill.Price.Until is { } end && end < until ? end : until;
        if (bill.Amount == 0 || !IsOnline(request.Method))
        {
            return (new PaymentRoute(request.Method, Gateway.Offline, false, null, bill.Price.Until), null);
        }

        // What is charged by itself has no page: somebody who paid there as well would pay twice.
        if (saved is not null)
        {
            return (new PaymentRoute(request.Method, saved.Gateway, false, null, last), null);
        }

        var gateway = cashiers.Choose(request.Gateway, request.Method, bill.Price.Currency, bill.Terms.Gateways);
        var (text, hash) = OpaqueToken.Issue();
        return (new PaymentRoute(request.Method, gateway, request.SaveMethod, hash, last), text);
    }

    private static bool IsOnline(PaymentMethod method) =>
        method is PaymentMethod.Card or PaymentMethod.Upi or PaymentMethod.NetBanking or PaymentMethod.Wallet;
}
