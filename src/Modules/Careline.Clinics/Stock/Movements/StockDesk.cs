using Careline.Clinics.Stock.Batches;
using Careline.Clinics.Stock.Items;
using Careline.Clinics.Stock.Suppliers;

namespace Careline.Clinics.Stock.Movements;

/// <summary>
/// Writes the book of what a clinic keeps. Whoever writes first holds the items, in the order of their ids, so that two never decide on one level at once; the
/// CHECK of the batch is the proof.
/// </summary>
internal sealed class StockDesk(CarelineDb db) : IStock
{
    public async Task<Guid?> FindAsync(Guid clinicId, StockedMedicine medicine, CancellationToken ct)
    {
        var ids = medicine.MedicineIds.ToArray();
        var items = await db.Set<StockItem>().Where(i => i.ClinicId == clinicId && i.IsActive && i.MedicineId != null && ids.Contains(i.MedicineId.Value))
            .Select(i => new { i.Id, i.Name, i.Strength, i.Form }).ToListAsync(ct);
        var fitting = items.Where(i => MayBe(i.Strength, medicine.Strength) && MayBe(i.Form, medicine.Form)).ToList();
        return fitting switch
        {
            [] => null,
            [var only] => only.Id,
            _ => throw new RuleViolation("WHICH_ITEM", "Several things of the stock may be this medicine: say which.", new { items = fitting }),
        };
    }

    public Task<Guid?> MedicineOfAsync(Guid clinicId, Guid itemId, CancellationToken ct) =>
        db.Set<StockItem>().Where(i => i.ClinicId == clinicId && i.Id == itemId).Select(i => i.MedicineId).FirstOrDefaultAsync(ct);

    public async Task<IReadOnlyList<TakenBatch>> TakeAsync(StockTake take, CancellationToken ct)
    {
        await HoldAsync(take.ClinicId, [take.ItemId], ct);
        if (await TakenAsync(take, ct) is { Count: > 0 } before)
        {
            return before;
        }

        var zone = await db.Set<ClinicRow>().Where(c => c.Id == take.ClinicId).Select(c => c.TimeZone).SingleAsync(ct);
        var today = new StockedClinic { TimeZone = zone }.Today(db.Now);
        var batches = await db.Set<StockBatch>().Where(b => b.ItemId == take.ItemId && b.Level > 0).ToListAsync(ct);
        var parts = FirstToExpire.Take(batches, take.Quantity, today)
            ?? throw Short(take.ItemId, batches.Where(b => b.ExpiresOn is null || b.ExpiresOn >= today).Sum(b => b.Level));
        foreach (var (batch, quantity) in parts)
        {
            Write(batch, new Movement(MovementKind.Dispense, -quantity, take.By, null, take.ReferenceId));
        }

        await db.SendAsync(ct);
        return [.. parts.Select(p => new TakenBatch(p.Batch.Id, p.Batch.Number, p.Batch.ExpiresOn, p.Quantity))];
    }

    public async Task ReturnAsync(Guid referenceId, Guid by, string reason, CancellationToken ct)
    {
        var taken = await db.Set<StockMovement>().Where(m => m.ReferenceId == referenceId && m.Kind == MovementKind.Dispense).ToListAsync(ct);
        if (taken.Count == 0)
        {
            return;
        }

        await HoldAsync(taken[0].ClinicId, [.. taken.Select(m => m.ItemId)], ct);
        if (await db.Set<StockMovement>().AnyAsync(m => m.ReferenceId == referenceId && m.Kind == MovementKind.Return, ct))
        {
            return;
        }

        var ids = taken.Select(m => m.BatchId).ToArray();
        var batches = await db.Set<StockBatch>().Where(b => ids.Contains(b.Id)).ToDictionaryAsync(b => b.Id, ct);
        foreach (var movement in taken)
        {
            Write(batches[movement.BatchId], new Movement(MovementKind.Return, -movement.Quantity, by, reason, referenceId));
        }

        await db.SendAsync(ct);
    }

    /// <summary>Holds items of a clinic until the transaction ends.</summary>
    /// <exception cref="InvalidInput">One of them is not of the clinic.</exception>
    public async Task HoldAsync(Guid clinicId, IReadOnlyCollection<Guid> itemIds, CancellationToken ct)
    {
        var ids = itemIds.Distinct().ToArray();
        var held = await db.Database.SqlQuery<Guid>(
            $"""SELECT id AS "Value" FROM clinics.stock_items WHERE clinic_id = {clinicId} AND id = ANY ({ids}) ORDER BY id FOR NO KEY UPDATE""").ToListAsync(ct);
        if (held.Count < ids.Length)
        {
            throw new InvalidInput("item_id", "This clinic has no such item.");
        }
    }

    /// <summary>A batch of the clinic, its item held, so that its level stays as it is read.</summary>
    public async Task<StockBatch> HoldBatchAsync(Guid clinicId, Guid batchId, CancellationToken ct)
    {
        var item = await db.Set<StockBatch>().Where(b => b.Id == batchId && b.ClinicId == clinicId).Select(b => (Guid?)b.ItemId).FirstOrDefaultAsync(ct)
            ?? throw new InvalidInput("batch_id", "This clinic has no such batch.");
        await HoldAsync(clinicId, [item], ct);
        return await db.Set<StockBatch>().SingleAsync(b => b.Id == batchId, ct);
    }

    /// <summary>Writes a movement of a held batch. The caller saves.</summary>
    /// <exception cref="RuleViolation">INSUFFICIENT_STOCK.</exception>
    public void Write(StockBatch batch, Movement movement)
    {
        if (batch.Level + movement.Quantity < 0)
        {
            throw Short(batch.ItemId, batch.Level);
        }

        db.Append(StockMovement.Of(db.NewId(), batch, movement, db.Now));
    }

    /// <summary>Takes in what came, into the batch that is the same, or a new one; answers which. The item is held, the caller saves.</summary>
    /// <exception cref="RuleViolation">BATCH_DIFFERS: the number is there with another end, and one of the two is misread.</exception>
    public async Task<Guid> ReceiveAsync(Movement movement, Guid clinicId, Guid itemId, IncomingBatch incoming, CancellationToken ct)
    {
        await CheckDayAsync(itemId, incoming.Number, incoming.ExpiresOn, null, ct);
        var batch = await db.Set<StockBatch>().FirstOrDefaultAsync(
            b => b.ItemId == itemId && b.Number == incoming.Number && b.PriceAmount == incoming.PriceAmount && b.Currency == incoming.Currency && b.SupplierId == incoming.SupplierId, ct);
        if (batch is null)
        {
            batch = StockBatch.Of(db.NewId(), clinicId, itemId, incoming, db.Now);
            db.Append(batch);
        }

        Write(batch, movement);
        await db.SendAsync(ct);
        return batch.Id;
    }

    /// <summary>A number has one last day; but for the number that is being put right.</summary>
    /// <exception cref="RuleViolation">BATCH_DIFFERS.</exception>
    public async Task CheckDayAsync(Guid itemId, string number, DateOnly? expiresOn, string? misread, CancellationToken ct)
    {
        var other = await db.Set<StockBatch>().FirstOrDefaultAsync(b => b.ItemId == itemId && b.Number == number && b.Number != misread && b.ExpiresOn != expiresOn, ct);
        if (other is not null)
        {
            throw new RuleViolation("BATCH_DIFFERS", "A batch of this number is there with another last day.", new { batch_id = other.Id, expires_on = other.ExpiresOn });
        }
    }

    /// <exception cref="InvalidInput">The supplier is not one of the clinic's.</exception>
    public async Task CheckSupplierAsync(Guid clinicId, Guid? supplierId, CancellationToken ct)
    {
        if (supplierId is { } supplier && !await db.Set<Supplier>().AnyAsync(s => s.Id == supplier && s.ClinicId == clinicId && s.IsActive, ct))
        {
            throw new InvalidInput("supplier_id", "This clinic has no such supplier.");
        }
    }

    private Task<List<TakenBatch>> TakenAsync(StockTake take, CancellationToken ct) => (
        from m in db.Set<StockMovement>()
        join b in db.Set<StockBatch>() on m.BatchId equals b.Id
        where m.ReferenceId == take.ReferenceId && m.Kind == MovementKind.Dispense
        orderby b.ExpiresOn, b.ReceivedAt, b.Id
        select new TakenBatch(b.Id, b.Number, b.ExpiresOn, -m.Quantity)).ToListAsync(ct);

    private static RuleViolation Short(Guid itemId, long available) =>
        new("INSUFFICIENT_STOCK", "There is not enough of it that may be handed out.", new { item_id = itemId, available });

    private static bool MayBe(string? kept, string? wanted) => kept is null || wanted is null
        || string.Equals(kept.Replace(" ", "", StringComparison.Ordinal), wanted.Replace(" ", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase);
}
