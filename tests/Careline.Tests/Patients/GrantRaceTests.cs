using Careline.Tests.Support;

namespace Careline.Tests.Patients;

/// <summary>A record is opened to a doctor while the right to open it ends: nothing slips through between the two.</summary>
public sealed class GrantRaceTests(TestApp app) : IClassFixture<TestApp>
{
    [Fact]
    public async Task What_a_proxy_opens_while_the_link_ends_ends_with_it()
    {
        using var patient = await app.PatientAsync();
        using var reader = await app.PatientAsync();
        using var doctor = await app.DoctorAsync();
        var link = $"{patient.Proxies()}{await app.ActForAsync(reader, patient, ["read"])}/";

        var (granted, ended) = await TogetherAsync(() => GrantAsync(reader, doctor, patient.PatientId), () => patient.DeleteAsync(link));

        (granted.Status, ended.Status).ShouldBe((201, 204));
        await IsClosedAsync(patient, doctor);
    }

    [Fact]
    public async Task What_is_opened_while_a_restriction_comes_into_force_ends_with_it()
    {
        using var patient = await app.PatientAsync();
        using var doctor = await app.DoctorAsync();
        using var admin = await app.AdminAsync();
        var request = (await patient.PostAsync("/api/patients/me/data-requests/", new { kind = "restriction", reason = "Nobody else for now." })).Id;

        var (granted, restricted) = await TogetherAsync(
            () => GrantAsync(patient, doctor, patient.PatientId),
            () => admin.PostAsync($"/api/data-requests/{request}/decide/", new { decision = "approved" }));

        (granted.Status, restricted.Status).ShouldBe((201, 200));
        await IsClosedAsync(patient, doctor);
    }

    // The first has written all but its last row when the second comes.
    private async Task<(Reply First, Reply Second)> TogetherAsync(Func<Task<Reply>> first, Func<Task<Reply>> second)
    {
        var gate = await WritersGate.CloseAsync(app, "audit.events");
        var earlier = first();
        await gate.WaitedForByAsync(1);
        var later = second();
        await gate.WaitedForByAsync(2);
        await gate.OpenAsync();
        return (await earlier, await later);
    }

    private static async Task IsClosedAsync(Person patient, Person doctor)
    {
        (await doctor.GetAsync($"/api/patients/{patient.PatientId}/")).Status.ShouldBe(404);
        (await patient.GetAsync($"/api/patients/{patient.PatientId}/grants/")).Rows.Single().GetProperty("is_active").GetBoolean().ShouldBeFalse();
    }

    private Task<Reply> GrantAsync(Person by, Person doctor, Guid patientId) =>
        by.PostAsync($"/api/patients/{patientId}/grants/", new { doctor_id = doctor.DoctorId, until = app.Now.AddDays(3) });
}
