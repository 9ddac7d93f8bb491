namespace Careline.Gateways.Payu;

/// <summary>
/// Judges and reads what PayU sends: of payments as a form or as JSON, hashed; of refunds and disputes as JSON that nobody signs, from which nothing follows
/// but a question.
/// </summary>
internal static class PayuWebhooks
{
    public static Webhook Read(WebhookRequest request, string key, IReadOnlyList<string> salts)
    {
        var body = request.Body.Span;
        if (PayuFields.Read(body) is not { } fields)
        {
            return Webhook.Forged;
        }

        if (fields.ContainsKey("hash"))
        {
            return PayuHash.IsGood(fields, key, salts)
                ? new Webhook(false, SignedKey(fields), "payment." + fields.GetValueOrDefault("status"), PayuFacts.OfMessage(fields) is { } paid ? [paid] : [])
                : Webhook.Forged;
        }

        // Whoever writes first under a name would keep the true news out: the key of an unsigned message is all of it.
        var unsigned = "unsigned:" + Signatures.KeyOf(body);
        var message = GatewayJson.Parse(body);
        return message.Text("action") == "refund" && message.Text("key") == key
            ? new Webhook(false, unsigned, "refund", PayuFacts.OfRefundMessage(message) is { } refund ? [refund] : [])
            : message.Text("event") == "dispute" && message.Text("cb_id") is not null
                ? new Webhook(false, unsigned, "dispute", PayuFacts.OfDisputeMessage(message) is { } dispute ? [dispute] : [])
                : Webhook.Forged;
    }

    // Signed or not, PayU's names tell deliveries apart; what is signed goes first, so that no message can stand for another payment's.
    private static string SignedKey(IReadOnlyDictionary<string, string> fields) =>
        $"{Short(fields, "txnid")}:{Short(fields, "mihpayid")}:{Short(fields, "status")}";

    private static string Short(IReadOnlyDictionary<string, string> fields, string name) =>
        fields.GetValueOrDefault(name) is { Length: <= 64 } text && !text.Any(char.IsControl) ? text : "";
}
