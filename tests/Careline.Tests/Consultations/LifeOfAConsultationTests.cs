using Careline.Tests.Scheduling;
using Careline.Tests.Support;

namespace Careline.Tests.Consultations;

public sealed class LifeOfAConsultationTests(TestApp app) : IClassFixture<TestApp>
{
    [Fact]
    public async Task A_completed_consultation_is_locked_and_corrected_by_addenda()
    {
        using var visit = await app.CompletedVisitAsync(new Dictionary<string, object> { ["assessment"] = "Viral" });

        var replies = new[]
        {
            await visit.Doctor.PutAsync(visit.Path, new { assessment = "Bacterial" }),
            await visit.Doctor.PatchAsync(visit.Path, new { assessment = "Bacterial" }),
            await visit.ByDoctorAsync("notes", new { content = "late" }),
            await visit.ByDoctorAsync("vital-signs", new { heart_rate = 72 }),
            await visit.ByDoctorAsync("diagnoses", new { text = "late" }),
            await visit.ByDoctorAsync("prescriptions", Visits.Amoxicillin),
        };
        var addendum = await visit.ByDoctorAsync("addenda", new { content = "Bacterial after all." });

        replies.ShouldAllBe(r => r.Status == 409 && r.ErrorCode == "CONSULTATION_LOCKED");
        addendum.Status.ShouldBe(201, addendum.Text);
        var document = await visit.ReadAsync(visit.Patient);
        document.GetProperty("status").GetString().ShouldBe("amended");
        document.GetProperty("assessment").GetString().ShouldBe("Viral");
        document.GetProperty("addenda")[0].GetProperty("content").GetString().ShouldBe("Bacterial after all.");
    }

    [Fact]
    public async Task Moves_out_of_order_are_refused()
    {
        using var visit = await app.VisitAsync();
        (await visit.ByDoctorAsync("complete")).ErrorCode.ShouldBe("CONSULTATION_NOT_IN_PROGRESS");
        (await visit.ByDoctorAsync("addenda", new { content = "x" })).ErrorCode.ShouldBe("CONSULTATION_NOT_COMPLETED");
        (await visit.ByDoctorAsync("start")).Status.ShouldBe(200);
        (await visit.ByDoctorAsync("start")).ErrorCode.ShouldBe("CONSULTATION_NOT_PLANNED");
        (await visit.Doctor.DeleteAsync(visit.Path)).ErrorCode.ShouldBe("CONSULTATION_BEGUN");
        (await visit.ByDoctorAsync("cancel")).Status.ShouldBe(409);
        (await visit.ByDoctorAsync("complete")).Status.ShouldBe(200);
        (await visit.ByDoctorAsync("complete")).Status.ShouldBe(409);
    }

    [Fact]
    public async Task A_planned_consultation_is_deleted_and_may_be_opened_again()
    {
        using var visit = await app.VisitAsync();

        (await visit.Doctor.DeleteAsync(visit.Path)).Status.ShouldBe(204);

        (await visit.Doctor.GetAsync(visit.Path)).Status.ShouldBe(404);
        (await visit.Doctor.PostAsync("/api/consultations/", new { appointment_id = visit.AppointmentId })).Status.ShouldBe(201);
        (await visit.AppointmentStatusAsync()).ShouldBe("scheduled");
    }

    [Fact]
    public async Task Cancelling_calls_the_appointment_off_voids_the_draft_and_locks()
    {
        using var visit = await app.VisitAsync();
        (await visit.ByDoctorAsync("prescriptions", Visits.Amoxicillin)).Status.ShouldBe(201);

        var cancelled = await visit.ByDoctorAsync("cancel", new { reason = "Doctor is ill" });

        cancelled.Status.ShouldBe(200, cancelled.Text);
        cancelled.Word("status").ShouldBe("cancelled");
        cancelled.Data.GetProperty("prescriptions")[0].GetProperty("prescription_status").GetString().ShouldBe("cancelled");
        (await visit.Patient.GetAsync($"/api/appointments/{visit.AppointmentId}/")).Word("status").ShouldBe("cancelled");
        (await visit.Doctor.PatchAsync(visit.Path, new { assessment = "x" })).ErrorCode.ShouldBe("CONSULTATION_LOCKED");
    }

    [Fact]
    public async Task The_document_follows_its_appointment()
    {
        using var visit = await app.VisitAsync();

        (await visit.Doctor.MoveAsync(visit.AppointmentId, "start")).Status.ShouldBe(200);
        await visit.BecomesAsync("in_progress");
        (await visit.Doctor.MoveAsync(visit.AppointmentId, "complete")).Status.ShouldBe(200);
        await visit.BecomesAsync("completed");
    }

    [Fact]
    public async Task Cancelling_the_appointment_cancels_the_document()
    {
        using var visit = await app.VisitAsync();

        (await visit.Patient.MoveAsync(visit.AppointmentId, "cancel")).Status.ShouldBe(200);

        await visit.BecomesAsync("cancelled");
    }

    [Fact]
    public async Task Starting_an_appointment_opens_a_document_that_the_doctor_takes_up_and_that_stays_open_until_written()
    {
        using var visit = await app.AppointmentAsync();
        (await visit.Doctor.MoveAsync(visit.AppointmentId, "start")).Status.ShouldBe(200);
        await Eventually.HoldsAsync(async () => (await visit.Doctor.GetAsync("/api/consultations/")).Total == 1);
        (await visit.Doctor.MoveAsync(visit.AppointmentId, "complete")).Status.ShouldBe(200);

        var taken = await visit.Doctor.PostAsync("/api/consultations/", new { appointment_id = visit.AppointmentId, assessment = "Well" });
        var completed = await visit.Doctor.PostAsync($"/api/consultations/{taken.Id}/complete/");

        taken.Status.ShouldBe(201, taken.Text);
        taken.Word("status").ShouldBe("in_progress");
        completed.Status.ShouldBe(200, completed.Text);
        (await visit.Doctor.GetAsync($"/api/consultations/?appointment={visit.AppointmentId}")).Total.ShouldBe(1);
    }

    [Fact]
    public async Task A_visit_that_is_over_may_still_be_written_up()
    {
        using var visit = await app.AppointmentAsync();
        (await visit.Doctor.MoveAsync(visit.AppointmentId, "start")).Status.ShouldBe(200);
        (await visit.Doctor.MoveAsync(visit.AppointmentId, "complete")).Status.ShouldBe(200);

        var opened = await visit.Doctor.PostAsync("/api/consultations/", new { appointment_id = visit.AppointmentId, assessment = "Well" });
        await Eventually.HoldsAsync(async () => (long)(await app.SqlAsync("SELECT count(*) FROM platform.outbox"))! == 0);

        opened.Status.ShouldBe(201, opened.Text);
        (await visit.Doctor.PostAsync($"/api/consultations/{opened.Id}/notes/", new { content = "Late" })).Status.ShouldBe(201);
        (await visit.Doctor.PostAsync($"/api/consultations/{opened.Id}/complete/")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Moving_the_document_moves_the_appointment_once_and_the_event_changes_nothing_more()
    {
        using var visit = await app.CompletedVisitAsync();
        var before = (await visit.Doctor.GetAsync(visit.Path)).ETag;

        await app.DeliverEventsAsync();

        (await visit.Doctor.GetAsync(visit.Path)).ETag.ShouldBe(before);
        (await visit.AppointmentStatusAsync()).ShouldBe("completed");
        var steps = (await visit.Doctor.GetAsync(visit.Path + "history/")).Rows.Select(r => r.GetProperty("action").GetString());
        steps.ShouldBe(["created", "started", "completed"]);
    }

    [Fact]
    public async Task The_history_names_the_changed_fields_but_not_their_text()
    {
        using var visit = await app.VisitAsync();
        (await visit.Doctor.PatchAsync(visit.Path, new { assessment = "secret words", private_notes = "more" })).Status.ShouldBe(200);

        var history = await visit.Doctor.GetAsync(visit.Path + "history/");

        var change = history.Rows.Last();
        change.GetProperty("fields").EnumerateArray().Select(f => f.GetString()).ShouldBe(["assessment", "private_notes"]);
        change.GetProperty("actor").GetProperty("user_id").GetGuid().ShouldBe(visit.Doctor.UserId);
        history.Text.ShouldNotContain("secret words");
    }

    [Fact]
    public async Task A_stale_copy_is_not_written_and_put_empties_what_patch_keeps()
    {
        using var visit = await app.VisitAsync(new Dictionary<string, object> { ["assessment"] = "A", ["treatment_plan"] = "B" });
        var tag = (await visit.Doctor.GetAsync(visit.Path)).ETag!;

        var patched = await visit.Doctor.PatchAsync(visit.Path, new { assessment = "C" }, ("If-Match", tag));
        var stale = await visit.Doctor.PutAsync(visit.Path, new { assessment = "D" }, ("If-Match", tag));
        var put = await visit.Doctor.PutAsync(visit.Path, new { assessment = "E" });

        patched.Word("treatment_plan").ShouldBe("B");
        stale.Status.ShouldBe(412);
        put.Data.GetProperty("treatment_plan").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
        (await visit.Doctor.PatchAsync(visit.Path, """{"unknown": 1}""")).Status.ShouldBe(400);
    }

    [Fact]
    public async Task Nothing_slips_in_while_a_document_is_being_closed()
    {
        using var visit = await app.StartedVisitAsync();

        var notes = Enumerable.Range(0, 20).Select(i => visit.ByDoctorAsync("notes", new { content = $"note {i}" })).ToList();
        var completed = await visit.ByDoctorAsync("complete");
        var replies = await Task.WhenAll(notes);

        completed.Status.ShouldBe(200, completed.Text);
        replies.ShouldAllBe(r => r.Status == 201 || r.ErrorCode == "CONSULTATION_LOCKED");
        var document = await visit.ReadAsync(visit.Doctor);
        var ended = document.GetProperty("ended_at").GetDateTimeOffset();
        document.GetProperty("notes").GetArrayLength().ShouldBe(replies.Count(r => r.Status == 201));
        (await visit.Doctor.GetAsync(visit.Path + "history/?page_size=100")).Rows.Last().GetProperty("action").GetString().ShouldBe("completed");
        ended.ShouldBeGreaterThanOrEqualTo(document.GetProperty("started_at").GetDateTimeOffset());
    }
}
