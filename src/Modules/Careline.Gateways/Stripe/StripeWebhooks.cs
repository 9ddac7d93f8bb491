namespace Careline.Gateways.Stripe;

/// <summary>Judges and reads what Stripe sends.</summary>
internal static class StripeWebhooks
{
    public static Webhook Read(WebhookRequest request, IReadOnlyList<string> secrets, bool isLive)
    {
        if (!StripeSignature.IsGood(request, secrets))
        {
            return Webhook.Forged;
        }

        var body = GatewayJson.Parse(request.Body.Span);

        // An event of the test side says nothing of real money, nor the other way round.
        if (body.IsTrue("livemode") != isLive)
        {
            return Webhook.Forged;
        }

        var name = body.Text("type") ?? "";
        var key = body.Text("id") is { } id && id.StartsWith("evt_", StringComparison.Ordinal) ? id : Signatures.KeyOf(request.Body.Span);
        return new Webhook(false, key, name, [.. Facts(name, body.At("data", "object"))]);
    }

    private static IEnumerable<GatewayFact> Facts(string name, JsonElement thing) => name switch
    {
        "payment_intent.succeeded" or "payment_intent.payment_failed" or "payment_intent.canceled" or "payment_intent.processing"
            or "payment_intent.amount_capturable_updated" => StripeFacts.OfIntent(thing),
        "checkout.session.completed" or "checkout.session.async_payment_succeeded" or "checkout.session.expired" => StripeFacts.OfSession(thing),
        "checkout.session.async_payment_failed" => StripeFacts.OfSession(thing, FactKind.Failed),
        "refund.created" or "refund.updated" or "refund.failed" => Of(StripeFacts.OfRefund(thing)),
        "charge.dispute.created" or "charge.dispute.updated" or "charge.dispute.closed" or "charge.dispute.funds_withdrawn"
            or "charge.dispute.funds_reinstated" => Of(StripeFacts.OfDispute(thing)),
        _ => [],
    };

    private static IEnumerable<GatewayFact> Of(GatewayFact? fact) => fact is null ? [] : [fact];
}
