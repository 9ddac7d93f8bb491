using System.Globalization;
using System.Net;
using System.Net.Mail;
using Microsoft.Extensions.Options;

namespace Careline.Platform.Delivery;

/// <summary>Mail by SMTP; the delivery's id becomes the Message-ID, by which mail systems know a repeated message.</summary>
internal sealed class SmtpTransport(IOptions<DeliveryOptions> options) : IMessageTransport
{
    public Channel Channel => Channel.Email;

    public string Name => "smtp";

    public async Task SendAsync(OutgoingMessage message, CancellationToken ct)
    {
        var smtp = options.Value.Smtp;
        using var client = new SmtpClient(smtp.Host, smtp.Port) { EnableSsl = smtp.UseTls };
        if (smtp.UserName.Length > 0)
        {
            client.Credentials = new NetworkCredential(smtp.UserName, smtp.Password);
        }

        var from = new MailAddress(smtp.From);
        using var mail = new MailMessage(from, new MailAddress(message.To)) { Subject = message.Subject, Body = message.Text };
        mail.Headers.Add("Message-ID", string.Create(CultureInfo.InvariantCulture, $"<{message.Id:N}@{from.Host}>"));
        try
        {
            await client.SendMailAsync(mail, ct);
        }
        catch (SmtpFailedRecipientException refused) when (refused.StatusCode is SmtpStatusCode.MailboxUnavailable or SmtpStatusCode.MailboxNameNotAllowed)
        {
            throw new NotDeliverable("MAILBOX_UNAVAILABLE");
        }
    }
}
