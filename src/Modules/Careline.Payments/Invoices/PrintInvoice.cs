using System.Net.Mime;
using Careline.Audit.Contracts;
using Careline.Papers.Contracts;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Careline.Payments.Invoices;

internal static class PrintInvoice
{
    public static void Map(RouteGroupBuilder invoices) => invoices.MapGet("/{id:guid}/document.pdf/", Handle)
        .Named("PrintInvoice", "A receipt or credit note as PDF, on A4, A5 or thermal paper.").ForSignedIn().VisibleAs<Invoice>().WithFilters("size", "language")
        .Produces(StatusCodes.Status200OK, contentType: MediaTypeNames.Application.Pdf);

    private static async Task<FileContentHttpResult> Handle(
        Guid id, ListQuery query, Actor actor, CarelineDb db, FieldCipher cipher, IActorNames names, InvoicePaper paper, AuditTrail trail, CancellationToken ct)
    {
        var (size, language) = (query.Enum<PaperSize>("size") ?? PaperSize.A4, query.Text("language", 35));
        query.Check();
        var invoice = await ReadInvoices.ReadAsync(db, actor, id, cipher, names, ct);
        trail.About("invoice", id).Because("payment");
        return TypedResults.File(paper.Print(invoice, size, language is null ? [] : [language]), MediaTypeNames.Application.Pdf, $"{invoice.Content.Number}.pdf");
    }
}
