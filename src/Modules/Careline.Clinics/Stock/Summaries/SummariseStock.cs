using Careline.Clinics.Stock.Movements;

namespace Careline.Clinics.Stock.Summaries;

/// <summary>What lies on the shelves, at what it cost.</summary>
/// <param name="Currency">ISO 4217.</param>
/// <param name="ValueAmount">All of it, in minor units.</param>
/// <param name="ExpiredAmount">What of it has expired.</param>
public sealed record StockValue(string Currency, decimal ValueAmount, decimal ExpiredAmount);

/// <summary>What moved within a time, at what it had cost.</summary>
/// <param name="Kind">Why.</param>
/// <param name="Currency">ISO 4217.</param>
/// <param name="Quantity">Units; less than nothing for what went.</param>
/// <param name="Amount">In minor units, likewise.</param>
public sealed record StockTurnover(MovementKind Kind, string Currency, decimal Quantity, decimal Amount);

/// <summary>What a clinic keeps, in figures.</summary>
/// <param name="From">First moment of the turnover.</param>
/// <param name="To">First moment after it.</param>
/// <param name="Items">Things that are kept.</param>
/// <param name="Short">Those at or below their reorder level.</param>
/// <param name="Expired">Batches that have expired and still lie there.</param>
/// <param name="Expiring">Batches that expire within 90 days.</param>
/// <param name="Value">What lies there.</param>
/// <param name="Turnover">What moved.</param>
public sealed record StockSummary(
    DateTimeOffset From, DateTimeOffset To, long Items, long Short, long Expired, long Expiring, IReadOnlyList<StockValue> Value, IReadOnlyList<StockTurnover> Turnover);

internal static class SummariseStock
{
    private const int SoonDays = 90;

    private static readonly TimeSpan _usual = TimeSpan.FromDays(30);

    public static void Map(RouteGroupBuilder stock) => stock.MapGet("/summary/", Handle)
        .Named("SummariseStock", "What the clinic's stock is worth, and what moved within a time; thirty days until now unless told.").ForSignedIn()
        .VisibleAs<StockedClinic>().WithFilters("from", "to");

    private static async Task<Answer<StockSummary>> Handle(Guid id, ListQuery query, Actor actor, CarelineDb db, CancellationToken ct)
    {
        var clinic = await StockedClinic.OpenBooksAsync(db, actor, id, ct);
        var to = query.Instant("to") ?? db.Now;
        var from = query.Instant("from") ?? to - _usual;
        if (from >= to)
        {
            query.Fault("from", "Must lie before to.");
        }

        query.Check();
        var today = clinic.Today(db.Now);
        var counts = await CountAsync(db, id, today, ct);
        return Answer.Ok(new StockSummary(
            from, to, counts.Items, counts.Short, counts.Expired, counts.Expiring, await ValueAsync(db, id, today, ct), await TurnoverAsync(db, id, from, to, ct)));
    }

    private static Task<Counts> CountAsync(CarelineDb db, Guid id, DateOnly today, CancellationToken ct) => db.Database.SqlQuery<Counts>(
        $"""
        WITH there AS (
            SELECT item_id, sum(level) FILTER (WHERE coalesce(expires_on >= {today}, true)) AS available, count(*) FILTER (WHERE expires_on < {today}) AS expired,
                count(*) FILTER (WHERE expires_on >= {today} AND expires_on <= {today.AddDays(SoonDays)}) AS expiring
            FROM clinics.stock_batches WHERE clinic_id = {id} AND level > 0 GROUP BY item_id)
        SELECT count(*) FILTER (WHERE i.is_active) AS "Items", count(*) FILTER (WHERE i.is_active AND coalesce(t.available, 0) <= i.reorder_level) AS "Short",
            coalesce(sum(t.expired), 0)::bigint AS "Expired", coalesce(sum(t.expiring), 0)::bigint AS "Expiring"
        FROM clinics.stock_items i LEFT JOIN there t ON t.item_id = i.id WHERE i.clinic_id = {id}
        """).SingleAsync(ct);

    private static async Task<IReadOnlyList<StockValue>> ValueAsync(CarelineDb db, Guid id, DateOnly today, CancellationToken ct) => await db.Database.SqlQuery<StockValue>(
        $"""
        SELECT currency AS "Currency", sum(level * price_amount) AS "ValueAmount", coalesce(sum(level * price_amount) FILTER (WHERE expires_on < {today}), 0) AS "ExpiredAmount"
        FROM clinics.stock_batches WHERE clinic_id = {id} AND level > 0 GROUP BY currency ORDER BY currency
        """).ToListAsync(ct);

    private static async Task<IReadOnlyList<StockTurnover>> TurnoverAsync(CarelineDb db, Guid id, DateTimeOffset from, DateTimeOffset to, CancellationToken ct) =>
        [.. (await db.Database.SqlQuery<Moved>(
            $"""
            SELECT m.kind AS "Kind", b.currency AS "Currency", sum(m.quantity) AS "Quantity", sum(m.quantity * b.price_amount) AS "Amount"
            FROM clinics.stock_movements m JOIN clinics.stock_batches b ON b.id = m.batch_id
            WHERE m.clinic_id = {id} AND m.at >= {from} AND m.at < {to} GROUP BY m.kind, b.currency ORDER BY m.kind, b.currency
            """).ToListAsync(ct))
            .Select(m => new StockTurnover(EnumText<MovementKind>.TryParse(m.Kind, out var kind) ? kind : default, m.Currency, m.Quantity, m.Amount))];

    private sealed class Counts
    {
        public long Items { get; init; }

        public long Short { get; init; }

        public long Expired { get; init; }

        public long Expiring { get; init; }
    }

    private sealed class Moved
    {
        public string Kind { get; init; } = "";

        public string Currency { get; init; } = "";

        public decimal Quantity { get; init; }

        public decimal Amount { get; init; }
    }
}
