using System.Text;
using System.Text.Json;
using Careline.Platform.Delivery;
using Careline.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Careline.Tests.Platform;

/// <summary>What leaves the machine, as the providers' published interfaces ask for it.</summary>
public sealed class TransportTests
{
    private static readonly OutgoingMessage _sms = new(Guid.CreateVersion7(), "+2348012345678", null, "Your code is 123456 & good.");

    [Fact]
    public async Task Twilio_gets_a_form_with_basic_authentication()
    {
        var request = await AskedAsync<TwilioSms>();

        request.Line.ShouldBe("POST /2010-04-01/Accounts/AC%20one/Messages.json");
        request.Header("Authorization").ShouldBe("Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes("AC one:secret")));
        request.Body.ShouldBe("To=%2B2348012345678&From=Careline&Body=Your+code+is+123456+%26+good.");
    }

    [Fact]
    public async Task Termii_gets_json_with_the_key_inside()
    {
        var request = await AskedAsync<TermiiSms>();

        request.Line.ShouldBe("POST /api/sms/send");
        var body = JsonDocument.Parse(request.Body).RootElement;
        (body.GetProperty("api_key").GetString(), body.GetProperty("to").GetString(), body.GetProperty("sms").GetString())
            .ShouldBe(("secret", "2348012345678", "Your code is 123456 & good."));
    }

    [Fact]
    public async Task Africas_talking_gets_a_form_with_the_key_in_a_header()
    {
        var request = await AskedAsync<AfricasTalkingSms>();

        request.Line.ShouldBe("POST /version1/messaging");
        request.Header("apiKey").ShouldBe("secret");
        request.Body.ShouldContain("username=AC+one&to=%2B2348012345678");
    }

    [Fact]
    public async Task Msg91_gets_its_template_and_the_text_as_a_variable()
    {
        var request = await AskedAsync<Msg91Sms>();

        request.Line.ShouldBe("POST /api/v5/flow");
        request.Header("authkey").ShouldBe("secret");
        var recipient = JsonDocument.Parse(request.Body).RootElement.GetProperty("recipients")[0];
        (recipient.GetProperty("mobiles").GetString(), recipient.GetProperty("text").GetString()).ShouldBe(("2348012345678", "Your code is 123456 & good."));
    }

    [Theory]
    [InlineData(400, true)]
    [InlineData(401, true)]
    [InlineData(408, false)]
    [InlineData(429, false)]
    [InlineData(500, false)]
    public async Task A_provider_that_refuses_is_believed_and_one_that_fails_is_asked_again(int status, bool isFinal)
    {
        using var provider = new SmsProvider { Answers = status };
        var taken = provider.TakeAsync();

        var error = await Should.ThrowAsync<Exception>(Transport<TermiiSms>(provider.Address).SendAsync(_sms, TestContext.Current.CancellationToken));

        await taken;
        (error is NotDeliverable).ShouldBe(isFinal);
    }

    [Fact]
    public async Task Mail_carries_its_delivery_as_message_id_and_any_language()
    {
        using var server = new MailServer();
        var mail = new OutgoingMessage(Guid.CreateVersion7(), "ade@example.test", "Ẹ káàbọ̀", "Báwo ni? 你好");
        var taken = server.TakeAsync();

        await Smtp(server).SendAsync(mail, TestContext.Current.CancellationToken);

        var message = await taken;
        message.ShouldContain($"Message-ID: <{mail.Id:N}@clinic.example>", Case.Insensitive);
        message.ShouldContain("To: ade@example.test");
        message.ShouldContain(Convert.ToBase64String(Encoding.UTF8.GetBytes(mail.Text))[..12]);
    }

    [Fact]
    public async Task A_mailbox_that_is_not_there_is_not_tried_again()
    {
        using var server = new MailServer();
        var taken = server.TakeAsync();

        var mail = new OutgoingMessage(Guid.CreateVersion7(), "gone@example.test", "Hello", "Hello");
        await Should.ThrowAsync<NotDeliverable>(Smtp(server).SendAsync(mail, TestContext.Current.CancellationToken));

        await taken;
    }

    private static async Task<SmsRequest> AskedAsync<T>()
        where T : IMessageTransport
    {
        using var provider = new SmsProvider();
        var taken = provider.TakeAsync();
        await Transport<T>(provider.Address).SendAsync(_sms, TestContext.Current.CancellationToken);
        return await taken;
    }

    private static T Transport<T>(Uri address)
        where T : IMessageTransport
    {
        var services = new ServiceCollection();
        services.AddHttpClient();
        services.AddSingleton(Options.Create(new DeliveryOptions
        {
            SmsAccount = new SmsOptions { Address = address, Account = "AC one", Key = "secret", From = "Careline", Template = "T1" },
        }));
        return ActivatorUtilities.CreateInstance<T>(services.BuildServiceProvider());
    }

    private static SmtpTransport Smtp(MailServer server) => new(Options.Create(new DeliveryOptions
    {
        Smtp = new SmtpOptions { Host = "127.0.0.1", Port = server.Port, UseTls = false, From = "Careline <no-reply@clinic.example>" },
    }));
}
