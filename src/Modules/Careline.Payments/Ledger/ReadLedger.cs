using Careline.Accounts.Contracts;

namespace Careline.Payments.Ledger;

/// <summary>What an account has: the sum of its entries, and nothing that is kept beside them.</summary>
/// <param name="Account">Such as <c>gateway:stripe</c>, <c>doctor:…</c>, <c>platform</c>.</param>
/// <param name="Currency">ISO 4217.</param>
/// <param name="Debit">Minor units.</param>
/// <param name="Credit">Minor units.</param>
/// <param name="Balance">Debit less credit: what the world owes us where it is more than nothing, what we owe where it is less.</param>
public sealed record BalanceResponse(string Account, string Currency, long Debit, long Credit, long Balance);

internal static class ReadLedger
{
    public static void Map(RouteGroupBuilder payments) => payments.MapGet("/ledger/", List)
        .Named("ReadLedger", "What each account of the ledger has.").ForRoles(Roles.Administrators).WithFilters("account", "currency");

    private static async Task<PageAnswer<BalanceResponse>> List(ListQuery query, CarelineDb db, CancellationToken ct)
    {
        IQueryable<Entry> entries = db.Set<Entry>();
        if (query.Text("account") is { } account)
        {
            entries = entries.Where(e => e.Account == account);
        }

        if (query.Text("currency", 3) is { } currency)
        {
            entries = entries.Where(e => e.Currency == currency);
        }

        query.Ordering("account");
        return Answer.Page(await query.PageAsync(Balances(entries), ct));
    }

    private static IQueryable<BalanceResponse> Balances(IQueryable<Entry> entries) => entries.GroupBy(e => new { e.Account, e.Currency })
        .Select(g => new { g.Key.Account, g.Key.Currency, Debit = g.Sum(e => e.Debit), Credit = g.Sum(e => e.Credit) })
        .OrderBy(b => b.Account).ThenBy(b => b.Currency)
        .Select(b => new BalanceResponse(b.Account, b.Currency, b.Debit, b.Credit, b.Debit - b.Credit));
}
