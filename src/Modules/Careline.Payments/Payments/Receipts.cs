using Careline.Gateways.Contracts;
using Careline.Payments.Invoices;
using Careline.Payments.Ledger;
using Careline.Payments.Notices;

namespace Careline.Payments.Payments;

/// <summary>Books what comes over the counter. The caller holds the payment, and saves.</summary>
internal sealed class Receipts(CarelineDb db, Book book, InvoiceDesk invoices, PaymentNews news)
{
    /// <exception cref="Platform.Web.RuleViolation">PAYMENT_CLOSED.</exception>
    public async Task ReceiveAsync(Payment payment, PaymentMethod method, string? note, Guid cashier, CancellationToken ct)
    {
        db.Publish(payment.Receive(method, note, cashier, db.Now));

        // What a coupon pays whole moves no money, and has its paper all the same; the payment's own number is made by the first save.
        await db.SaveChangesAsync(ct);
        if (payment.Amount > 0)
        {
            await book.CaptureAsync(payment, $"offline:{payment.Id}:capture", cashier, ct);
        }

        await invoices.IssueAsync(payment, ct);
        await news.ReceivedAsync(payment, ct);
    }
}
