using Careline.Accounts.Contracts;
using Careline.Audit.Contracts;
using Careline.Gateways.Contracts;

namespace Careline.Payments.Payments;

/// <summary>
/// Opens an order at the gateway, once: who comes while somebody asks it waits, and who comes later gets the first answer. No transaction is open while the gateway is
/// asked; what it opened without our hearing of it is nobody's, since only its answer leads anybody there.
/// </summary>
internal sealed class CheckoutDesk(
    CarelineDb db, Cashiers cashiers, FieldCipher cipher, IAccountAddresses addresses, IActorNames names)
{
    /// <summary>How the payer pays.</summary>
    /// <exception cref="RuleViolation">PAYMENT_CLOSED, CHECKOUT_BUSY, GATEWAY_REFUSED.</exception>
    /// <exception cref="Unavailable">The gateway is away.</exception>
    public async Task<GatewayCheckout> OpenAsync(Guid paymentId, HttpRequest request, CancellationToken ct)
    {
        var (payment, attempt) = await ClaimAsync(paymentId, ct);
        if (attempt.CheckoutSealed is { } known)
        {
            return JsonSerializer.Deserialize<GatewayCheckout>(cipher.Open(known, PlaceOf(attempt.Id)), JsonSerializerOptions.Web)!;
        }

        var order = await OrderAsync(payment, attempt, PaymentLinks.ReturnOf(request, attempt.Reference), ct);
        try
        {
            var checkout = await cashiers.Of(attempt.Gateway).StartAsync(order, ct);
            var sealedText = cipher.Seal(JsonSerializer.Serialize(checkout, JsonSerializerOptions.Web), PlaceOf(attempt.Id));
            await ChangeAsync(paymentId, attempt.Id, (_, a) => a.Started(checkout.OrderId, sealedText));
            return checkout;
        }
        catch (GatewayRefused refused)
        {
            await ChangeAsync(paymentId, attempt.Id, (p, a) =>
            {
                a.Failed();
                p.Fail(refused.Code, db.Now);
            });
            throw new RuleViolation("GATEWAY_REFUSED", "The payment gateway did not accept this payment. Try again, or another way to pay.", new { code = refused.Code });
        }
        catch (GatewayAway)
        {
            throw new Unavailable("The payment gateway does not answer at present. Nothing was charged. Try again shortly.");
        }
    }

    /// <summary>What the gateway is told of a payment.</summary>
    public async Task<GatewayOrder> OrderAsync(Payment payment, Attempt attempt, Uri returnUrl, CancellationToken ct)
    {
        var payer = payment.PayerAccountId ?? payment.CreatedBy!.Value;
        var address = await addresses.OfAsync([payer], ct) is [var known, ..] ? known : null;
        var name = (await names.OfAsync([payer], ct)).GetValueOrDefault(payer)?.Split(' ')[0];
        return new GatewayOrder(
            attempt.Reference,
            payment.Amount,
            payment.Currency,
            payment.Description,
            new GatewayPayer(payer, string.IsNullOrWhiteSpace(name) ? "Payer" : name, address?.Email, address?.Phone),
            returnUrl,
            payment.SaveMethod);
    }

    private async Task<(Payment Payment, Attempt Attempt)> ClaimAsync(Guid paymentId, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var payment = await Payment.LockAsync(db, paymentId, ct) ?? throw new NotFound();
        payment.CheckOpen();
        if (payment.Gateway == Gateway.Offline)
        {
            throw new RuleViolation("PAID_AT_THE_PRACTICE", "This is paid at the practice, not here.");
        }

        var attempt = await db.Set<Attempt>().AsTracking().Where(a => a.PaymentId == paymentId).OrderByDescending(a => a.Id).FirstAsync(ct);
        if (attempt.State is not (AttemptState.New or AttemptState.Started))
        {
            // A gateway does not take a reference again that it refused once.
            attempt.End(db.Now);
            attempt = Attempt.Of(payment, db.NewId(), null, db.Now);
            db.Add(attempt);
        }

        if (attempt.SavedMethodId is not null)
        {
            throw new RuleViolation("BEING_CHARGED", "The saved method is charged at this moment.");
        }

        if (attempt.CheckoutSealed is null)
        {
            attempt.Claim(db.Now);
        }

        payment.Process(db.Now);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(CancellationToken.None);
        db.Forget();
        return (payment, attempt);
    }

    // Whatever the caller does meanwhile: what the gateway answered must not be lost.
    private async Task ChangeAsync(Guid paymentId, Guid attemptId, Action<Payment, Attempt> change)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(CancellationToken.None);
        var payment = (await Payment.LockAsync(db, paymentId, CancellationToken.None))!;
        var attempt = await db.Set<Attempt>().AsTracking().FirstAsync(a => a.Id == attemptId, CancellationToken.None);
        change(payment, attempt);
        await db.SaveChangesAsync(CancellationToken.None);
        await transaction.CommitAsync(CancellationToken.None);
        db.Forget();
    }

    private static string PlaceOf(Guid id) => $"payments.attempts.checkout_sealed:{id}";
}
