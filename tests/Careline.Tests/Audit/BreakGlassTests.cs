using Careline.Accounts.Contracts;
using Careline.Platform.Jobs;
using Careline.Tests.Patients;
using Careline.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Careline.Tests.Audit;

/// <summary>In an emergency a record opens to who says why: for an hour, for reading, and in sight of the patient.</summary>
public sealed class BreakGlassTests(TestApp app) : IClassFixture<TestApp>
{
    private static readonly object _reason = new { reason = "Unconscious in the emergency room." };

    [Fact]
    public async Task It_opens_the_record_for_an_hour()
    {
        using var patient = await SickPatientAsync();
        using var admin = await app.AdminAsync();
        using var doctor = await app.DoctorAsync();
        foreach (var path in Clinical(patient))
        {
            (await admin.GetAsync(path)).ErrorCode.ShouldBe("BREAK_GLASS_REQUIRED", path);
            (await doctor.GetAsync(path)).Status.ShouldBe(404, path);
        }

        var opened = app.Now;
        foreach (var person in (Person[])[admin, doctor])
        {
            var reply = await person.PostAsync(Path(patient), _reason);
            reply.Status.ShouldBe(201, reply.Text);
            reply.Data.GetProperty("expires_at").GetDateTimeOffset().ShouldBeInRange(opened.AddMinutes(60), app.Now.AddMinutes(60));
            foreach (var path in Clinical(patient))
            {
                (await person.GetAsync(path)).Status.ShouldBe(200, path);
            }
        }

        app.Advance(TimeSpan.FromMinutes(60));
        using var later = await app.SignInAsync(doctor.UserName);
        using var adminLater = await app.SignInAsync(admin.UserName);
        foreach (var path in Clinical(patient))
        {
            (await later.GetAsync(path)).Status.ShouldBe(404, path);
            (await adminLater.GetAsync(path)).ErrorCode.ShouldBe("BREAK_GLASS_REQUIRED", path);
        }
    }

    [Fact]
    public async Task The_patient_is_told_at_once_and_the_message_says_nothing_of_why()
    {
        using var patient = await SickPatientAsync();
        using var doctor = await app.DoctorAsync();
        (await doctor.PostAsync(Path(patient), _reason)).Status.ShouldBe(201);

        var message = (await app.InboxAsync($"{patient.UserName}@example.test"))[0];
        message.ShouldContain("opened in an emergency");
        message.ShouldNotContain("Unconscious");
    }

    [Fact]
    public async Task Every_administrator_is_told_without_a_name_and_without_the_reason()
    {
        using var patient = await app.PatientAsync("Gwendolyn");
        using var doctor = await app.DoctorAsync();
        using var admin = await app.AdminAsync();
        using var superAdmin = await app.SuperAdminAsync();
        (await doctor.PostAsync(Path(patient), _reason)).Status.ShouldBe(201);

        var number = (await patient.GetAsync("/api/patients/me/")).Data.GetProperty("number").GetString()!;
        foreach (var person in (Person[])[admin, superAdmin])
        {
            var message = (await app.InboxAsync($"{person.UserName}@example.test"))[0];
            message.ShouldContain(number);
            message.ShouldNotContain("Gwendolyn");
            message.ShouldNotContain("Unconscious");
        }
    }

    [Fact]
    public async Task The_reason_is_kept_sealed_and_is_gone_with_the_patients_key()
    {
        using var patient = await app.PatientAsync();
        using var admin = await app.AdminAsync();
        (await admin.PostAsync(Path(patient), _reason)).Status.ShouldBe(201);
        var log = $"/api/patients/{patient.PatientId}/access-log/";

        (await app.SqlAsync("SELECT count(*) FROM patients.break_glass WHERE patient_id = $1 AND reason IS NULL AND position('Unconscious' in encode(sealed_reason, 'escape')) = 0", patient.PatientId)).ShouldBe(1L);
        Reasons(await admin.GetAsync(log)).ShouldBe(["Unconscious in the emergency room."]);
        (await patient.GetAsync("/api/patients/me/export/")).Text.ShouldContain("Unconscious in the emergency room.");

        await app.SqlAsync("DELETE FROM platform.person_keys WHERE person_id = $1", patient.PatientId);
        Reasons(await admin.GetAsync(log)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_key_that_somebody_changed_keeps_nobody_out_in_an_emergency()
    {
        using var patient = await app.PatientAsync();
        using var doctor = await app.DoctorAsync();
        (await doctor.PostAsync(Path(patient), new { reason = "The first." })).Status.ShouldBe(201);
        await app.SqlAsync("UPDATE platform.person_keys SET key = set_byte(key, 40, get_byte(key, 40) # 1) WHERE person_id = $1", patient.PatientId);

        var replies = await Task.WhenAll(Enumerable.Range(0, 4).Select(n => doctor.PostAsync(Path(patient), new { reason = $"Another {n}." })));

        replies.ShouldAllBe(r => r.Status == 201);
        (await doctor.GetAsync($"/api/patients/{patient.PatientId}/allergies/")).Status.ShouldBe(200);
        var log = await patient.GetAsync($"/api/patients/{patient.PatientId}/access-log/");
        Reasons(log).ShouldBe(["Another 0.", "Another 1.", "Another 2.", "Another 3."], ignoreOrder: true);
        log.Rows.Count(r => r.TryGetProperty("unreadable", out var unreadable) && unreadable.ToString() == """["reason"]""").ShouldBe(1);
        (await app.SqlAsync("SELECT count(*) FROM platform.person_keys WHERE person_id = $1 AND replaced IS NOT NULL AND replaced <> key", patient.PatientId)).ShouldBe(1L);
    }

    [Fact]
    public async Task A_sealed_reason_opens_in_its_own_row_only_and_the_log_goes_on_without_it()
    {
        using var patient = await app.PatientAsync();
        using var admin = await app.AdminAsync();
        await admin.PostAsync(Path(patient), new { reason = "The first." });
        await admin.PostAsync(Path(patient), new { reason = "The second." });

        await app.SqlAsync(
            "UPDATE patients.break_glass SET sealed_reason = (SELECT sealed_reason FROM patients.break_glass WHERE patient_id = $1 ORDER BY id LIMIT 1) WHERE patient_id = $1",
            patient.PatientId);

        var log = await patient.GetAsync($"/api/patients/{patient.PatientId}/access-log/");
        Reasons(log).ShouldBe(["The first."]);
        log.Rows.Count(r => r.TryGetProperty("unreadable", out var unreadable) && unreadable.ToString() == """["reason"]""").ShouldBe(1);
        (await patient.GetAsync("/api/patients/me/export/")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Reasons_of_an_earlier_release_are_sealed_by_the_job()
    {
        using var patient = await app.PatientAsync();
        using var admin = await app.AdminAsync();
        await admin.PostAsync(Path(patient), _reason);
        await app.SqlAsync("UPDATE patients.break_glass SET reason = 'Written in clear.', sealed_reason = NULL WHERE patient_id = $1", patient.PatientId);

        await using (var scope = app.Services.CreateAsyncScope())
        {
            await app.Services.GetServices<IRecurringJob>().Single(j => j.Name == "patients.seal-reasons").RunAsync(scope.ServiceProvider, CancellationToken.None);
        }

        (await app.SqlAsync("SELECT count(*) FROM patients.break_glass WHERE patient_id = $1 AND reason IS NOT NULL", patient.PatientId)).ShouldBe(0L);
        Reasons(await patient.GetAsync($"/api/patients/{patient.PatientId}/access-log/")).ShouldBe(["Written in clear."]);
    }

    [Fact]
    public async Task It_opens_for_reading_only_and_is_no_way_into_care()
    {
        using var patient = await SickPatientAsync();
        using var doctor = await app.DoctorAsync();
        var day = DateOnly.FromDateTime(app.Now.UtcDateTime).AddDays(3).ToString("yyyy-MM-dd", null);
        var slot = (await doctor.PostAsync("/api/time-slots/create_bulk_slots/", new { date = day, start_time = "09:00:00", end_time = "09:30:00", slot_duration = 30 }))
            .Data.GetProperty("created")[0].GetProperty("id").GetString();
        (await doctor.PostAsync(Path(patient), _reason)).Status.ShouldBe(201);

        (await doctor.PostAsync($"/api/patients/{patient.PatientId}/allergies/", new { substance = "Latex" })).Status.ShouldBe(403);
        (await doctor.PostAsync($"/api/patients/{patient.PatientId}/notes/", new { content = "x" })).Status.ShouldBe(403);
        (await doctor.PatchAsync($"/api/patients/{patient.PatientId}/", new { first_name = "X" })).Status.ShouldBe(403);
        (await doctor.PostAsync("/api/appointments/", new { time_slot_id = slot, patient_id = patient.PatientId, reason = "x" })).Status.ShouldBe(404);
        await app.OpenCareAsync(patient.PatientId, doctor);
        (await doctor.PostAsync("/api/appointments/", new { time_slot_id = slot, patient_id = patient.PatientId, reason = "x" })).Status.ShouldBe(201);
    }

    [Fact]
    public async Task The_patient_and_the_audit_are_told()
    {
        using var patient = await app.PatientAsync();
        using var doctor = await app.DoctorAsync(firstName: "Grace");
        using var admin = await app.AdminAsync();
        await doctor.PostAsync(Path(patient), _reason);

        var row = (await patient.GetAsync($"/api/patients/{patient.PatientId}/access-log/")).Rows.First();
        row.GetProperty("action").GetString().ShouldBe("Opened your record in an emergency");
        row.GetProperty("purpose").GetString().ShouldBe("break_glass");
        row.GetProperty("reason").GetString().ShouldBe("Unconscious in the emergency room.");
        row.GetProperty("actor").GetProperty("id").GetGuid().ShouldBe(doctor.UserId);
        var event_ = (await admin.GetAsync($"/api/audit/?patient={patient.PatientId}&action=BreakGlass")).Rows.Single();
        event_.GetProperty("purpose").GetString().ShouldBe("break_glass");
        event_.ToString().ShouldNotContain("Unconscious");
    }

    [Fact]
    public async Task It_needs_a_reason_a_patient_and_the_right()
    {
        using var patient = await app.PatientAsync();
        using var admin = await app.SuperAdminAsync();
        using var unverified = await app.DoctorAsync(verified: false);

        foreach (var body in (object[])[new { reason = "" }, new { reason = " \t " }, new { }, new { reason = new string('x', 1001) }])
        {
            (await admin.PostAsync(Path(patient), body)).Status.ShouldBe(400);
        }

        (await admin.PostAsync($"/api/patients/{Guid.CreateVersion7()}/break-glass/", _reason)).Status.ShouldBe(404);
        (await unverified.PostAsync(Path(patient), _reason)).ErrorCode.ShouldBe("NOT_VERIFIED");
        (await patient.PostAsync(Path(patient), _reason)).Status.ShouldBe(403);
        foreach (var role in (string[])[Roles.Nurse, Roles.Pharmacist, Roles.Receptionist])
        {
            using var staff = await app.StaffAsync(role);
            (await staff.PostAsync(Path(patient), _reason)).Status.ShouldBe(403, role);
        }

        (await app.Anonymous.PostAsync(Path(patient), _reason)).Status.ShouldBe(401);
        (await admin.PostAsync(Path(patient), _reason)).Status.ShouldBe(201);
        (await app.SqlAsync("SELECT count(*) FROM patients.break_glass WHERE patient_id = $1", patient.PatientId)).ShouldBe(1L);
    }

    private static IEnumerable<string?> Reasons(Reply log) =>
        log.Rows.Where(r => r.TryGetProperty("reason", out _)).Select(r => r.GetProperty("reason").GetString());

    private static string Path(Person patient) => $"/api/patients/{patient.PatientId}/break-glass/";

    private static IEnumerable<string> Clinical(Person patient) =>
        ((string[])["allergies", "conditions", "medications", "immunisations", "consultations", "summary"]).Select(noun => $"/api/patients/{patient.PatientId}/{noun}/");

    private async Task<Person> SickPatientAsync()
    {
        var patient = await app.PatientAsync();
        (await patient.PostAsync($"/api/patients/{patient.PatientId}/allergies/", new { substance = "Penicillin" })).Status.ShouldBe(201);
        return patient;
    }
}
