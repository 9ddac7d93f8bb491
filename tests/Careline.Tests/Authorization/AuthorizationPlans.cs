namespace Careline.Tests.Authorization;

/// <content>Plans, who subscribed to them, and what doctors and clinics are paid out.</content>
internal static partial class AuthorizationTable
{
    private const string Plans =
        """


        ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok  | GET /api/payments/plans/
        ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok  | GET /api/payments/plans/{id:guid}/
        401  403  403  403  403  403  403  403  403  403  403  ok   ok  | POST /api/payments/plans/
        401  403  403  403  403  403  403  403  403  403  403  ok   ok  | PUT /api/payments/plans/{id:guid}/
        401  403  403  403  403  403  403  403  403  403  403  ok   ok  | DELETE /api/payments/plans/{id:guid}/
        401  ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok  | GET /api/payments/subscriptions/
        401  ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok  | POST /api/payments/subscriptions/
        401  ok   404  404  404  404  404  404  404  404  404  ok   ok  | GET /api/payments/subscriptions/{id:guid}/
        401  ok   404  404  404  404  404  404  404  404  404  403  403 | POST /api/payments/subscriptions/{id:guid}/pause/
        401  ok   404  404  404  404  404  404  404  404  404  403  403 | POST /api/payments/subscriptions/{id:guid}/resume/
        401  ok   404  404  404  404  404  404  404  404  404  403  403 | POST /api/payments/subscriptions/{id:guid}/change/
        401  ok   404  404  404  404  404  404  404  404  404  ok   ok  | POST /api/payments/subscriptions/{id:guid}/cancel/
        401  403  403  ok   ok   ok   ok   ok   ok   ok   ok   ok   ok  | GET /api/payments/payouts/
        401  403  403  404  404  404  404  404  404  ok   404  ok   ok  | GET /api/payments/payouts/{id:guid}/
        401  403  403  404  404  404  404  404  404  ok   404  ok   ok  | GET /api/payments/payouts/statement/
        401  403  403  403  403  403  403  403  403  403  403  ok   ok  | POST /api/payments/payouts/
        401  403  403  403  403  403  403  403  403  403  403  ok   ok  | POST /api/payments/payouts/{id:guid}/pay/
        401  403  403  403  403  403  403  403  403  403  403  ok   ok  | POST /api/payments/payouts/{id:guid}/cancel/
        """;
}

/// <content>The patient subscribed on trial; the clinic is paid out its share of the visit that was paid.</content>
public sealed partial class AuthorizationWorld
{
    private async Task SubscribeAsync()
    {
        var payee = new { payee_kind = "clinic", payee_id = _clinic, currency = "INR" };
        _ids[("{id}", "/api/payments/plans/")] = await PlanAsync();
        _ids[("{id}", "/api/payments/subscriptions/")] = Made(await Patient.PostAsync("/api/payments/subscriptions/", new { plan_id = await PlanAsync() }));
        _ids[("{id}", "/api/payments/payouts/")] = Made(await People[11]!.PostAsync("/api/payments/payouts/", payee));
        _bodies["POST /api/payments/plans/"] = _bodies["PUT /api/payments/plans/{id}/"] = (Func<object>)Plan;
        _bodies["POST /api/payments/subscriptions/"] = new { plan_id = await PlanAsync() };
        _bodies["POST /api/payments/payouts/"] = payee;
        _bodies["POST /api/payments/payouts/{id}/pay/"] = new { reference = "TRF 1" };
    }

    private static object Plan() => new { code = $"P{Guid.CreateVersion7():N}"[..20], name = "Harbour Care", amount_minor = 30_000, currency = "INR", period = "month", trial_days = 30 };

    private async Task<Guid> PlanAsync() => Made(await People[11]!.PostAsync("/api/payments/plans/", Plan()));
}
