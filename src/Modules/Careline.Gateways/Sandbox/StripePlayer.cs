using System.Text;
using System.Text.Json.Nodes;
using Careline.Gateways.Stripe;

namespace Careline.Gateways.Sandbox;

/// <summary>Plays Stripe.</summary>
internal sealed class StripePlayer(GatewaysOptions options) : ISandboxPlayer
{
    public Gateway Name => Gateway.Stripe;

    public TimeSpan RefundTakes => TimeSpan.Zero;

    public bool HasOnePayment => true;

    public string NewName(SandboxThing thing) => thing switch
    {
        SandboxThing.Order => SandboxNames.Word("cs_test_", 40),
        SandboxThing.Payment => SandboxNames.Word("pi_", 24),
        SandboxThing.Refund => SandboxNames.Word("re_", 24),
        SandboxThing.Dispute => SandboxNames.Word("dp_", 24),
        _ => SandboxNames.Word("evt_", 24),
    };

    public string NewSavedToken() => $"{SandboxNames.Word("cus_", 14)}|{SandboxNames.Word("pm_", 24)}";

    public async Task<SandboxAnswer> AnswerAsync(SandboxCall call, SandboxBooks books, CancellationToken ct)
    {
        if (call.Authorization != "Bearer " + options.Stripe.SecretKey)
        {
            return Refuse(401, "invalid_request_error", null);
        }

        return (call.Line, call.Path) switch
        {
            ("POST", ["v1", "checkout", "sessions"]) => await StartAsync(call, books, ct),
            ("GET", ["v1", "checkout", "sessions", var id]) => await books.OfOrderAsync(id, ct) is { } found ? new(200, Session(found, books.Now, isExpanded: true)) : Missing(),
            ("POST", ["v1", "payment_intents"]) => await ChargeAsync(call, books, ct),
            ("GET", ["v1", "payment_intents", "search"]) => await SearchAsync(call, books, ct),
            ("GET", ["v1", "payment_intents", var id]) => await books.OfPaymentAsync(id, ct) is { Last: { } payment } found ? new(200, Intent(found, payment, books.Now)) : Missing(),
            ("POST", ["v1", "payment_intents", _, "capture"]) => Refuse(400, "invalid_request_error", "payment_intent_unexpected_state"),
            ("POST", ["v1", "refunds"]) => await RefundAsync(call, books, ct),
            ("GET", ["v1", "refunds"]) => Page(await books.OfPaymentAsync(call.Query.GetValueOrDefault("payment_intent", ""), ct) is { } about ? about.Refunds.Select(r => Refund(about, r, books.Now)) : []),
            ("GET", ["v1", "refunds", var id]) => await books.OfRefundAsync(id, ct) is { } of ? new(200, Refund(of, of.Refunds.Single(r => r.RefundId == id), books.Now)) : Missing(),
            ("GET", ["v1", "disputes"]) => Page(await books.OfPaymentAsync(call.Query.GetValueOrDefault("payment_intent", ""), ct) is { } about ? about.Disputes.Select(d => Dispute(about, d)) : []),
            ("POST", ["v1", "disputes", var id]) => await AnswerDisputeAsync(id, call.Form.GetValueOrDefault("evidence[uncategorized_text]", ""), books, ct),
            ("POST", ["v1", "disputes", var id, "close"]) => await AnswerDisputeAsync(id, null, books, ct),
            _ => Refuse(404, "invalid_request_error", null),
        };
    }

    public IEnumerable<SandboxEvent> Tell(SandboxCase about, SandboxPayment payment, DateTimeOffset now)
    {
        if (payment.Status != SandboxPaymentStatus.Captured)
        {
            return [Event("payment_intent.payment_failed", Intent(about, payment, now), now)];
        }

        // A webhook's object holds names, not the things themselves.
        var intent = Intent(about, payment, now);
        intent["latest_charge"] = "ch_" + payment.PaymentId[3..];
        var told = new[]
        {
            Event("charge.succeeded", new JsonObject { ["id"] = "ch_" + payment.PaymentId[3..], ["object"] = "charge" }, now),
            Event("payment_intent.succeeded", intent, now),
        };
        return about.Order.ReturnUrl is null ? told : told.Append(Event("checkout.session.completed", Session(about, now, isExpanded: false), now));
    }

    public IEnumerable<SandboxEvent> Tell(SandboxCase about, SandboxRefund refund, DateTimeOffset now) =>
        [Event(refund.StateAt(now) == FactKind.RefundFailed ? "refund.failed" : "refund.created", Refund(about, refund, now), now)];

    public IEnumerable<SandboxEvent> Tell(SandboxCase about, SandboxDispute dispute, DateTimeOffset now) => dispute.Status switch
    {
        SandboxDisputeStatus.Open => [Event("charge.dispute.created", Dispute(about, dispute), now), Event("charge.dispute.funds_withdrawn", Dispute(about, dispute), now)],
        SandboxDisputeStatus.UnderReview => [Event("charge.dispute.updated", Dispute(about, dispute), now)],
        _ => [Event("charge.dispute.closed", Dispute(about, dispute), now)],
    };

    public IReadOnlyDictionary<string, string> Sign(SandboxDelivery delivery, DateTimeOffset now) => new Dictionary<string, string>
    {
        ["Stripe-Signature"] = StripeSignature.Sign(Encoding.UTF8.GetBytes(delivery.Body), Signatures.Secrets(options.Stripe.WebhookSecrets)[0], now),
        ["Content-Type"] = "application/json; charset=utf-8",
    };

    // Stripe's page keeps who was declined, and brings nothing that proves anything.
    public SandboxReturn? Return(SandboxCase about, SandboxPayment? payment) =>
        payment is { Status: SandboxPaymentStatus.Failed } ? null : new SandboxReturn(about.Order.ReturnUrl!);

    private async Task<SandboxAnswer> StartAsync(SandboxCall call, SandboxBooks books, CancellationToken ct)
    {
        var form = call.Form;
        if (!long.TryParse(form.GetValueOrDefault("line_items[0][price_data][unit_amount]"), NumberStyles.None, CultureInfo.InvariantCulture, out var amount) || amount <= 0
            || form.GetValueOrDefault("mode") != "payment" || form.GetValueOrDefault("client_reference_id") is not { Length: > 0 } reference
            || form.GetValueOrDefault("line_items[0][price_data][currency]") is not { Length: 3 } currency || form.GetValueOrDefault("success_url") is not { } success)
        {
            return Refuse(400, "invalid_request_error", "parameter_missing");
        }

        var found = call.IdempotencyKey is null ? null : await books.OfReferenceAsync(reference, ct);
        if (found is not null && (found.Order.AmountMinor != amount || found.Order.Currency != currency.ToUpperInvariant()))
        {
            return Refuse(400, "idempotency_error", null);
        }

        if (found is null)
        {
            var order = SandboxOrder.Open(Name, NewName(SandboxThing.Order), reference, amount, currency, form.GetValueOrDefault("line_items[0][price_data][product_data][name]", ""), books.Now);
            order.ReturnUrl = success;
            order.SavesMethod = form.GetValueOrDefault("payment_intent_data[setup_future_usage]") == "off_session";
            found = books.Open(order);
        }

        return new(200, Session(found, books.Now, isExpanded: false));
    }

    private async Task<SandboxAnswer> ChargeAsync(SandboxCall call, SandboxBooks books, CancellationToken ct)
    {
        var reference = call.Form.GetValueOrDefault("metadata[reference]", "");
        var saved = $"{call.Form.GetValueOrDefault("customer")}|{call.Form.GetValueOrDefault("payment_method")}";
        if (!long.TryParse(call.Form.GetValueOrDefault("amount"), NumberStyles.None, CultureInfo.InvariantCulture, out var amount) || amount <= 0 || !await books.IsSavedAsync(saved, ct))
        {
            return Refuse(400, "invalid_request_error", "resource_missing");
        }

        var about = call.IdempotencyKey is null ? null : await books.OfReferenceAsync(reference, ct);
        if (about is null)
        {
            var order = SandboxOrder.Open(Name, NewName(SandboxThing.Order), reference, amount, call.Form.GetValueOrDefault("currency", ""), call.Form.GetValueOrDefault("description", ""), books.Now);
            about = books.Open(order);
            books.Pay(about, amount % 100 is 13 or 17 ? SandboxPaymentStatus.Failed : SandboxPaymentStatus.Captured, amount % 100 is 13 or 17 ? "insufficient_funds" : null);
        }

        return about.Last is { Status: SandboxPaymentStatus.Captured } paid ? new(200, Intent(about, paid, books.Now)) : Refuse(402, "card_error", "card_declined", "insufficient_funds");
    }

    private async Task<SandboxAnswer> SearchAsync(SandboxCall call, SandboxBooks books, CancellationToken ct)
    {
        var reference = call.Query.GetValueOrDefault("query", "").Split('\'').ElementAtOrDefault(3) ?? "";
        return Page(await books.OfReferenceAsync(reference, ct) is { Last: { } payment } about ? [Intent(about, payment, books.Now)] : []);
    }

    private async Task<SandboxAnswer> RefundAsync(SandboxCall call, SandboxBooks books, CancellationToken ct)
    {
        if (await books.OfPaymentAsync(call.Form.GetValueOrDefault("payment_intent", ""), ct) is not { Paid: { } payment } about)
        {
            return Missing();
        }

        var token = call.Form.GetValueOrDefault("metadata[token]") ?? call.IdempotencyKey ?? "";
        return !long.TryParse(call.Form.GetValueOrDefault("amount"), NumberStyles.None, CultureInfo.InvariantCulture, out var amount) || amount <= 0
            || (about.Refunds.All(r => r.Token != token) && amount > about.Refundable(books.Now))
            ? Refuse(400, "invalid_request_error", "charge_already_refunded") : new(200, Refund(about, books.Refund(about, payment, token, amount), books.Now));
    }

    private static async Task<SandboxAnswer> AnswerDisputeAsync(string id, string? evidence, SandboxBooks books, CancellationToken ct)
    {
        if (await books.OfDisputeAsync(id, ct) is not { } about)
        {
            return Missing();
        }

        var dispute = about.Disputes.Single(d => d.DisputeId == id);
        if (dispute.IsOver)
        {
            return Refuse(400, "invalid_request_error", null);
        }

        books.Answer(about, dispute, evidence);
        return new(200, Dispute(about, dispute));
    }

    private JsonObject Session(SandboxCase about, DateTimeOffset now, bool isExpanded) => new()
    {
        ["id"] = about.Order.OrderId,
        ["object"] = "checkout.session",
        ["amount_total"] = about.Order.AmountMinor,
        ["currency"] = about.Order.Currency.ToLowerInvariant(),
        ["client_reference_id"] = about.Order.Reference,
        ["livemode"] = false,
        ["mode"] = "payment",
        ["status"] = about.Paid is null ? "open" : "complete",
        ["payment_status"] = about.Paid is null ? "unpaid" : "paid",
        ["payment_intent"] = about.Last is not { } payment ? null : isExpanded ? Intent(about, payment, now) : payment.PaymentId,
        ["url"] = about.Paid is null && about.Order.ReturnUrl is { } url ? SandboxAddress.Page(Name, about.Order.OrderId, new Uri(url)).AbsoluteUri : null,
    };

    private JsonObject Intent(SandboxCase about, SandboxPayment payment, DateTimeOffset now) => new()
    {
        ["id"] = payment.PaymentId,
        ["object"] = "payment_intent",
        ["amount"] = about.Order.AmountMinor,
        ["amount_received"] = payment.Status == SandboxPaymentStatus.Captured ? about.Order.AmountMinor : 0,
        ["currency"] = about.Order.Currency.ToLowerInvariant(),
        ["customer"] = payment.SavedToken?.Split('|')[0],
        ["payment_method"] = payment.SavedToken?.Split('|')[1] ?? "pm_once",
        ["setup_future_usage"] = about.Order.SavesMethod ? "off_session" : null,
        ["livemode"] = false,
        ["metadata"] = new JsonObject { ["reference"] = about.Order.Reference },
        ["status"] = payment.Status == SandboxPaymentStatus.Captured ? "succeeded" : "requires_payment_method",
        ["last_payment_error"] = payment.Status == SandboxPaymentStatus.Failed ? new JsonObject { ["code"] = "card_declined", ["decline_code"] = payment.Code } : null,
        ["latest_charge"] = payment.Status != SandboxPaymentStatus.Captured ? null : new JsonObject
        {
            ["id"] = "ch_" + payment.PaymentId[3..],
            ["object"] = "charge",
            ["balance_transaction"] = new JsonObject { ["currency"] = about.Order.Currency.ToLowerInvariant(), ["fee"] = about.Order.AmountMinor * 29 / 1000 },
            ["payment_method_details"] = new JsonObject
            {
                ["type"] = "card",
                ["card"] = new JsonObject { ["brand"] = "visa", ["last4"] = "4242", ["exp_month"] = 12, ["exp_year"] = 2034 },
            },
            ["refunds"] = new JsonObject { ["data"] = new JsonArray([.. about.Refunds.Select(r => Refund(about, r, now))]) },
        },
    };

    private static JsonObject Refund(SandboxCase about, SandboxRefund refund, DateTimeOffset now) => new()
    {
        ["id"] = refund.RefundId,
        ["object"] = "refund",
        ["amount"] = refund.AmountMinor,
        ["currency"] = about.Order.Currency.ToLowerInvariant(),
        ["payment_intent"] = refund.PaymentId,
        ["metadata"] = new JsonObject { ["token"] = refund.Token, ["reference"] = about.Order.Reference },
        ["status"] = refund.StateAt(now) switch { FactKind.Refunded => "succeeded", FactKind.RefundFailed => "failed", _ => "pending" },
        ["failure_reason"] = refund.StateAt(now) == FactKind.RefundFailed ? "expired_or_canceled_card" : null,
    };

    private static JsonObject Dispute(SandboxCase about, SandboxDispute dispute) => new()
    {
        ["id"] = dispute.DisputeId,
        ["object"] = "dispute",
        ["amount"] = about.Order.AmountMinor,
        ["currency"] = about.Order.Currency.ToLowerInvariant(),
        ["payment_intent"] = dispute.PaymentId,
        ["reason"] = "fraudulent",
        ["status"] = dispute.Status == SandboxDisputeStatus.Open ? "needs_response" : EnumText<SandboxDisputeStatus>.Of(dispute.Status),
        ["evidence_details"] = new JsonObject { ["due_by"] = dispute.DueAt.ToUnixTimeSeconds() },
    };

    private SandboxEvent Event(string name, JsonObject thing, DateTimeOffset now)
    {
        var id = NewName(SandboxThing.Event);
        return new SandboxEvent(id, new JsonObject
        {
            ["id"] = id,
            ["object"] = "event",
            ["created"] = now.ToUnixTimeSeconds(),
            ["livemode"] = false,
            ["type"] = name,
            ["data"] = new JsonObject { ["object"] = thing },
        }.ToJsonString());
    }

    private static SandboxAnswer Page(IEnumerable<JsonObject> things) => new(200, new JsonObject { ["object"] = "list", ["data"] = new JsonArray([.. things]) });

    private static SandboxAnswer Missing() => Refuse(404, "invalid_request_error", "resource_missing");

    private static SandboxAnswer Refuse(int status, string type, string? code, string? decline = null) =>
        new(status, new JsonObject { ["error"] = new JsonObject { ["type"] = type, ["code"] = code, ["decline_code"] = decline } });
}
