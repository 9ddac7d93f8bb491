using Careline.Tests.Support;

namespace Careline.Tests.Doctors;

public sealed class ManageQualificationsTests(SharedApp app) : IClassFixture<SharedApp>
{
    [Theory]
    [InlineData("education")]
    [InlineData("experience")]
    [InlineData("credentials")]
    public async Task A_doctor_keeps_a_list_of_each_kind(string kind)
    {
        using var doctor = await app.DoctorAsync();
        var path = $"/api/doctors/{doctor.DoctorId}/{kind}/";

        var added = await doctor.PostAsync(path, new { title = "MBBS", organization = "University of Ibadan", started_on = "2001-09-01" });
        var patched = await doctor.PatchAsync($"{path}{added.Id}/", new { ended_on = "2007-06-30" });
        var put = await doctor.PutAsync($"{path}{added.Id}/", new { title = "MD", organization = "Ibadan" });

        added.Status.ShouldBe(201, added.Text);
        patched.Data.GetProperty("title").GetString().ShouldBe("MBBS");
        patched.Data.GetProperty("ended_on").GetString().ShouldBe("2007-06-30");
        put.Data.GetProperty("started_on").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
        (await doctor.PutAsync($"{path}{added.Id}/", new { title = "X", organization = "Y" }, ("If-Match", added.ETag!))).Status.ShouldBe(412);
        (await doctor.GetAsync($"{path}{added.Id}/")).Data.GetProperty("title").GetString().ShouldBe("MD");
        (await doctor.GetAsync(path)).Total.ShouldBe(1);
        (await doctor.DeleteAsync($"{path}{added.Id}/")).Status.ShouldBe(204);
        (await doctor.GetAsync($"{path}{added.Id}/")).Status.ShouldBe(404);
        (await doctor.GetAsync(path)).Total.ShouldBe(0);
    }

    [Fact]
    public async Task Education_is_public_and_papers_are_not()
    {
        using var doctor = await app.DoctorAsync();
        using var other = await app.DoctorAsync();
        using var patient = await app.PatientAsync();
        using var admin = await app.AdminAsync();
        var credentials = $"/api/doctors/{doctor.DoctorId}/credentials/";
        (await doctor.PostAsync(credentials, new { title = "Licence", organization = "MDCN", number = "77" })).Status.ShouldBe(201);

        (await app.Anonymous.AskAsync($"/api/doctors/{doctor.DoctorId}/education/")).Status.ShouldBe(200);
        (await app.Anonymous.AskAsync(credentials)).Status.ShouldBe(401);
        (await patient.GetAsync(credentials)).Status.ShouldBe(403);
        (await other.GetAsync(credentials)).Status.ShouldBe(403);
        (await admin.GetAsync(credentials)).Total.ShouldBe(1);
    }

    [Fact]
    public async Task Nobody_writes_another_doctors_lines_and_an_unverified_doctor_is_not_there()
    {
        using var doctor = await app.DoctorAsync();
        using var waiting = await app.DoctorAsync(verified: false);
        var line = new { title = "MD", organization = "Elsewhere" };

        (await waiting.PostAsync($"/api/doctors/{doctor.DoctorId}/education/", line)).Status.ShouldBe(403);
        (await doctor.PostAsync($"/api/doctors/{waiting.DoctorId}/education/", new { })).Status.ShouldBe(404);
        (await app.Anonymous.AskAsync($"/api/doctors/{waiting.DoctorId}/education/")).Status.ShouldBe(404);
        (await waiting.PostAsync($"/api/doctors/{waiting.DoctorId}/education/", line)).Status.ShouldBe(201);
    }

    [Theory]
    [InlineData("""{"title": "x"}""")]
    [InlineData("""{"title": "x", "organization": "y", "started_on": "0001-01-01"}""")]
    [InlineData("""{"title": "x", "organization": "y", "started_on": "2020-01-02", "ended_on": "2020-01-01"}""")]
    [InlineData("""{"title": "x", "organization": "y", "ended_on": "9999-12-31"}""")]
    public async Task A_shapeless_line_is_refused(string body)
    {
        using var doctor = await app.DoctorAsync();

        (await doctor.PostAsync($"/api/doctors/{doctor.DoctorId}/experience/", body)).Status.ShouldBe(400);
    }
}
