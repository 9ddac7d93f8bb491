using Careline.Audit.Contracts;
using Careline.Clinics.Stock.Batches;

namespace Careline.Clinics.Stock.Items;

internal static class ManageItems
{
    public static void Map(RouteGroupBuilder stock)
    {
        stock.MapGet("/items/", List).Named("ListStockItems", "What a clinic keeps, by name, and how much of it there is.").ForSignedIn().VisibleAs<StockedClinic>()
            .WithFilters("low", "expiring_before", "medicine", "barcode", "is_active");
        stock.MapPost("/items/", Add).Named("AddStockItem", "Adds something that the clinic keeps.").ForSignedIn().VisibleAs<StockedClinic>();
        stock.MapGet("/items/{itemId:guid}/", Get).Named("GetStockItem", "One of the things that a clinic keeps.").ForSignedIn().VisibleAs<StockedClinic>().OpenToAll(StockRoutes.OfClinic);
        stock.MapPut("/items/{itemId:guid}/", Replace).Named("ReplaceStockItem", "Replaces what is said of something that the clinic keeps.").ForSignedIn()
            .VisibleAs<StockedClinic>().OpenToAll(StockRoutes.OfClinic);
        stock.MapPatch("/items/{itemId:guid}/", Change).Named("ChangeStockItem", "Changes some of what is said of something that the clinic keeps.").ForSignedIn()
            .VisibleAs<StockedClinic>().OpenToAll(StockRoutes.OfClinic).AcceptsMerge<StockItemRequest>();
    }

    private static async Task<PageAnswer<StockItemResponse>> List(Guid id, ListQuery query, Actor actor, CarelineDb db, CancellationToken ct)
    {
        var today = (await StockedClinic.SeenAsync(db, actor, id, ct)).Today(db.Now);
        var items = db.Set<StockItem>().Where(i => i.ClinicId == id);
        items = query.Id("medicine") is { } medicine ? items.Where(i => i.MedicineId == medicine) : items;
        items = query.Text("barcode", 64) is { } barcode ? items.Where(i => i.Barcode == barcode) : items;
        items = query.Flag("is_active") is { } active ? items.Where(i => i.IsActive == active) : items;
        foreach (var pattern in query.SearchPatterns)
        {
            items = items.Where(i => EF.Functions.ILike(i.Name, pattern) || EF.Functions.ILike(i.Sku, pattern) || EF.Functions.ILike(i.Barcode!, pattern));
        }

        if (query.Date("expiring_before") is { } day)
        {
            items = items.Where(i => db.Set<StockBatch>().Any(b => b.ItemId == i.Id && b.Level > 0 && b.ExpiresOn < day));
        }

        if (query.Flag("low") is { } low)
        {
            items = items.Where(i => low == (db.Set<StockBatch>()
                .Where(b => b.ItemId == i.Id && b.Level > 0 && (b.ExpiresOn == null || b.ExpiresOn >= today)).Sum(b => b.Level) <= i.ReorderLevel));
        }

        var (_, descending) = query.Ordering("name");
        items = descending ? items.OrderByDescending(i => i.Name).ThenBy(i => i.Id) : items.OrderBy(i => i.Name).ThenBy(i => i.Id);
        return Answer.Page(await query.PageAsync(StockItemResponse.From(db, items, today), ct));
    }

    private static async Task<CreatedAnswer<StockItemResponse>> Add(
        Guid id, StockItemRequest request, Actor actor, CarelineDb db, AuditTrail trail, CancellationToken ct)
    {
        var clinic = await StockedClinic.KeepAsync(db, actor, id, ct);
        var item = StockItem.Add(db.NewId(), id, request, db.Now);
        db.Add(item);
        return Answer.Created(await SaveAsync(db, clinic, item, trail, ct), "Item added.");
    }

    private static async Task<Answer<StockItemResponse>> Get(Guid id, Guid itemId, Actor actor, CarelineDb db, CancellationToken ct)
    {
        var clinic = await StockedClinic.SeenAsync(db, actor, id, ct);
        return Answer.Ok(await ReadAsync(db, clinic, itemId, ct) ?? throw new NotFound());
    }

    private static async Task<Answer<StockItemResponse>> Replace(
        Guid id, Guid itemId, StockItemRequest request, IfMatch ifMatch, Actor actor, CarelineDb db, AuditTrail trail, CancellationToken ct)
    {
        var (clinic, item) = await LoadAsync(db, actor, id, itemId, ifMatch, ct);
        item.Replace(request, db.Now);
        return Answer.Ok(await SaveAsync(db, clinic, item, trail, ct), "Item changed.");
    }

    private static async Task<Answer<StockItemResponse>> Change(
        Guid id, Guid itemId, Merge<StockItemRequest> patch, IfMatch ifMatch, Actor actor, CarelineDb db, AuditTrail trail, CancellationToken ct)
    {
        var (clinic, item) = await LoadAsync(db, actor, id, itemId, ifMatch, ct);
        item.Replace(await patch.OntoAsync(StockItemRequest.Of(item)), db.Now);
        return Answer.Ok(await SaveAsync(db, clinic, item, trail, ct), "Item changed.");
    }

    private static async Task<(StockedClinic Clinic, StockItem Item)> LoadAsync(CarelineDb db, Actor actor, Guid id, Guid itemId, IfMatch ifMatch, CancellationToken ct)
    {
        var clinic = await StockedClinic.KeepAsync(db, actor, id, ct);
        var item = await db.Set<StockItem>().AsTracking().FirstOrDefaultAsync(i => i.Id == itemId && i.ClinicId == id, ct) ?? throw new NotFound();
        ifMatch.Check(item);
        return (clinic, item);
    }

    private static async Task<StockItemResponse> SaveAsync(CarelineDb db, StockedClinic clinic, StockItem item, AuditTrail trail, CancellationToken ct)
    {
        trail.About("stock_item", item.Id).Because("operations");
        await db.SaveChangesAsync(ct);
        return (await ReadAsync(db, clinic, item.Id, ct))!;
    }

    private static Task<StockItemResponse?> ReadAsync(CarelineDb db, StockedClinic clinic, Guid itemId, CancellationToken ct) =>
        StockItemResponse.From(db, db.Set<StockItem>().Where(i => i.Id == itemId && i.ClinicId == clinic.Id), clinic.Today(db.Now)).FirstOrDefaultAsync(ct);
}
