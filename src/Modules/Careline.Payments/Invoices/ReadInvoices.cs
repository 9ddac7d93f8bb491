using Careline.Audit.Contracts;

namespace Careline.Payments.Invoices;

/// <summary>A paper, in a list.</summary>
/// <param name="Id">The paper.</param>
/// <param name="Number">In its series.</param>
/// <param name="Kind">What kind of paper.</param>
/// <param name="PaymentId">The payment.</param>
/// <param name="Amount">Minor units.</param>
/// <param name="Currency">ISO 4217.</param>
/// <param name="IssuedAt">When it was issued.</param>
public sealed record InvoiceRow(Guid Id, string Number, InvoiceKind Kind, Guid PaymentId, long Amount, string Currency, DateTimeOffset IssuedAt);

/// <summary>A paper.</summary>
/// <param name="Id">The paper.</param>
/// <param name="Kind">What kind of paper.</param>
/// <param name="PaymentId">The payment.</param>
/// <param name="PayerName">Who paid, as they are called today; null where the person was erased.</param>
/// <param name="Content">What it says, as it was issued.</param>
/// <param name="IssuedAt">When it was issued.</param>
public sealed record InvoiceResponse(Guid Id, InvoiceKind Kind, Guid PaymentId, string? PayerName, InvoiceContent Content, DateTimeOffset IssuedAt);

internal static class ReadInvoices
{
    public static void Map(RouteGroupBuilder invoices)
    {
        invoices.MapGet("/", List).Named("ListInvoices", "Lists the receipts and credit notes that the caller may see, newest first.").ForSignedIn()
            .WithFilters("payment", "kind", "clinic", "from", "to");
        invoices.MapGet("/{id:guid}/", Get).Named("GetInvoice", "Shows a receipt or credit note as it was issued.").ForSignedIn().VisibleAs<Invoice>();
    }

    /// <summary>The paper with what it says.</summary>
    /// <exception cref="Unavailable">Somebody changed it in the database: it says nothing any more.</exception>
    public static async Task<InvoiceResponse> ReadAsync(CarelineDb db, Actor actor, Guid id, FieldCipher cipher, IActorNames names, CancellationToken ct)
    {
        var invoice = await Invoice.VisibleTo(db, actor).FirstOrDefaultAsync(i => i.Id == id, ct) ?? throw new NotFound();
        var content = invoice.Read(cipher) ?? throw new Unavailable("This paper was changed outside of Careline and cannot be shown. Tell who runs it.");
        var payer = invoice.PayerAccountId is { } account ? (await names.OfAsync([account], ct)).GetValueOrDefault(account) : null;
        return new InvoiceResponse(invoice.Id, invoice.Kind, invoice.PaymentId, payer, content, invoice.IssuedAt);
    }

    private static async Task<PageAnswer<InvoiceRow>> List(ListQuery query, Actor actor, CarelineDb db, CancellationToken ct)
    {
        var invoices = Invoice.VisibleTo(db, actor);
        if (query.Id("payment") is { } payment)
        {
            invoices = invoices.Where(i => i.PaymentId == payment);
        }

        if (query.Enum<InvoiceKind>("kind") is { } kind)
        {
            invoices = invoices.Where(i => i.Kind == kind);
        }

        if (query.Id("clinic") is { } clinic)
        {
            invoices = invoices.Where(i => i.ClinicId == clinic);
        }

        if (query.Instant("from") is { } from)
        {
            invoices = invoices.Where(i => i.IssuedAt >= from);
        }

        if (query.Instant("to") is { } to)
        {
            invoices = invoices.Where(i => i.IssuedAt < to);
        }

        query.Ordering("-issued_at");
        return Answer.Page(await query.PageAsync(
            invoices.OrderByDescending(i => i.Id), i => new InvoiceRow(i.Id, i.Number, i.Kind, i.PaymentId, i.Amount, i.Currency, i.IssuedAt), ct));
    }

    private static async Task<Answer<InvoiceResponse>> Get(
        Guid id, Actor actor, CarelineDb db, FieldCipher cipher, IActorNames names, AuditTrail trail, CancellationToken ct)
    {
        var invoice = await ReadAsync(db, actor, id, cipher, names, ct);
        trail.About("invoice", id).Because("payment");
        return Answer.Ok(invoice);
    }
}
