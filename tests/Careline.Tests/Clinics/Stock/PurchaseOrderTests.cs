using Careline.Tests.Scheduling;
using Careline.Tests.Support;

namespace Careline.Tests.Clinics.Stock;

public sealed class PurchaseOrderTests(SharedApp app) : IClassFixture<SharedApp>
{
    [Fact]
    public async Task An_order_comes_in_parts_and_is_delivered_when_all_has_come()
    {
        using var stock = await Stocked.OpenAsync(app);
        var (order, lines, items) = await OrderAsync(stock);

        var part = await DeliverAsync(stock, order, new { line_id = lines[0], quantity = 60, batch_number = "L-1", expires_on = stock.Day(300) });

        part.Status.ShouldBe(201, part.Text);
        part.Word("status").ShouldBe("partly_delivered");
        var over = await DeliverAsync(stock, order, new { line_id = lines[0], quantity = 41, batch_number = "L-2", expires_on = stock.Day(300) });
        (over.ErrorCode, over.ErrorDetails.GetProperty("open").GetInt64()).ShouldBe(("OVER_DELIVERED", 40));
        var differs = await DeliverAsync(stock, order, new { line_id = lines[0], quantity = 40, batch_number = "L-1", expires_on = stock.Day(301) });
        differs.ErrorCode.ShouldBe("BATCH_DIFFERS");
        var all = await DeliverAsync(
            stock,
            order,
            new { line_id = lines[0], quantity = 40, batch_number = "L-1", expires_on = stock.Day(300) },
            new { line_id = lines[1], quantity = 5, batch_number = "M-1", expires_on = (string?)null });
        all.Word("status").ShouldBe("delivered");
        (await DeliverAsync(stock, order, new { line_id = lines[0], quantity = 1, batch_number = "L-9" })).ErrorCode.ShouldBe("ORDER_CLOSED");
        (await CancelAsync(stock, order)).ErrorCode.ShouldBe("ORDER_CLOSED");
        (await stock.BothAsync(items[0])).ShouldBe((100, 100));
        (await stock.BothAsync(items[1])).ShouldBe((5, 5));

        // The same batch at the same price is one batch, and its movements are two.
        (await stock.Pharmacist.GetAsync($"{stock.Path}batches/?item={items[0]}")).Total.ShouldBe(1);
        (await stock.Pharmacist.GetAsync($"{stock.Path}movements/?item={items[0]}&kind=delivery")).Total.ShouldBe(2);
        (await stock.Pharmacist.GetAsync($"{stock.Path}orders/?status=delivered")).Rows.Single().GetProperty("number").GetString()!.ShouldStartWith("PO-");
    }

    [Fact]
    public async Task What_has_not_come_is_cancelled_with_a_reason()
    {
        using var stock = await Stocked.OpenAsync(app);
        var (order, lines, _) = await OrderAsync(stock);
        (await DeliverAsync(stock, order, new { line_id = lines[0], quantity = 1, batch_number = "L-1" })).Status.ShouldBe(201);
        (await stock.Pharmacist.PostAsync($"{stock.Path}orders/{order}/cancel/", new { reason = "" })).Status.ShouldBe(400);

        var cancelled = await CancelAsync(stock, order);

        cancelled.Word("status").ShouldBe("cancelled");
        (await DeliverAsync(stock, order, new { line_id = lines[0], quantity = 1, batch_number = "L-1" })).ErrorCode.ShouldBe("ORDER_CLOSED");
    }

    [Fact]
    public async Task One_delivery_told_by_two_at_once_comes_once()
    {
        using var stock = await Stocked.OpenAsync(app);
        var (order, lines, items) = await OrderAsync(stock);

        var replies = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => DeliverAsync(stock, order, new { line_id = lines[0], quantity = 100, batch_number = "L-1" })));

        replies.Count(r => r.Status == 201).ShouldBe(1);
        replies.Where(r => r.Status != 201).ShouldAllBe(r => r.ErrorCode == "OVER_DELIVERED");
        (await stock.BothAsync(items[0])).ShouldBe((100, 100));
    }

    [Fact]
    public async Task Only_what_the_clinic_keeps_is_ordered_of_its_own_suppliers()
    {
        using var stock = await Stocked.OpenAsync(app);
        using var other = await Stocked.OpenAsync(app);
        var (item, foreign) = (await stock.ItemAsync(), await other.ItemAsync());
        var (supplier, stranger) = (await stock.SupplierAsync(), await other.SupplierAsync());
        var (order, _, _) = await OrderAsync(other, "Other Wholesale");

        (await PlaceAsync(supplier, foreign)).Status.ShouldBe(400);
        (await PlaceAsync(stranger, item)).Status.ShouldBe(400);
        (await stock.Pharmacist.PostAsync(stock.Path + "suppliers/", new { name = "LAGOON wholesale" })).ErrorCode.ShouldBe("SUPPLIER_EXISTS");
        (await stock.Pharmacist.PutAsync($"{stock.Path}suppliers/{supplier}/", new { name = "Lagoon Wholesale", is_active = false })).Status.ShouldBe(200);
        (await PlaceAsync(supplier, item)).Status.ShouldBe(400);
        (await stock.Pharmacist.GetAsync($"{stock.Path}orders/{order}/")).Status.ShouldBe(404);
        (await CancelAsync(stock, order)).Status.ShouldBe(404);
        (await DeliverAsync(stock, order, new { line_id = Guid.CreateVersion7(), quantity = 1, batch_number = "X" })).Status.ShouldBe(404);

        Task<Reply> PlaceAsync(Guid of, Guid what) => stock.Pharmacist.PostAsync(
            stock.Path + "orders/", new { supplier_id = of, currency = "NGN", lines = new[] { new { item_id = what, quantity = 1, price_amount = 1 } } });
    }

    private static async Task<(Guid Order, Guid[] Lines, Guid[] Items)> OrderAsync(Stocked stock, string supplier = "Harbour Wholesale")
    {
        Guid[] items = [await stock.ItemAsync(), await stock.ItemAsync()];
        var placed = await stock.Pharmacist.PostAsync(stock.Path + "orders/", new
        {
            supplier_id = await stock.SupplierAsync(supplier),
            currency = "NGN",
            lines = new[] { new { item_id = items[0], quantity = 100, price_amount = 20 }, new { item_id = items[1], quantity = 5, price_amount = 900 } },
        });
        placed.Status.ShouldBe(201, placed.Text);
        return (placed.Id, [.. placed.Data.GetProperty("lines").EnumerateArray().Select(l => l.GetProperty("id").GetGuid())], items);
    }

    private static Task<Reply> DeliverAsync(Stocked stock, Guid order, params object[] lines) =>
        stock.Pharmacist.PostAsync($"{stock.Path}orders/{order}/deliveries/", new { lines, note = "Delivery note 7" });

    private static Task<Reply> CancelAsync(Stocked stock, Guid order) => stock.Pharmacist.PostAsync($"{stock.Path}orders/{order}/cancel/", new { reason = "Out of production" });
}
