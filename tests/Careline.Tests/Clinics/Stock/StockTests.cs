using Careline.Clinics.Contracts;
using Careline.Platform.Data;
using Careline.Platform.Web;
using Careline.Tests.Scheduling;
using Careline.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Careline.Tests.Clinics.Stock;

public sealed class StockTests(SharedApp app) : IClassFixture<SharedApp>
{
    [Fact]
    public async Task What_is_kept_is_listed_with_its_level_and_found_by_what_matters()
    {
        using var stock = await Stocked.OpenAsync(app);
        var short_ = await stock.ItemAsync(Stocked.Item("Paracetamol 500", reorder: 20));
        var plenty = await stock.ItemAsync(Stocked.Item("Gauze"));
        await stock.BatchAsync(short_, 15, expiresIn: 10);
        await stock.BatchAsync(short_, 50, expiresIn: -1, number: "B-OLD");
        await stock.BatchAsync(plenty, 5, expiresIn: null);

        var low = await stock.Pharmacist.GetAsync(stock.Path + "items/?low=true");
        var item = low.Rows.Single();
        item.GetProperty("id").GetGuid().ShouldBe(short_);
        (item.GetProperty("level").GetInt64(), item.GetProperty("available").GetInt64(), item.GetProperty("is_short").GetBoolean()).ShouldBe((65, 15, true));
        item.GetProperty("first_expires_on").GetString().ShouldBe(stock.Day(-1));
        await IdsAsync("items/?low=false", plenty);
        await IdsAsync($"items/?expiring_before={stock.Day(11)}", short_);
        await IdsAsync("items/?search=gauze", plenty);
        await IdsAsync("items/?ordering=-name", short_, plenty);
        (await stock.Pharmacist.GetAsync($"{stock.Path}batches/?item={short_}")).Rows.Select(b => b.GetProperty("is_expired").GetBoolean()).ShouldBe([true, false]);
        (await stock.Pharmacist.GetAsync(stock.Path + "items/?low=maybe")).Status.ShouldBe(400);

        async Task IdsAsync(string query, params Guid[] ids) =>
            (await stock.Pharmacist.GetAsync(stock.Path + query)).Rows.Select(r => r.GetProperty("id").GetGuid()).ShouldBe(ids);
    }

    [Fact]
    public async Task A_code_a_barcode_and_a_medicine_stand_once_in_a_clinic()
    {
        using var stock = await Stocked.OpenAsync(app);
        using var other = await Stocked.OpenAsync(app);
        var medicine = Guid.CreateVersion7();
        var body = new { name = "Tablets", sku = "A-1", unit = "tablet", currency = "NGN", barcode = "5012345", medicine_id = medicine, strength = "500 mg", form = "tablet" };
        var added = await stock.Pharmacist.PostAsync(stock.Path + "items/", body);
        added.Status.ShouldBe(201, added.Text);

        (await stock.Pharmacist.PostAsync(stock.Path + "items/", body with { sku = "a-1", barcode = "6", strength = "250 mg" })).ErrorCode.ShouldBe("SKU_TAKEN");
        (await stock.Pharmacist.PostAsync(stock.Path + "items/", body with { sku = "A-2", strength = "250 mg" })).ErrorCode.ShouldBe("BARCODE_TAKEN");
        (await stock.Pharmacist.PostAsync(stock.Path + "items/", body with { sku = "A-2", barcode = "6", strength = "500MG" })).ErrorCode.ShouldBe("MEDICINE_TAKEN");
        (await other.Pharmacist.PostAsync(other.Path + "items/", body)).Status.ShouldBe(201);
        var at = $"{stock.Path}items/{added.Id}/";
        (await stock.Pharmacist.PatchAsync(at, new { name = "Renamed" }, ("If-Match", added.ETag!))).Word("name").ShouldBe("Renamed");
        (await stock.Pharmacist.PatchAsync(at, new { name = "Late" }, ("If-Match", added.ETag!))).Status.ShouldBe(412);
        (await stock.Pharmacist.PostAsync(stock.Path + "items/", new { name = "X", sku = "Y", unit = "z", currency = "NGN", level = 5 })).Status.ShouldBe(400);
        (await other.Pharmacist.PatchAsync($"{other.Path}items/{added.Id}/", new { name = "Mine" })).Status.ShouldBe(404);
    }

    [Fact]
    public async Task Who_keeps_it_writes_and_who_cares_reads_levels_and_to_others_it_is_not_there()
    {
        using var stock = await Stocked.OpenAsync(app);
        using var elsewhere = await Stocked.OpenAsync(app);
        var item = await stock.ItemAsync();
        using var nurse = await app.StaffAsync("nurse", stock.Clinic);
        using var desk = await app.StaffAsync("receptionist", stock.Clinic);
        using var admin = await app.AdminAsync();
        using var patient = await app.PatientAsync();

        (await nurse.GetAsync(stock.Path + "items/")).Rows.Single().GetProperty("id").GetGuid().ShouldBe(item);
        foreach (var books in (string[])["batches/", "movements/", "orders/", "suppliers/", "counts/", "summary/"])
        {
            (await nurse.GetAsync(stock.Path + books)).Status.ShouldBe(403, books);
            (await admin.GetAsync(stock.Path + books)).Status.ShouldBe(200, books);
            foreach (var stranger in (Person[])[desk, elsewhere.Pharmacist, patient])
            {
                (await stranger.GetAsync(stock.Path + books)).Status.ShouldBe(404, books);
            }
        }

        (await nurse.PostAsync(stock.Path + "items/", Stocked.Item())).Status.ShouldBe(403);
        (await admin.PostAsync(stock.Path + "items/", Stocked.Item())).Status.ShouldBe(403);
        (await desk.PostAsync(stock.Path + "items/", new { })).Status.ShouldBe(404);
        (await elsewhere.Pharmacist.PostAsync(stock.Path + "items/", new { })).Status.ShouldBe(404);
    }

    [Fact]
    public async Task By_hand_it_is_written_off_taken_back_and_put_right_with_a_reason_and_never_below_nothing()
    {
        using var stock = await Stocked.OpenAsync(app);
        var item = await stock.ItemAsync();
        var batch = await stock.BatchAsync(item, 10);

        (await MoveAsync("write_off", 3)).Data.GetProperty("quantity").GetInt64().ShouldBe(-3);
        (await MoveAsync("correction", -2)).Status.ShouldBe(201);
        (await MoveAsync("return", 1)).Status.ShouldBe(201);
        var much = await MoveAsync("write_off", 7);
        (much.Status, much.ErrorCode, much.ErrorDetails.GetProperty("available").GetInt64()).ShouldBe((409, "INSUFFICIENT_STOCK", 6));
        (await MoveAsync("dispense", 1)).Status.ShouldBe(400);
        (await MoveAsync("write_off", -1)).Status.ShouldBe(400);
        (await MoveAsync("write_off", 1, " ")).Status.ShouldBe(400);
        (await MoveAsync("correction", 0)).Status.ShouldBe(400);

        (await stock.LevelAsync(item)).ShouldBe(6);
        var book = (await stock.Pharmacist.GetAsync($"{stock.Path}movements/?batch={batch}")).Rows.ToList();
        book.Select(m => m.GetProperty("kind").GetString()).ShouldBe(["return", "correction", "write_off", "delivery"]);
        book.ShouldAllBe(m => m.GetProperty("moved_by").GetGuid() == stock.Pharmacist.UserId);

        Task<Reply> MoveAsync(string kind, long quantity, string reason = "Broken glass") =>
            stock.Pharmacist.PostAsync(stock.Path + "movements/", new { batch_id = batch, kind, quantity, reason });
    }

    [Theory]
    [InlineData("UPDATE clinics.stock_movements SET quantity = 99 WHERE item_id = $1")]
    [InlineData("DELETE FROM clinics.stock_movements WHERE item_id = $1")]
    [InlineData("DELETE FROM clinics.stock_batches WHERE item_id = $1")]
    [InlineData("UPDATE clinics.stock_batches SET level = 99 WHERE item_id = $1")]
    [InlineData("INSERT INTO clinics.stock_batches SELECT gen_random_uuid(), clinic_id, item_id, NULL, 'B-9', NULL, 0, 'NGN', received_at, 9 FROM clinics.stock_batches WHERE item_id = $1")]
    [InlineData("INSERT INTO clinics.stock_movements SELECT gen_random_uuid(), clinic_id, item_id, batch_id, 'write_off', -11, 'x', NULL, moved_by, at FROM clinics.stock_movements WHERE item_id = $1")]
    [InlineData("INSERT INTO clinics.stock_movements SELECT gen_random_uuid(), clinic_id, item_id, batch_id, 'correction', 1, NULL, NULL, moved_by, at FROM clinics.stock_movements WHERE item_id = $1")]
    public async Task The_database_itself_keeps_the_book_and_the_level_together(string statement)
    {
        using var stock = await Stocked.OpenAsync(app);
        var item = await stock.ItemAsync();
        await stock.BatchAsync(item, 10);

        await Should.ThrowAsync<PostgresException>(() => app.SqlAsync(statement, item));

        (await stock.BothAsync(item)).ShouldBe((10, 10));
    }

    [Fact]
    public async Task What_expires_first_goes_first_over_several_batches_and_never_what_has_expired()
    {
        using var stock = await Stocked.OpenAsync(app);
        var item = await stock.ItemAsync();
        await stock.BatchAsync(item, 10, expiresIn: null, number: "KEEPS");
        await stock.BatchAsync(item, 10, expiresIn: 100, number: "LATE");
        await stock.BatchAsync(item, 10, expiresIn: -1, number: "GONE");
        await stock.BatchAsync(item, 10, expiresIn: 0, number: "TODAY");
        await stock.BatchAsync(item, 10, expiresIn: 50, number: "SOON");

        var taken = await TakeAsync(stock, item, 25);

        taken.Select(t => (t.Number, t.Quantity)).ShouldBe([("TODAY", 10), ("SOON", 10), ("LATE", 5)]);
        var refused = await Should.ThrowAsync<RuleViolation>(() => TakeAsync(stock, item, 16));
        refused.Code.ShouldBe("INSUFFICIENT_STOCK");
        (await TakeAsync(stock, item, 15)).Select(t => t.Number).ShouldBe(["LATE", "KEEPS"]);
        (await stock.BothAsync(item)).ShouldBe((10, 10));
    }

    [Fact]
    public async Task The_same_reference_takes_once_and_is_put_back_once()
    {
        using var stock = await Stocked.OpenAsync(app);
        var item = await stock.ItemAsync();
        await stock.BatchAsync(item, 6, expiresIn: 5, number: "A");
        await stock.BatchAsync(item, 6, expiresIn: 9, number: "B");
        var reference = Guid.CreateVersion7();

        var first = await TakeAsync(stock, item, 8, reference);
        var again = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => TakeAsync(stock, item, 8, reference)));

        again.ShouldAllBe(taken => taken.SequenceEqual(first));
        (await stock.BothAsync(item)).ShouldBe((4, 4));
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => InTransactionAsync(s => s.ReturnAsync(reference, stock.Pharmacist.UserId, "mistake", CancellationToken.None))));
        (await stock.BothAsync(item)).ShouldBe((12, 12));
    }

    [Fact]
    public async Task Sixty_four_at_once_take_what_there_is_and_no_more()
    {
        using var stock = await Stocked.OpenAsync(app);
        var item = await stock.ItemAsync();
        await stock.BatchAsync(item, 50, expiresIn: 5, number: "A");
        await stock.BatchAsync(item, 47, expiresIn: 9, number: "B");

        var taken = await Task.WhenAll(Enumerable.Range(0, 64).Select(async _ =>
        {
            try
            {
                return (await TakeAsync(stock, item, 3)).Sum(t => t.Quantity);
            }
            catch (RuleViolation short_) when (short_.Code == "INSUFFICIENT_STOCK")
            {
                return 0;
            }
        }));

        taken.Count(quantity => quantity == 3).ShouldBe(32);
        (await stock.BothAsync(item)).ShouldBe((1, 1));
    }

    [Fact]
    public async Task What_was_misread_of_a_batch_is_put_right_and_what_stood_there_is_kept()
    {
        using var stock = await Stocked.OpenAsync(app);
        using var other = await Stocked.OpenAsync(app);
        var item = await stock.ItemAsync();
        var (dear, cheap) = (await stock.BatchAsync(item, 5, expiresIn: 10, number: "O-1", price: 200), await stock.BatchAsync(item, 5, expiresIn: 10, number: "O-1"));
        await stock.BatchAsync(item, 5, expiresIn: 90, number: "TAKEN");
        await app.SqlAsync("INSERT INTO clinics.stock_expiry_warnings (batch_id, stage, told_at) VALUES ($1, 30, $2)", dear, app.Now);

        (await CorrectAsync(stock, new { number = "TAKEN", expires_on = stock.Day(400), reason = "Misread" })).ErrorCode.ShouldBe("BATCH_DIFFERS");
        (await CorrectAsync(stock, new { number = "0-1", expires_on = stock.Day(400) })).Status.ShouldBe(400);
        (await CorrectAsync(other, new { number = "0-1", reason = "Not mine" })).Status.ShouldBe(404);
        var right = await CorrectAsync(stock, new { number = "0-1", expires_on = stock.Day(400), reason = "Misread" });

        right.Status.ShouldBe(200, right.Text);
        (right.Word("number"), right.Word("expires_on"), right.Data.GetProperty("level").GetInt64()).ShouldBe(("0-1", stock.Day(400), 5));
        (await app.SqlAsync("SELECT count(*) FROM clinics.stock_batches WHERE item_id = $1 AND number = '0-1'", item)).ShouldBe(2L);
        (await app.SqlAsync("SELECT count(*) FROM clinics.stock_batch_corrections WHERE batch_id IN ($1, $2) AND number = 'O-1' AND reason = 'Misread'", dear, cheap)).ShouldBe(2L);
        (await app.SqlAsync("SELECT count(*) FROM clinics.stock_expiry_warnings WHERE batch_id = $1", dear)).ShouldBe(0L);
        await Should.ThrowAsync<PostgresException>(() => app.SqlAsync("DELETE FROM clinics.stock_batch_corrections"));
        (await stock.BothAsync(item)).ShouldBe((15, 15));

        Task<Reply> CorrectAsync(Stocked by, object body) => by.Pharmacist.PostAsync($"{by.Path}batches/{dear}/correct/", body);
    }

    [Theory]
    [InlineData("0001-01-01")]
    [InlineData("9999-12-31")]
    [InlineData("2030-02-30")]
    [InlineData("soon")]
    public async Task A_day_that_is_none_is_refused(string day)
    {
        using var stock = await Stocked.OpenAsync(app);
        var item = await stock.ItemAsync();

        var refused = await stock.Pharmacist.PostAsync($"{stock.Path}items/{item}/batches/", new { number = "X", quantity = 1, price_amount = 1, currency = "NGN", expires_on = day });

        (refused.Status, (await stock.BothAsync(item)).Sum).ShouldBe((400, 0));
    }

    [Fact]
    public async Task A_count_puts_the_book_right()
    {
        using var stock = await Stocked.OpenAsync(app);
        var item = await stock.ItemAsync();
        var (more, less, same) = (await stock.BatchAsync(item, 10, number: "A"), await stock.BatchAsync(item, 10, number: "B"), await stock.BatchAsync(item, 10, number: "C"));
        object[] lines = [new { batch_id = more, counted = 12 }, new { batch_id = less, counted = 0 }, new { batch_id = same, counted = 10 }];

        var counted = await stock.Pharmacist.PostAsync(stock.Path + "counts/", new { lines, reason = "Year's end" });

        counted.Status.ShouldBe(201, counted.Text);
        counted.Data.GetProperty("lines").EnumerateArray().Sum(l => l.GetProperty("difference").GetInt64()).ShouldBe(-8);
        (await stock.Pharmacist.GetAsync($"{stock.Path}movements/?kind=count")).Total.ShouldBe(2);
        (await stock.Pharmacist.GetAsync(stock.Path + "counts/")).Rows.Single().GetProperty("lines").GetArrayLength().ShouldBe(3);
        (await stock.BothAsync(item)).ShouldBe((22, 22));
        (await stock.Pharmacist.PostAsync(stock.Path + "counts/", new { lines, reason = "" })).Status.ShouldBe(400);
        (await stock.Pharmacist.PostAsync(stock.Path + "counts/", new { lines = new[] { lines[0], lines[0] }, reason = "Twice" })).Status.ShouldBe(400);
        (await stock.Pharmacist.PostAsync(stock.Path + "counts/", new { lines = new[] { new { batch_id = Guid.CreateVersion7(), counted = 1 } }, reason = "X" })).Status.ShouldBe(400);
    }

    [Fact]
    public async Task What_goes_to_another_clinic_comes_there()
    {
        using var here = await Stocked.OpenAsync(app);
        using var there = await Stocked.OpenAsync(app);
        var body = Stocked.Item();
        var (from, to) = (await here.ItemAsync(body), await there.ItemAsync(body));
        var batch = await here.BatchAsync(from, 10, expiresIn: 30, number: "T-1");
        var request = new { batch_id = batch, quantity = 4, to_clinic_id = there.Clinic };
        (await here.Pharmacist.PostAsync(here.Path + "transfers/", request)).Status.ShouldBe(400);
        await app.JoinClinicAsync(here.Pharmacist.UserId, there.Clinic, "pharmacist");

        var sent = await here.Pharmacist.PostAsync(here.Path + "transfers/", request);

        sent.Status.ShouldBe(201, sent.Text);
        ((await here.BothAsync(from)).Level, (await there.BothAsync(to)).Level).ShouldBe((6, 4));
        var came = (await there.Pharmacist.GetAsync(there.Path + "batches/")).Rows.Single();
        (came.GetProperty("number").GetString(), came.GetProperty("expires_on").GetString()).ShouldBe(("T-1", here.Day(30)));
        (await here.Pharmacist.PostAsync(here.Path + "transfers/", request with { quantity = 7 })).ErrorCode.ShouldBe("INSUFFICIENT_STOCK");
        ((await here.BothAsync(from)).Sum, (await there.BothAsync(to)).Sum).ShouldBe((6, 4));
    }

    [Fact]
    public async Task Figures_say_what_it_is_worth_and_what_moved()
    {
        using var stock = await Stocked.OpenAsync(app);
        var item = await stock.ItemAsync(Stocked.Item(reorder: 5));
        await stock.BatchAsync(item, 10, expiresIn: 20, number: "A", price: 250);
        await stock.BatchAsync(item, 4, expiresIn: -2, number: "B", price: 100);
        await TakeAsync(stock, item, 6);

        var summary = (await stock.Pharmacist.GetAsync(stock.Path + "summary/")).Data;

        (summary.GetProperty("items").GetInt64(), summary.GetProperty("short").GetInt64()).ShouldBe((1, 1));
        (summary.GetProperty("expired").GetInt64(), summary.GetProperty("expiring").GetInt64()).ShouldBe((1, 1));
        var value = summary.GetProperty("value").EnumerateArray().Single();
        (value.GetProperty("currency").GetString(), value.GetProperty("value_amount").GetDecimal(), value.GetProperty("expired_amount").GetDecimal()).ShouldBe(("NGN", 1_400, 400));
        var turnover = summary.GetProperty("turnover").EnumerateArray().ToDictionary(t => t.GetProperty("kind").GetString()!, t => t.GetProperty("amount").GetDecimal());
        (turnover["delivery"], turnover["dispense"]).ShouldBe((2_900, -1_500));
        (await stock.Pharmacist.GetAsync(stock.Path + "summary/?from=2030-01-02&to=2030-01-01")).Status.ShouldBe(400);
        (await stock.Pharmacist.GetAsync(stock.Path + "summary/?from=2001-01-01&to=2001-01-02")).Data.GetProperty("turnover").GetArrayLength().ShouldBe(0);
    }

    private Task<IReadOnlyList<TakenBatch>> TakeAsync(Stocked stock, Guid item, long quantity, Guid? reference = null) => InTransactionAsync(
        desk => desk.TakeAsync(new StockTake(stock.Clinic, item, quantity, reference ?? Guid.CreateVersion7(), stock.Pharmacist.UserId), CancellationToken.None));

    private Task<bool> InTransactionAsync(Func<IStock, Task> act) => InTransactionAsync(async stock =>
    {
        await act(stock);
        return true;
    });

    private async Task<T> InTransactionAsync<T>(Func<IStock, Task<T>> act)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<CarelineDb>();
        await using var transaction = await db.Database.BeginTransactionAsync();
        var result = await act(scope.ServiceProvider.GetRequiredService<IStock>());
        await db.SaveChangesAsync();
        await transaction.CommitAsync();
        return result;
    }
}
