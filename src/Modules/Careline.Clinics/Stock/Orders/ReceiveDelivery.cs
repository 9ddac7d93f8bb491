using Careline.Audit.Contracts;
using Careline.Clinics.Stock.Batches;
using Careline.Clinics.Stock.Movements;

namespace Careline.Clinics.Stock.Orders;

/// <summary>A batch that came of an order.</summary>
/// <param name="LineId">The line of the order.</param>
/// <param name="Quantity">How many units.</param>
/// <param name="BatchNumber">The maker's number.</param>
/// <param name="ExpiresOn">The last day on which it may be handed out.</param>
/// <param name="PriceAmount">What one unit cost, in minor units; as ordered where absent.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record DeliveredBatch(
    Guid LineId,
    [Range(1, 1_000_000)] long Quantity,
    [Required, StringLength(100, MinimumLength = 1)] string BatchNumber,
    [ShelfDay] DateOnly? ExpiresOn = null,
    [Range(0, 1_000_000_000)] long? PriceAmount = null);

/// <summary>What came of an order, whole or in part.</summary>
/// <param name="Lines">The batches.</param>
/// <param name="Note">For the book, such as the number of the delivery note.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record DeliveryRequest([Required, MinLength(1), MaxLength(200)] IReadOnlyList<DeliveredBatch> Lines, [MaxLength(500)] string? Note = null) : IValidatableObject
{
    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Lines.Any(l => l is null) || Lines.DistinctBy(l => (l.LineId, l.BatchNumber, l.PriceAmount)).Count() < Lines.Count)
        {
            yield return new ValidationResult("Each must be one batch, once.", [nameof(Lines)]);
        }
    }
}

/// <summary>Takes in what came: the order, the batches and the book follow in one transaction, under the order's lock and then its items'.</summary>
internal static class ReceiveDelivery
{
    public static void Map(RouteGroupBuilder stock) => stock.MapPost("/orders/{orderId:guid}/deliveries/", Handle)
        .Named("ReceiveDelivery", "Takes in what came of an order, whole or in part.").ForSignedIn().VisibleAs<StockedClinic>().OpenToAll(StockRoutes.OfClinic);

    private static async Task<CreatedAnswer<PurchaseOrderResponse>> Handle(
        Guid id, Guid orderId, DeliveryRequest request, IfMatch ifMatch, Actor actor, CarelineDb db, StockDesk desk, AuditTrail trail, CancellationToken ct)
    {
        await StockedClinic.KeepAsync(db, actor, id, ct);
        var order = await ManageOrders.HoldAsync(db, id, orderId, ifMatch, ct);
        order.MustBeOpen();
        if (request.Lines.Any(came => order.Lines.TrueForAll(line => line.Id != came.LineId)))
        {
            throw new InvalidInput("lines", "Each must be of a line of this order.");
        }

        await desk.HoldAsync(id, [.. order.Lines.Select(line => line.ItemId)], ct);
        var delivery = db.NewId();
        foreach (var came in request.Lines)
        {
            var line = order.Lines.Single(l => l.Id == came.LineId);
            order.Receive(line, came.Quantity, db.Now);
            var incoming = new IncomingBatch(came.BatchNumber, came.ExpiresOn, came.PriceAmount ?? line.PriceAmount, order.Currency, order.SupplierId);
            await desk.ReceiveAsync(new Movement(MovementKind.Delivery, came.Quantity, actor.AccountId, request.Note, delivery), id, line.ItemId, incoming, ct);
        }

        return Answer.Created(await ManageOrders.SaveAsync(db, order, trail, ct), "Taken in.");
    }
}
