using Careline.Audit.Contracts;
using Careline.Clinics.Stock.Batches;
using Careline.Clinics.Stock.Movements;

namespace Careline.Clinics.Stock.Counts;

/// <summary>What was counted of a batch.</summary>
/// <param name="BatchId">The batch.</param>
/// <param name="Counted">How many units there are.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record CountedBatch(Guid BatchId, [Range(0, 1_000_000_000)] long Counted);

/// <summary>A count of the shelves.</summary>
/// <param name="Lines">What was counted.</param>
/// <param name="Reason">For the book, where it was wrong.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record CountStockRequest(
    [Required, MinLength(1), MaxLength(500)] IReadOnlyList<CountedBatch> Lines, [Required, StringLength(500, MinimumLength = 1)] string Reason) : IValidatableObject
{
    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Lines.Any(l => l is null) || Lines.DistinctBy(l => l.BatchId).Count() < Lines.Count)
        {
            yield return new ValidationResult("Each must be one batch, once.", [nameof(Lines)]);
        }
    }
}

/// <summary>A line of a count.</summary>
/// <param name="BatchId">The batch.</param>
/// <param name="Book">What the book said.</param>
/// <param name="Counted">What there was.</param>
/// <param name="Difference">What was written to the book: what there was less what it said.</param>
public sealed record CountLineResponse(Guid BatchId, long Book, long Counted, long Difference);

/// <summary>A count of the shelves.</summary>
public sealed record CountResponse
{
    /// <summary>The count.</summary>
    public Guid Id { get; init; }

    /// <summary>For the book.</summary>
    public string Reason { get; init; } = "";

    /// <summary>The account of who counted.</summary>
    public Guid CountedBy { get; init; }

    /// <summary>When.</summary>
    public DateTimeOffset CountedAt { get; init; }

    /// <summary>What was counted.</summary>
    public IReadOnlyList<CountLineResponse> Lines { get; init; } = [];

    internal static IQueryable<CountResponse> From(CarelineDb db, IQueryable<StockCount> counts) => counts.Select(c => new CountResponse
    {
        Id = c.Id,
        Reason = c.Reason,
        CountedBy = c.CountedBy,
        CountedAt = c.CountedAt,
        Lines = db.Set<StockCountLine>().Where(l => l.CountId == c.Id).OrderBy(l => l.BatchId)
            .Select(l => new CountLineResponse(l.BatchId, l.Book, l.Counted, l.Counted - l.Book)).ToList(),
    });
}

internal static class CountStock
{
    public static void Map(RouteGroupBuilder stock)
    {
        stock.MapGet("/counts/", List).Named("ListStockCounts", "Counts of the shelves, the last one first.").ForSignedIn().VisibleAs<StockedClinic>();
        stock.MapPost("/counts/", Count).Named("CountStock", "Says what there is on the shelves; where the book says otherwise it is put right.").ForSignedIn()
            .VisibleAs<StockedClinic>();
    }

    private static async Task<PageAnswer<CountResponse>> List(Guid id, ListQuery query, Actor actor, CarelineDb db, CancellationToken ct)
    {
        await StockedClinic.OpenBooksAsync(db, actor, id, ct);
        query.Ordering("-counted_at");
        return Answer.Page(await query.PageAsync(CountResponse.From(db, db.Set<StockCount>().Where(c => c.ClinicId == id).OrderByDescending(c => c.Id)), ct));
    }

    private static async Task<CreatedAnswer<CountResponse>> Count(
        Guid id, CountStockRequest request, Actor actor, CarelineDb db, StockDesk desk, AuditTrail trail, CancellationToken ct)
    {
        await StockedClinic.KeepAsync(db, actor, id, ct);
        var ids = request.Lines.Select(l => l.BatchId).ToArray();
        var items = await db.Set<StockBatch>().Where(b => b.ClinicId == id && ids.Contains(b.Id)).Select(b => b.ItemId).ToListAsync(ct);
        if (items.Count < ids.Length)
        {
            throw new InvalidInput("lines", "This clinic has no such batch.");
        }

        await desk.HoldAsync(id, items, ct);
        var batches = await db.Set<StockBatch>().Where(b => ids.Contains(b.Id)).ToDictionaryAsync(b => b.Id, ct);
        var count = StockCount.Of(db.NewId(), id, request.Reason, actor.AccountId, db.Now);
        db.Append(count);
        foreach (var line in request.Lines)
        {
            var batch = batches[line.BatchId];
            db.Append(new StockCountLine { CountId = count.Id, BatchId = batch.Id, Book = batch.Level, Counted = line.Counted });
            if (line.Counted != batch.Level)
            {
                desk.Write(batch, new Movement(MovementKind.Count, line.Counted - batch.Level, actor.AccountId, request.Reason, count.Id));
            }
        }

        trail.About("stock_count", count.Id).Because("operations");
        await db.SaveChangesAsync(ct);
        return Answer.Created(await CountResponse.From(db, db.Set<StockCount>().Where(c => c.Id == count.Id)).SingleAsync(ct), "Counted.");
    }
}
