namespace Careline.Gateways.Stripe;

/// <summary>Reads Stripe's objects, the same from an answer and from a webhook.</summary>
internal static class StripeFacts
{
    private const string Reference = "reference";

    /// <summary>A payment intent; its latest charge too where that came with it.</summary>
    public static IEnumerable<GatewayFact> OfIntent(JsonElement intent, string? orderId = null)
    {
        var amount = intent.Whole("amount");
        (FactKind Kind, long? Amount)? said = intent.Text("status") switch
        {
            "succeeded" => (FactKind.Captured, intent.Whole("amount_received") ?? amount),
            "requires_capture" => (FactKind.Authorized, intent.Whole("amount_capturable") ?? amount),
            "canceled" => (FactKind.Failed, amount),
            "requires_payment_method" when intent.At("last_payment_error").ValueKind == JsonValueKind.Object => (FactKind.Failed, amount),
            "processing" or "requires_action" or "requires_confirmation" => (FactKind.Pending, amount),
            _ => null,
        };
        var charge = intent.At("latest_charge");
        if (said is { Amount: { } minor } && intent.Text("id") is { } id && intent.Currency("currency") is { } currency)
        {
            yield return new GatewayFact
            {
                Gateway = Gateway.Stripe,
                Kind = said.Value.Kind,
                Reference = intent.Text("metadata", Reference),
                OrderId = orderId,
                PaymentId = id,
                AmountMinor = minor,
                Currency = currency,
                FeeMinor = charge.Currency("balance_transaction", "currency") == currency ? charge.Whole("balance_transaction", "fee") : null,
                Method = charge.Text("payment_method_details", "type") is { } type ? MethodOf(type) : null,
                Saved = Saved(intent, charge),
                Code = said.Value.Kind == FactKind.Failed ? FailureOf(intent) : null,
            };
        }

        foreach (var refund in charge.At("refunds", "data").Items())
        {
            if (OfRefund(refund) is { } fact)
            {
                yield return fact with { Reference = fact.Reference ?? intent.Text("metadata", Reference), PaymentId = fact.PaymentId ?? intent.Text("id") };
            }
        }
    }

    /// <summary>A checkout session. Where it holds the intent itself, that says more.</summary>
    public static IEnumerable<GatewayFact> OfSession(JsonElement session, FactKind? ended = null)
    {
        var orderId = session.Text("id");
        if (session.At("payment_intent").ValueKind == JsonValueKind.Object)
        {
            return OfIntent(session.At("payment_intent"), orderId).Select(f => f with { Reference = f.Reference ?? session.Text("client_reference_id") });
        }

        var kind = ended ?? (session.Text("status"), session.Text("payment_status")) switch
        {
            ("complete", "paid") => FactKind.Captured,
            ("complete", "unpaid") => FactKind.Pending,
            ("expired", _) => FactKind.Failed,
            _ => null,
        };
        return kind is { } known && session.Whole("amount_total") is { } amount && session.Currency("currency") is { } currency
            ?
            [
                new GatewayFact
                {
                    Gateway = Gateway.Stripe,
                    Kind = known,
                    Reference = session.Text("client_reference_id"),
                    OrderId = orderId,
                    PaymentId = session.Text("payment_intent"),
                    AmountMinor = amount,
                    Currency = currency,
                    Code = known != FactKind.Failed ? null : session.Text("status") == "expired" ? "expired" : "async_payment_failed",
                },
            ]
            : [];
    }

    public static GatewayFact? OfRefund(JsonElement refund)
    {
        FactKind? kind = refund.Text("status") switch
        {
            "succeeded" => FactKind.Refunded,
            "pending" or "requires_action" => FactKind.RefundPending,
            "failed" or "canceled" => FactKind.RefundFailed,
            _ => null,
        };
        return kind is { } known && refund.Text("id") is { } id && refund.Whole("amount") is { } amount && refund.Currency("currency") is { } currency
            ? new GatewayFact
            {
                Gateway = Gateway.Stripe,
                Kind = known,
                Reference = refund.Text("metadata", Reference),
                PaymentId = refund.Text("payment_intent"),
                RefundId = id,
                RefundToken = refund.Text("metadata", "token"),
                AmountMinor = amount,
                Currency = currency,
                Code = known == FactKind.RefundFailed ? GatewayJson.Code(refund.Text("failure_reason"), "canceled") : null,
            }
            : null;
    }

    public static GatewayFact? OfDispute(JsonElement dispute) =>
        dispute.Text("id") is { } id && dispute.Whole("amount") is { } amount && dispute.Currency("currency") is { } currency
            ? new GatewayFact
            {
                Gateway = Gateway.Stripe,
                Kind = dispute.Text("status") switch
                {
                    "won" or "warning_closed" => FactKind.DisputeWon,
                    "lost" => FactKind.DisputeLost,
                    _ => FactKind.Disputed,
                },
                PaymentId = dispute.Text("payment_intent"),
                DisputeId = id,
                AmountMinor = amount,
                Currency = currency,
                Code = dispute.Text("reason"),
                DueAt = dispute.Seconds("evidence_details", "due_by"),
            }
            : null;

    private static string FailureOf(JsonElement intent)
    {
        var error = intent.At("last_payment_error");
        return GatewayJson.Code(error.Text("decline_code") ?? error.Text("code") ?? intent.Text("cancellation_reason"), "failed");
    }

    // Both names are needed to charge it again; what a person recognises it by stands on the charge.
    private static SavedCard? Saved(JsonElement intent, JsonElement charge)
    {
        if (intent.Text("setup_future_usage") != "off_session" || intent.Text("status") != "succeeded"
            || intent.Text("customer") is not { } customer || intent.Text("payment_method") is not { } method)
        {
            return null;
        }

        var card = charge.At("payment_method_details", "card");
        return new SavedCard($"{customer}|{method}", card.Text("brand"), card.Text("last4"), Small(card.Whole("exp_month")), Small(card.Whole("exp_year")));
    }

    private static int? Small(long? number) => number is >= 0 and <= 9999 ? (int)number.Value : null;

    private static PaymentMethod MethodOf(string type) => type switch
    {
        "card" or "card_present" or "link" => PaymentMethod.Card,
        "upi" => PaymentMethod.Upi,
        "us_bank_account" or "sepa_debit" or "bacs_debit" or "customer_balance" => PaymentMethod.BankTransfer,
        "ideal" or "bancontact" or "eps" or "giropay" or "p24" or "fpx" or "sofort" => PaymentMethod.NetBanking,
        "alipay" or "wechat_pay" or "paypal" or "cashapp" or "amazon_pay" or "grabpay" => PaymentMethod.Wallet,
        _ => PaymentMethod.Other,
    };
}
