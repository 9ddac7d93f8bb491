using System.Text;
using System.Text.Json.Nodes;
using Careline.Gateways.Paystack;

namespace Careline.Gateways.Sandbox;

/// <summary>Plays Paystack.</summary>
internal sealed class PaystackPlayer(GatewaysOptions options) : ISandboxPlayer
{
    public Gateway Name => Gateway.Paystack;

    public TimeSpan RefundTakes => TimeSpan.FromSeconds(30);

    public bool HasOnePayment => true;

    public string NewName(SandboxThing thing) => SandboxNames.Number(10);

    public string NewSavedToken() => SandboxNames.Word("AUTH_", 10);

    public async Task<SandboxAnswer> AnswerAsync(SandboxCall call, SandboxBooks books, CancellationToken ct)
    {
        if (call.Authorization != "Bearer " + options.Paystack.SecretKey)
        {
            return Refuse(401, "invalid_Key");
        }

        return (call.Line, call.Path) switch
        {
            ("POST", ["transaction", "initialize"]) => await StartAsync(call.Json, books, ct),
            ("GET", ["transaction", "verify", var reference]) =>
                await books.OfReferenceAsync(reference, ct) is { } about ? Done(Transaction(about, about.Last)) : Refuse(400, "transaction_not_found"),
            ("POST", ["transaction", "charge_authorization"]) => await ChargeAsync(call.Json, books, ct),
            ("POST", ["refund"]) => await RefundAsync(call.Json, books, ct),
            ("GET", ["refund"]) => Done(new JsonArray([.. await books.OfPaymentAsync(call.Query.GetValueOrDefault("transaction", ""), ct) is { } about
                ? about.Refunds.Select(r => Refund(about, r, books.Now)) : []])),
            ("GET", ["refund", var id]) => await books.OfRefundAsync(id, ct) is { } about ? Done(Refund(about, about.Refunds.Single(r => r.RefundId == id), books.Now)) : Missing(),
            ("GET", ["dispute"]) => Done(new JsonArray([.. await books.OfPaymentAsync(call.Query.GetValueOrDefault("transaction", ""), ct) is { } about
                ? about.Disputes.Select(d => Dispute(about, d)) : []])),
            (_, ["dispute", var id, ..]) => await books.OfDisputeAsync(id, ct) is { } about ? AnswerDispute(call, about, about.Disputes.Single(d => d.DisputeId == id), books) : Missing(),
            _ => Missing(),
        };
    }

    // Who was declined is told nothing but on the page.
    public IEnumerable<SandboxEvent> Tell(SandboxCase about, SandboxPayment payment, DateTimeOffset now) =>
        payment.Status == SandboxPaymentStatus.Captured ? [Event("charge.success", Transaction(about, payment))] : [];

    // A refund's webhook names neither the refund nor the merchant's note, and its amount is text.
    public IEnumerable<SandboxEvent> Tell(SandboxCase about, SandboxRefund refund, DateTimeOffset now)
    {
        var status = Status(refund, now);
        return
        [
            Event("refund." + status, new JsonObject
            {
                ["status"] = status,
                ["transaction_reference"] = about.Order.Reference,
                ["refund_reference"] = null,
                ["amount"] = refund.AmountMinor.ToString(CultureInfo.InvariantCulture),
                ["currency"] = about.Order.Currency,
                ["processor"] = "instant-transfer",
                ["domain"] = "test",
            }),
        ];
    }

    public IEnumerable<SandboxEvent> Tell(SandboxCase about, SandboxDispute dispute, DateTimeOffset now) =>
        [Event(dispute.IsOver ? "charge.dispute.resolve" : dispute.Status == SandboxDisputeStatus.Open ? "charge.dispute.create" : "charge.dispute.remind", Dispute(about, dispute))];

    public IReadOnlyDictionary<string, string> Sign(SandboxDelivery delivery, DateTimeOffset now) => new Dictionary<string, string>
    {
        ["x-paystack-signature"] = PaystackSignature.Sign(Encoding.UTF8.GetBytes(delivery.Body), options.Paystack.SecretKey),
        ["Content-Type"] = "application/json",
    };

    public SandboxReturn? Return(SandboxCase about, SandboxPayment? payment)
    {
        var url = about.Order.ReturnUrl!;
        return payment switch
        {
            null => new SandboxReturn(url),
            { Status: SandboxPaymentStatus.Failed } => null,
            _ => new SandboxReturn($"{url}{(url.Contains('?', StringComparison.Ordinal) ? '&' : '?')}trxref={about.Order.Reference}&reference={about.Order.Reference}"),
        };
    }

    private async Task<SandboxAnswer> StartAsync(JsonElement json, SandboxBooks books, CancellationToken ct)
    {
        if (json.Text("email") is null || json.Whole("amount") is not { } amount || amount <= 0 || json.Text("reference") is not { } reference)
        {
            return Refuse(400, "invalid_params");
        }

        if (await books.OfReferenceAsync(reference, ct) is not null)
        {
            return Refuse(400, "duplicate_reference");
        }

        var order = SandboxOrder.Open(Name, reference, reference, amount, json.Currency("currency") ?? "NGN", "", books.Now);
        var metadata = GatewayJson.Parse(Encoding.UTF8.GetBytes(json.LongText("metadata") ?? ""));
        order.SavesMethod = metadata.Text("save") == "true";
        order.ReturnUrl = json.Address("callback_url")?.AbsoluteUri;
        order.Sent = JsonSerializer.Serialize(new Dictionary<string, string?> { ["email"] = json.Text("email"), ["metadata"] = json.LongText("metadata") });
        books.Open(order);
        return Done(new JsonObject
        {
            ["authorization_url"] = order.ReturnUrl is { } url ? SandboxAddress.Page(Name, reference, new Uri(url)).AbsoluteUri : null,
            ["access_code"] = SandboxNames.Word("", 15),
            ["reference"] = reference,
        });
    }

    private async Task<SandboxAnswer> ChargeAsync(JsonElement json, SandboxBooks books, CancellationToken ct)
    {
        if (json.Text("email") is not { } email || json.Whole("amount") is not { } amount || amount <= 0 || json.Text("reference") is not { } reference
            || json.Text("authorization_code") is not { } code || !await books.IsSavedAsync(code, ct))
        {
            return Refuse(400, "invalid_params");
        }

        if (await books.OfReferenceAsync(reference, ct) is not null)
        {
            return Refuse(400, "duplicate_reference");
        }

        var order = SandboxOrder.Open(Name, reference, reference, amount, json.Currency("currency") ?? "NGN", "", books.Now);
        order.Sent = JsonSerializer.Serialize(new Dictionary<string, string?> { ["email"] = email, ["metadata"] = json.LongText("metadata") });
        var about = books.Open(order);
        var isDeclined = amount % 100 is 13 or 17;
        return Done(Transaction(about, books.Pay(about, isDeclined ? SandboxPaymentStatus.Failed : SandboxPaymentStatus.Captured, isDeclined ? "Declined" : null)));
    }

    private static async Task<SandboxAnswer> RefundAsync(JsonElement json, SandboxBooks books, CancellationToken ct)
    {
        if (json.Text("transaction") is not { } name || (await books.OfReferenceAsync(name, ct) ?? await books.OfPaymentAsync(name, ct)) is not { Paid: { } payment } about)
        {
            return Refuse(400, "transaction_not_found");
        }

        var amount = json.Whole("amount") ?? about.Order.AmountMinor;

        // No keys here: the same request twice is two refunds.
        return amount > about.Refundable(books.Now) || amount == 0 ? Refuse(400, "refund_amount_exceeded")
            : Done(Refund(about, books.Refund(about, payment, about.Refunds.Any(r => r.Token == json.Text("merchant_note")) ? "" : json.Text("merchant_note") ?? "", amount), books.Now, isWhole: true));
    }

    private static SandboxAnswer AnswerDispute(SandboxCall call, SandboxCase about, SandboxDispute dispute, SandboxBooks books)
    {
        switch (call.Line, call.Path)
        {
            case ("GET", ["dispute", _]):
                return Done(Dispute(about, dispute));
            case ("GET", ["dispute", _, "upload_url"]):
                return Done(new JsonObject { ["signedUrl"] = "https://files.example/upload", ["fileName"] = SandboxNames.Word("", 20) });
            case ("POST", ["dispute", _, "evidence"]) when call.Json.Text("customer_email") is not null && call.Json.Text("customer_name") is not null
                && call.Json.Text("customer_phone") is not null && call.Json.LongText("service_details") is not null:
                return Done(new JsonObject { ["id"] = 21, ["dispute"] = long.Parse(dispute.DisputeId, CultureInfo.InvariantCulture) });
            case ("PUT", ["dispute", _, "resolve"]) when !dispute.IsOver && call.Json.Text("resolution") is "merchant-accepted" or "declined"
                && call.Json.LongText("message") is { } message && call.Json.Whole("refund_amount") is not null && call.Json.Text("uploaded_filename") is not null:
                books.Answer(about, dispute, call.Json.Text("resolution") == "declined" ? message : null);
                return Done(Dispute(about, dispute));
            default:
                return Refuse(400, "invalid_params");
        }
    }

    private static JsonObject Transaction(SandboxCase about, SandboxPayment? payment)
    {
        var sent = GatewayJson.Parse(Encoding.UTF8.GetBytes(about.Order.Sent));
        return new JsonObject
        {
            ["id"] = payment is null ? 0 : long.Parse(payment.PaymentId, CultureInfo.InvariantCulture),
            ["domain"] = "test",
            ["status"] = payment?.Status switch { SandboxPaymentStatus.Captured => "success", SandboxPaymentStatus.Failed => "failed", _ => "abandoned" },
            ["reference"] = about.Order.Reference,
            ["amount"] = about.Order.AmountMinor,
            ["currency"] = about.Order.Currency,
            ["channel"] = "card",
            ["fees"] = payment?.Status == SandboxPaymentStatus.Captured ? about.Order.AmountMinor * 15 / 1000 : null,
            ["gateway_response"] = payment?.Status == SandboxPaymentStatus.Captured ? "Successful" : payment?.Code ?? "The transaction was not completed",
            ["metadata"] = about.Order.SavesMethod ? "{\"save\":\"true\"}" : sent.LongText("metadata"),
            ["customer"] = new JsonObject { ["email"] = sent.Text("email") },
            ["authorization"] = payment is null ? new JsonObject() : new JsonObject
            {
                ["authorization_code"] = payment.SavedToken ?? SandboxNames.Word("AUTH_", 10),
                ["last4"] = "4081",
                ["exp_month"] = "12",
                ["exp_year"] = "2034",
                ["channel"] = "card",
                ["brand"] = "visa",
                ["reusable"] = payment.SavedToken is not null,
            },
        };
    }

    private static JsonObject Refund(SandboxCase about, SandboxRefund refund, DateTimeOffset now, bool isWhole = false) => new()
    {
        ["id"] = long.Parse(refund.RefundId, CultureInfo.InvariantCulture),
        ["domain"] = "test",
        ["transaction"] = isWhole ? Transaction(about, about.Paid) : long.Parse(refund.PaymentId, CultureInfo.InvariantCulture),
        ["amount"] = refund.AmountMinor,
        ["currency"] = about.Order.Currency,
        ["merchant_note"] = refund.Token,
        ["status"] = Status(refund, now),
    };

    private static JsonObject Dispute(SandboxCase about, SandboxDispute dispute) => new()
    {
        ["id"] = long.Parse(dispute.DisputeId, CultureInfo.InvariantCulture),
        ["domain"] = "test",
        ["refund_amount"] = about.Order.AmountMinor,
        ["currency"] = about.Order.Currency,
        ["status"] = dispute.Status switch { SandboxDisputeStatus.Open => "awaiting-merchant-feedback", SandboxDisputeStatus.UnderReview => "awaiting-bank-feedback", _ => "resolved" },
        ["resolution"] = dispute.Status switch { SandboxDisputeStatus.Won => "declined", SandboxDisputeStatus.Lost => "merchant-accepted", _ => null },
        ["category"] = "chargeback",
        ["transaction"] = Transaction(about, about.Paid),
        ["customer"] = new JsonObject { ["email"] = "payer@example.test", ["first_name"] = "Ada", ["phone"] = null },
        ["dueAt"] = dispute.DueAt.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
    };

    private static string Status(SandboxRefund refund, DateTimeOffset now) =>
        refund.StateAt(now) switch { FactKind.Refunded => "processed", FactKind.RefundFailed => "failed", _ => "pending" };

    // The bytes are the event's only name: two events of one second differ in nothing else.
    private static SandboxEvent Event(string name, JsonObject thing) => new("", new JsonObject { ["event"] = name, ["data"] = thing }.ToJsonString());

    private static SandboxAnswer Done(JsonNode thing) => new(200, new JsonObject { ["status"] = true, ["message"] = "Done", ["data"] = thing });

    private static SandboxAnswer Missing() => Refuse(404, "not_found");

    private static SandboxAnswer Refuse(int status, string code) => new(status, new JsonObject { ["status"] = false, ["message"] = "No", ["code"] = code });
}
