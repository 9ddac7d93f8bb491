namespace Careline.Gateways.Paystack;

/// <summary>Judges and reads what Paystack sends.</summary>
internal static class PaystackWebhooks
{
    public static Webhook Read(WebhookRequest request, IReadOnlyList<string> secrets, bool isLive)
    {
        if (!PaystackSignature.IsGood(request, secrets))
        {
            return Webhook.Forged;
        }

        var body = GatewayJson.Parse(request.Body.Span);
        if (body.Text("data", "domain") is { } domain && domain == (isLive ? "test" : "live"))
        {
            return Webhook.Forged;
        }

        // Events have no name of their own: a repeated one has the same bytes.
        var name = body.Text("event") ?? "";
        return new Webhook(false, Signatures.KeyOf(request.Body.Span), name, Fact(name, body.At("data")) is { } fact ? [fact] : []);
    }

    private static GatewayFact? Fact(string name, JsonElement thing) => name switch
    {
        "charge.success" or "charge.failed" => PaystackFacts.OfTransaction(thing),
        "refund.pending" or "refund.processing" or "refund.processed" or "refund.failed" or "refund.needs-attention" => PaystackFacts.OfRefund(thing, null),
        "charge.dispute.create" or "charge.dispute.remind" or "charge.dispute.resolve" => PaystackFacts.OfDispute(thing),
        _ => null,
    };
}
