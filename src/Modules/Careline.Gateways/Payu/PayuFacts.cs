namespace Careline.Gateways.Payu;

/// <summary>Reads what PayU answers and says.</summary>
internal static class PayuFacts
{
    private const string Rupees = "INR";

    /// <summary>A transaction as <c>verify_payment</c> answers it.</summary>
    public static GatewayFact? OfTransaction(JsonElement transaction)
    {
        var how = transaction.Text("unmappedstatus");
        return KindOf(transaction.Text("status"), how) is { } kind && transaction.Text("mihpayid") is { } id && AmountOf(transaction, "transaction_amount", "amt") is { } amount
            ? new GatewayFact
            {
                Gateway = Gateway.Payu,
                Kind = kind,
                Reference = transaction.Text("txnid"),
                PaymentId = id,
                AmountMinor = amount,
                Currency = Rupees,
                Method = transaction.Text("mode") is { } mode ? MethodOf(mode) : null,
                Code = kind == FactKind.Failed ? CodeOf(transaction.Text("error_code"), how) : null,
            }
            : null;
    }

    /// <summary>
    /// A payment as PayU signs it. The hash covers status, amount and transaction, but not PayU's own name for the payment, which whoever paid once could put
    /// another's in place of: the name is left out, and what was said is asked for again.
    /// </summary>
    public static GatewayFact? OfMessage(IReadOnlyDictionary<string, string> fields)
    {
        var how = fields.GetValueOrDefault("unmappedstatus");
        return KindOf(fields.GetValueOrDefault("status"), how) is { } kind && PayuFields.Minor(fields.GetValueOrDefault("amount")) is { } amount
            && fields.GetValueOrDefault("txnid") is { Length: > 0 and <= 64 } reference
            ? new GatewayFact
            {
                Gateway = Gateway.Payu,
                Kind = kind,
                Reference = reference,
                AmountMinor = amount,
                Currency = Rupees,
                Code = kind == FactKind.Failed ? CodeOf(fields.GetValueOrDefault("error"), how) : null,
                IsHint = true,
            }
            : null;
    }

    /// <summary>Refunds as <c>check_action_status</c> answers them: by payment or by request, each within its own name.</summary>
    public static IEnumerable<GatewayFact> OfActions(JsonElement answer, string? reference) =>
        from outer in Values(answer.At("transaction_details"))
        from action in Values(outer)
        let fact = OfAction(action, reference)
        where fact is not null
        select fact;

    /// <summary>A refund's news, which nobody signs.</summary>
    public static GatewayFact? OfRefundMessage(JsonElement message) =>
        RefundKindOf(message.Text("status")) is { } kind && AmountOf(message, "amt") is { } amount
            ? new GatewayFact
            {
                Gateway = Gateway.Payu,
                Kind = kind,
                Reference = message.Text("merchantTxnId"),
                PaymentId = message.Text("mihpayid"),
                RefundId = message.Text("request_id"),
                RefundToken = PayuFields.Restored(message.Text("token")),
                AmountMinor = amount,
                Currency = Rupees,
                IsHint = true,
            }
            : null;

    /// <summary>A dispute's news, which nobody signs.</summary>
    public static GatewayFact? OfDisputeMessage(JsonElement message) =>
        message.Text("cb_id") is { } id && AmountOf(message, "cb_amount") is { } amount
            ? new GatewayFact
            {
                Gateway = Gateway.Payu,
                Kind = message.Text("cb_status")?.ToUpperInvariant() switch
                {
                    "WON" or "CLOSED_WON" => FactKind.DisputeWon,
                    "LOST" or "CLOSED_LOST" or "ACCEPTED" => FactKind.DisputeLost,
                    _ => FactKind.Disputed,
                },
                Reference = message.Text("merchantTxnId"),
                PaymentId = message.Text("txn_id"),
                DisputeId = id,
                AmountMinor = amount,
                Currency = Rupees,
                Code = message.Text("cb_type"),
                DueAt = message.Time("due_date"),
                IsHint = true,
            }
            : null;

    private static GatewayFact? OfAction(JsonElement action, string? reference) =>
        action.Text("action") == "refund" && action.Text("request_id") is { } id && RefundKindOf(action.Text("status")) is { } kind && AmountOf(action, "amt") is { } amount
            ? new GatewayFact
            {
                Gateway = Gateway.Payu,
                Kind = kind,
                Reference = reference,
                PaymentId = action.Text("mihpayid"),
                RefundId = id,
                RefundToken = PayuFields.Restored(action.Text("token")),
                AmountMinor = amount,
                Currency = Rupees,
                Code = kind == FactKind.RefundFailed ? "failed" : null,
            }
            : null;

    private static FactKind? KindOf(string? status, string? how) => (status, how) switch
    {
        ("success", "auth") => FactKind.Authorized,
        ("success", _) => FactKind.Captured,
        ("failure", _) => FactKind.Failed,
        ("pending", _) => FactKind.Pending,
        _ => null,
    };

    private static FactKind? RefundKindOf(string? status) => status?.ToUpperInvariant() switch
    {
        "SUCCESS" => FactKind.Refunded,
        "FAILURE" or "FAILED" => FactKind.RefundFailed,
        "QUEUED" or "IN PROGRESS" or "REQUESTED" or "PENDING" or "OD_HIT" => FactKind.RefundPending,
        _ => null,
    };

    private static string CodeOf(string? error, string? how) => GatewayJson.Code(how is null or "failed" ? error ?? how : how, "failed");

    private static long? AmountOf(JsonElement element, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            var value = element.At(name);
            if (PayuFields.Minor(value.ValueKind == JsonValueKind.Number ? value.GetRawText() : value.Text()) is { } minor)
            {
                return minor;
            }
        }

        return null;
    }

    private static IEnumerable<JsonElement> Values(JsonElement element) => element.ValueKind == JsonValueKind.Object ? element.EnumerateObject().Select(p => p.Value) : [];

    private static PaymentMethod MethodOf(string mode) => mode.ToUpperInvariant() switch
    {
        "CC" or "DC" or "EMI" => PaymentMethod.Card,
        "UPI" => PaymentMethod.Upi,
        "NB" => PaymentMethod.NetBanking,
        "CASH" or "WALLET" => PaymentMethod.Wallet,
        _ => PaymentMethod.Other,
    };
}
