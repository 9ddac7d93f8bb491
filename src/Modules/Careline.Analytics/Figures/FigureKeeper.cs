using System.Linq.Expressions;
using Careline.Platform.Data;
using Microsoft.EntityFrameworkCore;

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
            db.Forget();
            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            await LockAsync<T>(ct);
            await PutAsync(await T.CountAsync(db, piece, null, ct), d => d.Day >= piece.First && d.Day <= piece.Last, ct);
            await db.SaveChangesAsync(ct);
            await transaction.CommitAsync(ct);
        }

        await NoteAsync<T>(isRebuilt, ct);
    }

    private async Task<int> CountMarkedAsync(CancellationToken ct)
    {
        db.Forget();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await LockAsync<VisitDay>(ct);
        var marked = await db.Database.SqlQuery<DateOnly>(
            $"""
            DELETE FROM analytics.stale_days WHERE id IN (SELECT id FROM analytics.stale_days ORDER BY id LIMIT {MostMarks})
            RETURNING day AS "Value"
            """).ToListAsync(ct);
        if (marked.Count > 0)
        {
            await PutAsync(await VisitDay.CountAsync(db, Stretch.Of(marked), null, ct), d => marked.Contains(d.Day), ct);
        }

        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return marked.Count;
    }

    private async Task PutAsync<T>(List<T> counted, Expression<Func<T, bool>> isOfThem, CancellationToken ct)
        where T : class, IFigures<T>
    {
        var kept = await db.Set<T>().AsTracking().Where(isOfThem).ToDictionaryAsync(d => d.Key, ct);
        foreach (var row in counted)
        {
            if (kept.Remove(row.Key, out var old))
            {
                db.Entry(old).CurrentValues.SetValues(row);
            }
            else
            {
                db.Add(row);
            }
        }

        db.RemoveRange(kept.Values);
    }

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
