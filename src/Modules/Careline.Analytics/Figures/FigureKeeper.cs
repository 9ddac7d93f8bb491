using System.Runtime.CompilerServices;

namespace Careline.Analytics.Figures;

/// <summary>
/// Keeps the figures by day. Days are counted under a lock of their kind, so that whoever counts last has seen the most; and only rows that come out otherwise
/// are written.
/// </summary>
internal sealed class FigureKeeper(CarelineDb db)
{
    // A month at a time, each in a transaction of its own: readers see a month before or after, never half.
    private const int MostDays = 31;

    private const int MostMarks = 1000;

    /// <summary>Counts the days in which something happened since the last time, and those that were marked.</summary>
    public async Task RefreshAsync(CancellationToken ct)
    {
        await RefreshAsync<VisitDay>(ct);
        await RefreshAsync<MoneyDay>(ct);
        await RefreshAsync<PeopleDay>(ct);
        await RefreshAsync<SatisfactionDay>(ct);
        while (await CountMarkedAsync(ct) == MostMarks)
        {
        }
    }

    /// <summary>Counts days anew from the facts; all of them unless told which.</summary>
    public async Task RebuildAsync(Stretch? days, CancellationToken ct)
    {
        await RebuildAsync<VisitDay>(days, ct);
        await RebuildAsync<MoneyDay>(days, ct);
        await RebuildAsync<PeopleDay>(days, ct);
        await RebuildAsync<SatisfactionDay>(days, ct);
    }

    /// <summary>Marks the days in which visits are, and others which some left.</summary>
    public Task<int> MarkAsync(Guid[] appointments, DateOnly[] left, CancellationToken ct) => db.Database.ExecuteSqlAsync(
        $"""
        INSERT INTO analytics.stale_days (day)
        SELECT local_date FROM scheduling.appointment_facts WHERE id = ANY ({appointments}) UNION SELECT unnest({left})
        """,
        ct);

    private async Task RefreshAsync<T>(CancellationToken ct)
        where T : class, IFigures<T>
    {
        var name = T.Name;
        if (await db.Set<Freshness>().FirstOrDefaultAsync(f => f.Figures == name, ct) is not { } last)
        {
            await RebuildAsync<T>(null, ct);
            return;
        }

        if (last.ComputedAt + T.MayBeOld > db.Now)
        {
            return;
        }

        // A day further on both sides: somewhere on earth it is today; and who commits late has happened earlier.
        await CountAsync<T>(new Stretch(Stretch.DayOf(last.ComputedAt).AddDays(-1), Stretch.DayOf(db.Now).AddDays(1)), isRebuilt: false, ct);
    }

    private async Task RebuildAsync<T>(Stretch? days, CancellationToken ct)
        where T : class, IFigures<T>
    {
        var (name, today) = (T.Name, Stretch.DayOf(db.Now));
        var isKnown = await db.Set<Freshness>().AnyAsync(f => f.Figures == name, ct);
        var first = Earlier(await T.FirstDayAsync(db, ct), await db.Set<T>().MinAsync(d => (DateOnly?)d.Day, ct)) ?? today;
        var last = Later(await T.LastDayAsync(db, ct), await db.Set<T>().MaxAsync(d => (DateOnly?)d.Day, ct)) ?? today;
        if (days is { } asked)
        {
            (first, last) = (first < asked.First ? asked.First : first, last > asked.Last ? asked.Last : last);
        }

        if (isKnown && T.FactsKeptDays is { } kept && first < today.AddDays(-kept))
        {
            first = today.AddDays(-kept);
        }

        await CountAsync<T>(new Stretch(first, last), isRebuilt: days is null, ct);
    }

    private async Task CountAsync<T>(Stretch days, bool isRebuilt, CancellationToken ct)
        where T : class, IFigures<T>
    {
        // Also where there is no day to count it is known then that there is none.
        foreach (var piece in days.First > days.Last ? [days] : days.Pieces(MostDays))
        {
            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            await LockAsync<T>(ct);
            await PutAsync<T>(T.Counting(piece, null), piece.Each(), ct);
            await transaction.CommitAsync(ct);
        }

        await NoteAsync<T>(isRebuilt, ct);
    }

    private async Task<int> CountMarkedAsync(CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await LockAsync<VisitDay>(ct);
        var marked = await db.Database.SqlQuery<DateOnly>(
            $"""
            DELETE FROM analytics.stale_days WHERE id IN (SELECT id FROM analytics.stale_days ORDER BY id LIMIT {MostMarks})
            RETURNING day AS "Value"
            """).ToListAsync(ct);
        if (marked.Count > 0)
        {
            await PutAsync<VisitDay>(VisitDay.Counting(Stretch.Of(marked), null), marked, ct);
        }

        await transaction.CommitAsync(ct);
        return marked.Count;
    }

    /// <summary>
    /// Counts and keeps in one statement: nothing that was counted leaves the database. NOT IN, since the database would look through all that was counted for each
    /// row of NOT EXISTS; no key is ever null.
    /// </summary>
    private Task<int> PutAsync<T>(FormattableString counting, IEnumerable<DateOnly> days, CancellationToken ct)
        where T : class, IFigures<T>
    {
        var type = db.Model.FindEntityType(typeof(T))!;
        var (table, key) = ($"{type.GetSchema()}.{type.GetTableName()}", type.FindPrimaryKey()!.Properties.Select(p => p.GetColumnName()).ToList());
        var all = type.GetProperties().Select(p => p.GetColumnName()).ToList();
        var figures = all.Except(key).ToList();
        var isSame = string.Join(" AND ", key.Select(k => $"k.{k} = c.{k}"));
        var statement =
            $$"""
            WITH counted AS ({{counting.Format}}),
            gone AS (DELETE FROM {{table}} k WHERE k.day = ANY ({{{counting.ArgumentCount}}}) 
                AND ({{List("k.", key)}}) NOT IN (SELECT {{List("", key)}} FROM counted))
            INSERT INTO {{table}} ({{List("", all)}}) SELECT {{List("", all)}} FROM counted c
            WHERE NOT EXISTS (SELECT FROM {{table}} k WHERE {{isSame}}
                AND ({{List("k.", figures)}}) IS NOT DISTINCT FROM ({{List("c.", figures)}}))
            ON CONFLICT ({{List("", key)}}) DO UPDATE SET ({{List("", figures)}}) = ROW ({{List("excluded.", figures)}})
            """;
        return db.Database.ExecuteSqlAsync(FormattableStringFactory.Create(statement, [.. counting.GetArguments(), days.Distinct().ToArray()]), ct);
    }

    private static string List(string of, IEnumerable<string> columns) => string.Join(", ", columns.Select(c => of + c));

    private Task<int> LockAsync<T>(CancellationToken ct)
        where T : class, IFigures<T> => db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtextextended('analytics.' || {T.Name}, 0))", ct);

    private Task<int> NoteAsync<T>(bool isRebuilt, CancellationToken ct)
        where T : class, IFigures<T> => db.Database.ExecuteSqlAsync(
        $"""
        INSERT INTO analytics.freshness (figures, computed_at, rebuilt_at) VALUES ({T.Name}, {db.Now}, {db.Now})
        ON CONFLICT (figures) DO UPDATE SET computed_at = greatest(freshness.computed_at, excluded.computed_at),
            rebuilt_at = CASE WHEN {isRebuilt} THEN excluded.rebuilt_at ELSE freshness.rebuilt_at END
        """,
        ct);

    private static DateOnly? Earlier(DateOnly? a, DateOnly? b) => a is null || b < a ? b ?? a : a;

    private static DateOnly? Later(DateOnly? a, DateOnly? b) => a is null || b > a ? b ?? a : a;
}
