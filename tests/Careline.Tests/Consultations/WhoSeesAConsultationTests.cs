using Careline.Accounts.Contracts;
using Careline.Tests.Scheduling;
using Careline.Tests.Support;

namespace Careline.Tests.Consultations;

public sealed class WhoSeesAConsultationTests(SharedApp app) : IClassFixture<SharedApp>
{
    private static readonly string[] _nested = ["", "vital-signs/", "prescriptions/", "notes/", "diagnoses/"];

    [Fact]
    public async Task Strangers_find_nothing_before_their_bodies_are_read()
    {
        using var visit = await app.StartedVisitAsync();
        using var doctor = await app.BookableDoctorAsync();
        using var patient = await app.PatientAsync();

        foreach (var stranger in new[] { doctor, patient })
        {
            foreach (var part in _nested)
            {
                (await stranger.GetAsync(visit.Path + part)).Status.ShouldBe(404, part);
            }

            (await stranger.GetAsync("/api/consultations/")).Total.ShouldBe(0);
            (await stranger.GetAsync($"/api/consultations/?patient={visit.Patient.PatientId}")).Total.ShouldBe(0);
            (await stranger.GetAsync("/api/consultations/statistics/")).Data.GetProperty("total").GetInt32().ShouldBe(0);
            (await stranger.GetAsync($"/api/patients/{visit.Patient.PatientId}/consultations/")).Status.ShouldBe(404);
            (await stranger.GetAsync($"/api/patients/{visit.Patient.PatientId}/summary/")).Status.ShouldBe(404);
        }

        foreach (var part in new[] { "start/", "complete/", "cancel/", "addenda/", "vital-signs/", "prescriptions/", "notes/", "diagnoses/" })
        {
            (await doctor.PostAsync(visit.Path + part, "{]")).Status.ShouldBe(404, part);
        }

        (await doctor.PutAsync(visit.Path, "{]")).Status.ShouldBe(404);
        (await doctor.PatchAsync(visit.Path, "{]")).Status.ShouldBe(404);
        (await doctor.DeleteAsync(visit.Path)).Status.ShouldBe(404);
        (await doctor.PostAsync("/api/consultations/", new { appointment_id = visit.AppointmentId })).Status.ShouldBe(404);
    }

    [Fact]
    public async Task A_patient_reads_and_never_writes()
    {
        using var visit = await app.StartedVisitAsync(new Dictionary<string, object> { ["private_notes"] = "hidden words", ["assessment"] = "Shown" });

        foreach (var part in _nested)
        {
            var reply = await visit.Patient.GetAsync(visit.Path + part);
            reply.Status.ShouldBe(200, part);
            reply.Text.ShouldNotContain("hidden words");
        }

        (await visit.ReadAsync(visit.Patient)).GetProperty("assessment").GetString().ShouldBe("Shown");
        (await visit.Patient.GetAsync("/api/consultations/")).Text.ShouldNotContain("hidden words");
        foreach (var part in new[] { "start/", "complete/", "cancel/", "addenda/", "vital-signs/", "prescriptions/", "notes/", "diagnoses/" })
        {
            (await visit.Patient.PostAsync(visit.Path + part, new { content = "x" })).Status.ShouldBe(403, part);
        }

        (await visit.Patient.PutAsync(visit.Path, new { assessment = "x" })).Status.ShouldBe(403);
        (await visit.Patient.PatchAsync(visit.Path, new { assessment = "x" })).Status.ShouldBe(403);
        (await visit.Patient.DeleteAsync(visit.Path)).Status.ShouldBe(403);
        (await visit.Patient.GetAsync(visit.Path + "history/")).Status.ShouldBe(403);
    }

    [Fact]
    public async Task What_was_prepared_is_shown_to_the_patient_once_the_visit_has_begun()
    {
        using var visit = await app.VisitAsync(new Dictionary<string, object> { ["assessment"] = "suspicion", ["diagnosis"] = "suspicion" });
        (await visit.ByDoctorAsync("notes", new { content = "suspicion" })).Status.ShouldBe(201);
        (await visit.ByDoctorAsync("diagnoses", new { text = "suspicion" })).Status.ShouldBe(201);

        foreach (var path in _nested.Select(part => visit.Path + part)
            .Append("/api/consultations/").Append($"/api/patients/{visit.Patient.PatientId}/summary/"))
        {
            var reply = await visit.Patient.GetAsync(path);
            reply.Status.ShouldBe(200, path);
            reply.Text.ShouldNotContain("suspicion", customMessage: path);
        }

        (await visit.ByDoctorAsync("start")).Status.ShouldBe(200);
        (await visit.Patient.GetAsync(visit.Path)).Text.ShouldContain("suspicion");
    }

    [Fact]
    public async Task A_colleague_in_whose_care_the_patient_is_reads_without_the_private_notes_and_does_not_write()
    {
        using var visit = await app.StartedVisitAsync(new Dictionary<string, object> { ["private_notes"] = "hidden words", ["assessment"] = "Shown" });
        using var colleague = await app.BookableDoctorAsync();
        await visit.Patient.BookedAsync((await colleague.OfferAsync(app.Day(50), 1))[0]);

        var document = await colleague.GetAsync(visit.Path);
        var write = await colleague.PatchAsync(visit.Path, new { assessment = "x" });

        document.Word("assessment").ShouldBe("Shown");
        document.Text.ShouldNotContain("hidden words");
        (write.Status, write.ErrorCode).ShouldBe((403, "PERMISSION_DENIED"));
        (await colleague.GetAsync($"/api/patients/{visit.Patient.PatientId}/consultations/")).Total.ShouldBe(1);
    }

    [Fact]
    public async Task Receptionists_and_pharmacists_see_nothing_clinical()
    {
        using var visit = await app.StartedVisitAsync();
        foreach (var role in new[] { Roles.Receptionist, Roles.Pharmacist })
        {
            using var person = await app.StaffAsync(role, await app.ClinicAsync());
            await RelateAsync(visit, person, "registered");
            foreach (var path in _nested.Select(part => visit.Path + part)
                .Append("/api/consultations/").Append("/api/consultations/statistics/")
                .Append($"/api/patients/{visit.Patient.PatientId}/summary/").Append($"/api/patients/{visit.Patient.PatientId}/consultations/"))
            {
                (await person.GetAsync(path)).Status.ShouldBe(403, path);
            }
        }
    }

    [Theory]
    [InlineData(Roles.Admin)]
    [InlineData(Roles.SuperAdmin)]
    public async Task Administrators_break_the_glass_first_and_then_only_read(string role)
    {
        using var visit = await app.StartedVisitAsync(new Dictionary<string, object> { ["private_notes"] = "hidden words" });
        using var admin = await app.StaffAsync(role);
        string[] paths = [.. _nested.Select(part => visit.Path + part), visit.Path + "history/", "/api/consultations/", "/api/consultations/statistics/",
            $"/api/patients/{visit.Patient.PatientId}/summary/", $"/api/patients/{visit.Patient.PatientId}/consultations/",
            "/api/prescriptions/", $"/api/prescriptions/{Guid.CreateVersion7()}/"];

        foreach (var path in paths)
        {
            (await admin.GetAsync(path)).ErrorCode.ShouldBe("BREAK_GLASS_REQUIRED", path);
        }

        await RelateAsync(visit, admin, "break_glass");
        foreach (var path in paths[..^1])
        {
            var reply = await admin.GetAsync(path);
            reply.Status.ShouldBe(200, path);
            reply.Text.ShouldNotContain("hidden words");
        }

        (await admin.PostAsync(visit.Path + "notes/", new { content = "x" })).Status.ShouldBe(403);
        (await admin.PatchAsync(visit.Path, new { assessment = "x" })).Status.ShouldBe(403);
    }

    [Fact]
    public async Task A_nurse_documents_while_the_patient_is_checked_in_at_her_clinic()
    {
        using var visit = await app.VisitAsync();
        var clinic = await app.ClinicAsync();
        using var nurse = await app.StaffAsync(Roles.Nurse, clinic);
        using var elsewhere = await app.StaffAsync(Roles.Nurse, await app.ClinicAsync());
        await app.SqlAsync(
            "UPDATE scheduling.appointments SET clinic_id = $2, starts_at = $3, ends_at = $4 WHERE id = $1",
            visit.AppointmentId, clinic, app.Now.AddHours(1), app.Now.AddHours(2));
        (await nurse.GetAsync(visit.Path)).Status.ShouldBe(404);
        (await visit.Patient.MoveAsync(visit.AppointmentId, "check-in")).Status.ShouldBe(200);

        var vitals = await nurse.PostAsync(visit.Path + "vital-signs/", new { heart_rate = 72 });
        var note = await nurse.PostAsync(visit.Path + "notes/", new { content = "Anxious." });

        vitals.Status.ShouldBe(201, vitals.Text);
        note.Status.ShouldBe(201, note.Text);
        (await nurse.GetAsync("/api/consultations/")).Total.ShouldBe(1);
        (await nurse.GetAsync($"/api/patients/{visit.Patient.PatientId}/summary/")).Status.ShouldBe(200);
        (await nurse.PostAsync(visit.Path + "prescriptions/", Visits.Amoxicillin)).Status.ShouldBe(403);
        (await nurse.PostAsync(visit.Path + "diagnoses/", new { text = "x" })).Status.ShouldBe(403);
        (await elsewhere.GetAsync(visit.Path)).Status.ShouldBe(404);
        (await elsewhere.PostAsync(visit.Path + "vital-signs/", new { heart_rate = 72 })).Status.ShouldBe(404);
    }

    [Fact]
    public async Task After_the_care_has_ended_the_doctor_reads_what_he_wrote_and_no_more()
    {
        using var visit = await app.CompletedVisitAsync(new Dictionary<string, object> { ["assessment"] = "Mine" });
        await app.SqlAsync("UPDATE patients.care_relationships SET ends_at = $2 WHERE patient_id = $1", visit.Patient.PatientId, app.Now);

        (await visit.ReadAsync(visit.Doctor)).GetProperty("assessment").GetString().ShouldBe("Mine");
        (await visit.ByDoctorAsync("addenda", new { content = "x" })).Status.ShouldBe(403);
        (await visit.Doctor.GetAsync($"/api/patients/{visit.Patient.PatientId}/summary/")).Status.ShouldBe(404);
        (await visit.Doctor.GetAsync($"/api/patients/{visit.Patient.PatientId}/consultations/")).Total.ShouldBe(1);

        await RelateAsync(visit, visit.Doctor, "break_glass");
        (await visit.Doctor.GetAsync($"/api/patients/{visit.Patient.PatientId}/summary/")).Status.ShouldBe(200);
        (await visit.ByDoctorAsync("addenda", new { content = "x" })).Status.ShouldBe(403);
    }

    [Fact]
    public async Task Every_reading_and_writing_is_in_the_audit_under_the_patient()
    {
        using var visit = await app.CompletedVisitAsync();
        (await visit.Patient.GetAsync(visit.Path)).Status.ShouldBe(200);
        (await visit.Doctor.GetAsync("/api/consultations/")).Status.ShouldBe(200);

        var actions = await app.SqlAsync(
            "SELECT string_agg(action, ',' ORDER BY id) FROM audit.events WHERE patient_ids @> ARRAY[$1::uuid] AND action LIKE '%Consultation%'",
            visit.Patient.PatientId);

        actions.ShouldBe("CreateConsultation,StartConsultation,CompleteConsultation,GetConsultation,ListConsultations");
    }

    [Fact]
    public async Task Lists_are_filtered_and_anonymous_callers_refused()
    {
        using var visit = await app.StartedVisitAsync();
        var day = app.Day().Text();

        (await visit.Doctor.GetAsync("/api/consultations/?status=in_progress")).Total.ShouldBe(1);
        (await visit.Doctor.GetAsync("/api/consultations/?status=planned,completed")).Total.ShouldBe(0);
        (await visit.Doctor.GetAsync($"/api/consultations/?date={day}&doctor={visit.Doctor.DoctorId}")).Total.ShouldBe(1);
        (await visit.Doctor.GetAsync("/api/consultations/?date=2031-01-01")).Total.ShouldBe(0);
        (await visit.Doctor.GetAsync("/api/consultations/?date=0000-01-01")).Status.ShouldBe(400);
        (await visit.Doctor.GetAsync("/api/consultations/?status=nonsense")).Status.ShouldBe(400);
        foreach (var ordering in new[] { "created_at", "-updated_at", "review_date", "-review_date", "appointment_start" })
        {
            (await visit.Doctor.GetAsync($"/api/consultations/?ordering={ordering}")).Status.ShouldBe(200, ordering);
        }

        (await app.Anonymous.AskAsync(visit.Path)).Status.ShouldBe(401);
        (await app.Anonymous.PostAsync("/api/consultations/", "{]")).Status.ShouldBe(401);
    }

    private Task<object?> RelateAsync(Visit visit, Person person, string reason) => app.SqlAsync(
        "INSERT INTO patients.care_relationships (source_id, patient_id, account_id, reason, starts_at) VALUES ($1, $2, $3, $4, $5)",
        Guid.CreateVersion7(), visit.Patient.PatientId, person.UserId, reason, app.Now);
}
