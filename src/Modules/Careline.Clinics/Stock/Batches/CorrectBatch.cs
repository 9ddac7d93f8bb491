using Careline.Audit.Contracts;
using Careline.Clinics.Stock.Movements;

namespace Careline.Clinics.Stock.Batches;

/// <summary>What really stands on a batch.</summary>
/// <param name="Number">The maker's number.</param>
/// <param name="Reason">For the record.</param>
/// <param name="ExpiresOn">The last day on which it may be handed out; absent for what keeps.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record CorrectBatchRequest(
    [Required, StringLength(100, MinimumLength = 1)] string Number, [Required, StringLength(500, MinimumLength = 1)] string Reason, [ShelfDay] DateOnly? ExpiresOn = null);

/// <summary>
/// Puts right what was misread of a batch, for all batches of that number, since two days of one number cannot both be right. What stood there before is kept; whether its
/// end was told of is asked anew.
/// </summary>
internal static class CorrectBatch
{
    public static void Map(RouteGroupBuilder stock) => stock.MapPost("/batches/{batchId:guid}/correct/", Handle)
        .Named("CorrectStockBatch", "Puts right the number or the last day of a batch that were misread.").ForSignedIn().VisibleAs<StockedClinic>().OpenToAll(StockRoutes.OfClinic);

    private static async Task<Answer<StockBatchResponse>> Handle(
        Guid id, Guid batchId, CorrectBatchRequest request, Actor actor, CarelineDb db, StockDesk desk, AuditTrail trail, CancellationToken ct)
    {
        var clinic = await StockedClinic.KeepAsync(db, actor, id, ct);
        if (!await db.Set<StockBatch>().AnyAsync(b => b.Id == batchId && b.ClinicId == id, ct))
        {
            throw new NotFound();
        }

        var batch = await desk.HoldBatchAsync(id, batchId, ct);
        await desk.CheckDayAsync(batch.ItemId, request.Number, request.ExpiresOn, batch.Number, ct);
        await db.Database.ExecuteSqlAsync(
            $"""
            WITH misread AS (SELECT id, number, expires_on FROM clinics.stock_batches WHERE item_id = {batch.ItemId} AND number = {batch.Number}),
            kept AS (
                INSERT INTO clinics.stock_batch_corrections (batch_id, number, expires_on, reason, corrected_by, corrected_at)
                SELECT id, number, expires_on, {request.Reason}, {actor.AccountId}, {db.Now} FROM misread),
            untold AS (DELETE FROM clinics.stock_expiry_warnings w USING misread m WHERE w.batch_id = m.id)
            UPDATE clinics.stock_batches b SET number = {request.Number}, expires_on = {request.ExpiresOn} FROM misread m WHERE m.id = b.id
            """,
            ct);
        trail.About("stock_batch", batchId).Because("operations").Changed("number", "expires_on");
        await db.SaveChangesAsync(ct);
        return Answer.Ok(await StockBatchResponse.From(db, db.Set<StockBatch>().Where(b => b.Id == batchId), clinic.Today(db.Now)).SingleAsync(ct), "Put right.");
    }
}
