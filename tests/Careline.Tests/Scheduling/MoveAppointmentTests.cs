using Careline.Tests.Support;

namespace Careline.Tests.Scheduling;

public sealed class MoveAppointmentTests(SharedApp app) : IClassFixture<SharedApp>
{
    [Fact]
    public async Task A_visit_runs_from_booked_to_completed_and_leaves_its_history()
    {
        using var doctor = await app.BookableDoctorAsync();
        using var patient = await app.PatientAsync();
        var id = await patient.BookedAsync((await doctor.OfferAsync(app.Day()))[0]);

        (await doctor.MoveAsync(id, "confirm")).Word("status").ShouldBe("confirmed");
        (await patient.MoveAsync(id, "check-in")).Word("status").ShouldBe("checked_in");
        var started = await doctor.MoveAsync(id, "start");
        started.Word("status_display").ShouldBe("In Progress");
        started.Data.GetProperty("can_cancel").GetBoolean().ShouldBeFalse();
        (await doctor.MoveAsync(id, "complete")).Word("status").ShouldBe("completed");

        var history = await patient.GetAsync($"/api/appointments/{id}/history/");
        history.Rows.Select(e => e.GetProperty("event").GetString()).ShouldBe(["booked", "confirmed", "checked_in", "started", "completed"]);
        history.Rows.Select(e => e.GetProperty("actor_id").GetGuid())
            .ShouldBe([patient.UserId, doctor.UserId, patient.UserId, doctor.UserId, doctor.UserId]);
        var late = await patient.MoveAsync(id, "cancel");
        (late.Status, late.ErrorCode).ShouldBe((409, "ILLEGAL_MOVE"));
        (late.ErrorDetails.GetProperty("from").GetString(), late.ErrorDetails.GetProperty("to").GetString()).ShouldBe(("completed", "cancelled"));
    }

    [Fact]
    public async Task Cancelling_frees_the_time_and_ends_the_doctors_access_at_once()
    {
        using var doctor = await app.BookableDoctorAsync();
        using var patient = await app.PatientAsync();
        using var next = await app.PatientAsync();
        var slot = (await doctor.OfferAsync(app.Day()))[0];
        var id = await patient.BookedAsync(slot);

        var reply = await patient.MoveAsync(id, "cancel", new { reason = "Feeling better" });

        reply.Word("status").ShouldBe("cancelled");
        (await next.BookAsync(slot)).Status.ShouldBe(201);
        ((DateTime)(await app.SqlAsync("SELECT ends_at FROM patients.care_relationships WHERE source_id = $1", id))!)
            .ShouldBeLessThanOrEqualTo(app.Now.UtcDateTime);
        (await doctor.GetAsync($"/api/appointments/{id}/history/")).Rows.Last().GetProperty("note").GetString().ShouldBe("Feeling better");
    }

    [Fact]
    public async Task What_is_not_a_partys_to_do_is_refused_as_such()
    {
        using var doctor = await app.BookableDoctorAsync();
        using var patient = await app.PatientAsync();
        using var stranger = await app.PatientAsync();
        using var otherDoctor = await app.BookableDoctorAsync();
        var id = await patient.BookedAsync((await doctor.OfferAsync(app.Day()))[0]);

        foreach (var move in (string[])["confirm", "start", "complete", "no-show"])
        {
            (await patient.MoveAsync(id, move)).Status.ShouldBe(403, move);
        }

        (await doctor.MoveAsync(id, "check-in")).Status.ShouldBe(403);
        foreach (var move in (string[])["confirm", "cancel", "reschedule", "check-in", "start", "complete", "no-show"])
        {
            (await stranger.MoveAsync(id, move, new { reason = 5 })).Status.ShouldBe(404, move);
            (await otherDoctor.MoveAsync(id, move, new { })).Status.ShouldBe(404, move);
        }
    }

    [Fact]
    public async Task Nobody_is_missed_before_the_start_has_passed()
    {
        using var doctor = await app.BookableDoctorAsync();
        using var patient = await app.PatientAsync();
        var id = await patient.BookedAsync((await doctor.OfferAsync(app.Day()))[0]);

        (await doctor.MoveAsync(id, "no-show")).ErrorCode.ShouldBe("TOO_EARLY_FOR_NO_SHOW");
        await app.SqlAsync("UPDATE scheduling.appointments SET starts_at = $2, ends_at = $3 WHERE id = $1", id, app.Now.AddHours(-1), app.Now.AddMinutes(-30));

        (await doctor.MoveAsync(id, "no-show")).Word("status").ShouldBe("no_show");
    }

    [Fact]
    public async Task An_appointment_moves_to_another_free_time_and_keeps_its_id_and_history()
    {
        using var doctor = await app.BookableDoctorAsync();
        using var patient = await app.PatientAsync();
        using var other = await app.PatientAsync();
        var slots = await doctor.OfferAsync(app.Day());
        var id = await patient.BookedAsync(slots[0]);
        await other.BookedAsync(slots[1]);
        await doctor.MoveAsync(id, "confirm");

        (await patient.MoveAsync(id, "reschedule", new { time_slot_id = slots[1] })).ErrorCode.ShouldBe("SLOT_TAKEN");
        var moved = await patient.MoveAsync(id, "reschedule", new { date = app.Day().Text(), start_time = "10:30" });

        (moved.Id, moved.Word("status"), moved.Word("start_time")).ShouldBe((id, "scheduled", "10:30:00"));
        (await other.BookAsync(slots[0])).Status.ShouldBe(201);
        var last = (await patient.GetAsync($"/api/appointments/{id}/history/")).Rows.Last();
        last.GetProperty("event").GetString().ShouldBe("rescheduled");
        last.GetProperty("from_start").GetDateTimeOffset().ShouldNotBe(last.GetProperty("to_start").GetDateTimeOffset());
        ((DateTime)(await app.SqlAsync("SELECT ends_at FROM patients.care_relationships WHERE source_id = $1", id))!)
            .ShouldBe(moved.Data.GetProperty("end").GetDateTimeOffset().AddDays(30).UtcDateTime);
    }

    [Fact]
    public async Task An_appointment_moves_only_within_its_doctors_times()
    {
        using var doctor = await app.BookableDoctorAsync();
        using var other = await app.BookableDoctorAsync();
        using var patient = await app.PatientAsync();
        var id = await patient.BookedAsync((await doctor.OfferAsync(app.Day()))[0]);

        (await patient.MoveAsync(id, "reschedule", new { time_slot_id = (await other.OfferAsync(app.Day(31)))[0] })).Status.ShouldBe(400);
        (await patient.MoveAsync(id, "reschedule", new { start = app.Now.AddDays(40) })).ErrorCode.ShouldBe("OUTSIDE_AVAILABILITY");
        (await patient.MoveAsync(id, "reschedule", new { start = app.Now.AddDays(-1) })).ErrorCode.ShouldBe("SLOT_IN_PAST");
        (await patient.MoveAsync(id, "reschedule", new { })).Status.ShouldBe(400);
    }

    [Fact]
    public async Task Deleting_calls_off_and_hides_but_never_what_took_place()
    {
        using var doctor = await app.BookableDoctorAsync();
        using var patient = await app.PatientAsync();
        using var admin = await app.AdminAsync();
        var slots = await doctor.OfferAsync(app.Day());
        var dropped = await patient.BookedAsync(slots[0]);
        var seen = await patient.BookedAsync(slots[1]);
        await doctor.MoveAsync(seen, "start");

        (await patient.DeleteAsync($"/api/appointments/{dropped}/")).Status.ShouldBe(204);
        (await patient.GetAsync($"/api/appointments/{dropped}/")).Status.ShouldBe(404);
        (await doctor.GetAsync($"/api/appointments/{dropped}/")).Status.ShouldBe(404);
        (await admin.GetAsync($"/api/appointments/{dropped}/")).Word("status").ShouldBe("cancelled");
        (await patient.GetAsync("/api/appointments/")).Total.ShouldBe(1);
        (await patient.DeleteAsync($"/api/appointments/{seen}/")).ErrorCode.ShouldBe("ILLEGAL_MOVE");
        await doctor.MoveAsync(seen, "complete");
        (await patient.DeleteAsync($"/api/appointments/{seen}/")).ErrorCode.ShouldBe("ILLEGAL_MOVE");
    }

    [Fact]
    public async Task What_a_visit_is_about_is_replaced_and_merged_but_not_once_it_ended_nor_from_a_stale_copy()
    {
        using var doctor = await app.BookableDoctorAsync();
        using var patient = await app.PatientAsync();
        var slot = (await doctor.OfferAsync(app.Day()))[0];
        var id = await patient.BookedAsync(slot);
        var path = $"/api/appointments/{id}/";

        var patch = await patient.PatchAsync(path, new { urgency = "high", notes = (string?)null, status = "completed" }, ("If-Match", "\"1\""));
        patch.Status.ShouldBe(200, patch.Text);
        (patch.Word("urgency"), patch.Word("reason"), patch.Word("status"), patch.ETag).ShouldBe(("high", "Cough", "scheduled", "\"2\""));
        patch.Data.GetProperty("notes").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
        (await patient.PatchAsync(path, new { urgency = "low" }, ("If-Match", "\"1\""))).Status.ShouldBe(412);
        var put = await doctor.PutAsync(path, new { reason = " Fever ", modality = "in_person" });
        (put.Word("reason"), put.Word("modality"), put.Word("urgency")).ShouldBe((" Fever ", "in_person", "medium"));
        (await patient.PatchAsync(path, new { contact_phone = "12" })).Status.ShouldBe(400);

        await patient.MoveAsync(id, "cancel");
        (await patient.PatchAsync(path, new { urgency = "low" })).ErrorCode.ShouldBe("APPOINTMENT_ENDED");
    }
}
