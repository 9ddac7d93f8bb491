using System.Net;
using System.Text;

namespace Careline.Gateways.Sandbox;

/// <summary>The pages that stand for a gateway's own: no script, no card number.</summary>
internal static class SandboxPage
{
    private static readonly HashSet<string> _withoutMinor = ["JPY", "KRW", "XAF", "XOF"];

    /// <summary>Where somebody pays, or sees that it was paid.</summary>
    public static string Order(SandboxCase about)
    {
        var order = about.Order;
        var page = new StringBuilder();
        page.Append(CultureInfo.InvariantCulture, $"<h1>{Name(order)} (sandbox)</h1><p>No money is moved here.</p><dl>{(order.Description.Length == 0 ? "" : $"<dt>For</dt><dd>{Text(order.Description)}</dd>")}");
        page.Append(CultureInfo.InvariantCulture, $"<dt>Amount</dt><dd>{Amount(order)}</dd><dt>Reference</dt><dd>{Text(order.Reference)}</dd></dl>");
        if (about.Paid is not null)
        {
            page.Append("<p role=\"status\">This is paid.</p><form method=\"post\" action=\"dispute/\"><button>Open a dispute</button></form>");
            return Whole("Paid", page.ToString());
        }

        page.Append(about.Last is { Status: SandboxPaymentStatus.Failed } ? "<p role=\"alert\">The card was declined. It may be tried again.</p>" : "");
        page.Append("<form method=\"post\"><fieldset><legend>Webhooks</legend>");
        foreach (var (way, says) in new[]
        {
            (SandboxWebhooks.Normal, "at once"), (SandboxWebhooks.Delayed, "after a minute"), (SandboxWebhooks.Doubled, "each twice"),
            (SandboxWebhooks.Shuffled, "the last first"), (SandboxWebhooks.Lost, "not at all"),
        })
        {
            var word = EnumText<SandboxWebhooks>.Of(way);
            page.Append(CultureInfo.InvariantCulture, $"<label><input type=\"radio\" name=\"webhooks\" value=\"{word}\"{(way == order.Webhooks ? " checked" : "")}> {says}</label> ");
        }

        page.Append("</fieldset>");
        if (order.Gateway is Gateway.Stripe or Gateway.Paystack)
        {
            page.Append(CultureInfo.InvariantCulture, $"<p><input type=\"hidden\" name=\"save\" value=\"false\"><label><input type=\"checkbox\" name=\"save\" value=\"true\"{(order.SavesMethod ? " checked" : "")}> Save this method</label></p>");
        }

        page.Append("<p><button name=\"outcome\" value=\"pay\">Pay</button> <button name=\"outcome\" value=\"decline\">Decline</button> ");
        page.Append("<button name=\"outcome\" value=\"give_up\">Give up</button></p></form>");
        return Whole("Pay " + Amount(order), page.ToString());
    }

    /// <summary>Posts what a gateway sends back through the browser.</summary>
    public static string Continue(SandboxOrder order, SandboxReturn back)
    {
        var page = new StringBuilder();
        page.Append(CultureInfo.InvariantCulture, $"<h1>{Name(order)} (sandbox)</h1><p>This takes you back.</p><form method=\"post\" action=\"{Text(back.Url)}\">");
        foreach (var (name, value) in back.Fields!)
        {
            page.Append(CultureInfo.InvariantCulture, $"<input type=\"hidden\" name=\"{Text(name)}\" value=\"{Text(value)}\">");
        }

        return Whole("Continue", page.Append("<button>Continue</button></form>").ToString());
    }

    /// <summary>What a gateway shows whom it cannot serve.</summary>
    public static string Refusal(string says) => Whole("Not possible", $"<h1>Not possible</h1><p role=\"alert\">{Text(says)}</p>");

    private static string Name(SandboxOrder order) => EnumText<Gateway>.Display(order.Gateway);

    private static string Amount(SandboxOrder order) => _withoutMinor.Contains(order.Currency)
        ? string.Create(CultureInfo.InvariantCulture, $"{order.Currency} {order.AmountMinor}")
        : string.Create(CultureInfo.InvariantCulture, $"{order.Currency} {order.AmountMinor / 100}.{order.AmountMinor % 100:00}");

    private static string Text(string text) => WebUtility.HtmlEncode(text);

    private static string Whole(string title, string body) => $$"""
        <!doctype html>
        <html lang="en">
        <head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>{{Text(title)}}</title>
        <style>body { font: 1rem/1.5 system-ui, sans-serif; max-width: 34rem; margin: 2rem auto; padding: 0 1rem; color: #1b1b1b; background: #fff }
        dt { font-weight: 600 } dd { margin: 0 0 .5rem } label { display: inline-block; margin-right: 1rem } button { font: inherit; padding: .5rem 1rem }</style></head>
        <body><main>{{body}}</main></body>
        </html>
        """;
}
