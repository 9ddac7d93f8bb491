using Careline.Tests.Support;

namespace Careline.Tests.Clinics;

public sealed class ClinicsTests(SharedApp app) : IClassFixture<SharedApp>
{
    private const string Path = "/api/eclinic/clinics/";

    [Fact]
    public async Task An_administrator_opens_a_clinic_and_anyone_finds_it()
    {
        using var admin = await app.AdminAsync();
        var opened = await admin.PostAsync(Path, new
        {
            name = "Lagoon",
            time_zone = "Africa/Lagos",
            city = "Lagos",
            country = "NG",
            phone = "+2348012345678",
            location = new { latitude = 6.45, longitude = 3.39 },
        });

        var found = await app.Anonymous.AskAsync($"{Path}?country=NG&search=lagoon");

        opened.Status.ShouldBe(201, opened.Text);
        found.Rows.Single().GetProperty("id").GetGuid().ShouldBe(opened.Id);
        var clinic = (await app.Anonymous.AskAsync($"{Path}{opened.Id}/")).Data;
        clinic.GetProperty("location").GetProperty("latitude").GetDouble().ShouldBe(6.45);
    }

    [Fact]
    public async Task A_closed_clinic_is_there_for_its_staff_only()
    {
        using var admin = await app.AdminAsync();
        var id = (await admin.PostAsync(Path, new { name = "Closed", time_zone = "UTC", status = "inactive" })).Id;
        using var receptionist = await app.StaffAsync("receptionist", id);
        using var stranger = await app.PatientAsync();

        (await app.Anonymous.AskAsync($"{Path}{id}/")).Status.ShouldBe(404);
        (await stranger.GetAsync($"{Path}{id}/")).Status.ShouldBe(404);
        (await stranger.PutAsync($"{Path}{id}/", new { })).Status.ShouldBe(404);
        (await receptionist.GetAsync($"{Path}{id}/")).Status.ShouldBe(200);
        (await app.Anonymous.AskAsync($"{Path}?page_size=100")).Rows.ShouldNotContain(r => r.GetProperty("id").GetGuid() == id);
    }

    [Fact]
    public async Task Whoever_works_at_clinics_lists_those()
    {
        using var admin = await app.AdminAsync();
        var (own, other) = ((await admin.PostAsync(Path, new { name = "Own", time_zone = "UTC", status = "inactive" })).Id, (await admin.PostAsync(Path, new { name = "Other", time_zone = "UTC" })).Id);
        using var nurse = await app.StaffAsync("nurse", own);

        (await nurse.GetAsync($"{Path}?mine=true")).Rows.Select(r => r.GetProperty("id").GetGuid()).ShouldBe([own]);
        (await nurse.GetAsync($"{Path}?mine=false&search=other")).Rows.ShouldContain(r => r.GetProperty("id").GetGuid() == other);
        (await nurse.GetAsync($"{Path}?mine=false&search=own")).Rows.ShouldNotContain(r => r.GetProperty("id").GetGuid() == own);
        (await app.Anonymous.AskAsync($"{Path}?mine=true")).Total.ShouldBe(0);
        (await nurse.GetAsync($"{Path}?mine=perhaps")).Status.ShouldBe(400);
    }

    [Fact]
    public async Task Its_own_administrator_changes_it_and_other_staff_do_not()
    {
        using var admin = await app.AdminAsync();
        var opened = await admin.PostAsync(Path, new { name = "Before", time_zone = "UTC", city = "Accra" });
        using var nurse = await app.StaffAsync("nurse", opened.Id);
        using var boss = await app.StaffAsync("receptionist");
        await app.JoinClinicAsync(boss.UserId, opened.Id, "administrator");

        var patch = await boss.PatchAsync($"{Path}{opened.Id}/", new { name = "After" });

        patch.Status.ShouldBe(200, patch.Text);
        patch.Data.GetProperty("city").GetString().ShouldBe("Accra");
        (await boss.PutAsync($"{Path}{opened.Id}/", new { name = "X", time_zone = "UTC" }, ("If-Match", opened.ETag!))).Status.ShouldBe(412);
        (await nurse.PatchAsync($"{Path}{opened.Id}/", new { name = "Mine" })).Status.ShouldBe(403);
        (await app.Anonymous.PostAsync(Path, new { })).Status.ShouldBe(401);
    }

    [Fact]
    public async Task Staff_join_once_and_leave()
    {
        using var admin = await app.AdminAsync();
        using var doctor = await app.DoctorAsync();
        var path = $"{Path}{(await admin.PostAsync(Path, new { name = "Team", time_zone = "UTC" })).Id}/staff/";

        var joined = await admin.PostAsync(path, new { account_id = doctor.UserId, role = "doctor" });
        var again = await admin.PostAsync(path, new { account_id = doctor.UserId, role = "doctor" });

        joined.Status.ShouldBe(201, joined.Text);
        (again.Status, again.ErrorCode).ShouldBe((409, "ALREADY_STAFF"));
        (await admin.PostAsync(path, new { account_id = Guid.CreateVersion7(), role = "nurse" })).Status.ShouldBe(400);
        (await admin.PostAsync(path, new { account_id = doctor.UserId, role = "owner" })).Status.ShouldBe(400);
        (await doctor.PostAsync(path, new { account_id = doctor.UserId, role = "administrator" })).Status.ShouldBe(403);
        (await admin.GetAsync(path + "?role=doctor")).Rows.Single().GetProperty("account_id").GetGuid().ShouldBe(doctor.UserId);
        (await admin.DeleteAsync($"{path}{joined.Id}/")).Status.ShouldBe(204);
        (await admin.DeleteAsync($"{path}{joined.Id}/")).Status.ShouldBe(404);
        (await admin.GetAsync(path)).Total.ShouldBe(0);
        (await admin.PostAsync(path, new { account_id = doctor.UserId, role = "doctor" })).Status.ShouldBe(201);
    }

    [Theory]
    [InlineData("""{"name": "x"}""")]
    [InlineData("""{"name": "x", "time_zone": "Nowhere/Land"}""")]
    [InlineData("""{"name": "x", "time_zone": "UTC", "location": {"latitude": 91, "longitude": 0}}""")]
    [InlineData("""{"name": "x", "time_zone": "UTC", "location": {"latitude": 1}}""")]
    [InlineData("""{"name": "x", "time_zone": "UTC", "phone": "0801"}""")]
    [InlineData("""{"name": "x", "time_zone": "UTC", "country": "Nigeria"}""")]
    public async Task A_shapeless_clinic_is_refused(string body)
    {
        using var admin = await app.AdminAsync();

        (await admin.PostAsync(Path, body)).Status.ShouldBe(400);
    }
}
