using Careline.Audit.Contracts;
using Careline.Clinics.Stock.Batches;
using Careline.Clinics.Stock.Items;

namespace Careline.Clinics.Stock.Movements;

/// <summary>What goes to another clinic.</summary>
/// <param name="BatchId">Of which batch.</param>
/// <param name="Quantity">How many units.</param>
/// <param name="ToClinicId">Where it goes; the caller keeps its stock too.</param>
/// <param name="ToItemId">What it is there; what has the same code where absent.</param>
/// <param name="Reason">For the book.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record TransferStockRequest(
    Guid BatchId, [Range(1, 1_000_000)] long Quantity, Guid ToClinicId, Guid? ToItemId = null, [MaxLength(500)] string? Reason = null);

/// <summary>What went to another clinic.</summary>
/// <param name="Id">The transfer, which both lines name.</param>
/// <param name="FromBatchId">The batch it left.</param>
/// <param name="ToBatchId">The batch it came to.</param>
/// <param name="Quantity">How many units.</param>
public sealed record TransferResponse(Guid Id, Guid FromBatchId, Guid ToBatchId, long Quantity);

/// <summary>Brings something to another clinic that the same person keeps: one line goes and one comes, in one transaction.</summary>
internal static class TransferStock
{
    public static void Map(RouteGroupBuilder stock) => stock.MapPost("/transfers/", Handle)
        .Named("TransferStock", "Brings what there is of a batch to another clinic that the caller keeps.").ForSignedIn().VisibleAs<StockedClinic>();

    private static async Task<CreatedAnswer<TransferResponse>> Handle(
        Guid id, TransferStockRequest request, Actor actor, CarelineDb db, StockDesk desk, AuditTrail trail, CancellationToken ct)
    {
        await StockedClinic.KeepAsync(db, actor, id, ct);
        if (request.ToClinicId == id || !await StockedClinic.KeptBy(db, actor).ContainsAsync(request.ToClinicId, ct))
        {
            throw new InvalidInput("to_clinic_id", "Must be another clinic whose stock you keep.");
        }

        var from = await db.Set<StockBatch>().FirstOrDefaultAsync(b => b.Id == request.BatchId && b.ClinicId == id, ct)
            ?? throw new InvalidInput("batch_id", "This clinic has no such batch.");
        var to = await TargetAsync(db, from.ItemId, request, ct);

        // Whoever brings something the other way at this moment holds both in the same order.
        foreach (var (clinic, item) in new[] { (id, from.ItemId), (request.ToClinicId, to) }.OrderBy(pair => pair.Item2))
        {
            await desk.HoldAsync(clinic, [item], ct);
        }

        var held = await db.Set<StockBatch>().SingleAsync(b => b.Id == from.Id, ct);
        var transfer = db.NewId();
        desk.Write(held, new Movement(MovementKind.Transfer, -request.Quantity, actor.AccountId, request.Reason, transfer));
        var incoming = new IncomingBatch(held.Number, held.ExpiresOn, held.PriceAmount, held.Currency, null);
        var batch = await desk.ReceiveAsync(
            new Movement(MovementKind.Transfer, request.Quantity, actor.AccountId, request.Reason, transfer), request.ToClinicId, to, incoming, ct);
        trail.About("stock_transfer", transfer).Because("operations");
        await db.SaveChangesAsync(ct);
        return Answer.Created(new TransferResponse(transfer, held.Id, batch, request.Quantity), "Brought over.");
    }

    private static async Task<Guid> TargetAsync(CarelineDb db, Guid itemId, TransferStockRequest request, CancellationToken ct)
    {
        var there = db.Set<StockItem>().Where(i => i.ClinicId == request.ToClinicId && i.IsActive);
        var same = request.ToItemId is { } named
            ? there.Where(i => i.Id == named)
            : there.Where(i => db.Set<StockItem>().Any(own => own.Id == itemId && own.Sku.ToLower() == i.Sku.ToLower()));
        return await same.Select(i => (Guid?)i.Id).FirstOrDefaultAsync(ct) ?? throw new InvalidInput("to_item_id", "That clinic has no such item.");
    }
}
