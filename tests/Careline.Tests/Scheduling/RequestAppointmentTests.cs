using System.Text.Json;
using Careline.Tests.Support;

namespace Careline.Tests.Scheduling;

/// <summary>Moves the clock, so with an application of its own.</summary>
public sealed class RequestAppointmentTests(TestApp app) : IClassFixture<TestApp>
{
    [Fact]
    public async Task A_part_of_a_day_is_asked_for_and_the_practice_names_the_time()
    {
        using var doctor = await app.BookableDoctorAsync("Africa/Lagos");
        using var patient = await app.PatientAsync();
        using var stranger = await app.PatientAsync();
        var day = app.Day();

        var asked = await AskAsync(patient, doctor, new { preferred_date = day.Text(), day_part = "Afternoon", urgency = "high", reason = "Cough" });
        asked.Status.ShouldBe(201, asked.Text);
        (asked.Word("status"), asked.Word("day_part"), asked.Word("preferred_date"), asked.Word("urgency")).ShouldBe(("requested", "afternoon", day.Text(), "high"));
        asked.Data.GetProperty("start").ValueKind.ShouldBe(JsonValueKind.Null);
        asked.Data.GetProperty("expires_at").GetDateTimeOffset().ShouldBeInRange(app.Now.AddHours(47.9), app.Now.AddHours(48));
        (await app.SqlAsync("SELECT count(*) FROM patients.care_relationships WHERE account_id = $1", doctor.UserId)).ShouldBe(0L);
        foreach (var list in (Reply[])[await patient.GetAsync("/api/appointment-requests/"), await doctor.GetAsync("/api/appointment-requests/?status=requested")])
        {
            list.Rows.Single().GetProperty("id").GetGuid().ShouldBe(asked.Id);
        }

        (await stranger.GetAsync("/api/appointment-requests/")).Total.ShouldBe(0);
        (await stranger.PostAsync($"/api/appointment-requests/{asked.Id}/accept/")).Status.ShouldBe(404);
        (await patient.PostAsync($"/api/appointment-requests/{asked.Id}/accept/", new { start = app.Now.AddDays(30) })).Status.ShouldBe(403);
        (await AnswerAsync(doctor, asked, "accept", new { })).ErrorDetails.TryGetProperty("start", out _).ShouldBeTrue();
        (await AnswerAsync(doctor, asked, "accept", new { start = app.Now.AddDays(-1) })).Status.ShouldBe(400);
        var accepted = await AnswerAsync(doctor, asked, "accept", new { start = new DateTimeOffset(day, new TimeOnly(13, 0), TimeSpan.Zero) });

        accepted.Status.ShouldBe(200, accepted.Text);
        accepted.Word("status").ShouldBe("scheduled");
        var appointment = await patient.GetAsync($"/api/appointments/{asked.Id}/");
        (appointment.Word("start_time"), appointment.Data.GetProperty("duration_minutes").GetInt32()).ShouldBe(("14:00:00", 30));
        (await app.SqlAsync("SELECT count(*) FROM patients.care_relationships WHERE account_id = $1", doctor.UserId)).ShouldBe(1L);
        (await patient.GetAsync($"/api/appointments/{asked.Id}/history/")).Rows.Select(e => e.GetProperty("event").GetString()).ShouldBe(["requested", "accepted"]);
        (await AnswerAsync(doctor, asked, "accept", new { start = app.Now.AddDays(31) })).ErrorCode.ShouldBe("ILLEGAL_MOVE");
        (await AnswerAsync(patient, asked, "cancel")).ErrorCode.ShouldBe("ILLEGAL_MOVE");
    }

    [Fact]
    public async Task An_exact_time_that_is_asked_for_is_nobody_elses_until_it_is_answered()
    {
        using var doctor = await app.BookableDoctorAsync();
        using var patient = await app.PatientAsync();
        using var other = await app.PatientAsync();
        var slots = await doctor.OfferAsync(app.Day());
        var start = (await doctor.GetAsync($"/api/time-slots/{slots[0]}/")).Word("start");

        var asked = await AskAsync(patient, doctor, new { start });
        asked.Status.ShouldBe(201, asked.Text);
        asked.Word("start").ShouldBe(start);
        (await other.BookAsync(slots[0])).ErrorCode.ShouldBe("SLOT_TAKEN");
        (await AskAsync(other, doctor, new { start })).ErrorCode.ShouldBe("SLOT_TAKEN");
        (await AnswerAsync(doctor, asked, "reject", new { reason = "On leave" })).Word("status").ShouldBe("rejected");
        (await other.BookAsync(slots[0])).Status.ShouldBe(201);

        var next = await AskAsync(patient, doctor, new { time_slot_id = slots[1] });
        (await AnswerAsync(patient, next, "cancel", new { reason = "Better" })).Word("status").ShouldBe("cancelled");
        (await AnswerAsync(doctor, next, "accept")).ErrorCode.ShouldBe("ILLEGAL_MOVE");
        var third = await AskAsync(patient, doctor, new { time_slot_id = slots[1] });
        (await AnswerAsync(doctor, third, "accept")).Word("status").ShouldBe("scheduled");
        (await app.TimesAsync(doctor.DoctorId, app.Day())).ShouldBe([slots[2], slots[3]]);
    }

    [Fact]
    public async Task Two_pending_requests_for_one_slot_both_accepted_concurrently_only_one_wins()
    {
        using var doctor = await app.BookableDoctorAsync();
        var patients = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => app.PatientAsync()));
        var asked = await Task.WhenAll(patients.Select(p => AskAsync(p, doctor, new { preferred_date = app.Day().Text(), day_part = "morning" })));
        asked.ShouldAllBe(r => r.Status == 201);

        var start = new DateTimeOffset(app.Day(), new TimeOnly(10, 0), TimeSpan.Zero);
        var replies = await Task.WhenAll(asked.Select((r, i) => AnswerAsync(doctor, r, "accept", new { start = start.AddMinutes(3 * i) })));

        replies.Count(r => r.Status == 200).ShouldBe(1);
        replies.Count(r => r is { Status: 409, ErrorCode: "SLOT_TAKEN" }).ShouldBe(7);
        (await doctor.GetAsync("/api/appointment-requests/?status=requested")).Total.ShouldBe(7);
    }

    [Fact]
    public async Task A_patient_has_three_open_requests_at_most_however_many_are_sent_at_once()
    {
        using var patient = await app.PatientAsync();
        var doctors = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => app.BookableDoctorAsync()));

        var replies = await Task.WhenAll(doctors.Select(d => AskAsync(patient, d, new { preferred_date = app.Day().Text(), day_part = "morning" })));

        replies.Count(r => r.Status == 201).ShouldBe(3);
        replies.Count(r => r is { Status: 409, ErrorCode: "TOO_MANY_OPEN_REQUESTS" }).ShouldBe(5);
    }

    [Fact]
    public async Task A_request_that_nobody_answers_expires_after_48_hours_and_frees_its_time()
    {
        using var doctor = await app.BookableDoctorAsync();
        using var patient = await app.PatientAsync();
        var slots = await doctor.OfferAsync(app.Day(40));
        var asked = await AskAsync(patient, doctor, new { time_slot_id = slots[0] });

        app.Advance(TimeSpan.FromHours(48.1));
        using var back = await app.SignInAsync(doctor.UserName);
        (await AnswerAsync(back, asked, "accept")).Status.ShouldBe(409);
        await app.RunJobAsync("scheduling.expire-waiting");

        (await back.GetAsync($"/api/appointment-requests/{asked.Id}/")).Word("status").ShouldBe("expired");
        (await app.TimesAsync(doctor.DoctorId, app.Day(38))).ShouldContain(slots[0]);
        await app.RunJobAsync("scheduling.expire-waiting");
        (await app.SqlAsync("SELECT count(*) FROM scheduling.appointment_events WHERE appointment_id = $1", asked.Id)).ShouldBe(2L);
    }

    [Fact]
    public async Task At_a_doctor_who_approves_a_booking_is_a_request_and_the_practices_own_is_none()
    {
        using var doctor = await app.BookableDoctorAsync();
        using var patient = await app.PatientAsync();
        using var admin = await app.AdminAsync();
        await doctor.KeepHoursAsync(doctor.DoctorId, new { booking_policy = "approval" });
        var times = await app.TimesAsync(doctor.DoctorId, app.Day());
        var byHand = (await doctor.OfferAsync(app.Day(), 1, "15:00:00"))[0];

        var booked = await patient.BookAsync(times[0]);
        (booked.Status, booked.Word("status"), booked.Json.GetProperty("message").GetString()).ShouldBe((201, "requested", "Appointment requested. The practice will answer."));
        (await patient.BookAsync(byHand)).Word("status").ShouldBe("requested");
        var hold = await patient.PostAsync("/api/appointments/holds/", new { time_slot_id = times[1] });
        (await patient.PostAsync("/api/appointments/", new { hold_id = hold.Id })).Word("status").ShouldBe("requested");
        (await patient.GetAsync("/api/appointment-requests/")).Total.ShouldBe(3);
        (await patient.BookAsync(times[2])).ErrorCode.ShouldBe("TOO_MANY_OPEN_REQUESTS");
        (await admin.PostAsync("/api/appointments/", new { time_slot_id = times[2], patient_id = patient.PatientId })).Word("status").ShouldBe("scheduled");
        (await doctor.PostAsync($"/api/appointments/{booked.Id}/confirm/")).ErrorCode.ShouldBe("ILLEGAL_MOVE");
        (await AnswerAsync(doctor, booked, "accept")).Word("status").ShouldBe("scheduled");
    }

    [Fact]
    public async Task An_emergency_never_waits_in_silence()
    {
        using var doctor = await app.BookableDoctorAsync();
        using var patient = await app.PatientAsync();

        var asked = await AskAsync(patient, doctor, new { preferred_date = app.Day().Text(), day_part = "evening", urgency = "emergency" });

        asked.Word("emergency_advice").ShouldContain("emergency number");
        asked.Json.GetProperty("message").GetString().ShouldBe(asked.Word("emergency_advice"));
    }

    [Theory]
    [InlineData("""{"day_part":"morning"}""", "preferred_date")]
    [InlineData("""{"preferred_date":"2001-01-01","day_part":"morning"}""", "preferred_date")]
    [InlineData("""{"preferred_date":"9999-12-31","day_part":"morning"}""", "preferred_date")]
    [InlineData("""{"preferred_date":"2027-05-05"}""", "day_part")]
    public async Task A_request_without_sense_is_refused_by_field(string body, string field)
    {
        using var doctor = await app.BookableDoctorAsync();
        using var patient = await app.PatientAsync();

        var reply = await patient.PostAsync("/api/appointment-requests/", body.Replace("{", $$"""{"doctor_id":"{{doctor.DoctorId}}",""", StringComparison.Ordinal));

        reply.Status.ShouldBe(400, reply.Text);
        reply.ErrorDetails.EnumerateObject().Select(p => p.Name).ShouldBe([field]);
    }

    private static Task<Reply> AskAsync(Person patient, Person doctor, object body)
    {
        var json = JsonSerializer.SerializeToNode(body)!.AsObject();
        json["doctor_id"] = doctor.DoctorId.ToString();
        return patient.PostAsync("/api/appointment-requests/", json.ToJsonString());
    }

    private static Task<Reply> AnswerAsync(Person by, Reply asked, string answer, object? body = null) =>
        by.PostAsync($"/api/appointment-requests/{asked.Id}/{answer}/", body);
}
