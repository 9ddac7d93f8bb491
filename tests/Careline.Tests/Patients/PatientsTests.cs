using System.Text.Json;
using Careline.Tests.Support;

namespace Careline.Tests.Patients;

public sealed class PatientsTests(TestApp app) : IClassFixture<TestApp>
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

    [Fact]
    public async Task Staff_search_filter_and_order()
    {
        using var desk = await app.StaffAsync("nurse");
        var primary = Guid.CreateVersion7();
        await desk.PostAsync(Path, new { first_name = "Zed", last_name = "Findme", gender = "male", phone = "+233201234567" });
        await desk.PostAsync(Path, new { first_name = "Ann", last_name = "Findme", gender = "female", email = "ann@post.test", primary_doctor_id = primary });
        var number = (await desk.PostAsync(Path, new { first_name = "Bob", last_name = "Other%" })).Data.GetProperty("number").GetString();

        (await NamesAsync(desk, "search=findme")).ShouldBe("Ann,Zed");
        (await NamesAsync(desk, "search=FIND zed")).ShouldBe("Zed");
        (await NamesAsync(desk, "search=20123")).ShouldBe("Zed");
        (await NamesAsync(desk, "search=post.test")).ShouldBe("Ann");
        (await NamesAsync(desk, $"search={number}")).ShouldBe("Bob");
        (await NamesAsync(desk, "search=other%25")).ShouldBe("Bob");
        (await NamesAsync(desk, "search=%25%25%25")).ShouldBe("");
        (await NamesAsync(desk, "gender=female")).ShouldBe("Ann");
        (await NamesAsync(desk, $"doctor={primary}")).ShouldBe("Ann");
        (await NamesAsync(desk, "is_active=false")).ShouldBe("");
        (await NamesAsync(desk, "ordering=-name")).ShouldBe("Zed,Bob,Ann");
        (await NamesAsync(desk, "ordering=created_at")).ShouldBe("Zed,Ann,Bob");
        (await NamesAsync(desk, "ordering=number&page_size=1&page=2")).ShouldBe("Ann");
    }

    [Theory]
    [InlineData("gender=unsaid")]
    [InlineData("is_active=perhaps")]
    [InlineData("doctor=1")]
    [InlineData("clinic=x")]
    [InlineData("ordering=medical_history")]
    [InlineData("page=-1")]
    public async Task A_filter_that_cannot_be_read_is_refused_by_name(string query)
    {
        using var patient = await app.PatientAsync();

        var reply = await patient.GetAsync($"{Path}?{query}");

        reply.Status.ShouldBe(400);
        reply.ErrorDetails.TryGetProperty(query.Split('=')[0], out _).ShouldBeTrue(reply.Text);
    }

    [Fact]
    public async Task A_doctors_own_filter_lists_everybody_in_care()
    {
        using var patient = await app.PatientAsync();
        using var doctor = await app.DoctorAsync();
        await app.OpenCareAsync(patient.PatientId, doctor);

        (await doctor.GetAsync($"{Path}?doctor={doctor.DoctorId}")).Total.ShouldBe(1);
        (await doctor.GetAsync($"{Path}?doctor={Guid.CreateVersion7()}")).Total.ShouldBe(0);
    }

    [Fact]
    public async Task A_doctor_finds_a_patient_by_exact_number_or_phone_and_learns_only_who_it_is()
    {
        using var patient = await app.PatientAsync();
        using var doctor = await app.DoctorAsync();
        var phone = "+23482" + Random.Shared.NextInt64(10_000_000, 99_999_999);
        (await patient.PatchAsync($"{Path}{patient.PatientId}/", new { phone })).Status.ShouldBe(200);
        var number = (await patient.GetAsync(Path + "me/")).Data.GetProperty("number").GetString()!;

        var found = await doctor.GetAsync($"{Path}lookup/?number={number.ToLowerInvariant()}");

        found.Data.EnumerateObject().Select(p => p.Name).ShouldBe(["id", "number", "name"]);
        found.Id.ShouldBe(patient.PatientId);
        (await doctor.GetAsync($"{Path}lookup/?phone={Uri.EscapeDataString(phone)}")).Id.ShouldBe(patient.PatientId);
        (await doctor.GetAsync($"{Path}lookup/?phone={Uri.EscapeDataString(phone[..^1])}")).Status.ShouldBe(404);
        (await doctor.GetAsync(Path + "lookup/")).Status.ShouldBe(400);
        (await patient.GetAsync($"{Path}lookup/?number={number}")).Status.ShouldBe(403);
        (await app.SqlAsync(
            "SELECT count(*) FROM audit.events WHERE action = 'LookUpPatient' AND actor_id = $1 AND patient_ids = ARRAY[$2]",
            doctor.UserId, patient.PatientId)).ShouldBe(2L);
    }

    [Fact]
    public async Task A_phone_that_a_family_shares_names_nobody()
    {
        using var doctor = await app.DoctorAsync();
        await doctor.PostAsync(Path, new { first_name = "Twin", last_name = "One", phone = "+233209999999" });
        await doctor.PostAsync(Path, new { first_name = "Twin", last_name = "Two", phone = "+233209999999" });

        (await doctor.GetAsync($"{Path}lookup/?phone=%2B233209999999")).ErrorCode.ShouldBe("AMBIGUOUS_PHONE");
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

    [Fact]
    public async Task The_older_doubled_path_answers_too()
    {
        using var patient = await app.PatientAsync();

        (await patient.GetAsync($"/api/patients/api/patients/{patient.PatientId}")).Id.ShouldBe(patient.PatientId);
    }

    private static async Task<string> NamesAsync(Person staff, string query) =>
        string.Join(',', (await staff.GetAsync($"{Path}?{query}")).Rows.Select(r => r.GetProperty("first_name").GetString()));
}
