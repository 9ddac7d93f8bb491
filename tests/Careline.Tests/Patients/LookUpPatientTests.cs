using Careline.Tests.Support;

namespace Careline.Tests.Patients;

public sealed class LookUpPatientTests(SharedApp app) : IClassFixture<SharedApp>
{
    private const string Path = "/api/patients/";

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
}
