using System.Globalization;
using Careline.Tests.Support;

namespace Careline.Tests.Clinics;

public sealed class NearbyTests(TestApp app) : IClassFixture<TestApp>
{
    [Fact]
    public async Task The_nearest_come_first_with_their_distance()
    {
        var near = await app.OpenedClinicAsync("Ikoyi", at: (6.4549, 3.4246));
        var far = await app.OpenedClinicAsync("Ikeja", at: (6.6018, 3.3515));
        var beyond = await app.OpenedClinicAsync("Ibadan", at: (7.3775, 3.9470));
        var nowhere = await app.OpenedClinicAsync("Nowhere");

        var found = await AskAsync(6.4541, 3.3947, "&radius_km=30");

        found.Rows.Select(r => r.GetProperty("id").GetGuid()).ShouldBe([near, far]);
        found.Rows.First().GetProperty("distance_km").GetDouble().ShouldBe(3.305, 0.01);
        found.Total.ShouldBe(2);
        (await AskAsync(6.4541, 3.3947, "&radius_km=150&ordering=-distance")).Rows.First().GetProperty("id").GetGuid().ShouldBe(beyond);
        (await AskAsync(6.4541, 3.3947, "&radius_km=1000&page_size=100")).Has(nowhere).ShouldBeFalse();
        (await AskAsync(6.4541, 3.3947, "&radius_km=30&page_size=1&page=2")).Rows.Single().GetProperty("id").GetGuid().ShouldBe(far);
    }

    [Theory]
    [InlineData(-17.0, 179.9, -17.0, -179.9, 21.27)]
    [InlineData(-17.0, -179.9, -17.0, 179.9, 21.27)]
    [InlineData(0.0, 180.0, 0.0, -180.0, 0.0)]
    [InlineData(89.9, 0.0, 89.9, 180.0, 22.24)]
    [InlineData(-89.95, 45.0, -89.95, -135.0, 11.12)]
    [InlineData(90.0, 12.0, 89.9, -77.0, 11.12)]
    [InlineData(70.0, 25.0, 70.0, 25.6, 22.82)]
    public async Task Distances_are_right_over_the_date_line_and_at_the_poles(double fromLatitude, double fromLongitude, double latitude, double longitude, double kilometres)
    {
        var clinic = await app.OpenedClinicAsync("Edge", at: (latitude, longitude));

        var found = await AskAsync(fromLatitude, fromLongitude, "&page_size=100");

        var row = found.Rows.Single(r => r.GetProperty("id").GetGuid() == clinic);
        row.GetProperty("distance_km").GetDouble().ShouldBe(kilometres, 0.02);
        (await AskAsync(fromLatitude, fromLongitude, $"&page_size=100&radius_km={Math.Max(0.1, kilometres - 0.05).ToString(CultureInfo.InvariantCulture)}"))
            .Has(clinic).ShouldBe(kilometres == 0);
    }

    [Fact]
    public async Task A_search_misses_nothing_that_is_near_wherever_it_looks()
    {
        var random = new Random(7);
        var places = Enumerable.Range(0, 40).Select(_ => (Latitude: Math.Round((random.NextDouble() * 180) - 90, 4), Longitude: Math.Round((random.NextDouble() * 360) - 180, 4))).ToList();
        foreach (var place in places)
        {
            await app.SqlAsync(
                """
                INSERT INTO clinics.clinics (id, name, time_zone, status, is_verified, latitude, longitude, created_at, updated_at, version)
                VALUES ($1, 'Scattered', 'UTC', 'active', true, $2, $3, $4, $4, 1)
                """, Guid.CreateVersion7(), place.Latitude, place.Longitude, app.Now);
        }

        await app.IndexClinicsAsync();
        foreach (var (latitude, longitude) in places.Take(12).Append((90, 0)).Append((-90, 0)).Append((0, 180)))
        {
            var expected = places.Select(p => Kilometres((latitude, longitude), p)).Where(km => km <= 1000).Order().ToList();
            var found = (await AskAsync(latitude, longitude, "&radius_km=1000&page_size=100")).Rows.Where(r => r.GetProperty("name").GetString() == "Scattered");

            var distances = found.Select(r => r.GetProperty("distance_km").GetDouble()).ToList();
            distances.Count.ShouldBe(expected.Count);
            distances.Zip(expected).ShouldAllBe(pair => Math.Abs(pair.First - pair.Second) < 0.01);
        }
    }

    [Fact]
    public async Task It_is_narrowed_by_what_a_clinic_sells_is_and_when_it_is_open()
    {
        var (open, closed) = (await app.OpenedClinicAsync("Open", at: (50.0, 8.0)), await app.OpenedClinicAsync("Closed", at: (50.01, 8.0)));
        using var boss = await app.BossAsync(open);
        using var other = await app.BossAsync(closed);
        var hours = Enum.GetNames<DayOfWeek>().Select(d => new { weekday = d.ToLowerInvariant(), start_time = "00:00", end_time = "00:00" });
        (await boss.PutAsync($"{Running.Path}{open}/opening-hours/", new { opening_hours = hours })).Status.ShouldBe(200);
        (await other.PatchAsync($"{Running.Path}{closed}/", new { is_pharmacy = true, kind = "both" })).Status.ShouldBe(200);
        var xray = await boss.SoldAsync(open, new { name = "Chest X-ray", category = "Imaging", price = new { amount = 5_000, currency = "EUR" } });
        await other.SoldAsync(closed, new { name = "Chest X-ray", price = new { amount = 4_000, currency = "EUR" }, is_active = false });
        await other.SoldAsync(closed, new { name = "Vaccination", price = new { amount = 2_000, currency = "EUR" } });

        async Task<IEnumerable<string?>> NamesAsync(string more) => (await AskAsync(50.0, 8.0, more)).Rows.Select(r => r.GetProperty("name").GetString());

        (await NamesAsync("")).ShouldBe(["Open", "Closed"]);
        (await NamesAsync("&open_now=true")).ShouldBe(["Open"]);
        (await NamesAsync("&open_now=false")).ShouldBe(["Closed"]);
        (await NamesAsync("&service=x-RAY")).ShouldBe(["Open"]);
        (await NamesAsync("&service=imaging")).ShouldBe(["Open"]);
        (await NamesAsync($"&service={xray}")).ShouldBe(["Open"]);
        (await NamesAsync("&max_fee=2000&currency=eur")).ShouldBe(["Closed"]);
        (await NamesAsync("&max_fee=9000&currency=NGN")).ShouldBeEmpty();
        (await NamesAsync("&is_pharmacy=true")).ShouldBe(["Closed"]);
        (await NamesAsync("&kind=virtual")).ShouldBe(["Closed"]);
        (await NamesAsync("&kind=physical")).ShouldBe(["Open", "Closed"]);
        var today = DateOnly.FromDateTime(app.Now.UtcDateTime);
        (await boss.PutAsync($"{Running.Path}{open}/opening-hours/", new { opening_hours = hours, closed_days = new[] { today.AddDays(-1), today, today.AddDays(1) } })).Status.ShouldBe(200);
        (await NamesAsync("&open_now=true")).ShouldBeEmpty();
        (await NamesAsync("&open_now=false")).ShouldBe(["Open", "Closed"]);
    }

    [Theory]
    [InlineData("?lat=6.4")]
    [InlineData("?lng=3.3")]
    [InlineData("")]
    [InlineData("?lat=91&lng=0")]
    [InlineData("?lat=0&lng=181")]
    [InlineData("?lat=NaN&lng=0")]
    [InlineData("?lat=1e400&lng=0")]
    [InlineData("?lat=0&lng=0&radius_km=0")]
    [InlineData("?lat=0&lng=0&radius_km=99999")]
    [InlineData("?lat=0&lng=0&max_fee=5")]
    [InlineData("?lat=0&lng=0&open_now=perhaps")]
    [InlineData("?lat=0&lng=0&kind=none")]
    [InlineData("?lat=0&lng=0&ordering=name")]
    public async Task A_shapeless_question_is_refused(string query) => (await app.Anonymous.AskAsync($"{Running.Path}nearby/{query}")).Status.ShouldBe(400);

    private Task<Reply> AskAsync(double latitude, double longitude, string more = "") =>
        app.Anonymous.AskAsync(string.Create(CultureInfo.InvariantCulture, $"{Running.Path}nearby/?lat={latitude}&lng={longitude}{more}"));

    // By vectors through the middle of the earth: another way than the one that is tried.
    private static double Kilometres((double Latitude, double Longitude) one, (double Latitude, double Longitude) other)
    {
        var (a, b) = (Vector(one), Vector(other));
        var straight = Math.Sqrt(Math.Pow(a.X - b.X, 2) + Math.Pow(a.Y - b.Y, 2) + Math.Pow(a.Z - b.Z, 2));
        return 2 * 6371.0088 * Math.Asin(Math.Min(1, straight / 2));
    }

    private static (double X, double Y, double Z) Vector((double Latitude, double Longitude) place)
    {
        var (up, along) = (place.Latitude * Math.PI / 180, place.Longitude * Math.PI / 180);
        return (Math.Cos(up) * Math.Cos(along), Math.Cos(up) * Math.Sin(along), Math.Sin(up));
    }
}
