namespace Careline.Tests.Contract;

internal static class MoneyRows
{
    /// <summary>What the documented interface promises of payments, in the columns of <see cref="PeopleRows"/>.</summary>
    public const string Reviewed =
        """
        GET /api/payments/ | - | patient | - | 200 page id number kind=appointment status amount currency list_amount discount_amount tax_amount refunded_amount gateway method ?status=completed ?kind=appointment ?from=2020-01-01 ?ordering=-created_at
        POST /api/payments/ | - | patient | - | 409 refusal error.code=ALREADY_PAID error.details.payment_id
        GET /api/payments/{id}/ | - | patient | - | 200 state id number status=completed amount currency captured_at
        POST /api/payments/{id}/refund/ | - | patient | - | 403 refusal error.code=PERMISSION_DENIED
        POST /api/payments/{id}/refund/ | - | receptionist | - {"amount":99999999} | 409 refusal error.code=REFUND_TOO_MUCH error.details.left
        GET /api/payments/subscriptions/ | - | patient | - | 200 page id number plan_id status=trialing amount_minor currency period_end ?status=trialing
        GET /api/payments/methods/ | - | patient | - | 200 page id gateway brand last4 is_default
        GET /api/payments/transactions/ | - | patient | - | 200 page id payment_id kind=payment amount currency at
        GET /api/payments/disputes/ | - | admin | - | 200 page id payment_id status amount currency due_at
        GET /api/payments/coupons/ | - | admin | - | 200 page id code kind uses is_active
        POST /api/payments/coupons/ | - | admin | - | 201 created id code kind percent=5
        GET /api/payments/invoices/ | - | patient | - | 200 page id number kind=receipt amount currency issued_at
        POST /api/payments/webhooks/{gateway}/ | - | anyone | - | 401 refusal error.code=BAD_SIGNATURE
        GET /api/payments/analytics/ | - | admin | - | 200 object begun paid failed by_currency by_gateway by_method by_kind
        POST /api/payments/reconcile/ | - | admin | - | 200 object asked healed open discrepancies unbalanced is_sound
        """;
}
