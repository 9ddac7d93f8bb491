using System.Net.Http.Headers;
using System.Net.Http.Json;
using Microsoft.Extensions.Options;

namespace Careline.Gateways.Paystack;

/// <summary>
/// Paystack: JSON both ways. It has no idempotency keys: a transaction's reference serves once, and a refund is looked for by our token before it is asked for.
/// </summary>
internal sealed class PaystackGateway(GatewayLine line, IOptions<GatewaysOptions> options) : IPaymentGateway
{
    private const string Duplicate = "duplicate_reference";

    private static readonly HashSet<string> _currencies = ["GHS", "KES", "NGN", "USD", "ZAR"];

    private readonly PaystackOptions _options = options.Value.Paystack;

    private readonly IReadOnlyList<string> _secrets =
        [.. new[] { options.Value.Paystack.SecretKey, options.Value.Paystack.PreviousSecretKey }.Where(s => s.Length > 0)];

    public Gateway Name => Gateway.Paystack;

    public bool IsReady => _options.SecretKey.Length > 0;

    public bool Takes(string currency) => _currencies.Contains(currency);

    public async Task<GatewayCheckout> StartAsync(GatewayOrder order, CancellationToken ct)
    {
        var metadata = new Dictionary<string, string>
        {
            ["account"] = order.Payer.AccountId.ToString("N"),
            ["cancel_action"] = order.ReturnUrl.AbsoluteUri,
            ["save"] = order.SaveMethod ? "true" : "false",
        };
        var body = await SendAsync(HttpMethod.Post, "/transaction/initialize", new Dictionary<string, object>
        {
            ["email"] = order.Payer.Email ?? options.Value.PayerEmail,
            ["amount"] = order.AmountMinor,
            ["currency"] = order.Currency,
            ["reference"] = order.Reference,
            ["callback_url"] = order.ReturnUrl.AbsoluteUri,
            ["metadata"] = JsonSerializer.Serialize(metadata),
        }, ct);
        return body.Address("data", "authorization_url") is { } url
            ? new GatewayCheckout(body.Text("data", "reference") ?? order.Reference, url, ClientFields: body.Text("data", "access_code") is { } code
                ? new Dictionary<string, string> { ["access_code"] = code } : null)
            : throw new GatewayAway("NO_PAGE");
    }

    public async Task<IReadOnlyList<GatewayFact>> AskAsync(GatewayTrace trace, CancellationToken ct)
    {
        try
        {
            var transaction = (await GetAsync($"/transaction/verify/{Uri.EscapeDataString(trace.Reference)}", ct)).At("data");
            if (PaystackFacts.OfTransaction(transaction) is not { } fact)
            {
                return [];
            }

            return fact is { Kind: FactKind.Captured, PaymentId: { } id }
                ? [fact, .. (await RefundsAsync(id, ct)).Select(r => PaystackFacts.OfRefund(r, trace.Reference)).OfType<GatewayFact>(), .. await DisputesAsync(id, trace, ct)]
                : [fact];
        }
        catch (GatewayRefused refused) when (refused.Code is "transaction_not_found" or "HTTP_404")
        {
            return [];
        }
        catch (GatewayRefused refused)
        {
            throw new GatewayAway(refused.Code, refused);
        }
    }

    /// <summary>Paystack takes the money at once.</summary>
    public Task<IReadOnlyList<GatewayFact>> CaptureAsync(GatewayTrace trace, CancellationToken ct) => AskAsync(trace, ct);

    public async Task<GatewayFact> RefundAsync(GatewayRefund refund, CancellationToken ct)
    {
        var trace = refund.Trace;
        if (refund.RefundId is { } refundId)
        {
            return Known((await GatewayLine.QuestionAsync(GetAsync($"/refund/{Uri.EscapeDataString(refundId)}", ct))).At("data"));
        }

        var paymentId = trace.PaymentId ?? (await AskAsync(trace, ct)).FirstOrDefault(f => f.Kind == FactKind.Captured)?.PaymentId ?? throw new GatewayRefused("NO_PAYMENT");
        if (await MadeAsync() is { } before)
        {
            return before;
        }

        try
        {
            return Known((await SendAsync(HttpMethod.Post, "/refund", new Dictionary<string, object>
            {
                ["transaction"] = trace.Reference,
                ["amount"] = refund.AmountMinor,
                ["currency"] = trace.Currency,
                ["merchant_note"] = refund.Token,
            }, ct)).At("data"));
        }
        catch (GatewayRefused)
        {
            // There may be nothing left to give back since it was made between the question and the order.
            if (await MadeAsync() is { } meanwhile)
            {
                return meanwhile;
            }

            throw;
        }

        async Task<GatewayFact?> MadeAsync() =>
            (await RefundsAsync(paymentId, ct)).FirstOrDefault(r => r.Text("merchant_note") == refund.Token) is { ValueKind: JsonValueKind.Object } made ? Known(made) : null;

        GatewayFact Known(JsonElement made) => PaystackFacts.OfRefund(made, trace.Reference) is { RefundId: not null } fact
            ? fact with { RefundToken = fact.RefundToken ?? refund.Token } : throw new GatewayAway("NO_REFUND");
    }

    public async Task<IReadOnlyList<GatewayFact>> ChargeAsync(GatewayOrder order, string savedToken, CancellationToken ct)
    {
        if (savedToken.Split('|') is not [{ Length: > 0 } code, { Length: > 0 } email])
        {
            throw new GatewayRefused("NO_SAVED_METHOD");
        }

        try
        {
            var body = await SendAsync(HttpMethod.Post, "/transaction/charge_authorization", new Dictionary<string, object>
            {
                ["email"] = email,
                ["amount"] = order.AmountMinor,
                ["currency"] = order.Currency,
                ["authorization_code"] = code,
                ["reference"] = order.Reference,
                ["metadata"] = JsonSerializer.Serialize(new Dictionary<string, string> { ["account"] = order.Payer.AccountId.ToString("N") }),
            }, ct);
            return PaystackFacts.OfTransaction(body.At("data")) switch
            {
                { Kind: FactKind.Failed } failed => throw new GatewayRefused(failed.Code ?? "failed"),
                { } fact => [fact],
                null => throw new GatewayAway("NO_CHARGE"),
            };
        }
        catch (GatewayRefused refused) when (refused.Code == Duplicate)
        {
            return await AskAsync(new GatewayTrace(order.Reference, null, null, order.AmountMinor, order.Currency), ct);
        }
    }

    public async Task AnswerDisputeAsync(string disputeId, string? evidence, CancellationToken ct)
    {
        var path = $"/dispute/{Uri.EscapeDataString(disputeId)}";
        var dispute = (await GetAsync(path, ct)).At("data");
        var file = (await GetAsync($"{path}/upload_url?upload_filename=answer.txt", ct)).Text("data", "fileName") ?? throw new GatewayAway("NO_FILE_NAME");
        var answer = new Dictionary<string, object>
        {
            ["resolution"] = evidence is null ? "merchant-accepted" : "declined",
            ["message"] = evidence ?? "Accepted",
            ["refund_amount"] = evidence is null ? dispute.Whole("refund_amount") ?? dispute.Whole("transaction", "amount") ?? throw new GatewayAway("NO_AMOUNT") : 0,
            ["uploaded_filename"] = file,
        };
        if (evidence is not null)
        {
            var kept = await SendAsync(HttpMethod.Post, $"{path}/evidence", new Dictionary<string, object>
            {
                ["customer_email"] = dispute.Text("customer", "email") ?? options.Value.PayerEmail,
                ["customer_name"] = dispute.Text("customer", "first_name") ?? "-",
                ["customer_phone"] = dispute.Text("customer", "phone") ?? "-",
                ["service_details"] = evidence,
            }, ct);
            if (kept.Whole("data", "id") is { } evidenceId)
            {
                answer["evidence"] = evidenceId;
            }
        }

        await SendAsync(HttpMethod.Put, $"{path}/resolve", answer, ct);
    }

    public Webhook Read(WebhookRequest request) =>
        PaystackWebhooks.Read(request, _secrets, _options.SecretKey.StartsWith("sk_live_", StringComparison.Ordinal));

    /// <summary>Paystack signs nothing that a browser brings back.</summary>
    public GatewayFact? ReadReturn(IReadOnlyDictionary<string, string> fields, GatewayTrace trace) => null;

    private async Task<IEnumerable<JsonElement>> RefundsAsync(string paymentId, CancellationToken ct) =>
        (await GetAsync($"/refund?transaction={Uri.EscapeDataString(paymentId)}&perPage=100", ct)).At("data").Items()
            .Where(r => (r.Text("transaction") ?? r.Text("transaction", "id") ?? paymentId) == paymentId);

    private async Task<IEnumerable<GatewayFact>> DisputesAsync(string paymentId, GatewayTrace trace, CancellationToken ct) =>
        (await GetAsync($"/dispute?transaction={Uri.EscapeDataString(paymentId)}&perPage=100", ct)).At("data").Items()
            .Where(d => (d.Text("transaction", "id") ?? paymentId) == paymentId)
            .Select(PaystackFacts.OfDispute).OfType<GatewayFact>().Select(f => f with { Reference = trace.Reference });

    private Task<JsonElement> GetAsync(string path, CancellationToken ct) => SendAsync(HttpMethod.Get, path, null, ct);

    private async Task<JsonElement> SendAsync(HttpMethod method, string path, Dictionary<string, object>? content, CancellationToken ct)
    {
        var body = await line.SendAsync(
            () =>
            {
                var request = new HttpRequestMessage(method, new Uri(_options.Address, path)) { Content = content is null ? null : JsonContent.Create(content) };
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _options.SecretKey);
                return request;
            },
            isRepeatable: method == HttpMethod.Get,
            CodeOf,
            ct);
        return body.IsTrue("status") ? body : throw new GatewayRefused(GatewayJson.Code(CodeOf(body), "refused"));
    }

    private static string? CodeOf(JsonElement body) => body.Text("message") == "Duplicate Transaction Reference" ? Duplicate : body.Text("code");
}
