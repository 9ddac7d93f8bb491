using Careline.Audit.Contracts;
using Careline.Gateways.Contracts;
using Careline.Payments.Ledger;

namespace Careline.Payments.Payments;

/// <summary>One fact of a payment's money.</summary>
/// <param name="Id">The posting.</param>
/// <param name="PaymentId">The payment.</param>
/// <param name="PaymentNumber">Its human number.</param>
/// <param name="Kind">What it is about.</param>
/// <param name="Amount">Minor units.</param>
/// <param name="Currency">ISO 4217.</param>
/// <param name="At">When it was booked.</param>
public sealed record TransactionResponse(Guid Id, Guid PaymentId, string PaymentNumber, PostingKind Kind, long Amount, string Currency, DateTimeOffset At);

internal static class ReadPayments
{
    public static void Map(RouteGroupBuilder payments)
    {
        payments.MapGet("/", List).Named("ListPayments", "Lists the payments that the caller may see, newest first.").ForSignedIn()
            .WithFilters("status", "kind", "subject", "payer", "patient", "doctor", "clinic", "gateway", "method", "from", "to");
        payments.MapGet("/{id:guid}/", Get).Named("GetPayment", "Shows one payment.").ForSignedIn().VisibleAs<Payment>();
        payments.MapGet("/transactions/", ListTransactions)
            .Named("ListTransactions", "Lists what was booked for the payments that the caller may see: money that came, went back, was taken back.").ForSignedIn()
            .WithFilters("payment", "kind", "from", "to");
    }

    private static async Task<PageAnswer<PaymentResponse>> List(ListQuery query, Actor actor, CarelineDb db, AuditTrail trail, CancellationToken ct)
    {
        var payments = Narrowed(Payment.VisibleTo(db, actor), query);
        var (name, descending) = query.Ordering("-created_at", "amount");
        payments = (name, descending) switch
        {
            ("amount", true) => payments.OrderByDescending(p => p.Amount).ThenByDescending(p => p.Id),
            ("amount", false) => payments.OrderBy(p => p.Amount).ThenBy(p => p.Id),
            (_, true) => payments.OrderByDescending(p => p.Id),
            _ => payments.OrderBy(p => p.Id),
        };
        var page = await query.PageAsync(payments, PaymentResponse.Of(db), ct);
        trail.Because("payment").Concerns(page.Rows.Select(p => p.PatientId).OfType<Guid>());
        return Answer.Page(page);
    }

    private static async Task<Answer<PaymentResponse>> Get(Guid id, Actor actor, CarelineDb db, AuditTrail trail, CancellationToken ct)
    {
        var payment = await PaymentResponse.From(db, Payment.VisibleTo(db, actor).Where(p => p.Id == id)).FirstOrDefaultAsync(ct) ?? throw new NotFound();
        trail.About("payment", id).Because("payment");
        if (payment.PatientId is { } patient)
        {
            trail.Concerns(patient);
        }

        return Answer.Ok(payment);
    }

    private static async Task<PageAnswer<TransactionResponse>> ListTransactions(ListQuery query, Actor actor, CarelineDb db, CancellationToken ct)
    {
        var postings = db.Set<Posting>().Where(p => p.Kind != PostingKind.Fee);
        if (query.Id("payment") is { } payment)
        {
            postings = postings.Where(p => p.PaymentId == payment);
        }

        if (query.Enum<PostingKind>("kind") is { } kind)
        {
            postings = postings.Where(p => p.Kind == kind);
        }

        if (query.Instant("from") is { } from)
        {
            postings = postings.Where(p => p.At >= from);
        }

        if (query.Instant("to") is { } to)
        {
            postings = postings.Where(p => p.At < to);
        }

        query.Ordering("-at");
        return Answer.Page(await query.PageAsync(
            from posting in postings
            join own in Payment.VisibleTo(db, actor) on posting.PaymentId equals own.Id
            orderby posting.Id descending
            select new TransactionResponse(posting.Id, own.Id, own.Number, posting.Kind, posting.Amount, posting.Currency, posting.At),
            ct));
    }

    private static IQueryable<Payment> Narrowed(IQueryable<Payment> payments, ListQuery query)
    {
        if (query.Enums<PaymentStatus>("status") is { Count: > 0 } statuses)
        {
            payments = payments.Where(p => statuses.Contains(p.Status));
        }

        if (query.Enum<PayableKind>("kind") is { } kind)
        {
            payments = payments.Where(p => p.Kind == kind);
        }

        if (query.Id("subject") is { } subject)
        {
            payments = payments.Where(p => p.SubjectId == subject);
        }

        if (query.Id("payer") is { } payer)
        {
            payments = payments.Where(p => p.PayerAccountId == payer);
        }

        if (query.Id("patient") is { } patient)
        {
            payments = payments.Where(p => p.PatientId == patient);
        }

        if (query.Id("doctor") is { } doctor)
        {
            payments = payments.Where(p => p.DoctorId == doctor);
        }

        if (query.Id("clinic") is { } clinic)
        {
            payments = payments.Where(p => p.ClinicId == clinic);
        }

        if (query.Enum<Gateway>("gateway") is { } gateway)
        {
            payments = payments.Where(p => p.Gateway == gateway);
        }

        if (query.Enum<PaymentMethod>("method") is { } method)
        {
            payments = payments.Where(p => p.Method == method);
        }

        if (query.Instant("from") is { } from)
        {
            payments = payments.Where(p => p.CreatedAt >= from);
        }

        return query.Instant("to") is { } to ? payments.Where(p => p.CreatedAt < to) : payments;
    }
}
