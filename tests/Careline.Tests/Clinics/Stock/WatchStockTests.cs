using Careline.Tests.Support;

namespace Careline.Tests.Clinics.Stock;

public sealed class WatchStockTests(TestApp app) : IClassFixture<TestApp>
{
    private const string Job = "clinics.watch-stock";

    [Fact]
    public async Task Who_keeps_it_is_told_once_for_each_stage_before_and_after_it_expires()
    {
        using var stock = await Stocked.OpenAsync(app);
        using var boss = await app.StaffAsync("receptionist");
        await app.JoinClinicAsync(boss.UserId, stock.Clinic, "administrator");
        using var nurse = await app.StaffAsync("nurse", stock.Clinic);
        var item = await stock.ItemAsync();
        var batch = await stock.BatchAsync(item, 5, expiresIn: 91);
        var used = await stock.BatchAsync(item, 5, expiresIn: 91, number: "USED");
        (await stock.Pharmacist.PostAsync(stock.Path + "movements/", new { batch_id = used, kind = "write_off", quantity = 5, reason = "Broken" })).Status.ShouldBe(201);
        await app.RunJobAsync(Job);
        (await ToldAsync(stock.Pharmacist)).ShouldBe(0);

        foreach (var days in (int[])[1, 10, 50, 1, 22, 2, 5, 1, 9])
        {
            app.Advance(TimeSpan.FromDays(days));
            await app.RunJobAsync(Job);
            await Task.WhenAll(app.RunJobAsync(Job), app.RunJobAsync(Job));
            await ToldAsync(stock.Pharmacist);
        }

        (await ToldAsync(stock.Pharmacist)).ShouldBe(4);
        (await ToldAsync(boss)).ShouldBe(4);
        (await ToldAsync(nurse)).ShouldBe(0);
        (await app.SqlAsync("SELECT string_agg(stage::text, ',' ORDER BY stage DESC) FROM clinics.stock_expiry_warnings WHERE batch_id = $1", batch)).ShouldBe("90,30,7,0");

        async Task<int> ToldAsync(Person person) =>
            (await app.InboxAsync($"{person.UserName}@example.test")).Count(m => m.Contains("expire", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_shortage_is_told_once_until_it_has_recovered()
    {
        using var stock = await Stocked.OpenAsync(app);
        var item = await stock.ItemAsync(Stocked.Item(reorder: 10));
        var batch = await stock.BatchAsync(item, 11);
        await app.RunJobAsync(Job);
        (await ToldAsync()).ShouldBe(0);

        await MoveAsync(-1);
        await Task.WhenAll(app.RunJobAsync(Job), app.RunJobAsync(Job));
        await MoveAsync(-5);
        await app.RunJobAsync(Job);
        (await ToldAsync()).ShouldBe(1);

        await MoveAsync(20);
        await app.RunJobAsync(Job);
        await MoveAsync(-20);
        await app.RunJobAsync(Job);
        (await ToldAsync()).ShouldBe(2);

        async Task<int> ToldAsync() => (await app.InboxAsync($"{stock.Pharmacist.UserName}@example.test")).Count(m => m.Contains("ordered again", StringComparison.Ordinal));

        async Task MoveAsync(long quantity) => (await stock.Pharmacist.PostAsync(
            stock.Path + "movements/", new { batch_id = batch, kind = "correction", quantity, reason = "Found" })).Status.ShouldBe(201);
    }
}
