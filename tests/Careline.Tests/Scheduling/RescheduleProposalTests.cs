using Careline.Tests.Support;

namespace Careline.Tests.Scheduling;

public sealed class RescheduleProposalTests(SharedApp app) : IClassFixture<SharedApp>
{
    [Fact]
    public async Task Where_the_practice_has_to_agree_a_wish_keeps_both_times_until_it_does()
    {
        using var doctor = await app.BookableDoctorAsync();
        using var patient = await app.PatientAsync();
        using var other = await app.PatientAsync();
        await doctor.KeepHoursAsync(doctor.DoctorId, new { reschedule_policy = "approval" });
        var times = await app.TimesAsync(doctor.DoctorId, app.Day());
        var id = await patient.BookedAsync(times[0]);

        var asked = await patient.MoveAsync(id, "reschedule", new { time_slot_id = times[2], reason = "Work" });

        asked.Status.ShouldBe(200, asked.Text);
        asked.Word("start_time").ShouldBe("09:00:00");
        asked.Data.GetProperty("reschedule_proposal").GetProperty("start_time").GetString().ShouldBe("10:00:00");
        (await app.TimesAsync(doctor.DoctorId, app.Day())).ShouldBe([times[1], times[3]]);
        (await other.BookAsync(times[2])).ErrorCode.ShouldBe("SLOT_TAKEN");
        (await patient.GetAsync("/api/appointments/")).Total.ShouldBe(1);
        (await app.InboxAsync($"{doctor.UserName}@example.test")).ShouldContain(text => text.Contains("another time is proposed", StringComparison.Ordinal) && !text.Contains("Work", StringComparison.Ordinal));

        (await patient.PostAsync(Path(id) + "accept/")).Status.ShouldBe(403);
        (await patient.PostAsync(Path(id), new { time_slot_id = times[3] })).ErrorCode.ShouldBe("PROPOSAL_OPEN");
        var moved = await doctor.PostAsync(Path(id) + "accept/");

        (moved.Status, moved.Word("start_time"), moved.Word("status")).ShouldBe((200, "10:00:00", "scheduled"));
        (await app.TimesAsync(doctor.DoctorId, app.Day())).ShouldBe([times[0], times[1], times[3]]);
        (await patient.GetAsync(Path(id))).Word("status").ShouldBe("accepted");
        (await patient.GetAsync($"/api/appointments/{id}/history/")).Rows.Select(e => e.GetProperty("event").GetString()).ShouldBe(["booked", "rescheduled"]);
        await app.DeliverEventsAsync();
        (await app.InboxAsync($"{patient.UserName}@example.test"))[0].ShouldContain("is now at");
        (await doctor.PostAsync(Path(id) + "accept/")).ErrorCode.ShouldBe("NO_OPEN_PROPOSAL");
    }

    [Fact]
    public async Task The_practice_may_ask_instead_of_moving_and_the_patient_may_decline()
    {
        using var doctor = await app.BookableDoctorAsync();
        using var patient = await app.PatientAsync();
        var slots = await doctor.OfferAsync(app.Day());
        var id = await patient.BookedAsync(slots[0]);

        (await doctor.PostAsync(Path(id), new { time_slot_id = slots[1], reason = "A meeting" })).Word("proposed_by").ShouldBe("practice");
        (await doctor.PostAsync(Path(id) + "decline/")).Status.ShouldBe(403);
        (await patient.DeleteAsync(Path(id))).Status.ShouldBe(403);
        (await patient.PostAsync(Path(id) + "decline/")).Word("start_time").ShouldBe("09:00:00");

        (await app.TimesAsync(doctor.DoctorId, app.Day())).ShouldBe(slots.Skip(1));
        (await doctor.GetAsync(Path(id))).Word("status").ShouldBe("declined");
        (await doctor.PostAsync(Path(id), new { time_slot_id = slots[2] })).Status.ShouldBe(201);
        (await doctor.DeleteAsync(Path(id))).Status.ShouldBe(204);
        (await app.TimesAsync(doctor.DoctorId, app.Day())).ShouldBe(slots.Skip(1));
    }

    [Fact]
    public async Task A_visit_that_is_moved_called_off_or_begun_ends_its_proposal_and_frees_the_time()
    {
        using var doctor = await app.BookableDoctorAsync();
        using var patient = await app.PatientAsync();
        var slots = await doctor.OfferAsync(app.Day(), 6);
        foreach (var (end, body, by) in new (string, object?, Person)[] { ("cancel", null, patient), ("reschedule", new { time_slot_id = slots[2] }, patient), ("start", null, doctor) })
        {
            var id = await patient.BookedAsync(slots[0]);
            (await patient.PostAsync(Path(id), new { time_slot_id = slots[4] })).Status.ShouldBe(201);

            (await by.MoveAsync(id, end, body)).Status.ShouldBe(200);

            (await patient.GetAsync(Path(id))).Word("status").ShouldBe("superseded");
            (await app.TimesAsync(doctor.DoctorId, app.Day())).ShouldContain(slots[4]);
            if (end == "reschedule")
            {
                (await patient.MoveAsync(id, "cancel")).Status.ShouldBe(200);
            }
        }
    }

    [Fact]
    public async Task A_time_that_is_kept_is_nobodys_appointment()
    {
        using var doctor = await app.BookableDoctorAsync();
        using var patient = await app.PatientAsync();
        using var stranger = await app.PatientAsync();
        var slots = await doctor.OfferAsync(app.Day());
        var id = await patient.BookedAsync(slots[0]);
        (await patient.PostAsync(Path(id), new { time_slot_id = slots[1] })).Status.ShouldBe(201);
        var hold = (Guid)(await app.SqlAsync("SELECT hold_id FROM scheduling.reschedule_proposals WHERE appointment_id = $1", id))!;

        foreach (var person in (Person[])[patient, doctor, stranger])
        {
            (await person.GetAsync($"/api/appointments/{hold}/")).Status.ShouldBe(404);
            (await person.MoveAsync(hold, "cancel")).Status.ShouldBe(404);
            (await person.DeleteAsync($"/api/appointments/holds/{hold}/")).Status.ShouldBe(404);
        }

        (await patient.PostAsync("/api/appointments/", new { hold_id = hold })).Status.ShouldBe(404);
        (await stranger.GetAsync(Path(id))).Status.ShouldBe(404);
        (await stranger.PostAsync(Path(id) + "accept/")).Status.ShouldBe(404);
    }

    [Fact]
    public async Task A_proposal_beside_itself_or_for_a_taken_time_is_refused()
    {
        using var doctor = await app.BookableDoctorAsync();
        using var patient = await app.PatientAsync();
        using var other = await app.PatientAsync();
        var slots = await doctor.OfferAsync(app.Day());
        var id = await patient.BookedAsync(slots[0]);
        await other.BookedAsync(slots[1]);

        (await patient.PostAsync(Path(id), new { time_slot_id = slots[0] })).ErrorCode.ShouldBe("PROPOSAL_OVERLAPS");
        (await patient.PostAsync(Path(id), new { time_slot_id = slots[1] })).ErrorCode.ShouldBe("SLOT_TAKEN");
        (await patient.PostAsync(Path(id), new { })).Status.ShouldBe(400);
        (await patient.GetAsync(Path(id))).Status.ShouldBe(404);
    }

    [Fact]
    public async Task Of_64_answers_to_a_proposal_at_once_one_is_heard_and_its_time_is_never_two_peoples()
    {
        using var doctor = await app.BookableDoctorAsync();
        using var patient = await app.PatientAsync();
        using var quick = await app.PatientAsync();
        var slots = await doctor.OfferAsync(app.Day(), 2);
        var id = await patient.BookedAsync(slots[0]);
        (await patient.PostAsync(Path(id), new { time_slot_id = slots[1] })).Status.ShouldBe(201);

        var replies = await Task.WhenAll(Enumerable.Range(0, 64).Select(i => (i % 4) switch
        {
            0 => doctor.PostAsync(Path(id) + "accept/"),
            1 => doctor.PostAsync(Path(id) + "decline/"),
            2 => patient.DeleteAsync(Path(id)),
            _ => quick.BookAsync(slots[1]),
        }));

        replies.Where((_, i) => i % 4 != 3).Count(r => r.Status < 300).ShouldBe(1);
        replies.Select(r => r.Status).ShouldAllBe(status => status < 300 || status == 409);
        (await app.SqlAsync(
            """
            SELECT count(*) FROM scheduling.appointments a JOIN scheduling.appointments b ON a.doctor_id = b.doctor_id AND a.id < b.id AND a.during && b.during
            WHERE a.doctor_id = $1 AND a.status IN ('held', 'scheduled') AND b.status IN ('held', 'scheduled')
            """,
            doctor.DoctorId)).ShouldBe(0L);
        (await app.SqlAsync("SELECT count(*) FROM scheduling.appointments WHERE doctor_id = $1 AND status = 'held'", doctor.DoctorId)).ShouldBe(0L);
    }

    private static string Path(Guid id) => $"/api/appointments/{id}/reschedule-proposal/";
}
