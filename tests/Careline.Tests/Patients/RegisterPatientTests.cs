using System.Text.Json;
using Careline.Tests.Support;

namespace Careline.Tests.Patients;

public sealed class RegisterPatientTests(TestApp app) : IClassFixture<TestApp>
{
    private const string Path = "/api/patients/";

    [Fact]
    public async Task A_registered_account_is_a_patient_with_a_number()
    {
        using var patient = await app.PatientAsync("Amara");

        var me = (await patient.GetAsync(Path + "me/")).Data;

        me.GetProperty("number").GetString()!.ShouldMatch(@"^PAT-\d{6,}$");
        me.GetProperty("user_id").GetGuid().ShouldBe(patient.UserId);
        me.GetProperty("first_name").GetString().ShouldBe("Amara");
        me.GetProperty("gender").GetString().ShouldBe("unknown");
    }

    [Fact]
    public async Task Numbers_go_on_past_six_digits()
    {
        await app.SqlAsync("SELECT setval('patients.patient_numbers', 9999999)");
        using var patient = await app.PatientAsync();

        (await patient.GetAsync(Path + "me/")).Data.GetProperty("number").GetString().ShouldBe("PAT-10000000");
    }

    [Theory]
    [InlineData("doctor")]
    [InlineData("nurse")]
    [InlineData("receptionist")]
    [InlineData("admin")]
    public async Task Staff_register_a_patient_and_see_it_for_thirty_days(string role)
    {
        using var staff = role == "doctor" ? await app.DoctorAsync() : await app.StaffAsync(role);

        var reply = await staff.PostAsync(Path, new { first_name = "Walk", last_name = "In", gender = "F", date_of_birth = "1990-02-28" });

        reply.Status.ShouldBe(201, reply.Text);
        reply.Data.GetProperty("gender").GetString().ShouldBe("female");
        reply.Data.GetProperty("user_id").ValueKind.ShouldBe(JsonValueKind.Null);
        (await staff.GetAsync($"{Path}{reply.Id}/")).Status.ShouldBe(200);
        if (role is "doctor")
        {
            await app.SqlAsync("UPDATE patients.care_relationships SET ends_at = $2 WHERE patient_id = $1", reply.Id, app.Now);
            (await staff.GetAsync($"{Path}{reply.Id}/")).Status.ShouldBe(404);
        }
    }

    [Fact]
    public async Task A_registering_desk_brings_the_patient_to_its_clinic()
    {
        var clinic = await app.ClinicAsync();
        using var desk = await app.StaffAsync("receptionist", clinic);
        using var colleague = await app.StaffAsync("receptionist", clinic);

        var reply = await desk.PostAsync(Path, new { first_name = "At", last_name = "Desk" });

        (await colleague.GetAsync($"{Path}?clinic={clinic}")).Rows.Single().GetProperty("id").GetGuid().ShouldBe(reply.Id);
        (await desk.PostAsync(Path, new { first_name = "A", last_name = "B", clinic_id = await app.ClinicAsync() })).Status.ShouldBe(400);
        (await desk.PostAsync(Path, new { first_name = "A", last_name = "B", medical_history = "x" })).Status.ShouldBe(403);
    }

    [Fact]
    public async Task Patients_register_nobody()
    {
        using var patient = await app.PatientAsync();

        (await patient.PostAsync(Path, new { first_name = "A", last_name = "B" })).Status.ShouldBe(403);
        (await app.Anonymous.PostAsync(Path, new { })).Status.ShouldBe(401);
    }
}
