namespace Careline.Clinics.Stock.Items;

/// <summary>What is said of something that a clinic keeps.</summary>
/// <param name="Name">As it stands on the shelf.</param>
/// <param name="Sku">The clinic's own code, once per clinic.</param>
/// <param name="Unit">What is counted, such as <c>tablet</c>.</param>
/// <param name="Currency">ISO 4217, of its sale price.</param>
/// <param name="Barcode">Once per clinic.</param>
/// <param name="MedicineId">The medicine of the catalogue that it is, so that handing that out takes it from here.</param>
/// <param name="Strength">Such as <c>500 mg</c>.</param>
/// <param name="Form">Such as <c>tablet</c>.</param>
/// <param name="ReorderLevel">With so much or less it is short.</param>
/// <param name="ReorderQuantity">How much is usually ordered.</param>
/// <param name="SalePriceAmount">Of one unit, in minor units.</param>
/// <param name="IsActive">Whether it is still kept.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record StockItemRequest(
    [Required, StringLength(200, MinimumLength = 1)] string Name,
    [Required, StringLength(64, MinimumLength = 1)] string Sku,
    [Required, StringLength(40, MinimumLength = 1)] string Unit,
    [Required, RegularExpression("^[A-Z]{3}$", ErrorMessage = "An ISO 4217 code, such as NGN.")] string Currency,
    [StringLength(64, MinimumLength = 1)] string? Barcode = null,
    Guid? MedicineId = null,
    [StringLength(100, MinimumLength = 1)] string? Strength = null,
    [StringLength(40, MinimumLength = 1)] string? Form = null,
    [Range(0, 100_000_000)] long ReorderLevel = 0,
    [Range(0, 100_000_000)] long ReorderQuantity = 0,
    [Range(0, 1_000_000_000_000)] long? SalePriceAmount = null,
    bool IsActive = true)
{
    internal static StockItemRequest Of(StockItem item) => new(
        item.Name, item.Sku, item.Unit, item.Currency, item.Barcode, item.MedicineId, item.Strength, item.Form, item.ReorderLevel, item.ReorderQuantity, item.SalePriceAmount,
        item.IsActive);
}
