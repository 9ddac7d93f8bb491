namespace Careline.Clinics.Stock.Items;

/// <summary>Something that a clinic keeps. How much there is stands in its batches.</summary>
internal sealed class StockItem : IVersioned
{
    private StockItem()
    {
    }

    public Guid Id { get; private set; }

    public Guid ClinicId { get; private set; }

    public string Name { get; private set; } = "";

    public string Sku { get; private set; } = "";

    public string? Barcode { get; private set; }

    public string Unit { get; private set; } = "";

    /// <summary>A medicine of the catalogue, which belongs to a module above: an id and nothing more.</summary>
    public Guid? MedicineId { get; private set; }

    public string? Strength { get; private set; }

    public string? Form { get; private set; }

    public long ReorderLevel { get; private set; }

    public long ReorderQuantity { get; private set; }

    public long? SalePriceAmount { get; private set; }

    public string Currency { get; private set; } = "";

    public bool IsActive { get; private set; }

    /// <summary>When its shortage was told; empty again once it has recovered.</summary>
    public DateTimeOffset? ShortToldAt { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset UpdatedAt { get; private set; }

    public int Version { get; private set; } = 1;

    public static StockItem Add(Guid id, Guid clinicId, StockItemRequest request, DateTimeOffset now)
    {
        var item = new StockItem { Id = id, ClinicId = clinicId, CreatedAt = now };
        item.Replace(request, now);
        return item;
    }

    public void Replace(StockItemRequest request, DateTimeOffset now)
    {
        (Name, Sku, Barcode, Unit) = (request.Name, request.Sku, request.Barcode, request.Unit);
        (MedicineId, Strength, Form) = (request.MedicineId, request.Strength, request.Form);
        (ReorderLevel, ReorderQuantity) = (request.ReorderLevel, request.ReorderQuantity);
        (SalePriceAmount, Currency, IsActive) = (request.SalePriceAmount, request.Currency, request.IsActive);
        UpdatedAt = now;
    }

    internal sealed class Mapping : IEntityTypeConfiguration<StockItem>
    {
        public void Configure(EntityTypeBuilder<StockItem> builder)
        {
            builder.ToTable("stock_items", "clinics");
            builder.Property(i => i.Id).ValueGeneratedNever();
        }
    }
}
