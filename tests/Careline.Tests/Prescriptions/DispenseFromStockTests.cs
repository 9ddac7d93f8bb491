using Careline.Tests.Clinics.Stock;
using Careline.Tests.Support;

namespace Careline.Tests.Prescriptions;

public sealed class DispenseFromStockTests(SharedApp app) : IClassFixture<SharedApp>
{
    [Fact]
    public async Task What_the_pharmacy_keeps_is_taken_from_what_expires_first_and_the_batches_are_named()
    {
        using var ward = await app.WardAsync();
        using var stock = await Stocked.OpenAsync(app);
        var item = await KeptAsync(stock);
        await stock.BatchAsync(item, 10, expiresIn: 300, number: "LATE");
        await stock.BatchAsync(item, 10, expiresIn: 30, number: "SOON");
        await stock.BatchAsync(item, 99, expiresIn: -1, number: "GONE");
        var sheet = await ward.SignedAsync(Sheets.Paracetamol);

        var handed = await OutAsync(stock, sheet, 12);

        handed.Status.ShouldBe(201, handed.Text);
        var batches = handed.Data[0].GetProperty("batches").EnumerateArray().Select(b => (b.GetProperty("number").GetString(), b.GetProperty("quantity").GetInt64()));
        batches.ShouldBe([("SOON", 10), ("LATE", 2)]);
        handed.Data[0].GetProperty("batch").GetString().ShouldBe("SOON, LATE");
        (await stock.BothAsync(item)).ShouldBe((107, 107));
        (await ward.Patient.GetAsync($"/api/prescriptions/{sheet.Id}/dispenses/")).Rows.Single().GetProperty("batches").GetArrayLength().ShouldBe(2);
    }

    [Fact]
    public async Task What_is_short_is_refused_with_how_much_there_is_and_nothing_is_handed_out()
    {
        using var ward = await app.WardAsync();
        using var stock = await Stocked.OpenAsync(app);
        var item = await KeptAsync(stock);
        await stock.BatchAsync(item, 14);
        var sheet = await ward.SignedAsync(Sheets.Paracetamol);

        var refused = await OutAsync(stock, sheet, 15);

        (refused.Status, refused.ErrorCode, refused.ErrorDetails.GetProperty("available").GetInt64()).ShouldBe((409, "INSUFFICIENT_STOCK", 14));
        (await stock.BothAsync(item)).ShouldBe((14, 14));
        (await app.SqlAsync("SELECT count(*)::int FROM prescriptions.dispenses WHERE prescription_id = $1", sheet.Id)).ShouldBe(0);
        (await OutAsync(stock, sheet, 14)).Status.ShouldBe(201);
    }

    [Fact]
    public async Task Taken_back_it_returns_to_its_batches()
    {
        using var ward = await app.WardAsync();
        using var stock = await Stocked.OpenAsync(app);
        var item = await KeptAsync(stock);
        await stock.BatchAsync(item, 5, expiresIn: 10, number: "A");
        var second = await stock.BatchAsync(item, 20, expiresIn: 20, number: "B");
        var sheet = await ward.SignedAsync(Sheets.Paracetamol);
        (await ward.Patient.PostAsync($"/api/prescriptions/{sheet.Id}/send/", new { clinic_id = stock.Clinic })).Status.ShouldBe(200);
        var handed = await OutAsync(stock, sheet, 15);
        handed.Status.ShouldBe(201, handed.Text);

        var back = await stock.Pharmacist.PostAsync($"/api/prescriptions/{sheet.Id}/dispenses/{handed.Data[0].GetProperty("id").GetGuid()}/reverse/", new { reason = "Wrong patient" });

        back.Status.ShouldBe(200, back.Text);
        (await stock.BothAsync(item)).ShouldBe((25, 25));
        (await app.SqlAsync("SELECT level FROM clinics.stock_batches WHERE id = $1", second)).ShouldBe(20L);
        (await OutAsync(stock, sheet, 15)).Status.ShouldBe(201);
    }

    [Fact]
    public async Task Another_strength_is_not_taken_and_where_nothing_is_kept_handing_out_goes_on()
    {
        using var ward = await app.WardAsync();
        using var stock = await Stocked.OpenAsync(app);
        using var other = await Stocked.OpenAsync(app);
        var weak = await KeptAsync(stock, strength: "250 mg");
        await stock.BatchAsync(weak, 100);
        var foreign = await KeptAsync(other);
        var sheet = await ward.SignedAsync(Sheets.Paracetamol);

        var handed = await OutAsync(stock, sheet, 5);
        handed.Status.ShouldBe(201, handed.Text);
        (await stock.LevelAsync(weak)).ShouldBe(100);
        handed.Data[0].GetProperty("batches").GetArrayLength().ShouldBe(0);

        // The pharmacist may say what it is taken from, out of the own pharmacy's stock and no other's.
        (await OutAsync(stock, sheet, 5, item: foreign)).Status.ShouldBe(400);
        (await OutAsync(stock, sheet, 5, item: weak)).Status.ShouldBe(201);
        (await stock.LevelAsync(weak)).ShouldBe(95);
    }

    [Fact]
    public async Task Of_several_that_may_be_meant_the_pharmacist_says_which()
    {
        using var ward = await app.WardAsync();
        using var stock = await Stocked.OpenAsync(app);
        Guid[] items = [await KeptAsync(stock), await KeptAsync(stock, strength: "250 mg")];
        foreach (var item in items)
        {
            await stock.BatchAsync(item, 20);
        }

        var sheet = await ward.SignedAsync(new { medication_name = "Paracetamol", dosage = "one", frequency = "thrice_daily", quantity = 15 });

        var asked = await OutAsync(stock, sheet, 5);
        (asked.Status, asked.ErrorCode, asked.ErrorDetails.GetProperty("items").GetArrayLength()).ShouldBe((409, "WHICH_ITEM", 2));
        (await OutAsync(stock, sheet, 5, item: items[1])).Status.ShouldBe(201);
        ((await stock.BothAsync(items[0])).Level, (await stock.BothAsync(items[1])).Level).ShouldBe((20, 15));
    }

    [Fact]
    public async Task A_batch_in_the_hand_that_does_not_go_first_is_refused()
    {
        using var ward = await app.WardAsync();
        using var stock = await Stocked.OpenAsync(app);
        var item = await KeptAsync(stock);
        await stock.BatchAsync(item, 20, expiresIn: 10, number: "FIRST");
        await stock.BatchAsync(item, 20, expiresIn: 20, number: "LATER");
        var sheet = await ward.SignedAsync(Sheets.Paracetamol);

        (await OutAsync(stock, sheet, 5, batch: "LATER")).ErrorCode.ShouldBe("WRONG_BATCH");
        (await stock.BothAsync(item)).ShouldBe((40, 40));
        (await OutAsync(stock, sheet, 5, batch: "first")).Status.ShouldBe(201);
    }

    [Fact]
    public async Task Another_medicine_than_the_one_prescribed_is_refused_though_the_pharmacist_names_it()
    {
        using var ward = await app.WardAsync();
        using var stock = await Stocked.OpenAsync(app);
        var other = (Guid)(await app.SqlAsync("SELECT medicine_id FROM prescriptions.medicine_names WHERE key = 'methotrexate' LIMIT 1"))!;
        var wrong = await stock.ItemAsync(Stocked.Item("Methotrexate", medicine: other, strength: "500 mg", form: "tablet"));
        var right = await KeptAsync(stock);
        await stock.BatchAsync(wrong, 20, expiresIn: 10, number: "A");
        await stock.BatchAsync(right, 20, expiresIn: 10, number: "B");
        var sheet = await ward.SignedAsync(Sheets.Paracetamol);

        (await OutAsync(stock, sheet, 5, item: wrong)).ErrorCode.ShouldBe("WRONG_MEDICINE");
        (await stock.BothAsync(wrong)).ShouldBe((20, 20));
        (await OutAsync(stock, sheet, 5, item: right)).Status.ShouldBe(201);
    }

    [Fact]
    public async Task Thirty_two_counters_at_once_hand_out_what_there_is_and_no_more()
    {
        using var ward = await app.WardAsync();
        using var stock = await Stocked.OpenAsync(app);
        var item = await KeptAsync(stock);
        await stock.BatchAsync(item, 7, expiresIn: 10, number: "A");
        await stock.BatchAsync(item, 6, expiresIn: 20, number: "B");
        var sheets = new List<Reply>();
        for (var i = 0; i < 8; i++)
        {
            sheets.Add(await ward.SignedAsync(Sheets.Paracetamol));
        }

        var replies = await Task.WhenAll(Enumerable.Range(0, 32).Select(i => OutAsync(stock, sheets[i % 8], 2)));

        replies.Count(r => r.Status == 201).ShouldBe(6);
        replies.Where(r => r.Status != 201).ShouldAllBe(r => r.ErrorCode == "INSUFFICIENT_STOCK");
        (await stock.BothAsync(item)).ShouldBe((1, 1));
    }

    private async Task<Guid> KeptAsync(Stocked stock, string strength = "500 mg")
    {
        var medicine = (Guid)(await app.SqlAsync("SELECT medicine_id FROM prescriptions.medicine_names WHERE key = 'paracetamol' LIMIT 1"))!;
        return await stock.ItemAsync(Stocked.Item("Paracetamol", medicine: medicine, strength: strength, form: "tablet"));
    }

    private static Task<Reply> OutAsync(Stocked stock, Reply sheet, int quantity, string? batch = null, Guid? item = null) => stock.Pharmacist.PostAsync(
        $"/api/prescriptions/verify/{sheet.Code()}/dispense/", new { clinic_id = stock.Clinic, lines = new[] { new { line_id = sheet.Line(), quantity, batch, item_id = item } } });
}
