using Careline.Tests.Prescriptions;
using Careline.Tests.Support;

namespace Careline.Tests.Clinics.Stock;

/// <summary>A pharmacy, who keeps its stock, and what tests say of it in one phrase.</summary>
internal sealed record Stocked(TestApp App, Guid Clinic, Person Pharmacist) : IDisposable
{
    private static int _items;

    public string Path => $"/api/eclinic/clinics/{Clinic}/inventory/";

    public static async Task<Stocked> OpenAsync(TestApp app)
    {
        var (clinic, pharmacist) = await app.PharmacyAsync();
        return new Stocked(app, clinic, pharmacist);
    }

    public string Day(int ahead) => DateOnly.FromDateTime(App.Now.UtcDateTime).AddDays(ahead).ToString("yyyy-MM-dd", null);

    public static object Item(string? name = null, long reorder = 0, Guid? medicine = null, string? strength = null, string? form = null)
    {
        var number = Interlocked.Increment(ref _items);
        return new
        {
            name = name ?? $"Item {number}",
            sku = $"SKU-{number}",
            unit = "tablet",
            currency = "NGN",
            sale_price_amount = 500,
            reorder_level = reorder,
            reorder_quantity = 100,
            medicine_id = medicine,
            strength,
            form,
        };
    }

    public async Task<Guid> ItemAsync(object? item = null) => Made(await Pharmacist.PostAsync(Path + "items/", item ?? Item()));

    public async Task<Guid> BatchAsync(Guid item, long quantity, int? expiresIn = 400, string number = "B-1", long price = 100) => Made(await Pharmacist.PostAsync(
        $"{Path}items/{item}/batches/", new { number, quantity, price_amount = price, currency = "NGN", expires_on = expiresIn is { } days ? Day(days) : null }));

    public async Task<Guid> SupplierAsync(string name = "Lagoon Wholesale") => Made(await Pharmacist.PostAsync(Path + "suppliers/", new { name, contact = "Rep's desk" }));

    public async Task<long> LevelAsync(Guid item) => (await Pharmacist.GetAsync($"{Path}items/{item}/")).Data.GetProperty("level").GetInt64();

    /// <summary>What the rows of the batches say, and what the book comes to.</summary>
    public async Task<(long Level, long Sum)> BothAsync(Guid item) => (
        (long)(decimal)(await App.SqlAsync("SELECT coalesce(sum(level), 0) FROM clinics.stock_batches WHERE item_id = $1", item))!,
        (long)(decimal)(await App.SqlAsync("SELECT coalesce(sum(quantity), 0) FROM clinics.stock_movements WHERE item_id = $1", item))!);

    public static Guid Made(Reply reply) => reply.Status == 201 ? reply.Id : throw new InvalidOperationException($"{reply.Status}: {reply.Text}");

    public void Dispose() => Pharmacist.Dispose();
}
