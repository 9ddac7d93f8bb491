using Careline.Gateways;
using Careline.Gateways.Contracts;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Careline.Tests.Payments.Gateways;

/// <summary>What the settings may say of gateways.</summary>
public sealed class GatewayKeysTests
{
    [Fact]
    public void The_sandbox_is_on_in_Development_and_nowhere_else()
    {
        Options("Development").Sandbox.ShouldBe(true);
        Options("Development").Stripe.SecretKey.ShouldBe("sk_test_sandbox");
        Options("Development", ("Sandbox", "false")).Stripe.SecretKey.ShouldBe("");
        Options("Production").Sandbox.ShouldBe(false);
        Options("Production").Payu.Key.ShouldBe("");
        Should.Throw<OptionsValidationException>(() => Options("Production", ("Sandbox", "true"))).Message.ShouldContain("serves Development only");
        Should.Throw<OptionsValidationException>(() => Options("Staging", ("Sandbox", "true")));
    }

    [Theory]
    [InlineData("Stripe:SecretKey")]
    [InlineData("Paystack:SecretKey")]
    public void A_live_key_has_no_place_in_the_sandbox(string name) =>
        Should.Throw<OptionsValidationException>(() => Options("Development", (name, "sk_live_1"), ("Stripe:WebhookSecrets", "w"))).Message.ShouldContain("live key");

    [Theory]
    [InlineData("http://api.example.com", false)]
    [InlineData("ftp://127.0.0.1", false)]
    [InlineData("http://127.0.0.1:9", true)]
    [InlineData("https://api.example.com", true)]
    public void Gateways_are_asked_over_https_but_for_this_machine(string address, bool isTaken)
    {
        foreach (var name in new[] { "Stripe:Address", "Paystack:Address", "Razorpay:Address", "Payu:Address", "Payu:ServerAddress" })
        {
            if (isTaken)
            {
                Options("Production", (name, address));
            }
            else
            {
                Should.Throw<OptionsValidationException>(() => Options("Production", (name, address))).Message.ShouldContain("https");
            }
        }
    }

    [Theory]
    [InlineData("Stripe:SecretKey", "Payments__Stripe__WebhookSecrets")]
    [InlineData("Razorpay:KeyId", "Payments__Razorpay__KeySecret")]
    [InlineData("Payu:Key", "Payments__Payu__Salts")]
    public void A_key_without_what_webhooks_are_judged_by_is_refused(string name, string missing) =>
        Should.Throw<OptionsValidationException>(() => Options("Production", (name, "k"))).Message.ShouldContain(missing);

    [Fact]
    public void Who_has_a_key_is_ready_and_takes_its_currencies()
    {
        using var services = Services("Production", ("Paystack:SecretKey", "sk_test_1"));
        var gateways = services.GetServices<IPaymentGateway>().ToDictionary(g => g.Name);

        gateways.Where(g => g.Value.IsReady).Select(g => g.Key).ShouldBe([Gateway.Paystack]);
        gateways.ToDictionary(g => g.Key, g => (g.Value.Takes("NGN"), g.Value.Takes("INR"), g.Value.Takes("XXX"))).ShouldBe(new Dictionary<Gateway, (bool, bool, bool)>
        {
            [Gateway.Stripe] = (true, true, false),
            [Gateway.Paystack] = (true, false, false),
            [Gateway.Razorpay] = (false, true, false),
            [Gateway.Payu] = (false, true, false),
        }, ignoreOrder: true);
    }

    private static GatewaysOptions Options(string environment, params (string Name, string Value)[] settings)
    {
        using var services = Services(environment, settings);
        return services.GetRequiredService<IOptions<GatewaysOptions>>().Value;
    }

    private static ServiceProvider Services(string environment, params (string Name, string Value)[] settings)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(settings.ToDictionary(s => "Payments:" + s.Name, s => (string?)s.Value)).Build());
        services.AddSingleton<IHostEnvironment>(new Place(environment));
        services.AddGateways();
        return services.BuildServiceProvider();
    }

    private sealed class Place(string name) : IHostEnvironment
    {
        public string EnvironmentName { get; set; } = name;

        public string ApplicationName { get; set; } = "Careline";

        public string ContentRootPath { get; set; } = "";

        public IFileProvider ContentRootFileProvider { get; set; } = new NullFileProvider();
    }
}
