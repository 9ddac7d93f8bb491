using Careline.Tests.Scheduling;
using Careline.Tests.Support;

namespace Careline.Tests.Analytics;

public sealed class SavedReportTests(SharedApp app) : IClassFixture<SharedApp>
{
    private const string Path = "/api/analytics/reports/";

    [Fact]
    public async Task A_report_is_kept_changed_run_and_removed()
    {
        using var doctor = await app.DoctorAsync();
        await app.VisitAsync(doctor, (await app.PatientsAsync(1))[0]);
        var made = await KeepAsync(doctor);

        (await doctor.PostAsync($"{Path}{made.Id}/run/")).Lines().Single().GetProperty("appointments").GetInt32().ShouldBe(1);
        (await doctor.PatchAsync($"{Path}{made.Id}/", new { name = "Renamed" }, ("If-Match", "\"7\""))).Status.ShouldBe(412);
        var changed = await doctor.PatchAsync($"{Path}{made.Id}/", new { name = "Renamed", question = new { measures = new[] { "patients" } } }, ("If-Match", made.ETag!));
        (changed.Word("name"), changed.ETag).ShouldBe(("Renamed", "\"2\""));
        (await doctor.PostAsync($"{Path}{made.Id}/run/")).Lines().Single().GetProperty("patients").GetInt32().ShouldBe(1);
        (await doctor.PatchAsync($"{Path}{made.Id}/", new { question = new { measures = new[] { "nonsense" } } })).Status.ShouldBe(400);
        (await doctor.GetAsync($"{Path}?search=renamed&mine=true")).Total.ShouldBe(1);
        (await doctor.DeleteAsync($"{Path}{made.Id}/")).Status.ShouldBe(204);
        (await doctor.GetAsync($"{Path}{made.Id}/")).Status.ShouldBe(404);
        (await doctor.PostAsync($"{Path}{made.Id}/run/")).Status.ShouldBe(404);
    }

    [Fact]
    public async Task Readers_run_it_with_rights_of_their_own_and_change_nothing()
    {
        var (clinic, head) = await app.RunClinicAsync();
        using var doctor = await app.DoctorAsync();
        using var nurse = await app.StaffAsync("nurse", clinic);
        using var outsider = await app.DoctorAsync();
        await app.JoinAsync(doctor, clinic, "doctor");
        var patient = (await app.PatientsAsync(1))[0];
        await app.VisitAsync(doctor, patient, clinic: clinic);
        await app.VisitAsync(outsider, patient, clinic: clinic);
        var made = await KeepAsync(head, new { clinic_id = clinic, reader_ids = new[] { nurse.UserId } });

        (await head.PostAsync($"{Path}{made.Id}/run/")).Lines().Single().GetProperty("appointments").GetInt32().ShouldBe(2);
        (await doctor.PostAsync($"{Path}{made.Id}/run/")).Lines().Single().GetProperty("appointments").GetInt32().ShouldBe(1);
        (await nurse.GetAsync($"{Path}{made.Id}/")).Status.ShouldBe(200);
        (await nurse.PostAsync($"{Path}{made.Id}/run/")).Status.ShouldBe(403);
        (await doctor.PatchAsync($"{Path}{made.Id}/", new { name = "Mine" })).Status.ShouldBe(403);
        (await doctor.DeleteAsync($"{Path}{made.Id}/")).Status.ShouldBe(403);
        (await outsider.GetAsync($"{Path}{made.Id}/")).Status.ShouldBe(404);
        (await outsider.PostAsync($"{Path}{made.Id}/run/")).Status.ShouldBe(404);
        (await outsider.PutAsync($"{Path}{made.Id}/", new { })).Status.ShouldBe(404);
        (await outsider.GetAsync(Path)).Total.ShouldBe(0);
        head.Dispose();
    }

    [Fact]
    public async Task It_is_shown_to_colleagues_alone()
    {
        using var doctor = await app.DoctorAsync();
        using var stranger = await app.DoctorAsync();
        using var admin = await app.AdminAsync();
        using var other = await app.AdminAsync();

        (await doctor.PostAsync(Path, Body(new { reader_ids = new[] { stranger.UserId } }))).ErrorDetails.TryGetProperty("reader_ids", out _).ShouldBeTrue();
        (await doctor.PostAsync(Path, Body(new { clinic_id = await app.ClinicAsync() }))).ErrorDetails.TryGetProperty("clinic_id", out _).ShouldBeTrue();
        (await admin.PostAsync(Path, Body(new { clinic_id = Guid.CreateVersion7() }))).Status.ShouldBe(400);
        var shown = await KeepAsync(admin, new { reader_ids = new[] { other.UserId } });
        (await other.GetAsync($"{Path}{shown.Id}/")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Of_two_changes_at_once_one_is_told()
    {
        using var doctor = await app.DoctorAsync();
        var made = await KeepAsync(doctor);

        var replies = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => doctor.PatchAsync($"{Path}{made.Id}/", new { name = $"Name {i}" }, ("If-Match", made.ETag!))));

        replies.Count(r => r.Status == 200).ShouldBe(1);
        replies.Count(r => r.Status == 412).ShouldBe(7);
    }

    private static string Body(object? more = null) => Visits.Merge(new { name = "Visits", question = Visits.Question() }, more).ToJsonString();

    private static async Task<Reply> KeepAsync(Person by, object? more = null)
    {
        var made = await by.PostAsync(Path, Body(more));
        made.Status.ShouldBe(201, made.Text);
        return made;
    }
}
