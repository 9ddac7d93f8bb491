using Careline.Gateways.Sandbox;
using Microsoft.Extensions.Options;

namespace Careline.Gateways.Payu;

/// <summary>
/// PayU India: browsers post a hashed form to PayU's page, servers post commands. A refund is looked for by our token before it is asked for, since PayU
/// answers a token that it knows by a failure like any other.
/// </summary>
internal sealed class PayuGateway(GatewayLine line, IOptions<GatewaysOptions> options) : IPaymentGateway
{
    private const string Rupees = "INR";

    private readonly PayuOptions _options = options.Value.Payu;

    private readonly IReadOnlyList<string> _salts = Signatures.Secrets(options.Value.Payu.Salts);

    public Gateway Name => Gateway.Payu;

    public bool IsReady => _options.Key.Length > 0 && _salts.Count > 0;

    public bool Takes(string currency) => currency == Rupees;

    /// <summary>Nothing is asked of PayU: the browser brings it the order.</summary>
    public Task<GatewayCheckout> StartAsync(GatewayOrder order, CancellationToken ct)
    {
        var form = new Dictionary<string, string>
        {
            ["key"] = _options.Key,
            ["txnid"] = order.Reference,
            ["amount"] = PayuFields.Amount(order.AmountMinor),
            ["productinfo"] = Cut(order.Description, 100),
            ["firstname"] = Cut(order.Payer.Name, 60),
            ["email"] = order.Payer.Email is { Length: <= 50 } email ? email : options.Value.PayerEmail,
            ["surl"] = order.ReturnUrl.AbsoluteUri,
            ["furl"] = order.ReturnUrl.AbsoluteUri,
        };
        if (order.Payer.Phone is { } phone)
        {
            form["phone"] = phone.StartsWith("+91", StringComparison.Ordinal) ? phone[3..] : phone.TrimStart('+');
        }

        if (order.Currency != Rupees || order.Reference.Length > 25 || form["email"].Length > 50 || PayuHash.HasPipe(form.Values))
        {
            throw new GatewayRefused("FIELD_REFUSED");
        }

        form["hash"] = PayuHash.OfRequest(form, _salts[0]);
        return Task.FromResult(new GatewayCheckout(
            null, null, form, SandboxAddress.FormAction(options.Value, Name, order.ReturnUrl) ?? new Uri(_options.Address, "/_payment")));
    }

    public async Task<IReadOnlyList<GatewayFact>> AskAsync(GatewayTrace trace, CancellationToken ct)
    {
        try
        {
            var details = (await CallAsync("verify_payment", trace.Reference, [], isRepeatable: true, ct)).At("transaction_details");
            if (details.ValueKind != JsonValueKind.Object)
            {
                throw new GatewayAway("NO_DETAILS");
            }

            // Asked for by our own reference: another's payment under it would be none of ours.
            var transaction = details.At(trace.Reference);
            return PayuFacts.OfTransaction(transaction) is not { } fact || fact.Reference != trace.Reference ? []
                : fact.Kind == FactKind.Captured ? [fact, .. await RefundsAsync(fact.PaymentId!, trace, ct)] : [fact];
        }
        catch (GatewayRefused refused)
        {
            throw new GatewayAway(refused.Code, refused);
        }
    }

    /// <summary>PayU takes the money at once.</summary>
    public Task<IReadOnlyList<GatewayFact>> CaptureAsync(GatewayTrace trace, CancellationToken ct) => AskAsync(trace, ct);

    public async Task<GatewayFact> RefundAsync(GatewayRefund refund, CancellationToken ct)
    {
        var trace = refund.Trace;
        if (refund.RefundId is { } refundId)
        {
            var answer = await GatewayLine.QuestionAsync(CallAsync("check_action_status", refundId, [], isRepeatable: true, ct));
            return PayuFacts.OfActions(answer, trace.Reference).FirstOrDefault(f => f.RefundId == refundId) ?? throw new GatewayAway("NO_REFUND");
        }

        var paymentId = trace.PaymentId ?? (await AskAsync(trace, ct)).FirstOrDefault(f => f.Kind == FactKind.Captured)?.PaymentId ?? throw new GatewayRefused("NO_PAYMENT");
        if ((await RefundsAsync(paymentId, trace, ct)).FirstOrDefault(f => f.RefundToken == refund.Token) is { } made)
        {
            return made;
        }

        var asked = await CallAsync(
            "cancel_refund_transaction",
            paymentId,
            [new("var2", PayuFields.Shortened(refund.Token)), new("var3", PayuFields.Amount(refund.AmountMinor))],
            isRepeatable: false,
            ct);
        if (asked.Whole("status") != 1)
        {
            throw new GatewayRefused(GatewayJson.Code(asked.Text("error_code"), "refused"));
        }

        return new GatewayFact
        {
            Gateway = Name,
            Kind = FactKind.RefundPending,
            Reference = trace.Reference,
            PaymentId = paymentId,
            RefundId = asked.Text("request_id") ?? throw new GatewayAway("NO_REFUND"),
            RefundToken = refund.Token,
            AmountMinor = refund.AmountMinor,
            Currency = Rupees,
        };
    }

    /// <summary>Needs a standing instruction, which is not kept here.</summary>
    public Task<IReadOnlyList<GatewayFact>> ChargeAsync(GatewayOrder order, string savedToken, CancellationToken ct) => throw new GatewayRefused("NOT_SUPPORTED");

    /// <summary>PayU takes answers on its own pages only.</summary>
    public Task AnswerDisputeAsync(string disputeId, string? evidence, CancellationToken ct) => throw new GatewayRefused("NOT_SUPPORTED");

    public Webhook Read(WebhookRequest request) => PayuWebhooks.Read(request, _options.Key, _salts);

    public GatewayFact? ReadReturn(IReadOnlyDictionary<string, string> fields, GatewayTrace trace) =>
        PayuHash.IsGood(fields, _options.Key, _salts) && PayuFacts.OfMessage(fields) is { } fact
            && fact.Reference == trace.Reference && fact.AmountMinor == trace.AmountMinor && fact.Currency == trace.Currency ? fact : null;

    private async Task<IReadOnlyList<GatewayFact>> RefundsAsync(string paymentId, GatewayTrace trace, CancellationToken ct)
    {
        var answer = await CallAsync("check_action_status", paymentId, [new("var2", "payuid")], isRepeatable: true, ct);
        return [.. PayuFacts.OfActions(answer, trace.Reference).Where(f => f.PaymentId == paymentId)];
    }

    private Task<JsonElement> CallAsync(string command, string var1, IReadOnlyList<KeyValuePair<string, string>> others, bool isRepeatable, CancellationToken ct) => line.SendAsync(
        () => new HttpRequestMessage(HttpMethod.Post, new Uri(_options.ServerAddress, "/merchant/postservice.php?form=2"))
        {
            Content = new FormUrlEncodedContent(
            [
                new("key", _options.Key),
                new("command", command),
                new("var1", var1),
                .. others,
                new("hash", PayuHash.OfCall(_options.Key, command, var1, _salts[0])),
            ]),
        },
        isRepeatable,
        body => body.Text("error_code"),
        ct);

    private static string Cut(string text, int most)
    {
        var end = Math.Min(text.Length, most);
        return text[..(end > 0 && end < text.Length && char.IsHighSurrogate(text[end - 1]) ? end - 1 : end)];
    }
}
