using Careline.Clinics.Stock.Items;

namespace Careline.Clinics.Stock.Orders;

/// <summary>One of the things that were ordered.</summary>
/// <param name="Id">The line.</param>
/// <param name="ItemId">What.</param>
/// <param name="ItemName">Its name.</param>
/// <param name="Quantity">How many units were ordered.</param>
/// <param name="Delivered">How many of them came.</param>
/// <param name="PriceAmount">Of one unit, in minor units.</param>
public sealed record PurchaseOrderLineResponse(Guid Id, Guid ItemId, string ItemName, long Quantity, long Delivered, long PriceAmount);

/// <summary>What a clinic ordered of a supplier.</summary>
public sealed record PurchaseOrderResponse : IVersioned
{
    /// <summary>The order.</summary>
    public Guid Id { get; init; }

    /// <summary>For people, such as <c>PO-000123</c>.</summary>
    public string Number { get; init; } = "";

    /// <summary>Of whom.</summary>
    public Guid SupplierId { get; init; }

    /// <summary>Where it stands.</summary>
    public PurchaseOrderStatus Status { get; init; }

    /// <summary>ISO 4217.</summary>
    public string Currency { get; init; } = "";

    /// <summary>When it should come.</summary>
    public DateOnly? ExpectedOn { get; init; }

    /// <summary>For the supplier.</summary>
    public string? Note { get; init; }

    /// <summary>When it was ordered.</summary>
    public DateTimeOffset OrderedAt { get; init; }

    /// <summary>When all had come, or the rest was cancelled.</summary>
    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>Why the rest was cancelled.</summary>
    public string? CancelReason { get; init; }

    /// <summary>What was ordered.</summary>
    public IReadOnlyList<PurchaseOrderLineResponse> Lines { get; init; } = [];

    /// <inheritdoc />
    public int Version { get; init; }

    internal static IQueryable<PurchaseOrderResponse> From(CarelineDb db, IQueryable<PurchaseOrder> orders) => orders.Select(o => new PurchaseOrderResponse
    {
        Id = o.Id,
        Number = o.Number,
        SupplierId = o.SupplierId,
        Status = o.Status,
        Currency = o.Currency,
        ExpectedOn = o.ExpectedOn,
        Note = o.Note,
        OrderedAt = o.OrderedAt,
        ClosedAt = o.ClosedAt,
        CancelReason = o.CancelReason,
        Lines = (from l in db.Set<PurchaseOrderLine>()
                 join i in db.Set<StockItem>() on l.ItemId equals i.Id
                 where l.OrderId == o.Id
                 orderby l.Position
                 select new PurchaseOrderLineResponse(l.Id, l.ItemId, i.Name, l.Quantity, l.Delivered, l.PriceAmount)).ToList(),
        Version = o.Version,
    });
}
