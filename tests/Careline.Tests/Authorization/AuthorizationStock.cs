namespace Careline.Tests.Authorization;

/// <content>Stock: who keeps it writes, who cares for patients reads levels, the platform's administrators read.</content>
internal static partial class AuthorizationTable
{
    private const string Stock =
        """


        401  404  404  ok   404  404  ok   404  404  ok   ok   ok   ok  | GET /api/eclinic/clinics/{id:guid}/inventory/items/
        401  404  404  403  404  404  403  404  404  ok   ok   403  403 | POST /api/eclinic/clinics/{id:guid}/inventory/items/
        401  404  404  ok   404  404  ok   404  404  ok   ok   ok   ok  | GET /api/eclinic/clinics/{id:guid}/inventory/items/{itemId:guid}/
        401  404  404  403  404  404  403  404  404  ok   ok   403  403 | PUT /api/eclinic/clinics/{id:guid}/inventory/items/{itemId:guid}/
        401  404  404  403  404  404  403  404  404  ok   ok   403  403 | PATCH /api/eclinic/clinics/{id:guid}/inventory/items/{itemId:guid}/
        401  404  404  403  404  404  403  404  404  ok   ok   403  403 | POST /api/eclinic/clinics/{id:guid}/inventory/items/{itemId:guid}/batches/
        401  404  404  403  404  404  403  404  404  ok   ok   ok   ok  | GET /api/eclinic/clinics/{id:guid}/inventory/batches/
        401  404  404  403  404  404  403  404  404  ok   ok   403  403 | POST /api/eclinic/clinics/{id:guid}/inventory/batches/{batchId:guid}/correct/
        401  404  404  403  404  404  403  404  404  ok   ok   ok   ok  | GET /api/eclinic/clinics/{id:guid}/inventory/movements/
        401  404  404  403  404  404  403  404  404  ok   ok   403  403 | POST /api/eclinic/clinics/{id:guid}/inventory/movements/
        401  404  404  403  404  404  403  404  404  ok   ok   403  403 | POST /api/eclinic/clinics/{id:guid}/inventory/transfers/ | Must be another clinic whose stock you keep.
        401  404  404  403  404  404  403  404  404  ok   ok   ok   ok  | GET /api/eclinic/clinics/{id:guid}/inventory/counts/
        401  404  404  403  404  404  403  404  404  ok   ok   403  403 | POST /api/eclinic/clinics/{id:guid}/inventory/counts/
        401  404  404  403  404  404  403  404  404  ok   ok   ok   ok  | GET /api/eclinic/clinics/{id:guid}/inventory/suppliers/
        401  404  404  403  404  404  403  404  404  ok   ok   403  403 | POST /api/eclinic/clinics/{id:guid}/inventory/suppliers/
        401  404  404  403  404  404  403  404  404  ok   ok   403  403 | PUT /api/eclinic/clinics/{id:guid}/inventory/suppliers/{supplierId:guid}/
        401  404  404  403  404  404  403  404  404  ok   ok   ok   ok  | GET /api/eclinic/clinics/{id:guid}/inventory/orders/
        401  404  404  403  404  404  403  404  404  ok   ok   403  403 | POST /api/eclinic/clinics/{id:guid}/inventory/orders/
        401  404  404  403  404  404  403  404  404  ok   ok   ok   ok  | GET /api/eclinic/clinics/{id:guid}/inventory/orders/{orderId:guid}/
        401  404  404  403  404  404  403  404  404  ok   ok   403  403 | POST /api/eclinic/clinics/{id:guid}/inventory/orders/{orderId:guid}/deliveries/
        401  404  404  403  404  404  403  404  404  ok   ok   403  403 | POST /api/eclinic/clinics/{id:guid}/inventory/orders/{orderId:guid}/cancel/
        401  404  404  403  404  404  403  404  404  ok   ok   ok   ok  | GET /api/eclinic/clinics/{id:guid}/inventory/summary/
        """;
}

/// <content>What the clinic keeps.</content>
public sealed partial class AuthorizationWorld
{
    private async Task StockAsync()
    {
        var (keeper, stock) = (People[10]!, $"/api/eclinic/clinics/{_clinic}/inventory/");
        var item = Made(await keeper.PostAsync(stock + "items/", StockItem()));
        var batch = new { number = "B-1", quantity = 1_000, price_amount = 5, currency = "NGN" };
        var kept = Made(await keeper.PostAsync($"{stock}items/{item}/batches/", batch));
        var supplier = Made(await keeper.PostAsync(stock + "suppliers/", new { name = "Wholesale" }));
        var order = new { supplier_id = supplier, currency = "NGN", lines = new[] { new { item_id = item, quantity = 1_000, price_amount = 5 } } };
        var placed = await keeper.PostAsync(stock + "orders/", order);
        _ids[("{itemId}", "/")] = item;
        _ids[("{batchId}", "/")] = kept;
        _ids[("{supplierId}", "/")] = supplier;
        _ids[("{orderId}", "/")] = Made(placed);
        const string Of = "/api/eclinic/clinics/{id}/inventory/";
        _bodies[$"POST {Of}items/"] = (Func<object>)StockItem;
        _bodies[$"PUT {Of}items/{{itemId}}/"] = StockItem();
        _bodies[$"POST {Of}items/{{itemId}}/batches/"] = batch;
        _bodies[$"POST {Of}movements/"] = new { batch_id = kept, kind = "correction", quantity = 1, reason = "Found" };
        _bodies[$"POST {Of}batches/{{batchId}}/correct/"] = new { number = "B-1", reason = "Misread" };
        _bodies[$"POST {Of}transfers/"] = new { batch_id = kept, quantity = 1, to_clinic_id = _clinic };
        _bodies[$"POST {Of}counts/"] = new { lines = new[] { new { batch_id = kept, counted = 1_000 } }, reason = "Year's end" };
        _bodies[$"POST {Of}suppliers/"] = (Func<object>)(() => new { name = $"Wholesale {Guid.CreateVersion7()}" });
        _bodies[$"PUT {Of}suppliers/{{supplierId}}/"] = new { name = "Wholesale" };
        _bodies[$"POST {Of}orders/"] = order;
        _bodies[$"POST {Of}orders/{{orderId}}/deliveries/"] =
            new { lines = new[] { new { line_id = placed.Data.GetProperty("lines")[0].GetProperty("id").GetGuid(), quantity = 1, batch_number = "B-1" } } };
        _bodies[$"POST {Of}orders/{{orderId}}/cancel/"] = new { reason = "Out of production" };
    }

    private static object StockItem() => new { name = "Gauze", sku = $"G{Guid.CreateVersion7():N}", unit = "piece", currency = "NGN" };
}
