namespace Careline.Gateways.Razorpay;

/// <summary>Judges and reads what Razorpay sends.</summary>
internal static class RazorpayWebhooks
{
    public static Webhook Read(WebhookRequest request, IReadOnlyList<string> secrets)
    {
        if (!RazorpaySignature.IsGood(request, secrets))
        {
            return Webhook.Forged;
        }

        var body = GatewayJson.Parse(request.Body.Span);
        var name = body.Text("event") ?? "";

        // The name of the delivery stands in a header, which is not signed: one that is no name counts for nothing.
        var key = GatewayJson.Code(request.Header("x-razorpay-event-id"), Signatures.KeyOf(request.Body.Span));
        return new Webhook(false, key, name, Fact(name, body.At("payload")) is { } fact ? [fact] : []);
    }

    private static GatewayFact? Fact(string name, JsonElement payload) => name switch
    {
        "payment.authorized" or "payment.captured" or "payment.failed" => RazorpayFacts.OfPayment(payload.At("payment", "entity")),
        "order.paid" => RazorpayFacts.OfPayment(payload.At("payment", "entity")) is { } fact
            ? fact with { Reference = fact.Reference ?? payload.Text("order", "entity", "receipt") } : null,
        "refund.created" or "refund.processed" or "refund.failed" or "refund.speed_changed" => RazorpayFacts.OfRefund(payload.At("refund", "entity")),
        _ when name.StartsWith("payment.dispute.", StringComparison.Ordinal) => RazorpayFacts.OfDispute(payload.At("dispute", "entity")),
        _ => null,
    };
}
