using Careline.Accounts.Contracts;
using Careline.Payments.Ledger;
using Careline.Payments.Payments;

namespace Careline.Payments.Payouts;

/// <summary>What somebody is owed, how it came and how it went.</summary>
/// <param name="Currency">ISO 4217.</param>
/// <param name="OpeningMinor">What was owed before the first line, in minor units; less than nothing where they owe it.</param>
/// <param name="ClosingMinor">What was owed after the last line of the last page.</param>
/// <param name="Total">How many lines there are.</param>
/// <param name="Page">Which page this is.</param>
/// <param name="PageSize">How many lines a page has.</param>
/// <param name="Lines">The lines of this page, the oldest first.</param>
public sealed record StatementResponse(string Currency, long OpeningMinor, long ClosingMinor, long Total, int Page, int PageSize, IReadOnlyList<StatementLine> Lines);

/// <summary>One fact of a statement.</summary>
/// <param name="Id">The posting.</param>
/// <param name="At">When it was booked.</param>
/// <param name="Kind">What it is about.</param>
/// <param name="PaymentNumber">The human number of the payment, where it is about one.</param>
/// <param name="AmountMinor">What is owed more by it, in minor units; less than nothing for what went.</param>
public sealed record StatementLine(Guid Id, DateTimeOffset At, PostingKind Kind, string? PaymentNumber, long AmountMinor);

internal static class ReadStatement
{
    public static void Map(RouteGroupBuilder payouts) => payouts.MapGet("/statement/", Get)
        .Named("ReadPayoutStatement", "What a doctor or a clinic is owed in a currency: balance before, facts, balance after.").ForRoles(ManagePayouts.Readers)
        .WithFilters("doctor", "clinic", "currency", "from", "to");

    private static async Task<Answer<StatementResponse>> Get(ListQuery query, Actor actor, CarelineDb db, CancellationToken ct)
    {
        var (doctor, clinic, currency) = (query.Id("doctor"), query.Id("clinic"), query.Text("currency", 3));
        if (doctor is null == clinic is null)
        {
            query.Fault("doctor", "Name a doctor or a clinic.");
        }

        if (currency is null)
        {
            query.Fault("currency", "Needed: an ISO 4217 code, such as NGN.");
        }

        var (from, to) = (query.Instant("from") ?? DateTimeOffset.UnixEpoch, query.Instant("to") ?? DateTimeOffset.MaxValue);
        query.Ordering("at");
        query.Check();
        if (!actor.IsAdmin && (doctor is null ? !await TillKeepers.RunBy(db, actor).ContainsAsync(clinic!.Value, ct) : doctor != actor.DoctorId))
        {
            throw new NotFound();
        }

        var account = doctor is { } id ? LedgerAccount.ShareOfDoctor(id) : LedgerAccount.ShareOfClinic(clinic!.Value);
        var all = from entry in db.Set<Entry>()
                  join posting in db.Set<Posting>() on entry.PostingId equals posting.Id
                  where entry.Account == account && entry.Currency == currency && posting.At < to
                  select new { posting.Id, posting.At, posting.Kind, posting.PaymentId, Amount = entry.Credit - entry.Debit };
        var lines = await query.PageAsync(
            all.Where(e => e.At >= from).OrderBy(e => e.At).ThenBy(e => e.Id),
            e => new StatementLine(e.Id, e.At, e.Kind, db.Set<Payment>().Where(p => p.Id == e.PaymentId).Select(p => p.Number).FirstOrDefault(), e.Amount),
            ct);
        var (opening, closing) = (await all.Where(e => e.At < from).SumAsync(e => e.Amount, ct), await all.SumAsync(e => e.Amount, ct));
        return Answer.Ok(new StatementResponse(currency!, opening, closing, lines.Total, query.Page, query.PageSize, lines.Rows));
    }
}
