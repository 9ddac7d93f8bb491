using System.Text;
using System.Text.Json;
using Careline.Tests.Support;

namespace Careline.Tests.Patients;

/// <summary>Who pays, and who reads the numbers by which.</summary>
public sealed class InsuranceTests(SharedApp app) : IClassFixture<SharedApp>
{
    // With letters that neither an id nor a ciphertext in hexadecimal has.
    private const string Number = "HH-QXZK 0815";

    [Fact]
    public async Task The_numbers_are_kept_encrypted_for_their_row()
    {
        using var patient = await app.PatientAsync();
        var added = await AddAsync(patient, patient.PatientId);
        var other = await AddAsync(patient, patient.PatientId, "ZZ-9999", primary: false);
        var path = PathOf(patient.PatientId);

        added.Status.ShouldBe(201, added.Text);
        added.Data.GetProperty("member_number").GetString().ShouldBe(Number);
        (await patient.PatchAsync($"{path}{added.Id}/", new { plan = "Gold" })).Data.GetProperty("member_number").GetString().ShouldBe(Number);
        (await patient.GetAsync(path)).Rows.Select(r => r.GetProperty("group_number").GetString()).ShouldBe(["G-1", "G-1"]);
        (await app.SqlAsync("SELECT i::text FROM patients.insurance i WHERE id = $1", added.Id)).ShouldBeOfType<string>().ShouldNotContain("QXZK");
        var sealedNumber = (byte[])(await app.SqlAsync("SELECT member_number_sealed FROM patients.insurance WHERE id = $1", added.Id))!;
        Encoding.UTF8.GetString(sealedNumber).ShouldNotContain("QXZK");

        // A value that is moved to another row opens there for nobody.
        await app.SqlAsync("UPDATE patients.insurance SET member_number_sealed = $2 WHERE id = $1", other.Id, sealedNumber);
        (await patient.GetAsync($"{path}{other.Id}/")).Data.GetProperty("member_number").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public async Task A_number_that_was_tampered_with_hides_nothing_else_and_is_written_anew_as_a_whole()
    {
        using var patient = await app.PatientAsync();
        using var admin = await app.AdminAsync();
        var whole = await AddAsync(patient, patient.PatientId, "ZZ-9999", primary: false);
        var broken = await AddAsync(patient, patient.PatientId);
        var path = PathOf(patient.PatientId);
        var one = $"{path}{broken.Id}/";
        await app.SqlAsync("UPDATE patients.insurance SET member_number_sealed = set_byte(member_number_sealed, 20, get_byte(member_number_sealed, 20) # 1) WHERE id = $1", broken.Id);
        var stored = await app.SqlAsync("SELECT member_number_sealed FROM patients.insurance WHERE id = $1", broken.Id);

        var rows = (await patient.GetAsync(path)).Rows.ToDictionary(r => r.GetProperty("id").GetGuid());
        rows[whole.Id].GetProperty("member_number").GetString().ShouldBe("ZZ-9999");
        rows[whole.Id].TryGetProperty("unreadable", out _).ShouldBeFalse();
        rows[broken.Id].GetProperty("member_number").ValueKind.ShouldBe(JsonValueKind.Null);
        rows[broken.Id].GetProperty("group_number").GetString().ShouldBe("G-1");
        rows[broken.Id].GetProperty("unreadable").ToString().ShouldBe("""["member_number"]""");
        (await admin.GetAsync(path)).Text.ShouldNotContain("unreadable");
        (await patient.GetAsync("/api/patients/me/export/")).Status.ShouldBe(200);

        (await patient.PatchAsync(one, new { plan = "Gold" })).ErrorCode.ShouldBe("UNREADABLE");
        (await app.SqlAsync("SELECT member_number_sealed FROM patients.insurance WHERE id = $1", broken.Id)).ShouldBe(stored);
        (await patient.PutAsync(one, new { provider = "Harbour Health", member_number = Number })).Data.GetProperty("member_number").GetString().ShouldBe(Number);
        (await patient.GetAsync(one)).Data.TryGetProperty("unreadable", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task The_desk_bills_by_the_whole_number_and_administrators_see_its_end()
    {
        var clinic = await app.ClinicAsync();
        using var patient = await app.PatientAsync();
        using var desk = await app.StaffAsync("receptionist", clinic);
        using var admin = await app.AdminAsync();
        using var booker = await app.PatientAsync();
        using var reader = await app.PatientAsync();
        using var doctor = await app.DoctorAsync();
        await app.EnlistAsync(patient.PatientId, clinic);
        await app.ActForAsync(booker, patient, ["book"]);
        await app.ActForAsync(reader, patient, ["read"]);
        await app.OpenCareAsync(patient.PatientId, doctor);
        var path = PathOf(patient.PatientId);
        var added = await AddAsync(desk, patient.PatientId);
        added.Status.ShouldBe(201, added.Text);

        foreach (var person in (Person[])[desk, patient, reader, doctor])
        {
            (await person.GetAsync(path)).Rows.Single().GetProperty("member_number").GetString().ShouldBe(Number);
        }

        foreach (var person in (Person[])[admin, booker])
        {
            var shown = (await person.GetAsync(path)).Rows.Single();
            shown.GetProperty("member_number").ValueKind.ShouldBe(JsonValueKind.Null);
            shown.GetProperty("group_number").ValueKind.ShouldBe(JsonValueKind.Null);
            shown.GetProperty("member_number_last_four").GetString().ShouldBe("0815");
            (await person.GetAsync($"{path}{added.Id}/")).Text.ShouldNotContain("QXZK");
        }

        (await reader.PatchAsync($"{path}{added.Id}/", new { plan = "Gold" })).Status.ShouldBe(403);
        (await booker.PatchAsync($"{path}{added.Id}/", new { plan = "Gold" })).Status.ShouldBe(403);
        (await admin.PatchAsync($"{path}{added.Id}/", new { plan = "Gold" })).Data.GetProperty("member_number").ValueKind.ShouldBe(JsonValueKind.Null);
        (await desk.GetAsync($"{path}{added.Id}/")).Data.GetProperty("member_number").GetString().ShouldBe(Number);
    }

    [Fact]
    public async Task The_desk_finds_a_patient_by_the_whole_number_only_and_only_its_own()
    {
        var clinic = await app.ClinicAsync();
        using var patient = await app.PatientAsync();
        using var desk = await app.StaffAsync("receptionist", clinic);
        using var elsewhere = await app.StaffAsync("receptionist", await app.ClinicAsync());
        using var admin = await app.AdminAsync();
        using var nurse = await app.StaffAsync("nurse", clinic);
        await app.EnlistAsync(patient.PatientId, clinic);
        var added = await AddAsync(patient, patient.PatientId, "QX 77-31");

        foreach (var typed in (string[])["QX 77-31", "qx7731", "QX-7731"])
        {
            (await FindAsync(desk, typed)).Rows.Single().GetProperty("id").GetGuid().ShouldBe(patient.PatientId);
            (await FindAsync(admin, typed)).Total.ShouldBe(1);
        }

        (await FindAsync(desk, "7731")).Total.ShouldBe(0);
        (await FindAsync(elsewhere, "QX 77-31")).Total.ShouldBe(0);
        (await FindAsync(nurse, "QX 77-31")).Status.ShouldBe(403);
        (await FindAsync(patient, "QX 77-31")).Status.ShouldBe(403);
        (await patient.DeleteAsync($"{PathOf(patient.PatientId)}{added.Id}/")).Status.ShouldBe(204);
        (await FindAsync(desk, "QX 77-31")).Total.ShouldBe(0);
    }

    [Fact]
    public async Task One_insurance_is_billed_first_and_days_follow_each_other()
    {
        using var patient = await app.PatientAsync();
        await AddAsync(patient, patient.PatientId);

        (await AddAsync(patient, patient.PatientId)).ErrorCode.ShouldBe("PRIMARY_INSURANCE_EXISTS");
        (await patient.PostAsync(
            PathOf(patient.PatientId), new { provider = "HH", member_number = "1234", valid_from = "2026-02-01", valid_until = "2026-01-31" }))
            .ErrorDetails.GetProperty("valid_until").GetArrayLength().ShouldBe(1);
        (await patient.PostAsync(PathOf(patient.PatientId), new { provider = "HH", member_number = "1" })).Status.ShouldBe(400);
    }

    private static string PathOf(Guid patientId) => $"/api/patients/{patientId}/insurance/";

    private static Task<Reply> FindAsync(Person person, string number) => person.GetAsync($"/api/patients/?insurance_number={Uri.EscapeDataString(number)}");

    private static Task<Reply> AddAsync(Person by, Guid patientId, string number = Number, bool primary = true) => by.PostAsync(
        PathOf(patientId),
        new { provider = "Harbour Health", member_number = number, group_number = "G-1", holder = "Ada", relation = "child", is_primary = primary });
}
