using Careline.Gateways.Paystack;
using Careline.Gateways.Payu;
using Careline.Gateways.Razorpay;
using Careline.Gateways.Sandbox;
using Careline.Gateways.Stripe;
using Careline.Platform.Jobs;
using Careline.Platform.Privacy;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Careline.Gateways;

/// <summary>Companies that take money: their interfaces, their signatures, and a sandbox that plays them.</summary>
public static class GatewaysModule
{
    /// <summary>Registers the gateways, or who plays them.</summary>
    public static IServiceCollection AddGateways(this IServiceCollection services)
    {
        services.AddModule("Gateways", 1, typeof(GatewaysModule).Assembly);
        services.AddOptions<GatewaysOptions>().BindConfiguration("Payments")
            .PostConfigure<IHostEnvironment>((options, environment) =>
            {
                options.Sandbox ??= environment.IsDevelopment();
                if (options.Sandbox == true)
                {
                    SandboxKeys.Fill(options);
                }
            })
            .Validate<IHostEnvironment>(
                (options, environment) => options.Sandbox != true || environment.IsDevelopment(),
                "Payments__Sandbox: the sandbox moves no money and lets anyone on the machine pay; it serves Development only.")
            .Validate(options => options.Sandbox != true || !SandboxKeys.HasLiveOnes(options), "Payments__Sandbox: a live key has no place in the sandbox; take it out, or set Payments__Sandbox to false.")
            .Validate(options => Addresses(options).All(IsSafe), "Payments__Stripe__Address, Payments__Paystack__Address, Payments__Razorpay__Address, Payments__Payu__Address and Payments__Payu__ServerAddress must be https addresses.")
            .Validate(options => options.Stripe.SecretKey.Length == 0 || Signatures.Secrets(options.Stripe.WebhookSecrets).Count > 0, "Payments__Stripe__WebhookSecrets must be set where Payments__Stripe__SecretKey is.")
            .Validate(
                options => options.Razorpay.KeyId.Length == 0 || (options.Razorpay.KeySecret.Length > 0 && Signatures.Secrets(options.Razorpay.WebhookSecrets).Count > 0),
                "Payments__Razorpay__KeySecret and Payments__Razorpay__WebhookSecrets must be set where Payments__Razorpay__KeyId is.")
            .Validate(options => options.Payu.Key.Length == 0 || Signatures.Secrets(options.Payu.Salts).Count > 0, "Payments__Payu__Salts must be set where Payments__Payu__Key is.")
            .ValidateOnStart();
        services.AddScoped<IPersonalRecords, SandboxRecords>();
        services.AddSingleton<SandboxPlayers>();
        services.AddSingleton<IRecurringJob, DeliverSandboxWebhooks>();
        Add<StripeGateway>(services, Gateway.Stripe);
        Add<PaystackGateway>(services, Gateway.Paystack);
        Add<RazorpayGateway>(services, Gateway.Razorpay);
        Add<PayuGateway>(services, Gateway.Payu);
        return services;
    }

    /// <summary>Maps the sandbox's pages, in Development.</summary>
    public static IEndpointRouteBuilder MapGateways(this IEndpointRouteBuilder app)
    {
        app.MapSandbox();
        return app;
    }

    private static void Add<T>(IServiceCollection services, Gateway gateway)
        where T : class, IPaymentGateway
    {
        services.AddHttpClient(GatewayLine.ClientOf(gateway), client => client.Timeout = GatewayLine.Patience)
            .ConfigurePrimaryHttpMessageHandler(provider => provider.GetRequiredService<SandboxPlayers>() is { IsOn: true } players
                ? new SandboxHandler(players.Of(gateway)!, provider.GetRequiredService<IServiceScopeFactory>(), provider.GetRequiredService<ILogger<SandboxHandler>>())
                : new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) })

            // The factory's own log lines name addresses, and so references and payments.
            .RemoveAllLoggers();
        services.AddSingleton<IPaymentGateway>(provider => ActivatorUtilities.CreateInstance<T>(
            provider, new GatewayLine(gateway, provider.GetRequiredService<IHttpClientFactory>(), provider.GetRequiredService<ILogger<GatewayLine>>())));
    }

    private static IEnumerable<Uri> Addresses(GatewaysOptions options) =>
        [options.Stripe.Address, options.Paystack.Address, options.Razorpay.Address, options.Payu.Address, options.Payu.ServerAddress];

    private static bool IsSafe(Uri address) => address.IsAbsoluteUri && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback));
}
