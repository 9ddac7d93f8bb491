namespace Careline.Gateways.Razorpay;

/// <summary>Reads Razorpay's entities, the same from an answer and from a webhook.</summary>
internal static class RazorpayFacts
{
    public static GatewayFact? OfPayment(JsonElement payment)
    {
        FactKind? kind = payment.Text("status") switch
        {
            "captured" or "refunded" => FactKind.Captured,
            "authorized" => FactKind.Authorized,
            "failed" => FactKind.Failed,
            "created" => FactKind.Pending,
            _ => null,
        };
        return kind is { } known && payment.Text("id") is { } id && payment.Whole("amount") is { } amount && payment.Currency("currency") is { } currency
            ? new GatewayFact
            {
                Gateway = Gateway.Razorpay,
                Kind = known,
                Reference = payment.Text("notes", "reference"),
                OrderId = payment.Text("order_id"),
                PaymentId = id,
                AmountMinor = amount,
                Currency = currency,
                FeeMinor = payment.Whole("fee"),
                Method = payment.Text("method") is { } method ? MethodOf(method) : null,
                Code = known == FactKind.Failed ? GatewayJson.Code(payment.Text("error_reason") ?? payment.Text("error_code"), "failed") : null,
            }
            : null;
    }

    public static GatewayFact? OfRefund(JsonElement refund)
    {
        FactKind? kind = refund.Text("status") switch
        {
            "processed" => FactKind.Refunded,
            "pending" or "created" => FactKind.RefundPending,
            "failed" => FactKind.RefundFailed,
            _ => null,
        };
        return kind is { } known && refund.Text("id") is { } id && refund.Whole("amount") is { } amount && refund.Currency("currency") is { } currency
            ? new GatewayFact
            {
                Gateway = Gateway.Razorpay,
                Kind = known,
                Reference = refund.Text("notes", "reference"),
                PaymentId = refund.Text("payment_id"),
                RefundId = id,
                RefundToken = refund.Text("notes", "token"),
                AmountMinor = amount,
                Currency = currency,
                Code = known == FactKind.RefundFailed ? "failed" : null,
            }
            : null;
    }

    public static GatewayFact? OfDispute(JsonElement dispute) =>
        dispute.Text("id") is { } id && dispute.Whole("amount") is { } amount && dispute.Currency("currency") is { } currency
            ? new GatewayFact
            {
                Gateway = Gateway.Razorpay,
                Kind = dispute.Text("status") switch
                {
                    "won" => FactKind.DisputeWon,
                    "lost" => FactKind.DisputeLost,

                    // Over without a verdict: who has the money says how it ended.
                    "closed" => dispute.Whole("amount_deducted") > 0 ? FactKind.DisputeLost : FactKind.DisputeWon,
                    _ => FactKind.Disputed,
                },
                PaymentId = dispute.Text("payment_id"),
                DisputeId = id,
                AmountMinor = amount,
                Currency = currency,
                Code = dispute.Text("reason_code"),
                DueAt = dispute.Seconds("respond_by"),
            }
            : null;

    private static PaymentMethod MethodOf(string method) => method switch
    {
        "card" or "emi" => PaymentMethod.Card,
        "upi" => PaymentMethod.Upi,
        "netbanking" => PaymentMethod.NetBanking,
        "wallet" => PaymentMethod.Wallet,
        "bank_transfer" => PaymentMethod.BankTransfer,
        _ => PaymentMethod.Other,
    };
}
