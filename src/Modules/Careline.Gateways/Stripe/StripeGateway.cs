using System.Net.Http.Headers;
using Microsoft.Extensions.Options;

namespace Careline.Gateways.Stripe;

/// <summary>Stripe: a form in, JSON out. People pay on Stripe's own page (Checkout).</summary>
internal sealed class StripeGateway(GatewayLine line, IOptions<GatewaysOptions> options) : IPaymentGateway
{
    /// <summary>Which shapes Stripe answers with; the account's own version may be another.</summary>
    private const string Version = "2024-06-20";

    private static readonly HashSet<string> _currencies =
    [
        "AED", "AUD", "BRL", "CAD", "CHF", "CZK", "DKK", "EUR", "GBP", "GHS", "HKD", "HUF", "INR", "JPY", "KES", "KRW", "MXN", "MYR", "NGN", "NOK", "NZD",
        "PHP", "PLN", "RON", "SAR", "SEK", "SGD", "THB", "TRY", "USD", "XAF", "XOF", "ZAR",
    ];

    private readonly StripeOptions _options = options.Value.Stripe;

    private readonly IReadOnlyList<string> _secrets = Signatures.Secrets(options.Value.Stripe.WebhookSecrets);

    public Gateway Name => Gateway.Stripe;

    public bool IsReady => _options.SecretKey.Length > 0;

    private bool IsLive => _options.SecretKey.StartsWith("sk_live_", StringComparison.Ordinal) || _options.SecretKey.StartsWith("rk_live_", StringComparison.Ordinal);

    public bool Takes(string currency) => _currencies.Contains(currency);

    public async Task<GatewayCheckout> StartAsync(GatewayOrder order, CancellationToken ct)
    {
        // Nothing here depends on the hour: with the same key, Stripe refuses what is not the same.
        var form = new List<KeyValuePair<string, string>>
        {
            new("mode", "payment"),
            new("client_reference_id", order.Reference),
            new("customer_email", order.Payer.Email ?? options.Value.PayerEmail),
            new("success_url", order.ReturnUrl.AbsoluteUri),
            new("cancel_url", order.ReturnUrl.AbsoluteUri),
            new("line_items[0][quantity]", "1"),
            new("line_items[0][price_data][currency]", order.Currency.ToLowerInvariant()),
            new("line_items[0][price_data][unit_amount]", Whole(order.AmountMinor)),
            new("line_items[0][price_data][product_data][name]", order.Description),
            new("payment_intent_data[description]", order.Description),
            new("payment_intent_data[metadata][reference]", order.Reference),
            new("payment_intent_data[metadata][account]", order.Payer.AccountId.ToString("N")),
        };
        if (order.SaveMethod)
        {
            form.Add(new("payment_intent_data[setup_future_usage]", "off_session"));
            form.Add(new("customer_creation", "always"));
        }

        var session = await PostAsync("/v1/checkout/sessions", form, order.Reference, ct);
        return session.Text("id") is { } id && session.Address("url") is { } url
            ? new GatewayCheckout(id, url, ClientFields: _options.PublishableKey.Length == 0 ? null : new Dictionary<string, string>
            {
                ["publishable_key"] = _options.PublishableKey,
                ["session_id"] = id,
            })
            : throw new GatewayAway("NO_SESSION");
    }

    public async Task<IReadOnlyList<GatewayFact>> AskAsync(GatewayTrace trace, CancellationToken ct)
    {
        try
        {
            var facts = (await ReadAsync(trace, ct)).Select(f => f with { Reference = f.Reference ?? trace.Reference }).ToList();
            return facts.FirstOrDefault(f => f.Kind == FactKind.Captured)?.PaymentId is { } paid ? [.. facts, .. await DisputesAsync(paid, trace, ct)] : facts;
        }
        catch (GatewayRefused refused) when (refused.Code is "resource_missing" or "HTTP_404")
        {
            return [];
        }
        catch (GatewayRefused refused)
        {
            throw new GatewayAway(refused.Code, refused);
        }
    }

    public async Task<IReadOnlyList<GatewayFact>> CaptureAsync(GatewayTrace trace, CancellationToken ct)
    {
        var paymentId = trace.PaymentId ?? (await AskAsync(trace, ct)).FirstOrDefault(f => f.Kind == FactKind.Authorized)?.PaymentId ?? throw new GatewayRefused("NOT_AUTHORIZED");
        return [.. StripeFacts.OfIntent(await PostAsync($"/v1/payment_intents/{Segment(paymentId)}/capture", [], "capture-" + trace.Reference, ct), trace.OrderId)];
    }

    public async Task<GatewayFact> RefundAsync(GatewayRefund refund, CancellationToken ct)
    {
        if (refund.RefundId is { } refundId)
        {
            return Known(await GatewayLine.QuestionAsync(GetAsync($"/v1/refunds/{Segment(refundId)}", ct)));
        }

        var paymentId = refund.Trace.PaymentId ?? throw new GatewayRefused("NO_PAYMENT");

        // Stripe forgets keys after a day, our refund does not: what it knows by our token is not asked for again.
        var made = (await GetAsync($"/v1/refunds?payment_intent={Uri.EscapeDataString(paymentId)}&limit=100", ct)).At("data").Items()
            .FirstOrDefault(r => r.Text("metadata", "token") == refund.Token);
        return Known(made.ValueKind == JsonValueKind.Object ? made : await PostAsync(
            "/v1/refunds",
            [
                new("payment_intent", paymentId),
                new("amount", Whole(refund.AmountMinor)),
                new("metadata[token]", refund.Token),
                new("metadata[reference]", refund.Trace.Reference),
            ],
            refund.Token,
            ct));

        static GatewayFact Known(JsonElement made) => StripeFacts.OfRefund(made) ?? throw new GatewayAway("NO_REFUND");
    }

    public async Task<IReadOnlyList<GatewayFact>> ChargeAsync(GatewayOrder order, string savedToken, CancellationToken ct)
    {
        if (savedToken.Split('|') is not [{ Length: > 0 } customer, { Length: > 0 } method])
        {
            throw new GatewayRefused("NO_SAVED_METHOD");
        }

        var intent = await PostAsync(
            "/v1/payment_intents",
            [
                new("amount", Whole(order.AmountMinor)),
                new("currency", order.Currency.ToLowerInvariant()),
                new("customer", customer),
                new("payment_method", method),
                new("off_session", "true"),
                new("confirm", "true"),
                new("description", order.Description),
                new("metadata[reference]", order.Reference),
            ],
            "charge-" + order.Reference,
            ct);
        return [.. StripeFacts.OfIntent(intent)];
    }

    public Task AnswerDisputeAsync(string disputeId, string? evidence, CancellationToken ct) => evidence is null
        ? PostAsync($"/v1/disputes/{Segment(disputeId)}/close", [], "close-" + disputeId, ct)
        : PostAsync($"/v1/disputes/{Segment(disputeId)}", [new("evidence[uncategorized_text]", evidence), new("submit", "true")], null, ct);

    public Webhook Read(WebhookRequest request) => StripeWebhooks.Read(request, _secrets, IsLive);

    /// <summary>Stripe signs nothing that a browser brings back.</summary>
    public GatewayFact? ReadReturn(IReadOnlyDictionary<string, string> fields, GatewayTrace trace) => null;

    private async Task<IEnumerable<GatewayFact>> ReadAsync(GatewayTrace trace, CancellationToken ct)
    {
        const string WithCharge = "expand[]=latest_charge.refunds&expand[]=latest_charge.balance_transaction";
        if (trace.OrderId is { } orderId)
        {
            return StripeFacts.OfSession(await GetAsync($"/v1/checkout/sessions/{Segment(orderId)}?{WithCharge.Replace("=", "=payment_intent.", StringComparison.Ordinal)}", ct));
        }

        if (trace.PaymentId is { } paymentId)
        {
            return StripeFacts.OfIntent(await GetAsync($"/v1/payment_intents/{Segment(paymentId)}?{WithCharge}", ct));
        }

        // The answer to the start was lost: the reference is all there is.
        var found = await GetAsync($"/v1/payment_intents/search?query={Uri.EscapeDataString($"metadata['reference']:'{trace.Reference}'")}", ct);
        return found.At("data").Items().SelectMany(intent => StripeFacts.OfIntent(intent));
    }

    private async Task<IEnumerable<GatewayFact>> DisputesAsync(string paymentId, GatewayTrace trace, CancellationToken ct) =>
        (await GetAsync($"/v1/disputes?payment_intent={Uri.EscapeDataString(paymentId)}&limit=100", ct)).At("data").Items()
            .Select(StripeFacts.OfDispute).OfType<GatewayFact>().Select(f => f with { Reference = trace.Reference });

    private Task<JsonElement> GetAsync(string path, CancellationToken ct) => line.SendAsync(() => Request(HttpMethod.Get, path), isRepeatable: true, CodeOf, ct);

    private Task<JsonElement> PostAsync(string path, IReadOnlyList<KeyValuePair<string, string>> form, string? key, CancellationToken ct) => line.SendAsync(
        () =>
        {
            var request = Request(HttpMethod.Post, path);
            request.Content = new FormUrlEncodedContent(form);
            if (key is not null)
            {
                request.Headers.Add("Idempotency-Key", key);
            }

            return request;
        },
        isRepeatable: key is not null,
        CodeOf,
        ct);

    private HttpRequestMessage Request(HttpMethod method, string path)
    {
        var request = new HttpRequestMessage(method, new Uri(_options.Address, path));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _options.SecretKey);
        request.Headers.Add("Stripe-Version", Version);
        return request;
    }

    private static string? CodeOf(JsonElement body) => body.Text("error", "decline_code") ?? body.Text("error", "code") ?? body.Text("error", "type");

    private static string Segment(string id) => Uri.EscapeDataString(id);

    private static string Whole(long amount) => amount.ToString(CultureInfo.InvariantCulture);
}
