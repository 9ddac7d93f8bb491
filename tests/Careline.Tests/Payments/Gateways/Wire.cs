using System.Net;
using System.Text;
using Careline.Gateways;
using Careline.Gateways.Contracts;
using Careline.Gateways.Paystack;
using Careline.Gateways.Payu;
using Careline.Gateways.Razorpay;
using Careline.Gateways.Stripe;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Careline.Tests.Payments.Gateways;

/// <summary>A gateway's adapter whose other end is the test.</summary>
internal sealed class Wire(Func<HttpRequestMessage, HttpResponseMessage> answer) : HttpMessageHandler, IHttpClientFactory
{
    private int _calls;

    public int Calls => _calls;

    public HttpRequestMessage? Last { get; private set; }

    public static GatewayTrace Trace { get; } = new("ref1", "order_1", "11", 500_000, "INR");

    public static Wire Answering(int status, string body) => new(_ => Reply(status, body));

    public static HttpResponseMessage Reply(int status, string body) => new((HttpStatusCode)status) { Content = new StringContent(body, Encoding.UTF8, "application/json") };

    public HttpClient CreateClient(string name) => new(this, disposeHandler: false);

    public IPaymentGateway Of(Gateway gateway, TimeSpan? pause = null)
    {
        var line = new GatewayLine(gateway, this, NullLogger<GatewayLine>.Instance, pause ?? TimeSpan.FromMilliseconds(1));
        var options = Options.Create(new GatewaysOptions
        {
            Stripe = new StripeOptions { SecretKey = "sk_test_1", WebhookSecrets = "whsec_1" },
            Paystack = new PaystackOptions { SecretKey = "sk_test_1" },
            Razorpay = new RazorpayOptions { KeyId = "rzp_test_1", KeySecret = "s1", WebhookSecrets = "w1" },
            Payu = new PayuOptions { Key = "k1", Salts = "s1" },
        });
        return gateway switch
        {
            Gateway.Stripe => new StripeGateway(line, options),
            Gateway.Paystack => new PaystackGateway(line, options),
            Gateway.Razorpay => new RazorpayGateway(line, options),
            _ => new PayuGateway(line, options),
        };
    }

    public static GatewayOrder Order(Gateway gateway) => new(
        "0123456789abcdef01234567", 500_000, gateway switch { Gateway.Stripe => "USD", Gateway.Paystack => "NGN", _ => "INR" }, "Appointment APT-000123",
        new GatewayPayer(Guid.CreateVersion7(), "Ada", "ada@example.test", null), new Uri("https://careline.example/returned/"));

    /// <summary>Everything that an adapter can be asked.</summary>
    public static IEnumerable<(string Name, Func<IPaymentGateway, Task> Ask)> Questions(Gateway gateway, GatewayTrace trace) =>
    [
        ("start", g => g.StartAsync(Order(gateway), CancellationToken.None)),
        ("ask", g => g.AskAsync(trace, CancellationToken.None)),
        ("ask without order", g => g.AskAsync(trace with { OrderId = null }, CancellationToken.None)),
        ("ask without anything", g => g.AskAsync(trace with { OrderId = null, PaymentId = null }, CancellationToken.None)),
        ("capture", g => g.CaptureAsync(trace, CancellationToken.None)),
        ("refund", g => g.RefundAsync(new GatewayRefund(new string('a', 32), trace, 100_000), CancellationToken.None)),
        ("refund again", g => g.RefundAsync(new GatewayRefund(new string('a', 32), trace, 100_000, "12"), CancellationToken.None)),
        ("charge", g => g.ChargeAsync(Order(gateway), "one|two", CancellationToken.None)),
        ("answer", g => g.AnswerDisputeAsync("13", "words", CancellationToken.None)),
        ("accept", g => g.AnswerDisputeAsync("13", null, CancellationToken.None)),
    ];

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _calls);
        Last = request;
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(answer(request));
    }
}
