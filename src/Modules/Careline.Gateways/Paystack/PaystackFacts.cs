using System.Text;

namespace Careline.Gateways.Paystack;

/// <summary>Reads Paystack's objects, the same from an answer and from a webhook.</summary>
internal static class PaystackFacts
{
    /// <summary>A transaction. One that was left by its payer is none: it may still be paid.</summary>
    public static GatewayFact? OfTransaction(JsonElement transaction)
    {
        FactKind? kind = transaction.Text("status") switch
        {
            "success" or "reversed" => FactKind.Captured,
            "failed" => FactKind.Failed,
            "pending" or "ongoing" or "processing" or "queued" => FactKind.Pending,
            _ => null,
        };
        return kind is { } known && transaction.Whole("amount") is { } amount && transaction.Currency("currency") is { } currency
            ? new GatewayFact
            {
                Gateway = Gateway.Paystack,
                Kind = known,
                Reference = transaction.Text("reference"),
                PaymentId = transaction.Text("id"),
                AmountMinor = amount,
                Currency = currency,
                FeeMinor = transaction.Whole("fees"),
                Method = transaction.Text("channel") is { } channel ? MethodOf(channel) : null,
                Saved = known == FactKind.Captured ? Saved(transaction) : null,
                Code = known == FactKind.Failed ? GatewayJson.Code(transaction.Text("gateway_response"), "failed") : null,
            }
            : null;
    }

    /// <summary>
    /// A refund. A webhook names neither the refund nor our token for it, only the payment and the amount: then there is something to ask about, not to book.
    /// </summary>
    public static GatewayFact? OfRefund(JsonElement refund, string? reference)
    {
        FactKind? kind = refund.Text("status") switch
        {
            "processed" => FactKind.Refunded,
            "pending" or "processing" or "needs-attention" => FactKind.RefundPending,
            "failed" => FactKind.RefundFailed,
            _ => null,
        };
        var id = refund.Text("id");
        return kind is { } known && refund.Whole("amount") is { } amount && refund.Currency("currency") is { } currency
            ? new GatewayFact
            {
                Gateway = Gateway.Paystack,
                Kind = known,
                Reference = reference ?? refund.Text("transaction_reference") ?? refund.Text("transaction", "reference"),
                PaymentId = refund.Text("transaction") ?? refund.Text("transaction", "id"),
                RefundId = id,
                RefundToken = refund.Text("merchant_note"),
                AmountMinor = amount,
                Currency = currency,
                Code = known == FactKind.RefundFailed ? "failed" : null,
                IsHint = id is null,
            }
            : null;
    }

    public static GatewayFact? OfDispute(JsonElement dispute) =>
        dispute.Text("id") is { } id && (dispute.Whole("refund_amount") ?? dispute.Whole("transaction", "amount")) is { } amount
            && (dispute.Currency("currency") ?? dispute.Currency("transaction", "currency")) is { } currency
            ? new GatewayFact
            {
                Gateway = Gateway.Paystack,
                Kind = dispute.Text("status") != "resolved" ? FactKind.Disputed : dispute.Text("resolution") == "declined" ? FactKind.DisputeWon : FactKind.DisputeLost,
                Reference = dispute.Text("transaction", "reference") ?? dispute.Text("transaction_reference"),
                PaymentId = dispute.Text("transaction", "id"),
                DisputeId = id,
                AmountMinor = amount,
                Currency = currency,
                Code = dispute.Text("category"),
                DueAt = dispute.Time("dueAt") ?? dispute.Time("due_at"),
            }
            : null;

    // Charging it again asks for the address it was first used with, which the payer may have changed since.
    private static SavedCard? Saved(JsonElement transaction)
    {
        var card = transaction.At("authorization");
        var metadata = transaction.At("metadata");
        if (metadata.ValueKind == JsonValueKind.String)
        {
            metadata = GatewayJson.Parse(Encoding.UTF8.GetBytes(metadata.LongText() ?? ""));
        }

        return metadata.Text("save") == "true" && card.IsTrue("reusable") && card.Text("authorization_code") is { } code
            && transaction.Text("customer", "email") is { } email
            ? new SavedCard($"{code}|{email}", card.Text("brand"), card.Text("last4"), (int?)Small(card.Whole("exp_month")), (int?)Small(card.Whole("exp_year")))
            : null;
    }

    private static long? Small(long? number) => number is >= 0 and <= 9999 ? number : null;

    private static PaymentMethod MethodOf(string channel) => channel switch
    {
        "card" => PaymentMethod.Card,
        "bank" => PaymentMethod.NetBanking,
        "bank_transfer" or "eft" or "dedicated_nuban" => PaymentMethod.BankTransfer,
        "mobile_money" => PaymentMethod.Wallet,
        _ => PaymentMethod.Other,
    };
}
