using Careline.Clinics.Stock.Batches;

namespace Careline.Clinics.Stock.Items;

/// <summary>Something that a clinic keeps.</summary>
public sealed record StockItemResponse : IVersioned
{
    /// <summary>The item.</summary>
    public Guid Id { get; init; }

    /// <summary>The clinic.</summary>
    public Guid ClinicId { get; init; }

    /// <summary>As it stands on the shelf.</summary>
    public string Name { get; init; } = "";

    /// <summary>The clinic's own code.</summary>
    public string Sku { get; init; } = "";

    /// <summary>The barcode.</summary>
    public string? Barcode { get; init; }

    /// <summary>What is counted.</summary>
    public string Unit { get; init; } = "";

    /// <summary>The medicine of the catalogue.</summary>
    public Guid? MedicineId { get; init; }

    /// <summary>Such as <c>500 mg</c>.</summary>
    public string? Strength { get; init; }

    /// <summary>Such as <c>tablet</c>.</summary>
    public string? Form { get; init; }

    /// <summary>With so much or less it is short.</summary>
    public long ReorderLevel { get; init; }

    /// <summary>How much is usually ordered.</summary>
    public long ReorderQuantity { get; init; }

    /// <summary>Of one unit, in minor units.</summary>
    public long? SalePriceAmount { get; init; }

    /// <summary>ISO 4217.</summary>
    public string Currency { get; init; } = "";

    /// <summary>Whether it is still kept.</summary>
    public bool IsActive { get; init; }

    /// <summary>How much lies on the shelf.</summary>
    public long Level { get; init; }

    /// <summary>How much of it may be handed out: what has not expired.</summary>
    public long Available { get; init; }

    /// <summary>Whether what may be handed out is at or below its reorder level.</summary>
    public bool IsShort { get; init; }

    /// <summary>When the first of what there is expires, or has expired.</summary>
    public DateOnly? FirstExpiresOn { get; init; }

    /// <summary>Last change of what is said of it.</summary>
    public DateTimeOffset UpdatedAt { get; init; }

    /// <inheritdoc />
    public int Version { get; init; }

    internal static IQueryable<StockItemResponse> From(CarelineDb db, IQueryable<StockItem> items, DateOnly today) =>
        from i in items
        let available = db.Set<StockBatch>().Where(b => b.ItemId == i.Id && b.Level > 0 && (b.ExpiresOn == null || b.ExpiresOn >= today)).Sum(b => b.Level)
        select new StockItemResponse
        {
            Id = i.Id,
            ClinicId = i.ClinicId,
            Name = i.Name,
            Sku = i.Sku,
            Barcode = i.Barcode,
            Unit = i.Unit,
            MedicineId = i.MedicineId,
            Strength = i.Strength,
            Form = i.Form,
            ReorderLevel = i.ReorderLevel,
            ReorderQuantity = i.ReorderQuantity,
            SalePriceAmount = i.SalePriceAmount,
            Currency = i.Currency,
            IsActive = i.IsActive,
            Level = db.Set<StockBatch>().Where(b => b.ItemId == i.Id).Sum(b => b.Level),
            Available = available,
            IsShort = available <= i.ReorderLevel,
            FirstExpiresOn = db.Set<StockBatch>().Where(b => b.ItemId == i.Id && b.Level > 0).Min(b => b.ExpiresOn),
            UpdatedAt = i.UpdatedAt,
            Version = i.Version,
        };
}
