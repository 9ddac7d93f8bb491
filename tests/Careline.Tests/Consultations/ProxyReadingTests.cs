using System.Text.Json;
using Careline.Tests.Patients;
using Careline.Tests.Support;

namespace Careline.Tests.Consultations;

/// <summary>Whoever reads for a patient reads what the patient reads.</summary>
public sealed class ProxyReadingTests(SharedApp app) : IClassFixture<SharedApp>
{
    private static readonly Dictionary<string, object> _text = new() { ["chief_complaint"] = "Cough", ["private_notes"] = "Lonely" };

    [Fact]
    public async Task A_proxy_reads_consultations_and_prescriptions_and_no_private_notes()
    {
        using var visit = await app.StartedVisitAsync(_text);
        using var reader = await app.PatientAsync();
        using var booker = await app.PatientAsync();
        (await visit.Doctor.PostAsync(visit.Path + "prescriptions/", Visits.Amoxicillin)).Status.ShouldBe(201);
        var drafts = (await visit.Doctor.GetAsync("/api/prescriptions/")).Total;
        await app.ActForAsync(reader, visit.Patient, ["read"]);
        await app.ActForAsync(booker, visit.Patient, ["book"]);
        (await reader.GetAsync("/api/prescriptions/")).Total.ShouldBe((await visit.Patient.GetAsync("/api/prescriptions/")).Total);
        (await visit.ByDoctorAsync("complete")).Status.ShouldBe(200);

        var read = await visit.ReadAsync(reader);

        read.GetProperty("chief_complaint").GetString().ShouldBe("Cough");
        read.TryGetProperty("private_notes", out _).ShouldBeFalse();
        (await reader.GetAsync("/api/prescriptions/")).Total.ShouldBe(drafts);
        (await reader.GetAsync($"/api/patients/{visit.Patient.PatientId}/summary/")).Status.ShouldBe(200);
        (await reader.PostAsync(visit.Path + "notes/", new { content = "x" })).Status.ShouldBe(403);
        (await booker.GetAsync(visit.Path)).Status.ShouldBe(404);
        (await booker.GetAsync("/api/prescriptions/")).Total.ShouldBe(0);
        (await booker.GetAsync($"/api/patients/{visit.Patient.PatientId}/summary/")).Status.ShouldBe(404);
    }

    [Fact]
    public async Task A_nurse_who_acts_for_her_mother_does_not_read_what_is_only_prepared()
    {
        using var visit = await app.VisitAsync(_text);
        using var nurse = await app.StaffAsync("nurse");
        using var carer = await app.StaffAsync("nurse");
        await app.ActForAsync(nurse, visit.Patient, ["read", "book"]);
        await app.OpenCareAsync(visit.Patient.PatientId, carer);

        (await visit.ReadAsync(nurse)).GetProperty("chief_complaint").ValueKind.ShouldBe(JsonValueKind.Null);
        (await nurse.GetAsync("/api/consultations/")).Rows.Single().GetProperty("chief_complaint").ValueKind.ShouldBe(JsonValueKind.Null);
        (await visit.ReadAsync(carer)).GetProperty("chief_complaint").GetString().ShouldBe("Cough");
        (await visit.ByDoctorAsync("start")).Status.ShouldBe(200);
        (await visit.Doctor.PostAsync(visit.Path + "prescriptions/", Visits.Amoxicillin)).Status.ShouldBe(201);
        (await nurse.GetAsync("/api/prescriptions/")).Total.ShouldBe(0);
        (await carer.GetAsync("/api/prescriptions/")).Total.ShouldBe(1);
        (await visit.ReadAsync(nurse)).GetProperty("chief_complaint").GetString().ShouldBe("Cough");
        (await nurse.PostAsync(visit.Path + "notes/", new { content = "x" })).Status.ShouldBe(403);
    }
}
