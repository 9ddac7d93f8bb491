using System.Text.Json;
using Careline.Tests.Scheduling;
using Careline.Tests.Support;

namespace Careline.Tests.Consultations;

public sealed class WholeVisitTests(TestApp app) : IClassFixture<TestApp>
{
    [Fact]
    public async Task A_visit_runs_from_booking_to_the_patients_history()
    {
        using var visit = await app.AppointmentAsync();
        var (doctor, patient) = (visit.Doctor, visit.Patient);
        (await doctor.MoveAsync(visit.AppointmentId, "confirm")).Status.ShouldBe(200);
        var opened = await doctor.PostAsync("/api/consultations/", new { appointment_id = visit.AppointmentId, chief_complaint = "Cough" });
        opened.Status.ShouldBe(201, opened.Text);
        opened.Word("status").ShouldBe("planned");
        var path = $"/api/consultations/{opened.Id}/";

        var started = await doctor.PostAsync(path + "start_consultation/");
        var vitals = await doctor.PostAsync(path + "vital-signs/", new
        {
            systolic = 120,
            diastolic = 80,
            heart_rate = 72,
            temperature = 37.2,
            respiratory_rate = 16,
            oxygen_saturation = 98,
            weight = 70,
            height = 175,
            blood_glucose = 95,
            pain_score = 2,
            consciousness = "alert",
            on_oxygen = false,
        });
        var note = await doctor.PostAsync(path + "notes/", new { note_type = "examination", title = "Chest", content = "Clear." });
        var diagnosis = await doctor.PostAsync(path + "diagnoses/", new { text = "Acute bronchitis", code = "J20.9", kind = "primary", confidence = "high" });
        var line = await doctor.PostAsync(path + "prescriptions/", Visits.Amoxicillin);
        var written = await doctor.PatchAsync(path, new
        {
            assessment = "Viral",
            treatment_plan = "Rest",
            investigations = "None",
            review_date = "2031-01-31",
            private_notes = "worried about work",
        });
        app.Advance(TimeSpan.FromMinutes(10));
        var completed = await doctor.PostAsync(path + "complete/");

        foreach (var reply in new[] { started, vitals, note, diagnosis, line, written, completed })
        {
            reply.Status.ShouldBeInRange(200, 201, reply.Text);
        }

        vitals.Data.GetProperty("bmi").GetDecimal().ShouldBe(22.9m);
        (vitals.Data.GetProperty("news2_score").GetInt32(), vitals.Word("news2_risk")).ShouldBe((0, "low"));
        (line.Word("status"), line.Word("safety_check")).ShouldBe(("active", "partly_checked"));
        written.Word("private_notes").ShouldBe("worried about work");
        completed.Word("status").ShouldBe("completed");
        completed.Data.GetProperty("duration_minutes").GetInt32().ShouldBe(10);
        (await patient.GetAsync($"/api/appointments/{visit.AppointmentId}/")).Word("status").ShouldBe("completed");

        var history = await patient.GetAsync($"/api/patients/{patient.PatientId}/consultations/");
        history.Rows.Single().GetProperty("id").GetGuid().ShouldBe(opened.Id);
        var document = await patient.GetAsync(path);
        document.Text.ShouldNotContain("private_notes");
        document.Text.ShouldNotContain("worried about work");
        document.Word("chief_complaint").ShouldBe("Cough");
        document.Word("review_date").ShouldBe("2031-01-31");
        document.Data.GetProperty("vital_signs")[0].GetProperty("systolic").GetInt32().ShouldBe(120);
        document.Data.GetProperty("notes")[0].GetProperty("content").GetString().ShouldBe("Clear.");
        document.Data.GetProperty("diagnoses")[0].GetProperty("code").GetString().ShouldBe("J20.9");
        document.Data.GetProperty("prescriptions")[0].GetProperty("prescription_status").GetString().ShouldBe("active");

        var summary = (await patient.GetAsync($"/api/patients/{patient.PatientId}/summary/")).Data;
        foreach (var part in new[] { "consultations", "diagnoses", "prescriptions", "vital_signs" })
        {
            summary.GetProperty(part).GetArrayLength().ShouldBe(1, part);
        }
    }

    [Fact]
    public async Task A_doctor_books_and_opens_in_one_step()
    {
        using var known = await app.CompletedVisitAsync();
        var start = app.Now.AddDays(40);

        var reply = await known.Doctor.PostAsync("/api/consultations/", new
        {
            doctor_id = known.Doctor.DoctorId,
            patient_id = known.Patient.PatientId,
            start,
            duration_minutes = 20,
            reason = "Review",
            chief_complaint = "Still coughing",
        });
        var taken = await known.Doctor.PostAsync("/api/consultations/", new { patient_id = known.Patient.PatientId, start });

        reply.Status.ShouldBe(201, reply.Text);
        var appointment = await known.Patient.GetAsync($"/api/appointments/{reply.Data.GetProperty("appointment_id").GetGuid()}/");
        appointment.Word("status").ShouldBe("scheduled");
        taken.Status.ShouldBe(409, taken.Text);
        (await known.Doctor.GetAsync("/api/consultations/")).Total.ShouldBe(2);
    }

    [Fact]
    public async Task A_stranger_cannot_be_booked_by_her_id()
    {
        using var doctor = await app.BookableDoctorAsync();
        using var stranger = await app.PatientAsync();

        var reply = await doctor.PostAsync("/api/consultations/", new { patient_id = stranger.PatientId, start = app.Now.AddDays(3) });

        reply.Status.ShouldBe(404, reply.Text);
    }

    [Fact]
    public async Task An_appointment_has_one_document()
    {
        using var visit = await app.VisitAsync();

        var again = await visit.Doctor.PostAsync("/api/consultations/", new { appointment_id = visit.AppointmentId });

        (again.Status, again.ErrorCode).ShouldBe((409, "CONSULTATION_EXISTS"));
        again.ErrorDetails.GetProperty("id").GetGuid().ShouldBe(visit.Id);
    }

    [Fact]
    public async Task Ten_openings_at_once_make_one_document()
    {
        using var visit = await app.AppointmentAsync();

        var replies = await Task.WhenAll(Enumerable.Range(0, 10)
            .Select(_ => visit.Doctor.PostAsync("/api/consultations/", new { appointment_id = visit.AppointmentId })));

        replies.Count(r => r.Status == 201).ShouldBe(1);
        replies.Count(r => r.Status == 409).ShouldBe(9);
    }

    [Theory]
    [InlineData("""{}""", "appointment_id")]
    [InlineData("""{"start": "2031-01-01T09:00:00Z"}""", "patient_id")]
    [InlineData("""{"patient_id": "018f0000-0000-7000-8000-000000000000"}""", "start")]
    [InlineData("""{"appointment_id": "018f0000-0000-7000-8000-000000000000", "reason": "x"}""", "appointment_id")]
    [InlineData("""{"appointment_id": "018f0000-0000-7000-8000-000000000000", "diagnos": "x"}""", "diagnos")]
    [InlineData("""{"appointment_id": "018f0000-0000-7000-8000-000000000000", "review_date": "0001-01-01"}""", "review_date")]
    [InlineData("""{"patient_id": "018f0000-0000-7000-8000-000000000000", "start": "2031-01-01T09:00:00Z", "duration_minutes": 241}""", "duration_minutes")]
    public async Task A_malformed_opening_is_refused_by_field(string body, string field)
    {
        using var doctor = await app.BookableDoctorAsync();

        var reply = await doctor.PostAsync("/api/consultations/", body);

        reply.Status.ShouldBe(400, reply.Text);
        reply.ErrorDetails.TryGetProperty(field, out _).ShouldBeTrue(reply.Text);
    }

    [Fact]
    public async Task Text_is_kept_byte_for_byte()
    {
        const string text = "  <b>é</b>\tß\r\n\u202E\uFEFF🫀 \"'; DROP TABLE -- \\ %s ${x} \u200B ";
        using var visit = await app.StartedVisitAsync(new Dictionary<string, object> { ["private_notes"] = text, ["assessment"] = text });

        (await visit.Doctor.PutAsync(visit.Path, new { chief_complaint = text, private_notes = text })).Status.ShouldBe(200);
        (await visit.ByDoctorAsync("notes", new { title = text, content = text })).Status.ShouldBe(201);
        (await visit.ByDoctorAsync("diagnoses", new { text })).Status.ShouldBe(201);
        (await visit.ByDoctorAsync("prescriptions", new { medication_name = text, dosage = text, frequency = text, instructions = text })).Status.ShouldBe(201);
        (await visit.ByDoctorAsync("complete")).Status.ShouldBe(200);
        (await visit.ByDoctorAsync("addenda", new { content = text })).Status.ShouldBe(201);

        var document = await visit.ReadAsync(visit.Doctor);
        document.GetProperty("chief_complaint").GetString().ShouldBe(text);
        document.GetProperty("private_notes").GetString().ShouldBe(text);
        document.GetProperty("assessment").ValueKind.ShouldBe(JsonValueKind.Null);
        document.GetProperty("notes")[0].GetProperty("content").GetString().ShouldBe(text);
        document.GetProperty("diagnoses")[0].GetProperty("text").GetString().ShouldBe(text);
        document.GetProperty("prescriptions")[0].GetProperty("dosage").GetString().ShouldBe(text);
        document.GetProperty("addenda")[0].GetProperty("content").GetString().ShouldBe(text);
    }

    [Fact]
    public async Task Text_has_its_bounds()
    {
        using var visit = await app.VisitAsync();

        (await visit.Doctor.PatchAsync(visit.Path, new { assessment = new string('x', 20_000) })).Status.ShouldBe(200);
        var reply = await visit.Doctor.PatchAsync(visit.Path, new { assessment = new string('x', 20_001) });

        reply.Status.ShouldBe(400);
        reply.ErrorDetails.TryGetProperty("assessment", out _).ShouldBeTrue(reply.Text);
    }
}
