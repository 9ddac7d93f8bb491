using System.Text.Json;
using Careline.Patients.Contracts;
using Careline.Tests.Support;

namespace Careline.Tests.Patients;

/// <summary>Who sees whom, and what of whom.</summary>
public sealed class PatientVisibilityTests(SharedApp app) : IClassFixture<SharedApp>
{
    private const string Path = "/api/patients/";

    [Fact]
    public async Task Patients_see_themselves_and_nobody_else()
    {
        using var patient = await app.PatientAsync();
        using var other = await app.PatientAsync();

        Ids(await patient.GetAsync(Path)).ShouldBe([patient.PatientId]);
        (await patient.GetAsync(Path + "me/")).Id.ShouldBe(patient.PatientId);
        await Unreachable(other, patient.PatientId);
        (await app.Anonymous.AskAsync(Path)).Status.ShouldBe(401);
        (await app.Anonymous.AskAsync($"{Path}{patient.PatientId}/")).Status.ShouldBe(401);
    }

    [Fact]
    public async Task A_doctor_sees_a_patient_while_caring_and_not_after()
    {
        using var patient = await app.PatientAsync();
        using var doctor = await app.DoctorAsync();
        await Unreachable(doctor, patient.PatientId);
        Ids(await doctor.GetAsync(Path)).ShouldBeEmpty();

        var source = await app.OpenCareAsync(patient.PatientId, doctor);
        (await doctor.GetAsync($"{Path}{patient.PatientId}/")).Status.ShouldBe(200);
        Ids(await doctor.GetAsync(Path)).ShouldBe([patient.PatientId]);

        await app.CloseCareAsync(source);
        await Unreachable(doctor, patient.PatientId);
        Ids(await doctor.GetAsync(Path)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Opening_again_for_the_same_cause_moves_the_end()
    {
        using var patient = await app.PatientAsync();
        using var doctor = await app.DoctorAsync();
        var source = await app.OpenCareAsync(patient.PatientId, doctor, until: app.Now.AddMinutes(-1));
        (await doctor.GetAsync($"{Path}{patient.PatientId}/")).Status.ShouldBe(404);

        await app.OpenCareAsync(patient.PatientId, doctor, until: app.Now.AddDays(30), source: source);

        (await doctor.GetAsync($"{Path}{patient.PatientId}/")).Status.ShouldBe(200);
        (await app.SqlAsync("SELECT count(*) FROM patients.care_relationships WHERE source_id = $1", source)).ShouldBe(1L);
    }

    [Fact]
    public async Task The_desk_of_a_clinic_that_knows_the_patient_reads_contact_data_and_nothing_clinical()
    {
        var clinic = await app.ClinicAsync();
        using var patient = await SickPatientAsync();
        using var desk = await app.StaffAsync("receptionist", clinic);
        using var elsewhere = await app.StaffAsync("receptionist", await app.ClinicAsync());
        using var nurse = await app.StaffAsync("nurse", clinic);
        await Unreachable(desk, patient.PatientId);

        await app.EnlistAsync(patient.PatientId, clinic);
        await app.EnlistAsync(patient.PatientId, clinic);

        ShouldHideClinical(await desk.GetAsync($"{Path}{patient.PatientId}/"));
        ShouldHideClinical(await desk.GetAsync(Path), inList: true);
        await Unreachable(elsewhere, patient.PatientId);
        await Unreachable(nurse, patient.PatientId);
    }

    [Fact]
    public async Task Administrators_read_who_it_is_and_nothing_clinical()
    {
        using var patient = await SickPatientAsync();
        using var admin = await app.AdminAsync();

        ShouldHideClinical(await admin.GetAsync($"{Path}{patient.PatientId}/"));
        (await admin.GetAsync($"{Path}{patient.PatientId}/allergies/")).ErrorCode.ShouldBe("BREAK_GLASS_REQUIRED");
        (await admin.PatchAsync($"{Path}{patient.PatientId}/", new { medical_history = "none" })).Status.ShouldBe(403);
    }

    [Fact]
    public async Task Breaking_the_glass_opens_reading_only()
    {
        using var patient = await SickPatientAsync();
        using var admin = await app.AdminAsync();
        using var doctor = await app.DoctorAsync();
        await app.OpenCareAsync(patient.PatientId, admin, CareReason.BreakGlass, app.Now.AddHours(1));
        await app.OpenCareAsync(patient.PatientId, doctor, CareReason.BreakGlass, app.Now.AddHours(1));

        foreach (var person in (Person[])[admin, doctor])
        {
            (await person.GetAsync($"{Path}{patient.PatientId}/")).Data.GetProperty("medical_history").GetString().ShouldBe("Asthma.");
            (await person.GetAsync($"{Path}{patient.PatientId}/allergies/")).Total.ShouldBe(1);
            (await person.PostAsync($"{Path}{patient.PatientId}/allergies/", new { substance = "Latex" })).Status.ShouldBe(403);
            (await person.PatchAsync($"{Path}{patient.PatientId}/", new { blood_group = "A+" })).Status.ShouldBe(403);
        }
    }

    [Fact]
    public async Task Who_cares_reads_what_is_clinical()
    {
        using var patient = await SickPatientAsync();
        using var doctor = await app.DoctorAsync();
        await app.OpenCareAsync(patient.PatientId, doctor);

        foreach (var reply in (Reply[])[await doctor.GetAsync($"{Path}{patient.PatientId}/"), await patient.GetAsync(Path + "me/")])
        {
            reply.Data.GetProperty("blood_group").GetString().ShouldBe("O-");
            reply.Data.GetProperty("medical_history").GetString().ShouldBe("Asthma.");
            reply.Data.GetProperty("allergies").ToString().ShouldBe("""["Penicillin"]""");
        }

        (await doctor.GetAsync(Path)).Rows.Single().GetProperty("allergies").GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task A_role_without_a_clinic_sees_nobody()
    {
        using var patient = await app.PatientAsync();
        foreach (var role in (string[])["nurse", "pharmacist", "receptionist"])
        {
            using var staff = await app.StaffAsync(role);

            (await staff.GetAsync(Path)).Total.ShouldBe(0);
            await Unreachable(staff, patient.PatientId);
        }
    }

    [Fact]
    public async Task A_read_is_in_the_audit_with_whom_it_concerned()
    {
        using var patient = await app.PatientAsync();
        using var doctor = await app.DoctorAsync();
        await app.OpenCareAsync(patient.PatientId, doctor);

        await doctor.GetAsync(Path);
        await doctor.GetAsync($"{Path}{patient.PatientId}/allergies/");

        (await app.SqlAsync(
            "SELECT string_agg(action, ',' ORDER BY id) FROM audit.events WHERE actor_id = $1 AND patient_ids @> ARRAY[$2]",
            doctor.UserId, patient.PatientId)).ShouldBe("ListPatients,ListAllergy");
    }

    private static IEnumerable<Guid> Ids(Reply reply) => reply.Rows.Select(r => r.GetProperty("id").GetGuid());

    private static void ShouldHideClinical(Reply reply, bool inList = false)
    {
        var data = inList ? reply.Rows.Single() : reply.Data;
        data.GetProperty("phone").GetString().ShouldNotBeNull();
        foreach (var member in (string[])["blood_group", "medical_history", "allergies", "note_count"])
        {
            data.GetProperty(member).ValueKind.ShouldBe(JsonValueKind.Null, member);
        }
    }

    /// <summary>Every route answers a stranger as if the patient were not there, before it looks at the body.</summary>
    private static async Task Unreachable(Person stranger, Guid patientId)
    {
        string[] nouns = ["", "allergies/", "conditions/", "medications/", "immunisations/", "emergency-contacts/", "notes/"];
        foreach (var noun in nouns)
        {
            (await stranger.GetAsync($"{Path}{patientId}/{noun}")).Status.ShouldBe(404, noun);
            (await stranger.Client.SendAsync(noun.Length == 0 ? "PUT" : "POST", $"{Path}{patientId}/{noun}", "{}")).Status.ShouldBe(404, noun);
        }

        (await stranger.PatchAsync($"{Path}{patientId}/", new { first_name = "X" })).Status.ShouldBe(404);
        (await stranger.DeleteAsync($"{Path}{patientId}/")).Status.ShouldBe(404);
    }

    private async Task<Person> SickPatientAsync()
    {
        var patient = await app.PatientAsync();
        var phone = "+23481" + Random.Shared.NextInt64(10_000_000, 99_999_999);
        (await patient.PatchAsync($"{Path}{patient.PatientId}/", new { blood_group = "O-", medical_history = "Asthma.", phone })).Status.ShouldBe(200);
        (await patient.PostAsync($"{Path}{patient.PatientId}/allergies/", new { substance = "Penicillin", severity = "severe" })).Status.ShouldBe(201);
        return patient;
    }
}
