using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using Microsoft.Extensions.Options;

namespace Careline.Platform.Delivery;

/// <summary>SMS by an HTTP provider: one request a message. What differs is the request.</summary>
internal abstract class SmsTransport(string name, string address, IHttpClientFactory clients, IOptions<DeliveryOptions> options) : IMessageTransport
{
    public Channel Channel => Channel.Sms;

    public string Name => name;

    protected SmsOptions Account => options.Value.SmsAccount;

    public async Task SendAsync(OutgoingMessage message, CancellationToken ct)
    {
        using var client = clients.CreateClient("sms");
        using var request = Request(message);
        request.RequestUri = new Uri(Account.Address ?? new Uri(address), request.RequestUri!);
        using var response = await client.SendAsync(request, ct);

        // 4xx speaks of this message or of our account: the same again would be refused again. 408 and 429 ask for another try.
        if ((int)response.StatusCode is >= 400 and < 500 and not (408 or 429))
        {
            throw new NotDeliverable(string.Create(CultureInfo.InvariantCulture, $"PROVIDER_{(int)response.StatusCode}"));
        }

        response.EnsureSuccessStatusCode();
    }

    protected abstract HttpRequestMessage Request(OutgoingMessage message);

    protected static HttpRequestMessage Post(string path, HttpContent content) => new(HttpMethod.Post, new Uri(path, UriKind.Relative)) { Content = content };
}

/// <summary>Twilio, Programmable Messaging: a form, signed in by HTTP Basic.</summary>
internal sealed class TwilioSms(IHttpClientFactory clients, IOptions<DeliveryOptions> options)
    : SmsTransport("twilio", "https://api.twilio.com", clients, options)
{
    protected override HttpRequestMessage Request(OutgoingMessage message)
    {
        var request = Post(
            $"/2010-04-01/Accounts/{Uri.EscapeDataString(Account.Account)}/Messages.json",
            new FormUrlEncodedContent(new Dictionary<string, string> { ["To"] = message.To, ["From"] = Account.From, ["Body"] = message.Text }));
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Account.Account}:{Account.Key}")));
        return request;
    }
}

/// <summary>Termii: JSON with the key in the body; numbers without the plus.</summary>
internal sealed class TermiiSms(IHttpClientFactory clients, IOptions<DeliveryOptions> options)
    : SmsTransport("termii", "https://api.ng.termii.com", clients, options)
{
    protected override HttpRequestMessage Request(OutgoingMessage message) => Post("/api/sms/send", JsonContent.Create(new Dictionary<string, string>
    {
        ["api_key"] = Account.Key,
        ["to"] = message.To.TrimStart('+'),
        ["from"] = Account.From,
        ["sms"] = message.Text,
        ["type"] = "plain",
        ["channel"] = "dnd",
    }));
}

/// <summary>Africa's Talking: a form with the key in a header.</summary>
internal sealed class AfricasTalkingSms(IHttpClientFactory clients, IOptions<DeliveryOptions> options)
    : SmsTransport("africastalking", "https://api.africastalking.com", clients, options)
{
    protected override HttpRequestMessage Request(OutgoingMessage message)
    {
        var request = Post("/version1/messaging", new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["username"] = Account.Account,
            ["to"] = message.To,
            ["message"] = message.Text,
            ["from"] = Account.From,
        }));
        request.Headers.Add("apiKey", Account.Key);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        return request;
    }
}

/// <summary>MSG91: an approved flow whose one variable carries the text, as Indian operators demand templates.</summary>
internal sealed class Msg91Sms(IHttpClientFactory clients, IOptions<DeliveryOptions> options)
    : SmsTransport("msg91", "https://control.msg91.com", clients, options)
{
    protected override HttpRequestMessage Request(OutgoingMessage message)
    {
        var request = Post("/api/v5/flow", JsonContent.Create(new
        {
            template_id = Account.Template,
            sender = Account.From,
            recipients = new[] { new { mobiles = message.To.TrimStart('+'), text = message.Text } },
        }));
        request.Headers.Add("authkey", Account.Key);
        return request;
    }
}
