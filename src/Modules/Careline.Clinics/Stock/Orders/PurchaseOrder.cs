namespace Careline.Clinics.Stock.Orders;

/// <summary>Where an order stands.</summary>
public enum PurchaseOrderStatus
{
    /// <summary>Nothing has come.</summary>
    Ordered,

    /// <summary>Some of it has come.</summary>
    PartlyDelivered,

    /// <summary>All of it has come.</summary>
    Delivered,

    /// <summary>What has not come will not.</summary>
    Cancelled,
}

/// <summary>What a clinic ordered of a supplier.</summary>
internal sealed class PurchaseOrder : IVersioned
{
    private PurchaseOrder()
    {
    }

    public Guid Id { get; private set; }

    public string Number { get; private set; } = null!;

    public Guid ClinicId { get; private set; }

    public Guid SupplierId { get; private set; }

    public PurchaseOrderStatus Status { get; private set; }

    public string Currency { get; private set; } = "";

    public DateOnly? ExpectedOn { get; private set; }

    public string? Note { get; private set; }

    public Guid OrderedBy { get; private set; }

    public DateTimeOffset OrderedAt { get; private set; }

    public DateTimeOffset? ClosedAt { get; private set; }

    public string? CancelReason { get; private set; }

    public int Version { get; private set; } = 1;

    public List<PurchaseOrderLine> Lines { get; } = [];

    public static PurchaseOrder Place(Guid id, Guid clinicId, PurchaseOrderRequest request, Guid by, DateTimeOffset now)
    {
        var order = new PurchaseOrder
        {
            Id = id,
            ClinicId = clinicId,
            SupplierId = request.SupplierId,
            Currency = request.Currency,
            ExpectedOn = request.ExpectedOn,
            Note = request.Note,
            OrderedBy = by,
            OrderedAt = now,
        };
        order.Lines.AddRange(request.Lines.Select((line, i) => new PurchaseOrderLine(Ids.New(now), line.ItemId, i + 1, line.Quantity, line.PriceAmount)));
        return order;
    }

    /// <exception cref="RuleViolation">OVER_DELIVERED.</exception>
    public void Receive(PurchaseOrderLine line, long quantity, DateTimeOffset now)
    {
        line.Receive(quantity);
        var isAll = Lines.TrueForAll(l => l.Delivered == l.Quantity);
        Status = isAll ? PurchaseOrderStatus.Delivered : PurchaseOrderStatus.PartlyDelivered;
        ClosedAt = isAll ? now : null;
    }

    /// <exception cref="RuleViolation">ORDER_CLOSED.</exception>
    public void Cancel(string reason, DateTimeOffset now)
    {
        MustBeOpen();
        (Status, CancelReason, ClosedAt) = (PurchaseOrderStatus.Cancelled, reason, now);
    }

    public void MustBeOpen()
    {
        if (Status is PurchaseOrderStatus.Delivered or PurchaseOrderStatus.Cancelled)
        {
            throw new RuleViolation("ORDER_CLOSED", "It was delivered or cancelled before.", new { status = Status });
        }
    }

    internal sealed class Mapping : IEntityTypeConfiguration<PurchaseOrder>, IEntityTypeConfiguration<PurchaseOrderLine>
    {
        public void Configure(EntityTypeBuilder<PurchaseOrder> builder)
        {
            builder.ToTable("purchase_orders", "clinics");
            builder.Property(o => o.Id).ValueGeneratedNever();
            builder.Property(o => o.Number).ValueGeneratedOnAdd();
            builder.HasMany(o => o.Lines).WithOne().HasForeignKey(l => l.OrderId);
        }

        public void Configure(EntityTypeBuilder<PurchaseOrderLine> builder)
        {
            builder.ToTable("purchase_order_lines", "clinics");
            builder.Property(l => l.Id).ValueGeneratedNever();
        }
    }
}

/// <summary>One of the things that were ordered.</summary>
internal sealed class PurchaseOrderLine(Guid id, Guid itemId, int position, long quantity, long priceAmount)
{
    public Guid Id { get; private set; } = id;

    public Guid OrderId { get; private set; }

    public Guid ItemId { get; private set; } = itemId;

    public int Position { get; private set; } = position;

    public long Quantity { get; private set; } = quantity;

    public long Delivered { get; private set; }

    public long PriceAmount { get; private set; } = priceAmount;

    public void Receive(long units)
    {
        if (Delivered + units > Quantity)
        {
            throw new RuleViolation("OVER_DELIVERED", "More came than was ordered: order the rest, or take it in without an order.", new { line_id = Id, open = Quantity - Delivered });
        }

        Delivered += units;
    }
}
