using System.Net.Mime;
using System.Text;
using System.Text.Encodings.Web;
using Careline.Gateways.Contracts;
using Careline.Payments.Notices;

namespace Careline.Payments.Payments;

/// <summary>The two small pages between us and a gateway; without script, and with no more than number and amount on them.</summary>
internal static class PaymentPage
{
    /// <summary>Whether it is paid.</summary>
    public static IResult Of(HttpContext http, Payment payment) => Page(http, null, payment.Status switch
    {
        PaymentStatus.Completed or PaymentStatus.Refunded or PaymentStatus.PartiallyRefunded => ("Thank you", "Your payment was received. The receipt is at Careline."),
        PaymentStatus.Cancelled => ("Called off", "This payment was called off. If money was taken, it goes back to you by itself."),
        PaymentStatus.Failed => ("Not paid", "The payment did not go through and nothing was taken. You can try again from Careline."),
        _ => ("Not yet", "The gateway has not told us yet that it is paid. You need not do anything: Careline tells you as soon as it is."),
    }, payment, $"<p><a href=\"/payments/{payment.Id}\">Back to Careline</a></p>");

    /// <summary>A button that leads to the gateway: some take a payment only by a form.</summary>
    public static IResult Leading(HttpContext http, Payment payment, GatewayCheckout checkout)
    {
        var fields = new StringBuilder();
        foreach (var (name, value) in checkout.Form ?? new Dictionary<string, string>())
        {
            fields.Append("<input type=\"hidden\" name=\"").Append(Encode(name)).Append("\" value=\"").Append(Encode(value)).Append("\">");
        }

        return Page(http, checkout.FormAction, ("Pay", "You go on to the page of the payment gateway."), payment,
            $"<form method=\"post\" action=\"{Encode(checkout.FormAction!.ToString())}\">{fields}<button type=\"submit\">Continue to pay</button></form>");
    }

    private static IResult Page(HttpContext http, Uri? leadsTo, (string Title, string Text) words, Payment payment, string more = "")
    {
        if (leadsTo is not null)
        {
            http.Response.Headers.ContentSecurityPolicy =
                $"default-src 'none'; style-src 'unsafe-inline'; form-action {leadsTo.GetLeftPart(UriPartial.Authority)}; base-uri 'none'; frame-ancestors 'none'";
        }

        return Results.Content(
            $$"""
            <!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
            <title>{{Encode(words.Title)}} · Careline</title><style>body{font:1.1rem/1.5 system-ui,sans-serif;max-width:32rem;margin:3rem auto;padding:0 1rem}
            button{font:inherit;padding:.7rem 1.4rem}</style></head><body><main><h1>{{Encode(words.Title)}}</h1><p>{{Encode(words.Text)}}</p>
            <p>{{Encode(payment.Number)}} · {{Encode(Money.Say(payment.Amount, payment.Currency))}}</p>{{more}}</main></body></html>
            """,
            MediaTypeNames.Text.Html,
            Encoding.UTF8);
    }

    private static string Encode(string text) => HtmlEncoder.Default.Encode(text);
}
