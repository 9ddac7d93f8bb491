using Careline.Tests.Support;

namespace Careline.Tests.Patients;

public sealed class HistoryTests(SharedApp app) : IClassFixture<SharedApp>
{
    public static TheoryData<string, string, string, string> Nouns => new()
    {
        { "allergies", """{"substance": "Penicillin", "severity": "severe", "reaction": "rash"}""", "substance", "reaction" },
        { "conditions", """{"text": "Hypertension", "code": "I10", "onset_on": "2020-01-01"}""", "text", "code" },
        { "medications", """{"name": "Amlodipine", "dosage": "5 mg", "frequency": "daily"}""", "name", "dosage" },
        { "immunisations", """{"vaccine": "Tetanus", "given_on": "2021-05-01", "lot": "A1"}""", "vaccine", "lot" },
        { "emergency-contacts", """{"name": "Ada", "phone": "+2348012345678", "relation": "sister"}""", "name", "relation" },
    };

    [Theory]
    [MemberData(nameof(Nouns))]
    public async Task Who_treats_keeps_the_history_and_the_patient_reads_it(string noun, string body, string field, string optional)
    {
        using var patient = await app.PatientAsync();
        using var doctor = await app.DoctorAsync();
        await app.OpenCareAsync(patient.PatientId, doctor);
        var path = $"/api/patients/{patient.PatientId}/{noun}/";

        var added = await doctor.PostAsync(path, body);
        var patched = await doctor.Client.SendAsync("PATCH", $"{path}{added.Id}/", $$"""{"{{field}}": " as typed "}""");
        var stale = await doctor.PutAsync($"{path}{added.Id}/", body, ("If-Match", added.ETag!));
        var cleared = await doctor.Client.SendAsync("PATCH", $"{path}{added.Id}/", $$"""{"{{optional}}": null}""");

        added.Status.ShouldBe(201, added.Text);
        added.Data.GetProperty("recorded_by").GetGuid().ShouldBe(doctor.UserId);
        patched.Data.GetProperty(field).GetString().ShouldBe(" as typed ");
        patched.Data.GetProperty(optional).ToString().ShouldBe(added.Data.GetProperty(optional).ToString());
        stale.Status.ShouldBe(412);
        cleared.Data.GetProperty(optional).ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
        (await doctor.PutAsync($"{path}{added.Id}/", body)).Data.GetProperty(optional).ToString().ShouldBe(added.Data.GetProperty(optional).ToString());
        (await patient.GetAsync(path)).Total.ShouldBe(1);
        (await patient.GetAsync($"{path}{added.Id}/")).Id.ShouldBe(added.Id);
        (await doctor.DeleteAsync($"{path}{added.Id}/")).Status.ShouldBe(204);
        (await patient.GetAsync($"{path}{added.Id}/")).Status.ShouldBe(404);
        (await patient.GetAsync(path)).Total.ShouldBe(0);
        (await app.SqlAsync($"SELECT count(*) FROM patients.{noun.Replace('-', '_')} WHERE id = $1", added.Id)).ShouldBe(1L);
    }

    [Theory]
    [InlineData("allergies", true)]
    [InlineData("conditions", false)]
    [InlineData("medications", true)]
    [InlineData("immunisations", false)]
    [InlineData("emergency-contacts", true)]
    public async Task Patients_write_what_they_know_best_themselves(string noun, bool mayWrite)
    {
        using var patient = await app.PatientAsync();
        var row = Nouns.First(n => n.Data.Item1 == noun).Data;

        (await patient.PostAsync($"/api/patients/{patient.PatientId}/{noun}/", row.Item2)).Status.ShouldBe(mayWrite ? 201 : 403);
    }

    [Theory]
    [InlineData("receptionist", "PERMISSION_DENIED")]
    [InlineData("admin", "BREAK_GLASS_REQUIRED")]
    public async Task The_desk_and_administrators_see_contacts_and_no_histories(string role, string code)
    {
        var clinic = await app.ClinicAsync();
        using var patient = await app.PatientAsync();
        using var staff = await app.StaffAsync(role, role == "receptionist" ? clinic : null);
        await app.EnlistAsync(patient.PatientId, clinic);
        var path = $"/api/patients/{patient.PatientId}/";

        foreach (var (noun, body, _, _) in Nouns.Select(n => n.Data).Where(n => n.Item1 != "emergency-contacts"))
        {
            var read = await staff.GetAsync(path + noun + "/");
            var write = await staff.PostAsync(path + noun + "/", body);
            (read.Status, read.ErrorCode).ShouldBe((403, code), noun);
            (write.Status, write.ErrorCode).ShouldBe((403, code), noun);
        }

        (await staff.GetAsync(path + "notes/")).Status.ShouldBe(403);
        (await staff.PostAsync(path + "emergency-contacts/", new { name = "Ada", phone = "+2348012345678" })).Status.ShouldBe(201);
        (await staff.GetAsync(path + "emergency-contacts/")).Total.ShouldBe(1);
    }

    [Fact]
    public async Task A_receptionist_who_registered_the_patient_still_reads_nothing_clinical()
    {
        using var desk = await app.StaffAsync("receptionist");
        var patient = await desk.PostAsync("/api/patients/", new { first_name = "A", last_name = "B" });

        (await desk.GetAsync($"/api/patients/{patient.Id}/allergies/")).Status.ShouldBe(403);
    }

    [Fact]
    public async Task Notes_are_for_staff_and_private_ones_for_their_author()
    {
        using var patient = await app.PatientAsync();
        using var doctor = await app.DoctorAsync();
        using var nurse = await app.StaffAsync("nurse");
        await app.OpenCareAsync(patient.PatientId, doctor);
        await app.OpenCareAsync(patient.PatientId, nurse);
        var path = $"/api/patients/{patient.PatientId}/notes/";
        var shared = await doctor.PostAsync(path, new { content = "Prefers mornings." });
        var secret = await doctor.PostAsync(path, new { content = "Ask again about home.", is_private = true });

        (await doctor.GetAsync(path)).Total.ShouldBe(2);
        (await nurse.GetAsync(path)).Rows.Single().GetProperty("id").GetGuid().ShouldBe(shared.Id);
        (await nurse.GetAsync($"{path}{secret.Id}/")).Status.ShouldBe(404);
        (await nurse.DeleteAsync($"{path}{secret.Id}/")).Status.ShouldBe(404);
        (await nurse.PatchAsync($"{path}{shared.Id}/", new { content = "No." })).Status.ShouldBe(403);
        (await patient.GetAsync(path)).Status.ShouldBe(403);
        (await patient.GetAsync($"{path}{shared.Id}/")).Status.ShouldBe(403);
        (await patient.PostAsync(path, new { content = "Hello" })).Status.ShouldBe(403);
        (await patient.GetAsync("/api/patients/me/")).Data.GetProperty("note_count").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
        (await nurse.GetAsync($"/api/patients/{patient.PatientId}/")).Data.GetProperty("note_count").GetInt32().ShouldBe(1);
    }

    [Fact]
    public async Task An_entry_of_one_patient_is_not_found_under_another()
    {
        using var patient = await app.PatientAsync();
        using var other = await app.PatientAsync();
        var entry = await other.PostAsync($"/api/patients/{other.PatientId}/allergies/", new { substance = "Dust" });

        (await patient.GetAsync($"/api/patients/{patient.PatientId}/allergies/{entry.Id}/")).Status.ShouldBe(404);
        (await patient.DeleteAsync($"/api/patients/{patient.PatientId}/allergies/{entry.Id}/")).Status.ShouldBe(404);
        (await patient.GetAsync($"/api/patients/{other.PatientId}/allergies/{entry.Id}/")).Status.ShouldBe(404);
    }

    [Theory]
    [InlineData("allergies", """{"substance": ""}""")]
    [InlineData("allergies", """{"substance": "x", "severity": "deadly"}""")]
    [InlineData("allergies", """{"substance": "x", "noted_on": "0001-01-01"}""")]
    [InlineData("allergies", """{"substance": "x", "patient_id": "1"}""")]
    [InlineData("allergies", "[]")]
    [InlineData("conditions", """{"text": "x", "code": "not icd"}""")]
    [InlineData("conditions", """{"text": "x", "onset_on": "2020-01-02", "resolved_on": "2020-01-01"}""")]
    [InlineData("medications", """{"name": "x", "started_on": "2020-01-02", "ended_on": "2020-01-01"}""")]
    [InlineData("immunisations", """{"vaccine": "x"}""")]
    [InlineData("immunisations", """{"vaccine": "x", "given_on": "9999-01-01"}""")]
    [InlineData("emergency-contacts", """{"name": "x", "phone": "12"}""")]
    [InlineData("notes", """{"content": " "}""")]
    [InlineData("notes", """{"content": "x", "content": "y"}""")]
    public async Task A_shapeless_entry_is_refused(string noun, string body)
    {
        using var patient = await app.PatientAsync();
        using var doctor = await app.DoctorAsync();
        await app.OpenCareAsync(patient.PatientId, doctor);

        var reply = await doctor.PostAsync($"/api/patients/{patient.PatientId}/{noun}/", body);

        reply.Status.ShouldBe(400, reply.Text);
    }
}
