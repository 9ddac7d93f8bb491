using System.Globalization;
using System.Text.Json;
using Careline.Clinics.Clinics;
using Careline.Clinics.Nearby;
using Careline.Platform.Data;
using Careline.Platform.Web;
using Careline.Tests.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Careline.Tests.Clinics;

/// <summary>The index of clinics answers as SQL of another hand does, and as the tables do that stand in for it.</summary>
public sealed class NearbyIndexTests(TestApp app) : IClassFixture<TestApp>
{
    private const int Count = 600;

    // Zones that change no clock, at both ends of the day.
    private static readonly string[] _zones = ["Africa/Lagos", "Asia/Kolkata", "Asia/Tokyo", "Pacific/Kiritimati", "Pacific/Pago_Pago", "UTC"];
    private static readonly string[] _sold = ["Chest X-ray", "Vaccination", "Blood count", "ÉCHOGRAPHIE"];
    private static readonly SemaphoreSlim _once = new(1, 1);

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    [InlineData(13)]
    public async Task Any_question_is_answered_as_by_sql(int seed)
    {
        await ScatterAsync();
        var (random, seen) = (new Random(seed), 0L);
        for (var turn = 0; turn < 40; turn++)
        {
            var (latitude, longitude) = Anywhere(random);
            var radius = random.Next(4) == 0 ? 1000 : random.Next(4) == 0 ? 0.1 : Math.Round(random.NextDouble() * 999, 3) + 0.1;
            bool? open = random.Next(3) switch { 0 => null, 1 => true, _ => false };
            var service = random.Next(3) == 0 ? _sold[random.Next(_sold.Length)][1..6] : null;
            long? fee = random.Next(3) == 0 ? random.Next(1000) : null;
            var farthest = random.Next(4) == 0;
            var path = string.Create(CultureInfo.InvariantCulture, $"{Running.Path}nearby/?lat={latitude}&lng={longitude}&radius_km={radius}&page_size=100")
                + (open is null ? "" : $"&open_now={open}") + (service is null ? "" : $"&service={Uri.EscapeDataString(service)}")
                + (fee is null ? "" : $"&max_fee={fee}&currency=NGN") + (farthest ? "&ordering=-distance" : "");
            DateTimeOffset before;
            Reply found;
            do
            {
                before = app.Now;
                found = await app.Anonymous.AskAsync(path);
            }
            while (before.Minute != app.Now.Minute);

            var expected = await BySqlAsync((latitude, longitude, radius), (open, service, fee), before);
            expected = farthest ? [.. Enumerable.Reverse(expected)] : expected;
            found.Status.ShouldBe(200, found.Text);
            found.Total.ShouldBe(expected.Count, path);
            found.Rows.Select(r => r.GetProperty("id").GetGuid()).ShouldBe(expected.Take(100).Select(e => e.Id), path);
            found.Rows.Zip(expected).ShouldAllBe(pair => Math.Abs(pair.First.GetProperty("distance_km").GetDouble() - pair.Second.Kilometres) < 0.001);
            found.Rows.ShouldAllBe(r => open == null || (r.GetProperty("is_open_now").ValueKind == JsonValueKind.True) == open);
            seen += found.Total;
        }

        seen.ShouldBeGreaterThan(100);
    }

    [Theory]
    [InlineData("lat=0&lng=179.95&radius_km=1000")]
    [InlineData("lat=0&lng=179.95&radius_km=1000&page_size=7&page=3")]
    [InlineData("lat=0&lng=179.95&radius_km=1000&page=900")]
    [InlineData("lat=0&lng=-180&radius_km=1000&ordering=-distance&page_size=9&page=2")]
    [InlineData("lat=89.5&lng=12&radius_km=1000&open_now=true")]
    [InlineData("lat=-89.5&lng=12&radius_km=1000&open_now=false&is_pharmacy=true")]
    [InlineData("lat=0&lng=0&radius_km=1000&kind=virtual")]
    [InlineData("lat=0&lng=0&radius_km=1000&service=chest")]
    [InlineData("lat=0&lng=0&radius_km=1000&service=échographie")]
    [InlineData("lat=0&lng=0&radius_km=1000&service=chest&max_fee=400&currency=NGN")]
    [InlineData("lat=0&lng=0&radius_km=1000&currency=EUR")]
    [InlineData("lat=0&lng=0&radius_km=0.1")]
    public async Task The_index_and_the_tables_answer_alike(string query)
    {
        await ScatterAsync();
        await using var scope = app.Services.CreateAsyncScope();
        var http = new DefaultHttpContext { RequestServices = scope.ServiceProvider, Request = { QueryString = new QueryString("?" + Uri.EscapeDataString(query).Replace("%3D", "=").Replace("%26", "&")) } };
        http.SetEndpoint(new Endpoint(null, new EndpointMetadataCollection(new ListFilters(NearbyQuestion.Filters.ToHashSet())), "list"));
        var asked = await ListQuery.BindAsync(http);
        var question = NearbyQuestion.Read(asked);
        asked.Check();

        var fromIndex = await scope.ServiceProvider.GetRequiredService<ClinicIndex>().AnswerAsync(question, asked, null, CancellationToken.None);
        var fromTables = await NearbyTables.AnswerAsync(scope.ServiceProvider.GetRequiredService<CarelineDb>(), question, asked, null, CancellationToken.None);

        fromIndex.ShouldNotBeNull().Total.ShouldBe(fromTables.Total);
        Words(fromIndex).ShouldBe(Words(fromTables));

        static IEnumerable<string> Words(Page<ClinicResponse> page) => page.Rows.Select(r => JsonSerializer.Serialize(r));
    }

    [Fact]
    public async Task While_the_index_is_not_loaded_the_tables_answer()
    {
        var clinic = await app.OpenedClinicAsync("Ready", at: (10.0, 10.0));
        app.Services.GetRequiredService<ClinicIndex>().Distrust();

        (await app.Anonymous.AskAsync($"{Running.Path}nearby/?lat=10&lng=10&radius_km=1")).Has(clinic).ShouldBeTrue();
    }

    [Fact]
    public async Task What_was_found_of_a_clinic_only_who_runs_it_reads()
    {
        var clinic = await app.OpenedClinicAsync("Judged", at: (11.0, 11.0));
        using var admin = await app.AdminAsync();
        using var boss = await app.BossAsync(clinic);
        using var desk = await app.StaffAsync("receptionist", clinic);
        await app.IndexClinicsAsync();

        async Task<JsonValueKind> ReadAsync(HttpClient reader) =>
            (await reader.AskAsync($"{Running.Path}nearby/?lat=11&lng=11&radius_km=1")).Rows.Single().GetProperty("verification").ValueKind;

        (await ReadAsync(admin.Client)).ShouldBe(JsonValueKind.Object);
        (await ReadAsync(boss.Client)).ShouldBe(JsonValueKind.Object);
        (await ReadAsync(desk.Client)).ShouldBe(JsonValueKind.Null);
        (await ReadAsync(app.Anonymous)).ShouldBe(JsonValueKind.Null);

        var staff = (await admin.GetAsync($"{Running.Path}{clinic}/staff/?role=administrator")).Rows.Single().GetProperty("id").GetGuid();
        (await admin.DeleteAsync($"{Running.Path}{clinic}/staff/{staff}/")).Status.ShouldBe(204);
        (await ReadAsync(boss.Client)).ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public async Task Readers_miss_nothing_while_clinics_change()
    {
        var steady = new HashSet<Guid>();
        for (var i = 0; i < 5; i++)
        {
            steady.Add(await app.OpenedClinicAsync($"Steady {i}", at: (20.0 + (i / 1000.0), 20.0)));
        }

        var moving = await app.OpenedClinicAsync("Moving", at: (20.01, 20.0));
        using var admin = await app.AdminAsync();
        using var over = new CancellationTokenSource();
        var readers = Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            var asked = 0;
            for (; !over.IsCancellationRequested; asked++)
            {
                var found = await NearAsync(20.0);
                found.Status.ShouldBe(200, found.Text);
                found.Rows.Select(r => r.GetProperty("id").GetGuid()).Where(steady.Contains).Count().ShouldBe(5);
                found.Total.ShouldBeInRange(5, 6);
            }

            return asked;
        })).ToList();

        for (var turn = 0; turn < 15; turn++)
        {
            (await admin.PatchAsync($"{Running.Path}{moving}/", new { location = new { latitude = 21.0, longitude = 20.0 } })).Status.ShouldBe(200);
            (await NearAsync(20.0)).Total.ShouldBe(5);
            (await NearAsync(21.0)).Has(moving).ShouldBeTrue();
            (await admin.PatchAsync($"{Running.Path}{moving}/", new { location = new { latitude = 20.01, longitude = 20.0 } })).Status.ShouldBe(200);
            (await NearAsync(20.0)).Has(moving).ShouldBeTrue();
        }

        await over.CancelAsync();
        (await Task.WhenAll(readers)).ShouldAllBe(asked => asked > 0);
    }

    private Task<Reply> NearAsync(double latitude) =>
        app.Anonymous.AskAsync(string.Create(CultureInfo.InvariantCulture, $"{Running.Path}nearby/?lat={latitude}&lng=20&radius_km=5"));

    private async Task<List<(Guid Id, double Kilometres)>> BySqlAsync(
        (double Latitude, double Longitude, double Radius) around, (bool? Open, string? Service, long? Fee) wanted, DateTimeOffset now)
    {
        await using var connection = new NpgsqlConnection(app.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(
            """
            WITH asked AS (SELECT radians($1) AS up, radians($2) AS along),
            placed AS (
                SELECT c.*, $4::timestamptz AT TIME ZONE c.time_zone AS local, 2 * 6371.0088 * asin(least(1, sqrt(
                    (cos(up) * cos(along) - cos(radians(latitude)) * cos(radians(longitude))) ^ 2
                    + (cos(up) * sin(along) - cos(radians(latitude)) * sin(radians(longitude))) ^ 2 + (sin(up) - sin(radians(latitude))) ^ 2) / 2)) AS km
                FROM clinics.clinics c, asked WHERE c.is_verified AND c.status = 'active' AND c.latitude IS NOT NULL),
            told AS (
                SELECT p.*, p.local::date <> ALL (p.closed_days) AND EXISTS (
                    SELECT FROM clinics.opening_hours h WHERE h.clinic_id = p.id AND (
                        (h.weekday = trim(to_char(p.local, 'day')) AND p.local::time >= h.start_time AND (h.end_time <= h.start_time OR p.local::time < h.end_time))
                        OR (h.weekday = trim(to_char(p.local - interval '1 day', 'day')) AND h.end_time <= h.start_time AND p.local::time < h.end_time
                            AND (p.local - interval '1 day')::date <> ALL (p.closed_days)))) AS is_open
                FROM placed p)
            SELECT id, km FROM told t
            WHERE km <= $3 AND ($5::boolean IS NULL OR is_open = $5) AND (($6::text IS NULL AND $7::bigint IS NULL) OR EXISTS (
                SELECT FROM clinics.services s WHERE s.clinic_id = t.id AND s.is_active AND s.removed_at IS NULL
                AND ($6 IS NULL OR s.name ILIKE '%' || $6 || '%' OR s.category ILIKE '%' || $6 || '%') AND ($7 IS NULL OR (s.price_currency = 'NGN' AND s.price_amount <= $7))))
            ORDER BY km, id
            """,
            connection);
        foreach (var value in new object?[] { around.Latitude, around.Longitude, around.Radius, now.UtcDateTime, wanted.Open, wanted.Service, wanted.Fee })
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value ?? DBNull.Value });
        }

        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<(Guid, double)>();
        while (await reader.ReadAsync())
        {
            rows.Add((reader.GetGuid(0), reader.GetDouble(1)));
        }

        return rows;
    }

    /// <summary>Where most of what can go wrong lies: the date line, the poles, and one crowded corner.</summary>
    private static (double Latitude, double Longitude) Anywhere(Random random)
    {
        var (up, along) = (random.NextDouble(), random.NextDouble());
        var (latitude, longitude) = random.Next(5) switch
        {
            0 => (90 - (10 * up), (360 * along) - 180),
            1 => (-90 + (10 * up), (360 * along) - 180),
            2 => ((20 * up) - 10, 175 + (5 * along)),
            3 => ((20 * up) - 10, -180 + (5 * along)),
            _ => ((20 * up) - 10, (20 * along) - 10),
        };
        return (Math.Round(latitude, 4), Math.Round(longitude, 4));
    }

    private async Task ScatterAsync()
    {
        await _once.WaitAsync();
        try
        {
            if ((long)(await app.SqlAsync("SELECT count(*) FROM clinics.clinics WHERE name LIKE 'Scattered%'"))! == 0)
            {
                await MakeAsync();
            }

            await Eventually.HoldsAsync(() => app.Services.GetRequiredService<ClinicIndex>().IsTrusted);
        }
        finally
        {
            _once.Release();
        }
    }

    private async Task MakeAsync()
    {
        var random = new Random(5);
        var today = DateOnly.FromDateTime(app.Now.UtcDateTime);
        for (var k = 0; k < Count; k++)
        {
            var (id, (latitude, longitude)) = (Guid.CreateVersion7(), Anywhere(random));
            DateOnly[] closed = random.Next(4) == 0 ? [today.AddDays(random.Next(-3, 4)), today.AddDays(random.Next(-3, 4))] : [];
            await app.SqlAsync(
                """
                INSERT INTO clinics.clinics (id, name, time_zone, status, is_verified, kind, is_pharmacy, latitude, longitude, closed_days, created_at, updated_at, version)
                VALUES ($1, 'Scattered', $2, $3, $4, $5, $6, $7, $8, $9, $10, $10, 1)
                """,
                id, _zones[random.Next(_zones.Length)], random.Next(12) == 0 ? "inactive" : "active", random.Next(12) != 0,
                random.Next(3) switch { 0 => "virtual", 1 => "both", _ => "physical" }, random.Next(2) == 0, latitude, longitude, closed, app.Now);
            foreach (var weekday in Enum.GetNames<DayOfWeek>().Where(_ => random.Next(3) > 0))
            {
                await app.SqlAsync(
                    "INSERT INTO clinics.opening_hours VALUES ($1, $2, $3, $4, $5)",
                    Guid.CreateVersion7(), id, weekday.ToLowerInvariant(), new TimeOnly(random.Next(24), 30), new TimeOnly(random.Next(24), 0));
            }

            foreach (var name in _sold.Where(_ => random.Next(3) == 0))
            {
                await app.SqlAsync(
                    """
                    INSERT INTO clinics.services (id, clinic_id, name, category, modality, duration_minutes, price_amount, price_currency, is_active, removed_at, created_at, updated_at, version)
                    VALUES ($1, $2, $3, $4, 'in_person', 30, $5, $6, $7, $8, $9, $9, 1)
                    """,
                    Guid.CreateVersion7(), id, name, random.Next(2) == 0 ? "Imaging" : DBNull.Value, (long)random.Next(1000), random.Next(4) == 0 ? "EUR" : "NGN",
                    random.Next(5) != 0, random.Next(8) == 0 ? app.Now : DBNull.Value, app.Now);
            }
        }

        await app.IndexClinicsAsync();
    }
}
