using Careline.Tests.Support;

namespace Careline.Tests.Clinics;

/// <summary>What changes at a clinic is in the next answer of the host that wrote it, and soon in that of another.</summary>
public sealed class NearbyHostsTests(TwoHosts app) : IClassFixture<TwoHosts>
{
    [Fact]
    public async Task A_change_is_seen_at_once_by_the_writer_and_soon_by_another_host()
    {
        using var boss = await app.DoctorAsync();
        using var admin = await app.AdminAsync();
        using var other = app.NewClient(null);
        other.BaseAddress = app.Other;
        var registered = await boss.PostAsync(Running.Path, new { name = "Corner", time_zone = "UTC", location = new { latitude = 30.0, longitude = 30.0 } });
        var clinic = registered.Id;
        await SeenAsync("", false);

        (await admin.PostAsync($"{Running.Path}{clinic}/verify/")).Status.ShouldBe(200);
        await SeenAsync("", true);

        await SeenAsync("&open_now=true", false);
        var always = Enum.GetNames<DayOfWeek>().Select(d => new { weekday = d.ToLowerInvariant(), start_time = "00:00", end_time = "00:00" });
        (await boss.PutAsync($"{Running.Path}{clinic}/opening-hours/", new { opening_hours = always })).Status.ShouldBe(200);
        await SeenAsync("&open_now=true", true);

        await SeenAsync("&service=spirometry", false);
        var service = await boss.SoldAsync(clinic, new { name = "Spirometry", price = new { amount = 900, currency = "NGN" } });
        await SeenAsync("&service=spirometry", true);

        await SeenAsync("&max_fee=500&currency=NGN", false);
        (await boss.PatchAsync($"{Running.Path}{clinic}/services/{service}/", new { price = new { amount = 400, currency = "NGN" } })).Status.ShouldBe(200);
        await SeenAsync("&max_fee=500&currency=NGN", true);

        (await boss.DeleteAsync($"{Running.Path}{clinic}/services/{service}/")).Status.ShouldBe(204);
        await SeenAsync("&service=spirometry", false);

        (await boss.PatchAsync($"{Running.Path}{clinic}/", new { is_pharmacy = true })).Status.ShouldBe(200);
        await SeenAsync("&is_pharmacy=true", true);

        // Another name has to be looked at again.
        (await boss.PatchAsync($"{Running.Path}{clinic}/", new { name = "Corner House" })).Status.ShouldBe(200);
        await SeenAsync("", false);
        (await admin.PostAsync($"{Running.Path}{clinic}/verify/")).Status.ShouldBe(200);
        await SeenAsync("", true);

        (await admin.PatchAsync($"{Running.Path}{clinic}/", new { status = "inactive" })).Status.ShouldBe(200);
        await SeenAsync("", false);

        async Task SeenAsync(string more, bool isSeen)
        {
            var path = $"{Running.Path}nearby/?lat=30&lng=30&radius_km=2{more}";
            (await app.Anonymous.AskAsync(path)).Has(clinic).ShouldBe(isSeen, more);
            await Eventually.HoldsAsync(async () => (await other.AskAsync(path)).Has(clinic) == isSeen);
        }
    }

    [Fact]
    public async Task What_patients_said_and_a_cover_are_shown_at_once()
    {
        var clinic = await app.OpenedClinicAsync("Rated", at: (31.0, 31.0));
        using var patient = await app.PatientAsync();
        using var boss = await app.BossAsync(clinic);
        await app.ReviewedClinicAsync(patient, clinic, 4);

        (await FoundAsync()).GetProperty("rating").GetDecimal().ShouldBe(4);

        var picture = await boss.PostAsync($"{Running.Path}{clinic}/pictures/", Doctors.CredentialTests.Form(Files.Samples.Png(), "hall.png", "image/png"));
        picture.Status.ShouldBe(201, picture.Text);
        (await FoundAsync()).GetProperty("cover_url").GetString().ShouldBe($"{Running.Path}{clinic}/pictures/{picture.Id}/");

        async Task<System.Text.Json.JsonElement> FoundAsync() => (await app.Anonymous.AskAsync($"{Running.Path}nearby/?lat=31&lng=31&radius_km=2")).Rows.Single();
    }
}
