using Careline.Clinics.Contracts;
using Careline.Gateways.Contracts;
using Careline.Payments.Payments;
using Careline.Payments.Refunds;
using Careline.Payments.Terms;
using Careline.Platform.Time;

namespace Careline.Payments.Invoices;

/// <summary>
/// Issues papers. A number is taken by raising its series' counter in the transaction of the fact, which holds the counter until the end: of two at once the second
/// waits, and one that rolls back gives its number to the next, so that no series has a gap.
/// </summary>
internal sealed class InvoiceDesk(CarelineDb db, FieldCipher cipher)
{
    private const string House = "Careline";

    /// <summary>The receipt of a payment whose money is there. The caller saves.</summary>
    public async Task IssueAsync(Payment payment, CancellationToken ct)
    {
        var lines = new List<InvoiceLine> { new(payment.Description, payment.ListAmount) };
        if (payment.DiscountAmount > 0)
        {
            lines.Add(new InvoiceLine("Discount", -payment.DiscountAmount));
        }

        var content = await WriteAsync(payment, null, lines, payment.TaxAmount, payment.Amount, ct);
        db.Add(Invoice.Issue(db.NewId(), InvoiceKind.Receipt, payment, null, content, cipher, db.Now));
    }

    /// <summary>The credit note of a refund. The caller saves.</summary>
    public async Task CreditAsync(Payment payment, Refund refund, CancellationToken ct)
    {
        var receipt = await db.Set<Invoice>().Where(i => i.PaymentId == payment.Id && i.Kind == InvoiceKind.Receipt).Select(i => i.Number).FirstOrDefaultAsync(ct);
        var tax = payment.Amount == 0 ? 0 : (long)((Int128)payment.TaxAmount * refund.Amount / payment.Amount);
        var content = await WriteAsync(payment, receipt ?? payment.Number, [new InvoiceLine(payment.Description, refund.Amount - tax)], tax, refund.Amount, ct);
        db.Add(Invoice.Issue(db.NewId(), InvoiceKind.CreditNote, payment, refund.Id, content, cipher, db.Now));
    }

    private async Task<InvoiceContent> WriteAsync(Payment payment, string? of, IReadOnlyList<InvoiceLine> lines, long tax, long total, CancellationToken ct)
    {
        var clinic = payment.ClinicId is { } id ? await db.Set<ClinicRow>().FirstOrDefaultAsync(c => c.Id == id, ct) : null;
        var terms = clinic is null ? null : await db.Set<ClinicTerms>().FirstOrDefaultAsync(t => t.Id == clinic.Id, ct);
        var year = ZonedTimes.ToLocal(db.Now, clinic?.TimeZone ?? "UTC").Date.Year;
        var number = await NextAsync(clinic?.Id, terms?.InvoicePrefix, year, of is not null, ct);
        return new InvoiceContent(
            number,
            of,
            clinic?.Name ?? House,
            clinic is null ? null : string.Join(", ", new[] { clinic.Address, clinic.City, clinic.Country }.Where(part => !string.IsNullOrEmpty(part))),
            terms?.TaxNumber,
            payment.Number,
            EnumText<PaymentMethod>.Of(payment.Method),
            payment.CapturedAt ?? db.Now,
            lines,
            payment.TaxPercent,
            tax,
            total,
            payment.Currency);
    }

    // A clinic without a prefix of its own is told apart by the first letters of its id.
    private async Task<string> NextAsync(Guid? clinicId, string? prefix, int year, bool isCredit, CancellationToken ct)
    {
        var owner = clinicId is { } id ? (string.IsNullOrEmpty(prefix) ? id.ToString("N")[^6..].ToUpperInvariant() : prefix) : "CL";
        var series = string.Create(CultureInfo.InvariantCulture, $"{clinicId?.ToString() ?? "platform"}:{(isCredit ? "credit" : "receipt")}:{year}");
        var next = await db.Database.SqlQuery<int>(
            $"""
            INSERT INTO payments.invoice_counters (series, last) VALUES ({series}, 1)
            ON CONFLICT (series) DO UPDATE SET last = payments.invoice_counters.last + 1 RETURNING last AS "Value"
            """).ToListAsync(ct);
        return string.Create(CultureInfo.InvariantCulture, $"{owner}-{(isCredit ? "CN" : "RC")}-{year}-{next[0]:000000}");
    }
}
