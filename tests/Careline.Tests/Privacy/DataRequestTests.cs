using Careline.Tests.Patients;
using Careline.Tests.Support;

namespace Careline.Tests.Privacy;

/// <summary>What people ask about the data held of them is answered by a date, by somebody, and leaves a history.</summary>
public sealed class DataRequestTests(SharedApp app) : IClassFixture<SharedApp>
{
    private const string Own = "/api/patients/me/data-requests/";

    [Fact]
    public async Task A_request_is_due_in_thirty_days_and_administrators_are_told()
    {
        using var patient = await app.PatientAsync("Primrose");
        using var admin = await app.AdminAsync();

        var reply = await patient.PostAsync(Own, new { kind = "correction", reason = "My name has one l." });

        reply.Status.ShouldBe(201, reply.Text);
        reply.Data.GetProperty("status").GetString().ShouldBe("open");
        (reply.Data.GetProperty("due_at").GetDateTimeOffset() - reply.Data.GetProperty("created_at").GetDateTimeOffset()).ShouldBe(TimeSpan.FromDays(30));
        reply.Data.GetProperty("history")[0].GetProperty("step").GetString().ShouldBe("filed");
        (await patient.GetAsync(Own)).Rows.Single().GetProperty("id").GetGuid().ShouldBe(reply.Id);
        var told = (await app.InboxAsync($"{admin.UserName}@example.test")).First(m => m.Contains("request", StringComparison.OrdinalIgnoreCase));
        told.ShouldContain("correction");
        told.ShouldNotContain("Primrose");
        told.ShouldNotContain("one l");
    }

    [Fact]
    public async Task A_second_open_request_of_a_kind_is_refused()
    {
        using var patient = await app.PatientAsync();
        await FileAsync(patient, "restriction");

        (await patient.PostAsync(Own, new { kind = "restriction", reason = "again" })).ErrorCode.ShouldBe("REQUEST_OPEN");
        (await patient.PostAsync(Own, new { kind = "erasure", reason = "and this" })).Status.ShouldBe(201);
    }

    [Fact]
    public async Task An_administrator_decides_once_and_the_patient_is_told()
    {
        using var patient = await app.PatientAsync();
        using var admin = await app.AdminAsync();
        var id = await FileAsync(patient, "correction");

        (await admin.PostAsync($"/api/data-requests/{id}/decide/", new { decision = "rejected" })).Status.ShouldBe(400);
        var decided = await admin.PostAsync($"/api/data-requests/{id}/decide/", new { decision = "rejected", note = "The passport says otherwise." });

        decided.Data.GetProperty("status").GetString().ShouldBe("rejected");
        decided.Data.GetProperty("history").EnumerateArray().Select(h => h.GetProperty("step").GetString()).ShouldBe(["filed", "rejected"]);
        (await patient.GetAsync($"/api/data-requests/{id}/")).Data.GetProperty("note").GetString().ShouldBe("The passport says otherwise.");
        (await app.InboxAsync($"{patient.UserName}@example.test"))[0].ShouldContain("was decided");
        (await admin.PostAsync($"/api/data-requests/{id}/decide/", new { decision = "approved" })).ErrorCode.ShouldBe("REQUEST_DECIDED");
        (await admin.PostAsync($"/api/data-requests/{id}/close/")).ErrorCode.ShouldBe("REQUEST_NOT_APPROVED");
    }

    [Fact]
    public async Task Administrators_list_what_is_due_first_and_nobody_else_does()
    {
        using var first = await app.PatientAsync();
        using var second = await app.PatientAsync();
        using var admin = await app.AdminAsync();
        using var doctor = await app.DoctorAsync();
        var early = await FileAsync(first, "correction");
        var late = await FileAsync(second, "correction");

        var listed = (await admin.GetAsync("/api/data-requests/?status=open&kind=correction&page_size=100")).Rows.Select(r => r.GetProperty("id").GetGuid()).ToList();

        listed.IndexOf(early).ShouldBeInRange(0, listed.IndexOf(late) - 1);
        (await admin.GetAsync($"/api/data-requests/?patient={second.PatientId}")).Rows.Single().GetProperty("id").GetGuid().ShouldBe(late);
        (await doctor.GetAsync("/api/data-requests/")).Status.ShouldBe(403);
        (await first.GetAsync("/api/data-requests/")).Status.ShouldBe(403);
        (await first.GetAsync($"/api/data-requests/{late}/")).Status.ShouldBe(404);
        (await first.PostAsync($"/api/data-requests/{early}/decide/", new { decision = "approved" })).Status.ShouldBe(403);
        (await doctor.GetAsync(Own)).Status.ShouldBe(404);
        (await doctor.PostAsync(Own, new { kind = "erasure", reason = "x" })).Status.ShouldBe(404);
    }

    [Fact]
    public async Task What_came_by_letter_is_filed_by_an_administrator()
    {
        using var admin = await app.AdminAsync();
        using var doctor = await app.DoctorAsync();
        var patient = (await doctor.PostAsync("/api/patients/", new { first_name = "No", last_name = "Account" })).Id;

        (await admin.PostAsync("/api/data-requests/", new { kind = "erasure", reason = "By letter." })).Status.ShouldBe(400);
        (await admin.PostAsync("/api/data-requests/", new { kind = "erasure", reason = "By letter.", patient_id = patient })).Status.ShouldBe(201);
        (await doctor.PostAsync("/api/data-requests/", new { kind = "erasure", reason = "By letter.", patient_id = patient })).Status.ShouldBe(403);
    }

    [Fact]
    public async Task A_restricted_record_is_the_patients_and_that_of_the_visit()
    {
        using var patient = await app.PatientAsync();
        using var admin = await app.AdminAsync();
        using var treating = await app.DoctorAsync();
        using var granted = await app.DoctorAsync();
        using var desk = await app.StaffAsync(Careline.Accounts.Contracts.Roles.Receptionist, await Clinic(patient));
        await app.OpenCareAsync(patient.PatientId, treating);
        using var proxy = await app.PatientAsync();
        await app.ActForAsync(proxy, patient, ["read"]);
        var grants = $"/api/patients/{patient.PatientId}/grants/";
        (await patient.PostAsync(grants, new { doctor_id = granted.DoctorId, until = app.Now.AddDays(9) })).Status.ShouldBe(201);
        Person[] others = [admin, granted, desk];
        foreach (var person in others)
        {
            (await person.GetAsync($"/api/patients/{patient.PatientId}/")).Status.ShouldBe(200);
        }

        var id = await FileAsync(patient, "restriction");
        (await admin.PostAsync($"/api/data-requests/{id}/decide/", new { decision = "approved" })).Status.ShouldBe(200);

        foreach (var person in others)
        {
            (await person.GetAsync($"/api/patients/{patient.PatientId}/")).Status.ShouldBe(404);
            (await person.GetAsync($"/api/patients/{patient.PatientId}/allergies/")).Status.ShouldBe(404);
            (await person.GetAsync("/api/patients/?page_size=100")).Text.ShouldNotContain(patient.PatientId.ToString());
        }

        (await patient.GetAsync($"/api/patients/{patient.PatientId}/")).Status.ShouldBe(200);
        (await proxy.GetAsync($"/api/patients/{patient.PatientId}/allergies/")).Status.ShouldBe(200);
        var ended = (await patient.GetAsync(grants)).Rows.Single();
        ended.GetProperty("is_active").GetBoolean().ShouldBeFalse();
        ended.GetProperty("ended_at").GetDateTimeOffset().ShouldBe(app.Now, TimeSpan.FromMinutes(1));
        (await treating.GetAsync($"/api/patients/{patient.PatientId}/allergies/")).Status.ShouldBe(200);
        (await admin.PostAsync($"/api/patients/{patient.PatientId}/break-glass/", new { reason = "Unconscious." })).Status.ShouldBe(201);
        (await admin.GetAsync($"/api/patients/{patient.PatientId}/")).Status.ShouldBe(200);

        (await admin.PostAsync($"/api/data-requests/{id}/close/", new { note = "As you asked." })).Data.GetProperty("status").GetString().ShouldBe("done");
        (await desk.GetAsync($"/api/patients/{patient.PatientId}/")).Status.ShouldBe(200);
        (await granted.GetAsync($"/api/patients/{patient.PatientId}/")).Status.ShouldBe(404);
    }

    private async Task<Guid> Clinic(Person patient)
    {
        var clinic = await Careline.Tests.Patients.Caring.ClinicAsync(app);
        await app.EnlistAsync(patient.PatientId, clinic);
        return clinic;
    }

    private static async Task<Guid> FileAsync(Person patient, string kind)
    {
        var reply = await patient.PostAsync(Own, new { kind, reason = "Because." });
        reply.Status.ShouldBe(201, reply.Text);
        return reply.Id;
    }
}
