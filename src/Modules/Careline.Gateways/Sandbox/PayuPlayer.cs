using System.Text;
using System.Text.Json.Nodes;
using Careline.Gateways.Payu;

namespace Careline.Gateways.Sandbox;

/// <summary>Plays PayU India, where browsers bring the orders.</summary>
internal sealed class PayuPlayer(GatewaysOptions options) : ISandboxPlayer
{
    private string Salt => Signatures.Secrets(options.Payu.Salts)[0];

    public Gateway Name => Gateway.Payu;

    public TimeSpan RefundTakes => TimeSpan.FromSeconds(30);

    public bool HasOnePayment => false;

    public string NewName(SandboxThing thing) => SandboxNames.Number(thing == SandboxThing.Payment ? 18 : 10);

    public string NewSavedToken() => "";

    public async Task<SandboxAnswer> AnswerAsync(SandboxCall call, SandboxBooks books, CancellationToken ct)
    {
        var form = call.Form;
        var (command, var1) = (form.GetValueOrDefault("command", ""), form.GetValueOrDefault("var1", ""));
        if (call is not { Line: "POST", Path: ["merchant", "postservice.php"] } || form.GetValueOrDefault("key") != options.Payu.Key
            || form.GetValueOrDefault("hash") != PayuHash.OfCall(options.Payu.Key, command, var1, Salt))
        {
            return new(200, new JsonObject { ["status"] = 0, ["msg"] = "Invalid Hash." });
        }

        return command switch
        {
            "verify_payment" => await VerifyAsync(var1, books, ct),
            "check_action_status" when form.GetValueOrDefault("var2") == "payuid" => Actions(var1, await books.OfPaymentAsync(var1, ct), r => r.PaymentId == var1, books.Now),
            "check_action_status" => Actions(var1, await books.OfRefundAsync(var1, ct), r => r.RefundId == var1, books.Now),
            "cancel_refund_transaction" => await RefundAsync(var1, form, books, ct),
            _ => new(200, new JsonObject { ["status"] = 0, ["msg"] = "Invalid command" }),
        };
    }

    /// <summary>A browser brings an order. Null where PayU would show an error instead of its page.</summary>
    public async Task<SandboxCase?> OpenAsync(IReadOnlyDictionary<string, string> form, SandboxBooks books, CancellationToken ct)
    {
        if (form.GetValueOrDefault("key") != options.Payu.Key || form.GetValueOrDefault("hash") != PayuHash.OfRequest(form, Salt) || PayuHash.HasPipe(form.Values)
            || form.GetValueOrDefault("txnid") is not { Length: > 0 and <= 25 } reference || PayuFields.Minor(form.GetValueOrDefault("amount")) is not { } amount || amount <= 0
            || form.GetValueOrDefault("surl") is not { } url)
        {
            return null;
        }

        var about = await books.OfOrderAsync(reference, ct)
            ?? books.Open(SandboxOrder.Open(Name, reference, reference, amount, "INR", form.GetValueOrDefault("productinfo", ""), books.Now));
        if (about.Order.AmountMinor != amount)
        {
            return null;
        }

        about.Order.ReturnUrl = url;
        about.Order.Sent = JsonSerializer.Serialize(form.Where(f => f.Key is not ("hash" or "surl" or "furl")).ToDictionary());
        return about;
    }

    public IEnumerable<SandboxEvent> Tell(SandboxCase about, SandboxPayment payment, DateTimeOffset now) =>
        [new("", string.Join('&', Signed(about, payment).Select(f => $"{Uri.EscapeDataString(f.Key)}={Uri.EscapeDataString(f.Value)}")))];

    // Nobody signs this, and it comes only once the money is back.
    public IEnumerable<SandboxEvent> Tell(SandboxCase about, SandboxRefund refund, DateTimeOffset now) => refund.StateAt(now) == FactKind.RefundPending ? [] :
    [
        new("", new JsonObject
        {
            ["action"] = "refund",
            ["status"] = Status(refund, now),
            ["token"] = refund.Token,
            ["mihpayid"] = refund.PaymentId,
            ["request_id"] = refund.RefundId,
            ["amt"] = PayuFields.Amount(refund.AmountMinor),
            ["merchantTxnId"] = about.Order.Reference,
            ["key"] = options.Payu.Key,
        }.ToJsonString()),
    ];

    public IEnumerable<SandboxEvent> Tell(SandboxCase about, SandboxDispute dispute, DateTimeOffset now) =>
    [
        new("", new JsonObject
        {
            ["type"] = "chargeback",
            ["event"] = "dispute",
            ["cb_id"] = dispute.DisputeId,
            ["txn_id"] = dispute.PaymentId,
            ["cb_amount"] = PayuFields.Amount(about.Order.AmountMinor),
            ["cb_status"] = dispute.Status.ToString().ToUpperInvariant(),
            ["cb_type"] = "fraud",
            ["due_date"] = dispute.DueAt.ToString("yyyy-MM-dd", null),
            ["mid"] = "1",
        }.ToJsonString()),
    ];

    public IReadOnlyDictionary<string, string> Sign(SandboxDelivery delivery, DateTimeOffset now) =>
        new Dictionary<string, string> { ["Content-Type"] = delivery.Body.StartsWith('{') ? "application/json" : "application/x-www-form-urlencoded" };

    public SandboxReturn? Return(SandboxCase about, SandboxPayment? payment) => new(about.Order.ReturnUrl!, Signed(about, payment));

    private Dictionary<string, string> Signed(SandboxCase about, SandboxPayment? payment)
    {
        var fields = GatewayJson.Parse(Encoding.UTF8.GetBytes(about.Order.Sent)).EnumerateObject().ToDictionary(p => p.Name, p => p.Value.GetString() ?? "");
        var isPaid = payment?.Status == SandboxPaymentStatus.Captured;
        fields["mihpayid"] = payment?.PaymentId ?? NewName(SandboxThing.Payment);
        fields["mode"] = "CC";
        fields["status"] = isPaid ? "success" : "failure";
        fields["unmappedstatus"] = isPaid ? "captured" : payment is null ? "userCancelled" : "failed";
        fields["error"] = isPaid ? "E000" : payment?.Code ?? "E1605";
        fields["hash"] = PayuHash.OfResponse(fields, Salt);
        return fields;
    }

    private static async Task<SandboxAnswer> VerifyAsync(string reference, SandboxBooks books, CancellationToken ct)
    {
        var about = await books.OfReferenceAsync(reference, ct);
        return about is not { Last: { } payment }
            ? new(200, new JsonObject
            {
                ["status"] = 0,
                ["msg"] = "0 out of 1 Transactions Fetched Successfully",
                ["transaction_details"] = new JsonObject { [reference] = new JsonObject { ["mihpayid"] = "Not Found", ["status"] = "Not Found" } },
            })
            : new(200, new JsonObject
            {
                ["status"] = 1,
                ["msg"] = "1 out of 1 Transactions Fetched Successfully",
                ["transaction_details"] = new JsonObject
                {
                    [reference] = new JsonObject
                    {
                        ["mihpayid"] = payment.PaymentId,
                        ["request_id"] = "",
                        ["txnid"] = reference,
                        ["amt"] = PayuFields.Amount(about.Order.AmountMinor),
                        ["transaction_amount"] = PayuFields.Amount(about.Order.AmountMinor),
                        ["mode"] = "CC",
                        ["status"] = payment.Status == SandboxPaymentStatus.Captured ? "success" : "failure",
                        ["unmappedstatus"] = payment.Status == SandboxPaymentStatus.Captured ? "captured" : "failed",
                        ["error_code"] = payment.Code ?? "E000",
                    },
                },
            });
    }

    private static SandboxAnswer Actions(string name, SandboxCase? about, Func<SandboxRefund, bool> isAskedFor, DateTimeOffset now)
    {
        var found = about?.Refunds.Where(isAskedFor).ToList() ?? [];
        return found.Count == 0
            ? new(200, new JsonObject { ["status"] = 0, ["msg"] = "0 out of 1 Transactions Fetched Successfully", ["transaction_details"] = new JsonObject { [name] = "No action status found" } })
            : new(200, new JsonObject
            {
                ["status"] = 1,
                ["msg"] = "1 out of 1 Transactions Fetched Successfully",
                ["transaction_details"] = new JsonObject
                {
                    [name] = new JsonObject(found.Select(r => KeyValuePair.Create(r.RefundId, (JsonNode?)new JsonObject
                    {
                        ["mihpayid"] = r.PaymentId,
                        ["request_id"] = r.RefundId,
                        ["amt"] = PayuFields.Amount(r.AmountMinor),
                        ["action"] = "refund",
                        ["token"] = r.Token,
                        ["status"] = Status(r, now),
                    }))),
                },
            });
    }

    private static async Task<SandboxAnswer> RefundAsync(string paymentId, IReadOnlyDictionary<string, string> form, SandboxBooks books, CancellationToken ct)
    {
        var token = form.GetValueOrDefault("var2", "");
        if (await books.OfPaymentAsync(paymentId, ct) is not { Paid: { } payment } about || payment.PaymentId != paymentId || token.Length is 0 or > 23
            || about.Refunds.Any(r => r.Token == token) || PayuFields.Minor(form.GetValueOrDefault("var3")) is not { } amount || amount <= 0 || amount > about.Refundable(books.Now))
        {
            return new(200, new JsonObject { ["status"] = 0, ["msg"] = "Refund FAILURE", ["error_code"] = 105 });
        }

        return new(200, new JsonObject
        {
            ["status"] = 1,
            ["msg"] = "Refund Request Queued",
            ["request_id"] = books.Refund(about, payment, token, amount).RefundId,
            ["mihpayid"] = paymentId,
            ["error_code"] = 102,
        });
    }

    private static string Status(SandboxRefund refund, DateTimeOffset now) =>
        refund.StateAt(now) switch { FactKind.Refunded => "success", FactKind.RefundFailed => "FAILURE", _ => "QUEUED" };
}
