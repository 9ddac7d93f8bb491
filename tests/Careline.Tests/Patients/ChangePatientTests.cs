using System.Text.Json;
using Careline.Tests.Support;

namespace Careline.Tests.Patients;

public sealed class ChangePatientTests(SharedApp app) : IClassFixture<SharedApp>
{
    private const string Path = "/api/patients/";

    [Fact]
    public async Task A_patch_merges_and_a_put_replaces_and_text_is_kept_as_typed()
    {
        using var patient = await app.PatientAsync();
        var path = $"{Path}{patient.PatientId}/";

        var patch = await patient.PatchAsync(path, new { medical_history = " Ünïcødé \n😷 ", city = "Enugu", gender = "M" });
        var second = await patient.PatchAsync(path, new { city = (string?)null, blood_group = "AB-" });
        var put = await patient.PutAsync(path, new { first_name = "New", last_name = "Name" });

        patch.Data.GetProperty("medical_history").GetString().ShouldBe(" Ünïcødé \n😷 ");
        second.Data.GetProperty("city").ValueKind.ShouldBe(JsonValueKind.Null);
        second.Data.GetProperty("gender").GetString().ShouldBe("male");
        second.Data.GetProperty("medical_history").GetString().ShouldBe(" Ünïcødé \n😷 ");
        put.Data.GetProperty("name").GetString().ShouldBe("New Name");
        put.Data.GetProperty("medical_history").ValueKind.ShouldBe(JsonValueKind.Null);
        put.ETag.ShouldNotBe(second.ETag);
        (await patient.PutAsync(path, new { first_name = "Old", last_name = "Name" }, ("If-Match", second.ETag!))).Status.ShouldBe(412);
    }

    [Fact]
    public async Task The_desk_changes_contact_data_and_leaves_what_is_clinical()
    {
        using var patient = await app.PatientAsync();
        using var admin = await app.AdminAsync();
        var path = $"{Path}{patient.PatientId}/";
        (await patient.PatchAsync(path, new { medical_history = "Asthma." })).Status.ShouldBe(200);

        (await admin.PutAsync(path, new { first_name = "By", last_name = "Desk", city = "Accra" })).Status.ShouldBe(200);
        (await admin.PatchAsync(path, new { city = "Tema" })).Data.GetProperty("city").GetString().ShouldBe("Tema");

        (await patient.GetAsync(path)).Data.GetProperty("medical_history").GetString().ShouldBe("Asthma.");
    }

    [Fact]
    public async Task A_closed_record_keeps_everything_and_only_an_administrator_or_its_maker_closes_it()
    {
        using var patient = await app.PatientAsync();
        using var doctor = await app.DoctorAsync();
        using var admin = await app.AdminAsync();
        await app.OpenCareAsync(patient.PatientId, doctor);
        var path = $"{Path}{patient.PatientId}/";
        (await patient.PostAsync(path + "allergies/", new { substance = "Nuts" })).Status.ShouldBe(201);
        var own = await doctor.PostAsync(Path, new { first_name = "A", last_name = "B" });

        (await patient.DeleteAsync(path)).Status.ShouldBe(403);
        (await doctor.DeleteAsync(path)).Status.ShouldBe(403);
        (await doctor.PatchAsync(path, new { is_active = false })).Status.ShouldBe(403);
        (await doctor.DeleteAsync($"{Path}{own.Id}/")).Status.ShouldBe(204);
        (await admin.DeleteAsync(path)).Status.ShouldBe(204);

        (await patient.GetAsync(path)).Data.GetProperty("is_active").GetBoolean().ShouldBeFalse();
        (await patient.GetAsync(path + "allergies/")).Total.ShouldBe(1);
        (await admin.PatchAsync(path, new { is_active = true })).Data.GetProperty("is_active").GetBoolean().ShouldBeTrue();
    }

    [Theory]
    [InlineData("gender", "\"x\"")]
    [InlineData("gender", "1")]
    [InlineData("date_of_birth", "\"0000-01-01\"")]
    [InlineData("date_of_birth", "\"1899-12-31\"")]
    [InlineData("date_of_birth", "\"2199-01-01\"")]
    [InlineData("phone", "\"0801\"")]
    [InlineData("email", "\"nobody\"")]
    [InlineData("country", "\"ng\"")]
    [InlineData("blood_group", "\"C+\"")]
    [InlineData("language", "\"english!\"")]
    [InlineData("primary_doctor_id", "\"7\"")]
    [InlineData("first_name", "\" \"")]
    [InlineData("last_name", "null")]
    [InlineData("medical_history", "\"\\u0000\"")]
    [InlineData("number", "\"PAT-000001\"")]
    public async Task A_hostile_value_is_refused_by_field(string field, string value)
    {
        using var patient = await app.PatientAsync();

        var reply = await patient.Client.SendAsync("PATCH", $"{Path}{patient.PatientId}/", $$"""{"{{field}}": {{value}}}""");

        reply.Status.ShouldBe(400, reply.Text);
        reply.ErrorDetails.EnumerateObject().ShouldContain(p => p.Name == field, reply.Text);
    }
}
