using Careline.Papers.Contracts;
using Careline.Payments.Notices;
using Careline.Platform.Delivery;

namespace Careline.Payments.Invoices;

/// <summary>A receipt or credit note on paper, in the payer's language: what was frozen when it was issued, and who paid.</summary>
internal sealed class InvoicePaper(Phrases phrases)
{
    public byte[] Print(InvoiceResponse invoice, PaperSize size, IReadOnlyList<string> languages)
    {
        var content = invoice.Content;
        using var paper = new PaperLayout(size, content.Number);
        paper.Text(Shown(content.Issuer), 1.3, isBold: true);
        Line(content.IssuerAddress);
        Line(content.TaxNumber is { } number ? $"{Say("tax_number")}: {number}" : null);
        paper.Gap();
        paper.Text($"{Say(content.Of is null ? "receipt" : "credit_note")} {content.Number}", 1.5, isBold: true);
        Line(content.Of is { } of ? $"{Say("of")}: {of}" : null);
        Line($"{Say("issued")}: {invoice.IssuedAt.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)} UTC");
        Line($"{Say("payer")}: {invoice.PayerName ?? Say("erased")}");
        Line($"{Say("payment")}: {content.PaymentNumber}, {content.Method.Replace('_', ' ')}");
        paper.Rule();
        foreach (var line in content.Lines)
        {
            Line($"{line.Text}: {Money.Say(line.Amount, content.Currency)}");
        }

        Line(content.Tax == 0 ? null : $"{Say("tax")} ({content.TaxPercent.ToString("0.##", CultureInfo.InvariantCulture)} %): {Money.Say(content.Tax, content.Currency)}");
        paper.Rule();
        paper.Text($"{Say("total")}: {Money.Say(content.Total, content.Currency)}", 1.2, isBold: true);
        return paper.Save();

        void Line(string? text)
        {
            if (!string.IsNullOrEmpty(text))
            {
                paper.Text(Shown(text));
            }
        }

        string Say(string word) => phrases.Say($"payments.paper_{word}", languages).Text;
    }

    private static string Shown(string text) => PaperLayout.Show(text).Text;
}
