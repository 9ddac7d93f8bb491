using Careline.Audit.Contracts;
using Careline.Clinics.Stock.Items;
using Careline.Clinics.Stock.Movements;

namespace Careline.Clinics.Stock.Batches;

/// <summary>What came without an order, such as what there was before the books began.</summary>
/// <param name="Number">The maker's number.</param>
/// <param name="Quantity">How many units.</param>
/// <param name="PriceAmount">What one unit cost, in minor units.</param>
/// <param name="Currency">ISO 4217.</param>
/// <param name="ExpiresOn">The last day on which it may be handed out.</param>
/// <param name="SupplierId">Where it came from.</param>
/// <param name="Note">For the book.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record ReceiveBatchRequest(
    [Required, StringLength(100, MinimumLength = 1)] string Number,
    [Range(1, 1_000_000)] long Quantity,
    [Range(0, 1_000_000_000)] long PriceAmount,
    [Required, RegularExpression("^[A-Z]{3}$", ErrorMessage = "An ISO 4217 code, such as NGN.")] string Currency,
    [ShelfDay] DateOnly? ExpiresOn = null,
    Guid? SupplierId = null,
    [MaxLength(500)] string? Note = null);

/// <summary>What came together.</summary>
public sealed record StockBatchResponse
{
    /// <summary>The batch.</summary>
    public Guid Id { get; init; }

    /// <summary>What it is of.</summary>
    public Guid ItemId { get; init; }

    /// <summary>Its name.</summary>
    public string ItemName { get; init; } = "";

    /// <summary>The maker's number.</summary>
    public string Number { get; init; } = "";

    /// <summary>The last day on which it may be handed out.</summary>
    public DateOnly? ExpiresOn { get; init; }

    /// <summary>Whether that day is over.</summary>
    public bool IsExpired { get; init; }

    /// <summary>What one unit cost, in minor units.</summary>
    public long PriceAmount { get; init; }

    /// <summary>ISO 4217.</summary>
    public string Currency { get; init; } = "";

    /// <summary>Where it came from.</summary>
    public Guid? SupplierId { get; init; }

    /// <summary>When.</summary>
    public DateTimeOffset ReceivedAt { get; init; }

    /// <summary>How much of it there is.</summary>
    public long Level { get; init; }

    internal static IQueryable<StockBatchResponse> From(CarelineDb db, IQueryable<StockBatch> batches, DateOnly today) =>
        from b in batches
        join i in db.Set<StockItem>() on b.ItemId equals i.Id
        select new StockBatchResponse
        {
            Id = b.Id,
            ItemId = b.ItemId,
            ItemName = i.Name,
            Number = b.Number,
            ExpiresOn = b.ExpiresOn,
            IsExpired = b.ExpiresOn < today,
            PriceAmount = b.PriceAmount,
            Currency = b.Currency,
            SupplierId = b.SupplierId,
            ReceivedAt = b.ReceivedAt,
            Level = b.Level,
        };
}

internal static class ManageBatches
{
    public static void Map(RouteGroupBuilder stock)
    {
        stock.MapGet("/batches/", List).Named("ListStockBatches", "The batches of what a clinic keeps, what expires first before the others.").ForSignedIn()
            .VisibleAs<StockedClinic>().WithFilters("item", "expiring_before", "in_stock");
        stock.MapPost("/items/{itemId:guid}/batches/", Receive).Named("ReceiveStockBatch", "Takes in a batch that came without an order.").ForSignedIn()
            .VisibleAs<StockedClinic>().OpenToAll(StockRoutes.OfClinic);
    }

    private static async Task<PageAnswer<StockBatchResponse>> List(Guid id, ListQuery query, Actor actor, CarelineDb db, CancellationToken ct)
    {
        var today = (await StockedClinic.OpenBooksAsync(db, actor, id, ct)).Today(db.Now);
        var batches = db.Set<StockBatch>().Where(b => b.ClinicId == id);
        batches = query.Id("item") is { } item ? batches.Where(b => b.ItemId == item) : batches;
        batches = query.Date("expiring_before") is { } day ? batches.Where(b => b.ExpiresOn < day && b.Level > 0) : batches;
        batches = query.Flag("in_stock") is { } there ? batches.Where(b => there == (b.Level > 0)) : batches;
        query.Ordering("expires_on");
        return Answer.Page(await query.PageAsync(
            StockBatchResponse.From(db, batches, today).OrderBy(b => b.ExpiresOn == null).ThenBy(b => b.ExpiresOn).ThenBy(b => b.Id), ct));
    }

    private static async Task<CreatedAnswer<StockBatchResponse>> Receive(
        Guid id, Guid itemId, ReceiveBatchRequest request, Actor actor, CarelineDb db, StockDesk desk, AuditTrail trail, CancellationToken ct)
    {
        var clinic = await StockedClinic.KeepAsync(db, actor, id, ct);
        await desk.HoldAsync(id, [itemId], ct);
        var incoming = new IncomingBatch(request.Number, request.ExpiresOn, request.PriceAmount, request.Currency, request.SupplierId);
        await desk.CheckSupplierAsync(id, request.SupplierId, ct);
        var batch = await desk.ReceiveAsync(new Movement(MovementKind.Delivery, request.Quantity, actor.AccountId, request.Note), id, itemId, incoming, ct);
        trail.About("stock_batch", batch).Because("operations");
        await db.SaveChangesAsync(ct);
        return Answer.Created(await StockBatchResponse.From(db, db.Set<StockBatch>().Where(b => b.Id == batch), clinic.Today(db.Now)).SingleAsync(ct), "Taken in.");
    }
}
