using System.Text;
using System.Text.Json.Nodes;
using Careline.Gateways.Razorpay;

namespace Careline.Gateways.Sandbox;

/// <summary>Plays Razorpay. Payments are captured at once, but for amounts that end in 19: those are only authorised.</summary>
internal sealed class RazorpayPlayer(GatewaysOptions options) : ISandboxPlayer
{
    public Gateway Name => Gateway.Razorpay;

    public TimeSpan RefundTakes => TimeSpan.Zero;

    public bool HasOnePayment => false;

    public string NewName(SandboxThing thing) => SandboxNames.Word(
        thing switch { SandboxThing.Order => "order_", SandboxThing.Payment => "pay_", SandboxThing.Refund => "rfnd_", SandboxThing.Dispute => "disp_", _ => "" }, 14);

    public string NewSavedToken() => SandboxNames.Word("token_", 14);

    public async Task<SandboxAnswer> AnswerAsync(SandboxCall call, SandboxBooks books, CancellationToken ct)
    {
        if (call.Authorization != "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{options.Razorpay.KeyId}:{options.Razorpay.KeySecret}")))
        {
            return Refuse(401, null);
        }

        return (call.Line, call.Path) switch
        {
            ("POST", ["v1", "orders"]) => Start(call.Json, books),
            ("GET", ["v1", "orders"]) => Page(await books.OfReferenceAsync(call.Query.GetValueOrDefault("receipt", ""), ct) is { } about ? [Order(about)] : []),
            ("GET", ["v1", "orders", var id, "payments"]) => await books.OfOrderAsync(id, ct) is { } about ? Page(about.Payments.Select(p => Payment(about, p, books.Now))) : Missing(),
            ("POST", ["v1", "payments", var id, "capture"]) => await CaptureAsync(id, call.Json, books, ct),
            ("POST", ["v1", "payments", var id, "refund"]) => await RefundAsync(id, call, books, ct),
            ("GET", ["v1", "payments", var id, "refunds"]) => await books.OfPaymentAsync(id, ct) is { } about
                ? Page(about.Refunds.Where(r => r.PaymentId == id).Select(r => Refund(about, r, books.Now))) : Missing(),
            ("GET", ["v1", "refunds", var id]) => await books.OfRefundAsync(id, ct) is { } about ? new(200, Refund(about, about.Refunds.Single(r => r.RefundId == id), books.Now)) : Missing(),
            ("POST", ["v1", "disputes", var id, "accept"]) => await AnswerDisputeAsync(id, null, books, ct),
            ("PATCH", ["v1", "disputes", var id, "contest"]) when call.Json.LongText("summary") is { } summary => await AnswerDisputeAsync(id, summary, books, ct),
            _ => Missing(),
        };
    }

    public IEnumerable<SandboxEvent> Tell(SandboxCase about, SandboxPayment payment, DateTimeOffset now)
    {
        JsonObject Entity() => new() { ["payment"] = new JsonObject { ["entity"] = Payment(about, payment, now) } };
        if (payment.Status == SandboxPaymentStatus.Failed)
        {
            return [Event("payment.failed", Entity(), now)];
        }

        if (payment.Status == SandboxPaymentStatus.Authorized)
        {
            return [Event("payment.authorized", Entity(), now)];
        }

        var paid = Entity();
        paid["order"] = new JsonObject { ["entity"] = Order(about) };
        return [Event("payment.captured", Entity(), now), Event("order.paid", paid, now)];
    }

    public IEnumerable<SandboxEvent> Tell(SandboxCase about, SandboxRefund refund, DateTimeOffset now) => refund.StateAt(now) switch
    {
        FactKind.Refunded => [Event("refund.created", Of(about, refund, now), now), Event("refund.processed", Of(about, refund, now), now)],
        FactKind.RefundFailed => [Event("refund.failed", Of(about, refund, now), now)],
        _ => [Event("refund.created", Of(about, refund, now), now)],
    };

    public IEnumerable<SandboxEvent> Tell(SandboxCase about, SandboxDispute dispute, DateTimeOffset now) =>
    [
        Event("payment.dispute." + (dispute.Status == SandboxDisputeStatus.Open ? "created" : EnumText<SandboxDisputeStatus>.Of(dispute.Status)),
            new JsonObject { ["dispute"] = new JsonObject { ["entity"] = Dispute(about, dispute) } }, now),
    ];

    public IReadOnlyDictionary<string, string> Sign(SandboxDelivery delivery, DateTimeOffset now) => new Dictionary<string, string>
    {
        ["X-Razorpay-Signature"] = RazorpaySignature.Sign(Encoding.UTF8.GetBytes(delivery.Body), Signatures.Secrets(options.Razorpay.WebhookSecrets)[0]),
        ["x-razorpay-event-id"] = delivery.EventId,
        ["Content-Type"] = "application/json",
    };

    public SandboxReturn? Return(SandboxCase about, SandboxPayment? payment) => payment switch
    {
        null => new SandboxReturn(about.Order.ReturnUrl!),
        { Status: SandboxPaymentStatus.Failed } => new SandboxReturn(about.Order.ReturnUrl!, new Dictionary<string, string>
        {
            ["error[code]"] = "BAD_REQUEST_ERROR",
            ["error[description]"] = "The payment was declined",
            ["error[reason]"] = payment.Code!,
            ["error[metadata]"] = JsonSerializer.Serialize(new { payment_id = payment.PaymentId, order_id = about.Order.OrderId }),
        }),
        _ => new SandboxReturn(about.Order.ReturnUrl!, new Dictionary<string, string>
        {
            ["razorpay_payment_id"] = payment.PaymentId,
            ["razorpay_order_id"] = about.Order.OrderId,
            ["razorpay_signature"] = RazorpaySignature.Sign(Encoding.UTF8.GetBytes($"{about.Order.OrderId}|{payment.PaymentId}"), options.Razorpay.KeySecret),
        }),
    };

    private SandboxAnswer Start(JsonElement json, SandboxBooks books)
    {
        if (json.Whole("amount") is not { } amount || amount <= 0 || json.Currency("currency") is not { } currency)
        {
            return Refuse(400, "input_validation_failed");
        }

        return new(200, Order(books.Open(SandboxOrder.Open(Name, NewName(SandboxThing.Order), json.Text("receipt") ?? SandboxNames.Word("", 24), amount, currency, "", books.Now))));
    }

    private async Task<SandboxAnswer> CaptureAsync(string id, JsonElement json, SandboxBooks books, CancellationToken ct)
    {
        if (await books.OfPaymentAsync(id, ct) is not { } about)
        {
            return Missing();
        }

        var payment = about.Payments.Single(p => p.PaymentId == id);
        if (payment.Status != SandboxPaymentStatus.Authorized || json.Whole("amount") != about.Order.AmountMinor || json.Currency("currency") != about.Order.Currency)
        {
            return Refuse(400, "input_validation_failed");
        }

        books.Capture(about, payment);
        return new(200, Payment(about, payment, books.Now));
    }

    private static async Task<SandboxAnswer> RefundAsync(string id, SandboxCall call, SandboxBooks books, CancellationToken ct)
    {
        if (await books.OfPaymentAsync(id, ct) is not { } about || about.Payments.Single(p => p.PaymentId == id) is not { Status: SandboxPaymentStatus.Captured } payment)
        {
            return Refuse(400, "input_validation_failed");
        }

        var token = call.Json.Text("notes", "token") ?? call.IdempotencyKey ?? "";
        var amount = call.Json.Whole("amount") ?? about.Order.AmountMinor;
        var isKnown = call.IdempotencyKey is not null && about.Refunds.Any(r => r.Token == token);
        return amount == 0 || (!isKnown && amount > about.Refundable(books.Now)) ? Refuse(400, "refund_amount_exceeded")
            : new(200, Refund(about, books.Refund(about, payment, token, amount), books.Now));
    }

    private static async Task<SandboxAnswer> AnswerDisputeAsync(string id, string? evidence, SandboxBooks books, CancellationToken ct)
    {
        if (await books.OfDisputeAsync(id, ct) is not { } about || about.Disputes.Single(d => d.DisputeId == id) is not { IsOver: false } dispute)
        {
            return Missing();
        }

        books.Answer(about, dispute, evidence);
        return new(200, Dispute(about, dispute));
    }

    private static JsonObject Order(SandboxCase about) => new()
    {
        ["id"] = about.Order.OrderId,
        ["entity"] = "order",
        ["amount"] = about.Order.AmountMinor,
        ["currency"] = about.Order.Currency,
        ["receipt"] = about.Order.Reference,
        ["status"] = about.Paid is not null ? "paid" : about.Payments.Count > 0 ? "attempted" : "created",
    };

    private static JsonObject Payment(SandboxCase about, SandboxPayment payment, DateTimeOffset now)
    {
        var refunded = about.Refunds.Where(r => r.PaymentId == payment.PaymentId && r.StateAt(now) != FactKind.RefundFailed).Sum(r => r.AmountMinor);
        return new JsonObject
        {
            ["id"] = payment.PaymentId,
            ["entity"] = "payment",
            ["amount"] = about.Order.AmountMinor,
            ["currency"] = about.Order.Currency,
            ["status"] = refunded == about.Order.AmountMinor ? "refunded" : EnumText<SandboxPaymentStatus>.Of(payment.Status),
            ["order_id"] = about.Order.OrderId,
            ["method"] = "card",
            ["amount_refunded"] = refunded,
            ["refund_status"] = about.Refunds.Count == 0 ? null : refunded == about.Order.AmountMinor ? "full" : "partial",
            ["fee"] = payment.Status == SandboxPaymentStatus.Captured ? about.Order.AmountMinor * 2 / 100 : null,
            ["error_code"] = payment.Code is null ? null : "BAD_REQUEST_ERROR",
            ["error_reason"] = payment.Code,
            ["notes"] = new JsonObject { ["reference"] = about.Order.Reference },
        };
    }

    private static JsonObject Of(SandboxCase about, SandboxRefund refund, DateTimeOffset now) => new() { ["refund"] = new JsonObject { ["entity"] = Refund(about, refund, now) } };

    private static JsonObject Refund(SandboxCase about, SandboxRefund refund, DateTimeOffset now) => new()
    {
        ["id"] = refund.RefundId,
        ["entity"] = "refund",
        ["amount"] = refund.AmountMinor,
        ["currency"] = about.Order.Currency,
        ["payment_id"] = refund.PaymentId,
        ["notes"] = new JsonObject { ["reference"] = about.Order.Reference, ["token"] = refund.Token },
        ["status"] = refund.StateAt(now) switch { FactKind.Refunded => "processed", FactKind.RefundFailed => "failed", _ => "pending" },
    };

    private static JsonObject Dispute(SandboxCase about, SandboxDispute dispute) => new()
    {
        ["id"] = dispute.DisputeId,
        ["entity"] = "dispute",
        ["payment_id"] = dispute.PaymentId,
        ["amount"] = about.Order.AmountMinor,
        ["currency"] = about.Order.Currency,
        ["amount_deducted"] = dispute.Status == SandboxDisputeStatus.Lost ? about.Order.AmountMinor : 0,
        ["reason_code"] = "unauthorized_transaction",
        ["respond_by"] = dispute.DueAt.ToUnixTimeSeconds(),
        ["status"] = EnumText<SandboxDisputeStatus>.Of(dispute.Status),
    };

    private SandboxEvent Event(string name, JsonObject payload, DateTimeOffset now) => new(NewName(SandboxThing.Event), new JsonObject
    {
        ["entity"] = "event",
        ["event"] = name,
        ["payload"] = payload,
        ["created_at"] = now.ToUnixTimeSeconds(),
    }.ToJsonString());

    private static SandboxAnswer Page(IEnumerable<JsonObject> things) => new(200, new JsonObject { ["entity"] = "collection", ["items"] = new JsonArray([.. things]) });

    private static SandboxAnswer Missing() => Refuse(404, null);

    private static SandboxAnswer Refuse(int status, string? reason) =>
        new(status, new JsonObject { ["error"] = new JsonObject { ["code"] = status == 404 ? "HTTP_404" : "BAD_REQUEST_ERROR", ["reason"] = reason ?? "NA" } });
}
