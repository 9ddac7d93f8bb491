using Careline.Tests.Support;

namespace Careline.Tests.Patients;

/// <summary>A patient opens the record to a doctor for a time.</summary>
public sealed class GrantTests(TestApp app) : IClassFixture<TestApp>
{
    [Fact]
    public async Task A_granted_doctor_sees_the_patient_until_the_patient_ends_it()
    {
        using var patient = await app.PatientAsync();
        using var doctor = await app.DoctorAsync();
        using var stranger = await app.DoctorAsync();
        var path = $"/api/patients/{patient.PatientId}/";

        var granted = await GrantAsync(patient, doctor, app.Now.AddDays(10));

        granted.Status.ShouldBe(201, granted.Text);
        (await doctor.GetAsync("/api/patients/")).Rows.Single().GetProperty("id").GetGuid().ShouldBe(patient.PatientId);
        (await doctor.GetAsync(path + "allergies/")).Status.ShouldBe(200);
        (await doctor.PostAsync(path + "allergies/", new { substance = "Latex" })).Status.ShouldBe(201);
        (await doctor.GetAsync(path + "summary/")).Status.ShouldBe(200);
        (await doctor.GetAsync(path + "grants/")).Status.ShouldBe(403);
        (await doctor.DeleteAsync($"{path}grants/{granted.Id}/")).Status.ShouldBe(403);
        (await stranger.GetAsync(path)).Status.ShouldBe(404);
        (await stranger.GetAsync(path + "grants/")).Status.ShouldBe(404);

        (await patient.DeleteAsync($"{path}grants/{granted.Id}/")).Status.ShouldBe(204);
        (await doctor.GetAsync(path)).Status.ShouldBe(404);
        (await doctor.GetAsync("/api/patients/")).Total.ShouldBe(0);
        (await patient.DeleteAsync($"{path}grants/{granted.Id}/")).Status.ShouldBe(404);
        var row = (await patient.GetAsync(path + "grants/")).Rows.Single();
        row.GetProperty("is_active").GetBoolean().ShouldBeFalse();
    }

    [Fact]
    public async Task A_grant_ends_by_itself()
    {
        using var patient = await app.PatientAsync();
        using var doctor = await app.DoctorAsync();
        (await GrantAsync(patient, doctor, app.Now.AddMinutes(5))).Status.ShouldBe(201);
        (await doctor.GetAsync($"/api/patients/{patient.PatientId}/")).Status.ShouldBe(200);

        app.Advance(TimeSpan.FromMinutes(5));

        (await doctor.GetAsync($"/api/patients/{patient.PatientId}/")).Status.ShouldBe(404);
        (await doctor.GetAsync($"/api/patients/{patient.PatientId}/allergies/")).Status.ShouldBe(404);
    }

    [Fact]
    public async Task A_later_grant_to_the_same_doctor_replaces_the_earlier()
    {
        using var patient = await app.PatientAsync();
        using var doctor = await app.DoctorAsync();
        await GrantAsync(patient, doctor, app.Now.AddDays(100));
        await GrantAsync(patient, doctor, app.Now.AddMinutes(5));

        app.Advance(TimeSpan.FromMinutes(5));

        (await doctor.GetAsync($"/api/patients/{patient.PatientId}/")).Status.ShouldBe(404);
        (await patient.GetAsync($"/api/patients/{patient.PatientId}/grants/")).Total.ShouldBe(2);
    }

    [Fact]
    public async Task Who_reads_for_a_patient_grants_within_the_own_time_and_nobody_else_does()
    {
        using var patient = await app.PatientAsync();
        using var reader = await app.PatientAsync();
        using var booker = await app.PatientAsync();
        using var actingDoctor = await app.DoctorAsync();
        using var doctor = await app.DoctorAsync();
        using var admin = await app.AdminAsync();
        var end = app.Now.AddDays(3);
        await app.ActForAsync(reader, patient, ["read"], end);
        await app.ActForAsync(booker, patient, ["book"]);
        await app.ActForAsync(actingDoctor, patient, ["read"]);

        var granted = await GrantAsync(reader, doctor, app.Now.AddDays(30), patient.PatientId);

        granted.Data.GetProperty("until").GetDateTimeOffset().ShouldBe(end, TimeSpan.FromMilliseconds(1));
        (await GrantAsync(booker, doctor, app.Now.AddDays(1), patient.PatientId)).Status.ShouldBe(403);
        (await GrantAsync(admin, doctor, app.Now.AddDays(1), patient.PatientId)).Status.ShouldBe(403);
        (await GrantAsync(actingDoctor, actingDoctor, app.Now.AddDays(1), patient.PatientId)).Status.ShouldBe(400);
        (await reader.DeleteAsync($"/api/patients/{patient.PatientId}/grants/{granted.Id}/")).Status.ShouldBe(204);
    }

    [Fact]
    public async Task What_a_proxy_opened_closes_with_the_link_and_with_the_right_to_read()
    {
        using var patient = await app.PatientAsync();
        using var reader = await app.PatientAsync();
        using var byProxy = await app.DoctorAsync();
        using var byPatient = await app.DoctorAsync();
        var record = $"/api/patients/{patient.PatientId}/";
        var link = $"{patient.Proxies()}{await app.ActForAsync(reader, patient, ["read", "book"])}/";
        (await GrantAsync(patient, byPatient, app.Now.AddDays(30))).Status.ShouldBe(201);
        (await GrantAsync(reader, byProxy, app.Now.AddDays(30), patient.PatientId)).Status.ShouldBe(201);

        var sooner = app.Now.AddDays(5);
        (await patient.PatchAsync(link, new { valid_until = sooner })).Status.ShouldBe(200);
        (await patient.GetAsync(record + "grants/")).Rows.First().GetProperty("until").GetDateTimeOffset().ShouldBe(sooner, TimeSpan.FromMilliseconds(1));
        (await byProxy.GetAsync(record)).Status.ShouldBe(200);

        (await patient.PatchAsync(link, new { rights = (string[])["book"] })).Status.ShouldBe(200);
        (await byProxy.GetAsync(record)).Status.ShouldBe(404);

        (await patient.PatchAsync(link, new { rights = (string[])["read"] })).Status.ShouldBe(200);
        (await byProxy.GetAsync(record)).Status.ShouldBe(404);
        (await GrantAsync(reader, byProxy, app.Now.AddDays(30), patient.PatientId)).Status.ShouldBe(201);
        (await byProxy.GetAsync(record)).Status.ShouldBe(200);
        (await reader.DeleteAsync(link)).Status.ShouldBe(204);

        (await byProxy.GetAsync(record)).Status.ShouldBe(404);
        (await byPatient.GetAsync(record)).Status.ShouldBe(200);
        (await patient.GetAsync(record + "grants/")).Rows.Select(g => g.GetProperty("is_active").GetBoolean()).ShouldBe([false, false, true]);
    }

    [Fact]
    public async Task Only_to_a_verified_doctor_and_for_a_year_at_most()
    {
        using var patient = await app.PatientAsync();
        using var doctor = await app.DoctorAsync();
        using var waiting = await app.DoctorAsync(verified: false);

        (await GrantAsync(patient, waiting, app.Now.AddDays(1))).ErrorDetails.GetProperty("doctor_id").GetArrayLength().ShouldBe(1);
        (await GrantAsync(patient, doctor, app.Now.AddDays(400))).ErrorDetails.GetProperty("until").GetArrayLength().ShouldBe(1);
        (await GrantAsync(patient, doctor, app.Now)).ErrorDetails.GetProperty("until").GetArrayLength().ShouldBe(1);
    }

    private static Task<Reply> GrantAsync(Person by, Person doctor, DateTimeOffset until, Guid? patientId = null) =>
        by.PostAsync($"/api/patients/{patientId ?? by.PatientId}/grants/", new { doctor_id = doctor.DoctorId, until, reason = "Second opinion" });
}
