using Careline.Tests.Payments;

namespace Careline.Tests.Authorization;

/// <content>Payments: who pays, whom it is for, whose work it is, and who keeps the till.</content>
internal static partial class AuthorizationTable
{
    private const string Money =
        """


        401  ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok  | GET /api/payments/
        401  ok   404  404  404  404  ok   ok   404  ok   404  ok   ok  | POST /api/payments/
        401  ok   404  ok   404  404  404  ok   404  ok   ok   ok   ok  | GET /api/payments/{id:guid}/
        401  ok   404  ok   404  404  404  ok   404  ok   ok   ok   ok  | POST /api/payments/{id:guid}/checkout/
        401  403  403  403  404  404  404  ok   404  ok   ok   ok   ok  | POST /api/payments/{id:guid}/receive/
        401  ok   404  403  404  404  404  ok   404  ok   ok   ok   ok  | POST /api/payments/{id:guid}/cancel/
        401  ok   404  ok   404  404  404  ok   404  ok   ok   ok   ok  | POST /api/payments/{id:guid}/verify/
        401  403  403  403  404  404  404  ok   404  ok   ok   ok   ok  | POST /api/payments/{id:guid}/refund/
        401  ok   404  ok   404  404  404  ok   404  ok   ok   ok   ok  | GET /api/payments/{id:guid}/refunds/
        401  ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok  | GET /api/payments/refunds/
        401  403  403  403  403  403  403  403  403  403  403  ok   ok  | POST /api/payments/refunds/{id:guid}/retry/
        401  ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok  | GET /api/payments/transactions/
        401  403  403  403  403  403  403  403  403  403  403  ok   ok  | GET /api/payments/ledger/
        401  403  403  403  403  403  403  403  403  403  403  ok   ok  | POST /api/payments/reconcile/
        404  404  404  404  404  404  404  404  404  404  404  404  404 | GET /api/payments/checkout/{token}/
        404  404  404  404  404  404  404  404  404  404  404  404  404 | GET /api/payments/return/{reference}/
        404  404  404  404  404  404  404  404  404  404  404  404  404 | POST /api/payments/return/{reference}/
        ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok  | POST /api/payments/webhooks/{gateway}/ | BAD_SIGNATURE
        401  ok   404  404  404  404  ok   ok   404  ok   404  ok   ok  | POST /api/payments/razorpay/create-order/
        401  404  404  404  404  404  404  404  404  404  404  404  404 | POST /api/payments/razorpay/verify-payment/
        401  404  404  404  404  404  404  404  404  404  404  404  404 | GET /api/payments/razorpay/order-status/{order}/
        401  ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok  | GET /api/payments/methods/
        401  ok   404  404  404  404  404  404  404  404  404  404  404 | POST /api/payments/methods/{id:guid}/default/
        401  ok   404  404  404  404  404  404  404  404  404  404  404 | DELETE /api/payments/methods/{id:guid}/
        401  403  403  ok   ok   ok   ok   ok   ok   ok   ok   ok   ok  | GET /api/payments/coupons/
        401  403  403  403  403  403  403  403  403  ok   403  ok   ok  | POST /api/payments/coupons/
        401  403  403  404  404  404  404  404  404  ok   404  ok   ok  | GET /api/payments/coupons/{id:guid}/
        401  403  403  404  404  404  404  404  404  ok   404  ok   ok  | PUT /api/payments/coupons/{id:guid}/
        401  403  403  404  404  404  404  404  404  ok   404  ok   ok  | DELETE /api/payments/coupons/{id:guid}/
        401  ok   404  404  404  404  ok   ok   404  ok   404  ok   ok  | POST /api/payments/coupons/check/
        401  403  403  ok   ok   ok   ok   ok   ok   ok   ok   ok   ok  | GET /api/payments/disputes/
        401  403  403  404  404  404  404  ok   404  ok   ok   ok   ok  | GET /api/payments/disputes/{id:guid}/
        401  403  403  403  403  403  403  403  403  403  403  ok   ok  | POST /api/payments/disputes/{id:guid}/answer/
        401  403  403  403  403  403  403  403  403  403  403  ok   ok  | GET /api/payments/discrepancies/
        401  403  403  403  403  403  403  403  403  403  403  ok   ok  | POST /api/payments/discrepancies/{id:guid}/resolve/
        401  ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok  | GET /api/payments/invoices/
        401  ok   404  ok   404  404  404  ok   404  ok   ok   ok   ok  | GET /api/payments/invoices/{id:guid}/
        401  ok   404  ok   404  404  404  ok   404  ok   ok   ok   ok  | GET /api/payments/invoices/{id:guid}/document.pdf/
        401  403  403  ok   ok   ok   ok   ok   ok   ok   ok   ok   ok  | GET /api/payments/analytics/
        401  ok   404  ok   404  404  ok   403  403  403  403  403  403 | GET /api/consultations/{id:guid}/charges/
        401  403  403  ok   404  404  403  403  403  403  403  403  403 | POST /api/consultations/{id:guid}/charges/
        401  403  403  ok   404  404  403  403  403  403  403  403  403 | DELETE /api/consultations/{id:guid}/charges/{chargeId:guid}/
        401  404  404  404  404  404  404  403  403  403  404  403  403 | GET /api/prescriptions/{id:guid}/quote/
        401  403  403  403  403  403  403  403  403  403  404  403  403 | PUT /api/prescriptions/{id:guid}/quote/
        401  404  404  404  404  404  404  404  404  ok   404  ok   ok  | GET /api/eclinic/clinics/{id:guid}/payment-terms/
        401  404  404  404  404  404  404  404  404  ok   404  ok   ok  | PUT /api/eclinic/clinics/{id:guid}/payment-terms/
        ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok  | POST /dev/pay/{gateway}/checkout/ | The order is not signed
        404  404  404  404  404  404  404  404  404  404  404  404  404 | GET /dev/pay/{gateway}/{order}/
        404  404  404  404  404  404  404  404  404  404  404  404  404 | POST /dev/pay/{gateway}/{order}/
        404  404  404  404  404  404  404  404  404  404  404  404  404 | POST /dev/pay/{gateway}/{order}/dispute/
        """;
}

/// <content>One visit is paid, with all that can come of it; another one is to be paid.</content>
public sealed partial class AuthorizationWorld
{
    private async Task PayAsync()
    {
        var (open, desk) = ((Guid)_ids[("{id}", "/api/appointments/")], People[7]!);
        var other = (Guid)_ids[("{id}", "/api/appointments/{id}/start/")];
        await SqlAsync("UPDATE scheduling.appointments SET fee_amount = 50000, fee_currency = 'INR', clinic_id = $3 WHERE id IN ($1, $2)", open, other, _clinic);
        var paid = Made(await Patient.StartAsync(other, new { method = "cash" }));
        (await desk.PostAsync($"/api/payments/{paid}/receive/", new { method = "cash" })).Status.ShouldBe(200);
        _ids[("{id}", "/api/payments/")] = paid;
        _ids[("{id}", "/api/payments/invoices/")] = (await Patient.GetAsync("/api/payments/invoices/")).Rows.First().GetProperty("id").GetGuid();
        _ids[("{id}", "/api/payments/methods/")] = await MethodAsync();
        _ids[("{id}", "/api/payments/coupons/")] = await CouponAsync();
        _ids[("{id}", "/api/payments/disputes/")] = await MoneyRowAsync(
            """
            INSERT INTO payments.disputes (id, payment_id, attempt_id, gateway, gateway_dispute_id, amount, currency, status, opened_at, closed_at, version)
            SELECT $1, $2, a.id, 'stripe', $1::text, 100, 'INR', 'lost', $3, $3, 1 FROM payments.attempts a LIMIT 1
            """, await AttemptAsync(paid));
        _ids[("{id}", "/api/payments/refunds/")] = await MoneyRowAsync(
            """
            INSERT INTO payments.refunds (id, payment_id, gateway, amount, currency, reason, status, is_surplus, requested_at, tries, version)
            VALUES ($1, $2, 'offline', 100, 'INR', 'other', 'failed', false, $3, 0, 1)
            """, paid);
        _ids[("{id}", "/api/payments/discrepancies/")] = await MoneyRowAsync(
            "INSERT INTO payments.discrepancies (id, key, kind, gateway, payment_id, found_at, version) VALUES ($1, $1::text, 'amount', 'stripe', $2, $3, 1)", paid);
        _bodies["POST /api/consultations/{id}/charges/"] = new { description = "Dressing", amount = 2_000, currency = "INR" };
        _bodies["PUT /api/prescriptions/{id}/quote/"] = new { amount = 2_000, currency = "INR" };
        _ids[("{chargeId}", "/")] = await ChargeAsync();
        _ids[("{reference}", "/")] = _ids[("{order}", "/")] = "nonsense";
        _ids[("{gateway}", "/")] = "stripe";
        _bodies["POST /api/payments/"] = new { kind = "appointment", id = other };
        _bodies["POST /api/payments/razorpay/create-order/"] = new { kind = "appointment", id = other };
        _bodies["POST /api/payments/razorpay/verify-payment/"] = new { razorpay_order_id = "nonsense", razorpay_payment_id = "nonsense", razorpay_signature = "00" };
        _bodies["POST /api/payments/{id}/receive/"] = new { method = "cash" };
        _bodies["POST /api/payments/coupons/"] = (Func<object>)Coupon;
        _bodies["PUT /api/payments/coupons/{id}/"] = Coupon();
        _bodies["POST /api/payments/coupons/check/"] = new { code = "NOTHING", kind = "appointment", id = open };
        _bodies["POST /api/payments/disputes/{id}/answer/"] = new { evidence = "The visit took place." };
        _bodies["POST /api/payments/discrepancies/{id}/resolve/"] = new { note = "Looked at" };
        _bodies["PUT /api/eclinic/clinics/{id}/payment-terms/"] = new { tax_percent = 0, doctor_percent = 70, gateways = Array.Empty<string>() };
    }

    private object Coupon() => new { code = $"C{Guid.CreateVersion7():N}"[..20], kind = "percentage", percent = 5, clinic_id = _clinic };

    private async Task<Guid> CouponAsync() => Made(await People[11]!.PostAsync("/api/payments/coupons/", Coupon()));

    private async Task<Guid> ChargeAsync() =>
        Made(await Doctor.PostAsync($"/api/consultations/{_ids[("{id}", "/api/consultations/")]}/charges/", _bodies["POST /api/consultations/{id}/charges/"]));

    private async Task<Guid> MethodAsync()
    {
        var id = Guid.CreateVersion7();
        await SqlAsync(
            """
            INSERT INTO payments.saved_methods (id, account_id, gateway, token_sealed, token_hash, is_default, created_at)
            VALUES ($1, $2, 'stripe', $3, $4, false, $5)
            """, id, Patient.UserId, new byte[] { 1, 1 }, id.ToByteArray(), Now);
        return id;
    }

    private async Task<Guid> AttemptAsync(Guid payment)
    {
        await SqlAsync(
            """
            INSERT INTO payments.attempts (id, payment_id, gateway, reference, state, asks, created_at, version) VALUES ($1, $2, 'stripe', $1::text, 'ended', 0, $3, 1)
            """, Guid.CreateVersion7(), payment, Now);
        return payment;
    }

    private async Task<Guid> MoneyRowAsync(string insert, Guid payment)
    {
        var id = Guid.CreateVersion7();
        await SqlAsync(insert, id, payment, Now);
        return id;
    }
}
