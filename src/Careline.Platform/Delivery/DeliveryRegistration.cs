using Careline.Platform.Privacy;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Careline.Platform.Delivery;

/// <summary>Registers the transports that the settings name.</summary>
internal static class DeliveryRegistration
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(10);

    public static IServiceCollection AddDelivery(this IServiceCollection services, IConfiguration settings)
    {
        services.AddOptions<DeliveryOptions>().Bind(settings.GetSection("Delivery")).PostConfigure<IHostEnvironment>((options, environment) =>
        {
            if (environment.IsDevelopment())
            {
                options.Mail = options.Mail.Length > 0 ? options.Mail : "sandbox";
                options.Sms = options.Sms.Length > 0 ? options.Sms : "sandbox";
                options.Push = options.Push.Length > 0 ? options.Push : "sandbox";
            }
        }).Validate<IHostEnvironment>(
            (options, environment) => environment.IsDevelopment() || (options.Mail != "sandbox" && options.Sms != "sandbox" && options.Push != "sandbox"),
            "Delivery__Mail, Delivery__Sms and Delivery__Push: the sandbox sends nothing and shows its messages to anyone on the machine; it serves Development only.")
            .Validate(options => options.Mail is "" or "smtp" or "sandbox", "Delivery__Mail must be smtp.")
            .Validate(
                options => options.Sms is "" or "twilio" or "termii" or "africastalking" or "msg91" or "sandbox",
                "Delivery__Sms must be twilio, termii, africastalking or msg91.")
            .Validate(options => options.Push is "" or "webpush" or "sandbox", "Delivery__Push must be webpush.")
            .ValidateOnStart();
        services.AddHttpClient("sms", client => client.Timeout = _patience)
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false });
        services.AddSingleton<Phrases>();
        services.AddSingleton<MessageSender>();
        services.AddHostedService(provider => provider.GetRequiredService<MessageSender>());
        services.AddScoped(provider => new Postbox(
            provider.GetRequiredService<Data.CarelineDb>(),
            provider.GetRequiredService<Security.FieldCipher>(),
            provider.GetRequiredService<MessageSender>()));
        services.AddScoped<IPersonalRecords, PersonalMessages>();
        services.AddSingleton(provider =>
        {
            var options = provider.GetRequiredService<IOptions<DeliveryOptions>>().Value;
            return new Transports([.. new[] { MailBy(provider, options.Mail), SmsBy(provider, options.Sms), PushBy(provider, options.Push) }.OfType<IMessageTransport>()]);
        });
        return services;
    }

    private static IMessageTransport? MailBy(IServiceProvider provider, string name) => name switch
    {
        "smtp" => ActivatorUtilities.CreateInstance<SmtpTransport>(provider),
        "sandbox" => new SandboxTransport(Channel.Email, provider.GetRequiredService<IServiceScopeFactory>()),
        _ => null,
    };

    private static IMessageTransport? SmsBy(IServiceProvider provider, string name) => name switch
    {
        "twilio" => ActivatorUtilities.CreateInstance<TwilioSms>(provider),
        "termii" => ActivatorUtilities.CreateInstance<TermiiSms>(provider),
        "africastalking" => ActivatorUtilities.CreateInstance<AfricasTalkingSms>(provider),
        "msg91" => ActivatorUtilities.CreateInstance<Msg91Sms>(provider),
        "sandbox" => new SandboxTransport(Channel.Sms, provider.GetRequiredService<IServiceScopeFactory>()),
        _ => null,
    };

    // Who subscribed which device is known to a module above, which brings the transport.
    private static IMessageTransport? PushBy(IServiceProvider provider, string name) => name switch
    {
        "webpush" => provider.GetServices<IMessageTransport>().FirstOrDefault(t => t.Channel == Channel.Push),
        "sandbox" => new SandboxTransport(Channel.Push, provider.GetRequiredService<IServiceScopeFactory>()),
        _ => null,
    };
}
