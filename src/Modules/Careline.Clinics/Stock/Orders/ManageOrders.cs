using Careline.Audit.Contracts;
using Careline.Clinics.Stock.Items;
using Careline.Clinics.Stock.Movements;

namespace Careline.Clinics.Stock.Orders;

/// <summary>One of the things to order.</summary>
/// <param name="ItemId">What.</param>
/// <param name="Quantity">How many units.</param>
/// <param name="PriceAmount">Of one unit, in minor units.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record OrderedItem(Guid ItemId, [Range(1, 1_000_000)] long Quantity, [Range(0, 1_000_000_000)] long PriceAmount);

/// <summary>What to order.</summary>
/// <param name="SupplierId">Of whom.</param>
/// <param name="Currency">ISO 4217.</param>
/// <param name="Lines">What.</param>
/// <param name="ExpectedOn">When it should come.</param>
/// <param name="Note">For the supplier.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record PurchaseOrderRequest(
    Guid SupplierId,
    [Required, RegularExpression("^[A-Z]{3}$", ErrorMessage = "An ISO 4217 code, such as NGN.")] string Currency,
    [Required, MinLength(1), MaxLength(200)] IReadOnlyList<OrderedItem> Lines,
    [ShelfDay] DateOnly? ExpectedOn = null,
    [MaxLength(2000)] string? Note = null) : IValidatableObject
{
    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Lines.Any(l => l is null) || Lines.DistinctBy(l => l.ItemId).Count() < Lines.Count)
        {
            yield return new ValidationResult("Each must be one item, once.", [nameof(Lines)]);
        }
    }
}

/// <summary>Why the rest of an order will not come.</summary>
/// <param name="Reason">For the book.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record CancelOrderRequest([Required, StringLength(500, MinimumLength = 1)] string Reason);

internal static class ManageOrders
{
    public static void Map(RouteGroupBuilder stock)
    {
        stock.MapGet("/orders/", List).Named("ListPurchaseOrders", "What a clinic ordered, the last order first.").ForSignedIn().VisibleAs<StockedClinic>()
            .WithFilters("status", "supplier");
        stock.MapPost("/orders/", Place).Named("PlacePurchaseOrder", "Orders of a supplier.").ForSignedIn().VisibleAs<StockedClinic>();
        stock.MapGet("/orders/{orderId:guid}/", Get).Named("GetPurchaseOrder", "One order.").ForSignedIn().VisibleAs<StockedClinic>().OpenToAll(StockRoutes.OfClinic);
        stock.MapPost("/orders/{orderId:guid}/cancel/", Cancel).Named("CancelPurchaseOrder", "Says that what has not come will not.").ForSignedIn()
            .VisibleAs<StockedClinic>().OpenToAll(StockRoutes.OfClinic);
    }

    /// <summary>An order of the clinic, held, with its lines.</summary>
    internal static async Task<PurchaseOrder> HoldAsync(CarelineDb db, Guid clinicId, Guid orderId, IfMatch ifMatch, CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync($"SELECT FROM clinics.purchase_orders WHERE id = {orderId} AND clinic_id = {clinicId} FOR NO KEY UPDATE", ct);
        var order = await db.Set<PurchaseOrder>().AsTracking().Include(o => o.Lines).FirstOrDefaultAsync(o => o.Id == orderId && o.ClinicId == clinicId, ct)
            ?? throw new NotFound();
        ifMatch.Check(order);
        return order;
    }

    internal static async Task<PurchaseOrderResponse> SaveAsync(CarelineDb db, PurchaseOrder order, AuditTrail trail, CancellationToken ct)
    {
        trail.About("purchase_order", order.Id).Because("operations");
        await db.SaveChangesAsync(ct);
        return await PurchaseOrderResponse.From(db, db.Set<PurchaseOrder>().Where(o => o.Id == order.Id)).SingleAsync(ct);
    }

    private static async Task<PageAnswer<PurchaseOrderResponse>> List(Guid id, ListQuery query, Actor actor, CarelineDb db, CancellationToken ct)
    {
        await StockedClinic.OpenBooksAsync(db, actor, id, ct);
        var orders = db.Set<PurchaseOrder>().Where(o => o.ClinicId == id);
        orders = query.Enum<PurchaseOrderStatus>("status") is { } status ? orders.Where(o => o.Status == status) : orders;
        orders = query.Id("supplier") is { } supplier ? orders.Where(o => o.SupplierId == supplier) : orders;
        query.Ordering("-ordered_at");
        return Answer.Page(await query.PageAsync(PurchaseOrderResponse.From(db, orders.OrderByDescending(o => o.Id)), ct));
    }

    private static async Task<Answer<PurchaseOrderResponse>> Get(Guid id, Guid orderId, Actor actor, CarelineDb db, CancellationToken ct)
    {
        await StockedClinic.OpenBooksAsync(db, actor, id, ct);
        return Answer.Ok(await PurchaseOrderResponse.From(db, db.Set<PurchaseOrder>().Where(o => o.Id == orderId && o.ClinicId == id)).FirstOrDefaultAsync(ct)
            ?? throw new NotFound());
    }

    private static async Task<CreatedAnswer<PurchaseOrderResponse>> Place(
        Guid id, PurchaseOrderRequest request, Actor actor, CarelineDb db, StockDesk desk, AuditTrail trail, CancellationToken ct)
    {
        await StockedClinic.KeepAsync(db, actor, id, ct);
        await desk.CheckSupplierAsync(id, request.SupplierId, ct);
        var items = request.Lines.Select(l => l.ItemId).ToArray();
        if (await db.Set<StockItem>().CountAsync(i => i.ClinicId == id && i.IsActive && items.Contains(i.Id), ct) < items.Length)
        {
            throw new InvalidInput("lines", "This clinic has no such item.");
        }

        var order = PurchaseOrder.Place(db.NewId(), id, request, actor.AccountId, db.Now);
        db.Add(order);
        return Answer.Created(await SaveAsync(db, order, trail, ct), "Ordered.");
    }

    private static async Task<Answer<PurchaseOrderResponse>> Cancel(
        Guid id, Guid orderId, CancelOrderRequest request, IfMatch ifMatch, Actor actor, CarelineDb db, AuditTrail trail, CancellationToken ct)
    {
        await StockedClinic.KeepAsync(db, actor, id, ct);
        var order = await HoldAsync(db, id, orderId, ifMatch, ct);
        order.Cancel(request.Reason, db.Now);
        return Answer.Ok(await SaveAsync(db, order, trail, ct), "Cancelled.");
    }
}
