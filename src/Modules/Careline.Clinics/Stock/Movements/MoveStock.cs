using Careline.Audit.Contracts;

namespace Careline.Clinics.Stock.Movements;

/// <summary>A movement that somebody writes by hand.</summary>
/// <param name="BatchId">Of which batch.</param>
/// <param name="Kind">correction, write_off or return.</param>
/// <param name="Quantity">How many units; of a correction less than nothing where there are fewer than the books say.</param>
/// <param name="Reason">For the book.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record MoveStockRequest(
    Guid BatchId, MovementKind Kind, [Range(-1_000_000, 1_000_000)] long Quantity, [Required, StringLength(500, MinimumLength = 1)] string Reason) : IValidatableObject
{
    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Kind is not (MovementKind.Correction or MovementKind.WriteOff or MovementKind.Return))
        {
            yield return new ValidationResult("By hand only correction, write_off and return are written.", [nameof(Kind)]);
        }

        if (Quantity == 0 || (Quantity < 0 && Kind != MovementKind.Correction))
        {
            yield return new ValidationResult("At least one unit.", [nameof(Quantity)]);
        }
    }
}

/// <summary>A line of the book.</summary>
/// <param name="Id">The movement.</param>
/// <param name="ItemId">Of what.</param>
/// <param name="BatchId">Of which batch.</param>
/// <param name="Kind">Why.</param>
/// <param name="Quantity">How many units; less than nothing for what went.</param>
/// <param name="Reason">In words.</param>
/// <param name="ReferenceId">The dispense, delivery, count or transfer.</param>
/// <param name="MovedBy">The account of who did it.</param>
/// <param name="At">When.</param>
public sealed record MovementResponse(
    Guid Id, Guid ItemId, Guid BatchId, MovementKind Kind, long Quantity, string? Reason, Guid? ReferenceId, Guid MovedBy, DateTimeOffset At);

internal static class MoveStock
{
    public static void Map(RouteGroupBuilder stock)
    {
        stock.MapGet("/movements/", List).Named("ListStockMovements", "The book of what a clinic keeps, the last line first.").ForSignedIn().VisibleAs<StockedClinic>()
            .WithFilters("item", "batch", "kind", "from", "to");
        stock.MapPost("/movements/", Move).Named("MoveStock", "Writes off, takes back or corrects what there is of a batch.").ForSignedIn().VisibleAs<StockedClinic>();
    }

    private static async Task<PageAnswer<MovementResponse>> List(Guid id, ListQuery query, Actor actor, CarelineDb db, CancellationToken ct)
    {
        await StockedClinic.OpenBooksAsync(db, actor, id, ct);
        var movements = db.Set<StockMovement>().Where(m => m.ClinicId == id);
        movements = query.Id("item") is { } item ? movements.Where(m => m.ItemId == item) : movements;
        movements = query.Id("batch") is { } batch ? movements.Where(m => m.BatchId == batch) : movements;
        movements = query.Enum<MovementKind>("kind") is { } kind ? movements.Where(m => m.Kind == kind) : movements;
        movements = query.Instant("from") is { } from ? movements.Where(m => m.At >= from) : movements;
        movements = query.Instant("to") is { } to ? movements.Where(m => m.At < to) : movements;
        query.Ordering("-at");
        return Answer.Page(await query.PageAsync(
            movements.OrderByDescending(m => m.At).ThenByDescending(m => m.Id),
            m => new MovementResponse(m.Id, m.ItemId, m.BatchId, m.Kind, m.Quantity, m.Reason, m.ReferenceId, m.MovedBy, m.At),
            ct));
    }

    private static async Task<CreatedAnswer<MovementResponse>> Move(
        Guid id, MoveStockRequest request, Actor actor, CarelineDb db, StockDesk desk, AuditTrail trail, CancellationToken ct)
    {
        await StockedClinic.KeepAsync(db, actor, id, ct);
        var batch = await desk.HoldBatchAsync(id, request.BatchId, ct);
        var movement = new Movement(request.Kind, request.Kind == MovementKind.WriteOff ? -request.Quantity : request.Quantity, actor.AccountId, request.Reason, db.NewId());
        desk.Write(batch, movement);
        trail.About("stock_batch", batch.Id).Because("operations");
        await db.SaveChangesAsync(ct);
        return Answer.Created(await db.Set<StockMovement>().Where(m => m.ReferenceId == movement.ReferenceId)
            .Select(m => new MovementResponse(m.Id, m.ItemId, m.BatchId, m.Kind, m.Quantity, m.Reason, m.ReferenceId, m.MovedBy, m.At)).SingleAsync(ct), "Written.");
    }
}
