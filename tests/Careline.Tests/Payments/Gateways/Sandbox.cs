using System.Collections.Concurrent;
using System.Net;
using System.Text.RegularExpressions;
using Careline.Gateways;
using Careline.Gateways.Contracts;
using Careline.Gateways.Sandbox;
using Careline.Platform.Jobs;
using Careline.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http;

namespace Careline.Tests.Payments.Gateways;

/// <summary>An application whose gateways are played, and whose webhooks come to the test and to nobody else.</summary>
public sealed partial class Sandbox(TestCluster cluster) : TestApp(cluster)
{
    internal ConcurrentQueue<Exchange> Exchanges { get; } = [];

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await SqlAsync("INSERT INTO platform.jobs (name, next_at) VALUES ('payments.sandbox-webhooks', 'infinity') ON CONFLICT (name) DO UPDATE SET next_at = 'infinity'");
    }

    protected override void Configure(WebApplicationBuilder builder)
    {
        foreach (var gateway in Enum.GetValues<Gateway>())
        {
            builder.Services.PostConfigure<HttpClientFactoryOptions>(
                GatewayLine.ClientOf(gateway), options => options.HttpMessageHandlerBuilderActions.Add(made => made.AdditionalHandlers.Add(new Recorder(gateway, Exchanges))));
        }
    }

    internal IPaymentGateway Of(Gateway gateway) => Services.GetServices<IPaymentGateway>().Single(g => g.Name == gateway);

    internal GatewayOrder Order(Gateway gateway, long amountMinor = 500_000, bool save = false) => new(
        Reference(),
        amountMinor,
        gateway switch { Gateway.Stripe => "USD", Gateway.Paystack => "NGN", _ => "INR" },
        "Appointment APT-000123",
        new GatewayPayer(Guid.CreateVersion7(), "Ada", "ada@example.test", "+2348031234567"),
        new Uri(Address, "/returned/?payment=1"),
        save);

    internal static GatewayTrace Trace(GatewayOrder order, GatewayCheckout? checkout, string? paymentId = null) =>
        new(order.Reference, checkout?.OrderId, paymentId, order.AmountMinor, order.Currency);

    /// <summary>Goes to the page as a browser would, and answers its address.</summary>
    internal async Task<Uri> OpenAsync(GatewayCheckout checkout)
    {
        if (checkout.Url is { } url)
        {
            return url;
        }

        using var reply = await Anonymous.PostAsync(checkout.FormAction, new FormUrlEncodedContent(checkout.Form!), TestContext.Current.CancellationToken);
        reply.StatusCode.ShouldBe(HttpStatusCode.SeeOther, await reply.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        return new Uri(Address, reply.Headers.Location!);
    }

    internal async Task<string> PageAsync(Uri page) => await Anonymous.GetStringAsync(page, TestContext.Current.CancellationToken);

    /// <summary>Presses a button of the page. Answers where the browser goes, with the fields it takes along.</summary>
    internal async Task<(Uri To, IReadOnlyDictionary<string, string> Fields)> PressAsync(Uri page, string outcome, string webhooks = "normal")
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["outcome"] = outcome, ["webhooks"] = webhooks });
        using var reply = await Anonymous.PostAsync(page, form, TestContext.Current.CancellationToken);
        if (reply.StatusCode == HttpStatusCode.SeeOther)
        {
            return (new Uri(Address, reply.Headers.Location!), new Dictionary<string, string>());
        }

        reply.StatusCode.ShouldBe(HttpStatusCode.OK);
        var html = await reply.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return (new Uri(WebUtility.HtmlDecode(FormAction().Match(html).Groups[1].Value)),
            Field().Matches(html).ToDictionary(m => WebUtility.HtmlDecode(m.Groups[1].Value), m => WebUtility.HtmlDecode(m.Groups[2].Value)));
    }

    internal async Task DisputeAsync(Uri page) =>
        (await Anonymous.PostAsync(new Uri(page, "dispute/"), null, TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.SeeOther);

    /// <summary>Pays an order from start to end.</summary>
    internal async Task<(GatewayOrder Order, GatewayTrace Trace, Uri Page)> PaidAsync(Gateway gateway, long amountMinor = 500_000, string webhooks = "normal", bool save = false)
    {
        var order = Order(gateway, amountMinor, save);
        var checkout = await Of(gateway).StartAsync(order, CancellationToken.None);
        var page = await OpenAsync(checkout);
        await PressAsync(page, "pay", webhooks);
        var paid = (await Of(gateway).AskAsync(Trace(order, checkout), CancellationToken.None)).First(f => f.Kind is FactKind.Captured or FactKind.Authorized);
        return (order, Trace(order, checkout, paid.PaymentId), page);
    }

    /// <summary>Takes the webhooks that are due.</summary>
    internal async Task<IReadOnlyList<(Gateway Gateway, Webhook Webhook)>> TakeAsync()
    {
        var taken = new List<(Gateway, Webhook)>();
        await LookAsync(async db =>
        {
            await Services.GetServices<IRecurringJob>().OfType<DeliverSandboxWebhooks>().Single().DeliverAsync(db, Take, CancellationToken.None);
            return 0;
        });
        return taken;

        Task<bool> Take(Gateway gateway, WebhookRequest request, CancellationToken ct)
        {
            taken.Add((gateway, Of(gateway).Read(request)));
            return Task.FromResult(true);
        }
    }

    private static string Reference() => Guid.CreateVersion7().ToString("N")[^24..];

    [GeneratedRegex("action=\"([^\"]+)\"")]
    private static partial Regex FormAction();

    [GeneratedRegex("name=\"([^\"]+)\" value=\"([^\"]*)\"")]
    private static partial Regex Field();

    /// <summary>Keeps what went back and forth.</summary>
    private sealed class Recorder(Gateway gateway, ConcurrentQueue<Exchange> exchanges) : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var asked = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
            var response = await base.SendAsync(request, cancellationToken);
            exchanges.Enqueue(new Exchange(gateway, request.Method.Method, request.RequestUri!, asked, (int)response.StatusCode, await response.Content.ReadAsStringAsync(cancellationToken)));
            return response;
        }
    }
}

/// <summary>A call to a gateway and its answer.</summary>
internal sealed record Exchange(Gateway Gateway, string Method, Uri Address, string Asked, int Status, string Answer);
