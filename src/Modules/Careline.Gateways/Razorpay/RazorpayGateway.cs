using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using Careline.Gateways.Sandbox;
using Microsoft.Extensions.Options;

namespace Careline.Gateways.Razorpay;

/// <summary>Razorpay: JSON both ways, signed in by HTTP Basic. People pay on Razorpay's page, to which a form leads, or in an app's kit.</summary>
internal sealed class RazorpayGateway(GatewayLine line, IOptions<GatewaysOptions> options) : IPaymentGateway
{
    private static readonly HashSet<string> _currencies = ["EUR", "GBP", "INR", "USD"];

    private readonly RazorpayOptions _options = options.Value.Razorpay;

    private readonly IReadOnlyList<string> _secrets = Signatures.Secrets(options.Value.Razorpay.WebhookSecrets);

    public Gateway Name => Gateway.Razorpay;

    public bool IsReady => _options.KeyId.Length > 0 && _options.KeySecret.Length > 0;

    public bool Takes(string currency) => _currencies.Contains(currency);

    public async Task<GatewayCheckout> StartAsync(GatewayOrder order, CancellationToken ct)
    {
        // Two orders may have one receipt there: ours is made once.
        var made = await OrderAsync(order.Reference, ct);
        if (made.ValueKind != JsonValueKind.Object)
        {
            made = await SendAsync(HttpMethod.Post, "/v1/orders", new Dictionary<string, object>
            {
                ["amount"] = order.AmountMinor,
                ["currency"] = order.Currency,
                ["receipt"] = order.Reference,
                ["notes"] = new Dictionary<string, string> { ["reference"] = order.Reference, ["account"] = order.Payer.AccountId.ToString("N") },
            }, null, ct);
        }

        if (made.Text("id") is not { } orderId || made.Whole("amount") != order.AmountMinor || made.Currency("currency") != order.Currency)
        {
            throw new GatewayAway("NO_ORDER");
        }

        var amount = order.AmountMinor.ToString(CultureInfo.InvariantCulture);
        var form = new Dictionary<string, string>
        {
            ["key_id"] = _options.KeyId,
            ["order_id"] = orderId,
            ["amount"] = amount,
            ["currency"] = order.Currency,
            ["description"] = order.Description,
            ["prefill[name]"] = order.Payer.Name,
            ["prefill[email]"] = order.Payer.Email ?? options.Value.PayerEmail,
            ["notes[reference]"] = order.Reference,
            ["callback_url"] = order.ReturnUrl.AbsoluteUri,
            ["cancel_url"] = order.ReturnUrl.AbsoluteUri,
        };
        if (order.Payer.Phone is { } phone)
        {
            form["prefill[contact]"] = phone;
        }

        return new GatewayCheckout(orderId, null, form, SandboxAddress.FormAction(options.Value, Name, order.ReturnUrl) ?? new Uri(_options.Address, "/v1/checkout/embedded"), new Dictionary<string, string>
        {
            ["key_id"] = _options.KeyId,
            ["order_id"] = orderId,
            ["amount"] = amount,
            ["currency"] = order.Currency,
        });
    }

    public async Task<IReadOnlyList<GatewayFact>> AskAsync(GatewayTrace trace, CancellationToken ct)
    {
        try
        {
            if ((trace.OrderId ?? (await OrderAsync(trace.Reference, ct)).Text("id")) is not { } orderId)
            {
                return [];
            }

            var facts = new List<GatewayFact>();
            foreach (var payment in (await GetAsync($"/v1/orders/{Segment(orderId)}/payments", ct)).At("items").Items())
            {
                if (RazorpayFacts.OfPayment(payment) is { } fact)
                {
                    facts.Add(fact with { Reference = trace.Reference, OrderId = orderId });
                    facts.AddRange(payment.Whole("amount_refunded") > 0 || payment.Text("refund_status") is not null ? await RefundsAsync(fact.PaymentId!, trace, ct) : []);
                }
            }

            // A card that was refused comes before the one that paid.
            return [.. facts.OrderBy(f => f.Kind is FactKind.Failed or FactKind.Pending ? 0 : 1)];
        }
        catch (GatewayRefused refused) when (refused.Code is "HTTP_404")
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
        var facts = await AskAsync(trace, ct);
        if (facts.Any(f => f.Kind == FactKind.Captured))
        {
            return facts;
        }

        var authorized = facts.FirstOrDefault(f => f.Kind == FactKind.Authorized && (trace.PaymentId is null || f.PaymentId == trace.PaymentId))
            ?? throw new GatewayRefused("NOT_AUTHORIZED");
        var payment = await SendAsync(HttpMethod.Post, $"/v1/payments/{Segment(authorized.PaymentId!)}/capture", new Dictionary<string, object>
        {
            ["amount"] = authorized.AmountMinor,
            ["currency"] = authorized.Currency,
        }, null, ct);
        return RazorpayFacts.OfPayment(payment) is { } fact ? [fact with { Reference = trace.Reference, OrderId = trace.OrderId ?? fact.OrderId }] : throw new GatewayAway("NO_PAYMENT");
    }

    public async Task<GatewayFact> RefundAsync(GatewayRefund refund, CancellationToken ct)
    {
        var made = refund.RefundId is { } refundId
            ? await GatewayLine.QuestionAsync(GetAsync($"/v1/refunds/{Segment(refundId)}", ct))
            : await SendAsync(
                HttpMethod.Post,
                $"/v1/payments/{Segment(refund.Trace.PaymentId ?? throw new GatewayRefused("NO_PAYMENT"))}/refund",
                new Dictionary<string, object>
                {
                    ["amount"] = refund.AmountMinor,
                    ["speed"] = "normal",
                    ["receipt"] = refund.Token,
                    ["notes"] = new Dictionary<string, string> { ["reference"] = refund.Trace.Reference, ["token"] = refund.Token },
                },
                refund.Token,
                ct);
        return RazorpayFacts.OfRefund(made) is { } fact ? fact with { Reference = refund.Trace.Reference } : throw new GatewayAway("NO_REFUND");
    }

    /// <summary>A saved method is charged for a customer of Razorpay's, under a mandate: neither is kept here.</summary>
    public Task<IReadOnlyList<GatewayFact>> ChargeAsync(GatewayOrder order, string savedToken, CancellationToken ct) => throw new GatewayRefused("NOT_SUPPORTED");

    public Task AnswerDisputeAsync(string disputeId, string? evidence, CancellationToken ct) => evidence is null
        ? SendAsync(HttpMethod.Post, $"/v1/disputes/{Segment(disputeId)}/accept", [], null, ct)
        : SendAsync(HttpMethod.Patch, $"/v1/disputes/{Segment(disputeId)}/contest", new Dictionary<string, object> { ["summary"] = evidence, ["action"] = "submit" }, null, ct);

    public Webhook Read(WebhookRequest request) => RazorpayWebhooks.Read(request, _secrets);

    /// <summary>Razorpay signs that this payment is one of this order, which it took at its full amount; whether the money moved already is asked.</summary>
    public GatewayFact? ReadReturn(IReadOnlyDictionary<string, string> fields, GatewayTrace trace) =>
        trace.OrderId is { } orderId && fields.GetValueOrDefault("razorpay_payment_id") is { Length: > 0 and <= 64 } paymentId && paymentId.All(c => char.IsAsciiLetterOrDigit(c) || c == '_')
            && RazorpaySignature.IsGoodReturn(orderId, paymentId, fields.GetValueOrDefault("razorpay_signature"), _options.KeySecret)
            ? new GatewayFact
            {
                Gateway = Name,
                Kind = FactKind.Authorized,
                Reference = trace.Reference,
                OrderId = orderId,
                PaymentId = paymentId,
                AmountMinor = trace.AmountMinor,
                Currency = trace.Currency,
            }
            : null;

    private async Task<JsonElement> OrderAsync(string reference, CancellationToken ct) =>
        (await GetAsync($"/v1/orders?receipt={Segment(reference)}", ct)).At("items").Items().FirstOrDefault(o => o.Text("receipt") == reference);

    private async Task<IEnumerable<GatewayFact>> RefundsAsync(string paymentId, GatewayTrace trace, CancellationToken ct) =>
        (await GetAsync($"/v1/payments/{Segment(paymentId)}/refunds?count=100", ct)).At("items").Items()
            .Select(RazorpayFacts.OfRefund).OfType<GatewayFact>().Select(f => f with { Reference = trace.Reference });

    private Task<JsonElement> GetAsync(string path, CancellationToken ct) => SendAsync(HttpMethod.Get, path, null, null, ct);

    private Task<JsonElement> SendAsync(HttpMethod method, string path, Dictionary<string, object>? content, string? key, CancellationToken ct) => line.SendAsync(
        () =>
        {
            var request = new HttpRequestMessage(method, new Uri(_options.Address, path)) { Content = content is null ? null : JsonContent.Create(content) };
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{_options.KeyId}:{_options.KeySecret}")));
            if (key is not null)
            {
                request.Headers.Add("X-Refund-Idempotency", key);
            }

            return request;
        },
        isRepeatable: key is not null || method == HttpMethod.Get,
        CodeOf,
        ct);

    private static string? CodeOf(JsonElement body) => body.Text("error", "reason") is { } reason and not "NA" ? reason : body.Text("error", "code");

    private static string Segment(string id) => Uri.EscapeDataString(id);
}
