using Careline.Tests.Patients;
using Careline.Tests.Support;

namespace Careline.Tests.Audit;

/// <summary>A patient reads who opened the record; nobody else but administrators does.</summary>
public sealed class ShowAccessLogTests(SharedApp app) : IClassFixture<SharedApp>
{
    [Fact]
    public async Task A_patient_reads_who_did_what_in_plain_words()
    {
        using var patient = await app.PatientAsync();
        using var other = await app.PatientAsync();
        using var doctor = await app.DoctorAsync(firstName: "Grace");
        await app.OpenCareAsync(patient.PatientId, doctor);
        await doctor.GetAsync($"/api/patients/{patient.PatientId}/");
        await doctor.PostAsync($"/api/patients/{patient.PatientId}/allergies/", new { substance = "Latex" });
        await other.GetAsync("/api/patients/me/");

        var rows = (await patient.GetAsync(Path(patient))).Rows.Take(2).ToList();

        rows.ConvertAll(r => r.GetProperty("action").GetString()).ShouldBe(["Added to your allergies", "Opened your record"]);
        foreach (var row in rows)
        {
            row.GetProperty("actor").GetProperty("id").GetGuid().ShouldBe(doctor.UserId);
            row.GetProperty("actor").GetProperty("name").GetString()!.ShouldStartWith("Grace ");
            row.GetProperty("actor").GetProperty("role").GetString().ShouldBe("doctor");
            row.GetProperty("purpose").GetString().ShouldBe("treatment");
            row.TryGetProperty("reason", out _).ShouldBeFalse();
        }

        (await patient.GetAsync(Path(patient))).Text.ShouldNotContain(other.UserId.ToString());
    }

    [Fact]
    public async Task Those_who_care_are_refused_strangers_find_nothing_and_administrators_may()
    {
        using var patient = await app.PatientAsync();
        using var stranger = await app.PatientAsync();
        using var doctor = await app.DoctorAsync();
        using var unrelated = await app.DoctorAsync();
        using var admin = await app.AdminAsync();
        await app.OpenCareAsync(patient.PatientId, doctor);

        (await doctor.GetAsync(Path(patient))).Status.ShouldBe(403);
        (await unrelated.GetAsync(Path(patient))).Status.ShouldBe(404);
        (await stranger.GetAsync(Path(patient))).Status.ShouldBe(404);
        (await app.Anonymous.AskAsync(Path(patient))).Status.ShouldBe(401);
        (await admin.GetAsync(Path(patient))).Status.ShouldBe(200);
        (await admin.GetAsync($"/api/patients/{Guid.CreateVersion7()}/access-log/")).Status.ShouldBe(404);
        (await patient.GetAsync(Path(patient))).Rows.First().GetProperty("action").GetString().ShouldBe("Looked at who opened your record");
    }

    [Fact]
    public async Task It_is_paged_by_cursor()
    {
        using var patient = await app.PatientAsync();
        for (var i = 0; i < 4; i++)
        {
            await patient.GetAsync("/api/patients/me/");
        }

        var first = await patient.GetAsync($"{Path(patient)}?limit=3");
        var second = await patient.GetAsync(first.Json.GetProperty("meta").GetProperty("next").GetString()!);

        first.Rows.Count().ShouldBe(3);
        second.Rows.Select(r => r.GetProperty("at").GetDateTimeOffset()).ShouldAllBe(at => at < first.Rows.Last().GetProperty("at").GetDateTimeOffset());
        (await patient.GetAsync($"{Path(patient)}?limit=0")).Status.ShouldBe(400);
    }

    private static string Path(Person patient) => $"/api/patients/{patient.PatientId}/access-log/";
}
