using Careline.Hours.Contracts;
using Careline.Scheduling.Availability;
using Careline.Tests.Support;

namespace Careline.Tests.Scheduling;

/// <summary>Times that are computed from working hours are listed, booked, moved and offered instead like those offered one by one.</summary>
public sealed class ComputedTimesTests(SharedApp app) : IClassFixture<SharedApp>
{
    [Fact]
    public async Task Computed_and_explicit_times_are_listed_alike_and_each_id_books_its_time()
    {
        using var doctor = await app.BookableDoctorAsync();
        using var patient = await app.PatientAsync();
        var day = app.Day();
        await doctor.KeepHoursAsync(doctor.DoctorId, new { time_zone = "Africa/Lagos" });
        var byHand = (await doctor.OfferAsync(day, 1, "10:15:00"))[0];

        var listed = (await app.Anonymous.AskAsync($"/api/time-slots/?doctor={doctor.DoctorId}&date={day.Text()}")).Rows.ToList();
        listed.Select(s => s.GetProperty("start_time").GetString()).ShouldBe(["09:00:00", "09:30:00", "10:15:00"]);
        listed.ShouldAllBe(s => s.GetProperty("available").GetBoolean() && s.GetProperty("id").GetString()!.Length <= 64 && s.GetProperty("time_zone").GetString() == "Africa/Lagos");

        foreach (var id in new[] { listed[1].GetProperty("id").GetString()!, byHand })
        {
            (await patient.BookAsync(id)).Status.ShouldBe(201);
            (await patient.BookAsync(id)).ErrorCode.ShouldBe("SLOT_TAKEN");
        }

        (await app.TimesAsync(doctor.DoctorId, day)).ShouldBe([listed[0].GetProperty("id").GetString()!]);
        var days = (await app.Anonymous.AskAsync($"/api/doctor-availability/?doctor={doctor.DoctorId}&date={day.Text()}")).Data.GetProperty("days")[0];
        (days.GetProperty("total_slots").GetInt32(), days.GetProperty("free_slots").GetInt32()).ShouldBe((3, 1));
    }

    [Fact]
    public async Task A_computed_time_is_named_by_start_or_wall_clock_and_others_are_offered_when_it_is_taken()
    {
        using var doctor = await app.BookableDoctorAsync();
        using var first = await app.PatientAsync();
        using var second = await app.PatientAsync();
        var day = app.Day();
        await doctor.KeepHoursAsync(doctor.DoctorId, new { time_zone = "America/New_York" });
        object Wish(string time) => new { doctor_id = doctor.DoctorId, date = day.Text(), start_time = time };

        var booked = await first.PostAsync("/api/appointments/", Wish("09:30"));
        booked.Status.ShouldBe(201, booked.Text);
        (booked.Word("time_zone"), booked.Word("start_time"), booked.Word("end_time")).ShouldBe(("America/New_York", "09:30:00", "10:00:00"));

        var start = booked.Data.GetProperty("start").GetDateTimeOffset();
        var refused = await second.PostAsync("/api/appointments/", new { doctor_id = doctor.DoctorId, start });
        refused.ErrorCode.ShouldBe("SLOT_TAKEN");
        refused.ErrorDetails.GetProperty("alternatives").EnumerateArray().Select(a => a.GetDateTimeOffset())
            .ShouldBe([start.AddMinutes(-30), start.AddMinutes(30), start.AddMinutes(60)]);
        var outside = await second.PostAsync("/api/appointments/", Wish("09:40"));
        (outside.ErrorCode, outside.ErrorDetails.GetProperty("alternatives").GetArrayLength()).ShouldBe(("OUTSIDE_AVAILABILITY", 3));
        (await second.PostAsync("/api/appointments/", new { doctor_id = doctor.DoctorId, start = start.AddYears(-20) })).ErrorCode.ShouldBe("SLOT_IN_PAST");
        (await second.PostAsync("/api/appointments/", new { doctor_id = doctor.DoctorId, start = start.AddYears(100) })).ErrorCode.ShouldBe("OUTSIDE_AVAILABILITY");
    }

    [Fact]
    public async Task A_computed_time_that_the_schedule_no_longer_has_is_not_booked()
    {
        using var doctor = await app.BookableDoctorAsync();
        using var other = await app.BookableDoctorAsync();
        using var patient = await app.PatientAsync();
        var day = app.Day();
        await doctor.KeepHoursAsync(doctor.DoctorId);
        var time = (await app.TimesAsync(doctor.DoctorId, day))[0];
        await doctor.KeepHoursAsync(doctor.DoctorId, new { slot_minutes = 20 });

        (await patient.BookAsync(time)).ErrorCode.ShouldBe("OUTSIDE_AVAILABILITY");
        (await patient.PostAsync("/api/appointments/", new { time_slot_id = time, doctor_id = other.DoctorId })).Status.ShouldBe(400);
        (await patient.BookAsync(time[..^1])).Status.ShouldBe(404);
        (await patient.BookAsync(new ComputedTime(Guid.CreateVersion7(), new Span(app.Now.AddDays(1), app.Now.AddDays(1).AddMinutes(30))).ToString())).Status.ShouldBe(404);
        (await doctor.GetAsync($"/api/time-slots/{time}/")).Status.ShouldBe(404);
    }

    [Fact]
    public async Task Patient_a_calendar_day_behind_the_clinic_picks_the_day_shown()
    {
        using var doctor = await app.BookableDoctorAsync();
        using var patient = await app.PatientAsync();
        var day = app.Day();
        await doctor.KeepHoursAsync(doctor.DoctorId, new { time_zone = "Pacific/Auckland" });

        var shown = (await app.Anonymous.AskAsync($"/api/time-slots/?doctor={doctor.DoctorId}&date={day.Text()}")).Rows.First();
        var booked = await patient.BookAsync(shown.GetProperty("id").GetString()!);

        // Nine in the morning in Auckland is the day before everywhere west of it.
        DateOnly.FromDateTime(shown.GetProperty("start").GetDateTimeOffset().UtcDateTime).ShouldBe(day.AddDays(-1));
        (booked.Word("date"), booked.Word("start_time")).ShouldBe((day.Text(), "09:00:00"));
        (await patient.GetAsync($"/api/appointments/?date={day.Text()}")).Total.ShouldBe(1);
    }

    [Fact]
    public async Task Doctor_changes_zone_and_the_patient_can_still_reschedule()
    {
        using var doctor = await app.BookableDoctorAsync();
        using var patient = await app.PatientAsync();
        var day = app.Day();
        await doctor.KeepHoursAsync(doctor.DoctorId, new { time_zone = "Europe/London" });
        var id = await patient.BookedAsync((await app.TimesAsync(doctor.DoctorId, day))[0]);

        await doctor.KeepHoursAsync(doctor.DoctorId, new { time_zone = "Asia/Tokyo" });
        (await patient.GetAsync($"/api/appointments/{id}/")).Word("start_time").ShouldBe("09:00:00");
        var moved = await patient.MoveAsync(id, "reschedule", new { time_slot_id = (await app.TimesAsync(doctor.DoctorId, day.AddDays(1)))[1] });

        moved.Status.ShouldBe(200, moved.Text);
        moved.Data.GetProperty("start").GetDateTimeOffset().ShouldBe(new DateTimeOffset(day.AddDays(1), new TimeOnly(0, 30), TimeSpan.Zero));
        (await app.TimesAsync(doctor.DoctorId, day.AddDays(1))).Length.ShouldBe(3);
    }

    [Fact]
    public async Task Where_the_practice_agrees_to_moves_a_patient_proposes_and_the_practice_moves()
    {
        using var doctor = await app.BookableDoctorAsync();
        using var patient = await app.PatientAsync();
        await doctor.KeepHoursAsync(doctor.DoctorId, new { reschedule_policy = "approval" });
        var times = await app.TimesAsync(doctor.DoctorId, app.Day());
        var id = await patient.BookedAsync(times[0]);

        (await patient.MoveAsync(id, "reschedule", new { time_slot_id = times[1] })).Data.GetProperty("reschedule_proposal").GetProperty("status").GetString().ShouldBe("open");
        (await patient.DeleteAsync($"/api/appointments/{id}/reschedule-proposal/")).Status.ShouldBe(204);
        (await doctor.MoveAsync(id, "reschedule", new { time_slot_id = times[1] })).Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_visit_may_be_moved_by_less_than_its_own_pause()
    {
        using var doctor = await app.BookableDoctorAsync();
        using var patient = await app.PatientAsync();
        await doctor.KeepHoursAsync(doctor.DoctorId, new { buffer_after_minutes = 10 });
        var times = await app.TimesAsync(doctor.DoctorId, app.Day());
        times.Length.ShouldBe(3);
        var id = await patient.BookedAsync(times[0]);

        (await patient.MoveAsync(id, "reschedule", new { time_slot_id = times[0] })).Status.ShouldBe(200);
        (await patient.MoveAsync(id, "reschedule", new { time_slot_id = times[1] })).Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_shift_over_midnight_is_listed_by_the_day_on_which_each_time_starts_and_a_closure_is_honoured()
    {
        using var doctor = await app.BookableDoctorAsync();
        using var patient = await app.PatientAsync();
        var day = app.Day();
        var rules = new[] { new { weekday = day.DayOfWeek.ToString(), start_time = "22:30", end_time = "02:00" } };
        await doctor.KeepHoursAsync(doctor.DoctorId, new { time_zone = "Africa/Nairobi", slot_minutes = 60, rules });
        Task<Reply> List(DateOnly on) => app.Anonymous.AskAsync($"/api/time-slots/?doctor={doctor.DoctorId}&date={on.Text()}");
        static IEnumerable<string?> Starts(Reply reply) => reply.Rows.Select(s => s.GetProperty("start_time").GetString());

        Starts(await List(day)).ShouldBe(["22:30:00", "23:30:00"]);
        Starts(await List(day.AddDays(1))).ShouldBe(["00:30:00"]);
        (await patient.PostAsync("/api/appointments/", new { doctor_id = doctor.DoctorId, date = day.Text(), start_time = "23:30" })).Word("end_time").ShouldBe("00:30:00");
        await doctor.PostAsync($"/api/doctors/{doctor.DoctorId}/availability/exceptions/", new { kind = "day_off", date = day.AddDays(1).Text() });
        Starts(await List(day)).ShouldBe(["22:30:00"]);
        Starts(await List(day.AddDays(1))).ShouldBeEmpty();
    }

    [Fact]
    public async Task Notice_horizon_and_daily_limit_hold_for_bookings()
    {
        using var doctor = await app.BookableDoctorAsync();
        using var patient = await app.PatientAsync();
        var day = app.Day();
        await doctor.KeepHoursAsync(doctor.DoctorId, new { minimum_notice_minutes = 40 * 24 * 60, horizon_days = 50, daily_limit = 2 });
        var byHand = (await doctor.OfferAsync(app.Day(45), 2, "15:00:00"))[1];
        Task<Reply> Book(DateOnly on, string at) => patient.PostAsync("/api/appointments/", new { doctor_id = doctor.DoctorId, date = on.Text(), start_time = at });

        (await Book(day, "09:00")).ErrorCode.ShouldBe("OUTSIDE_AVAILABILITY");
        (await Book(app.Day(60), "09:00")).ErrorCode.ShouldBe("OUTSIDE_AVAILABILITY");
        (await Book(app.Day(45), "09:00")).Status.ShouldBe(201);
        (await Book(app.Day(45), "09:30")).Status.ShouldBe(201);
        var full = await Book(app.Day(45), "10:00");
        full.ErrorCode.ShouldBe("OUTSIDE_AVAILABILITY");
        full.ErrorDetails.GetProperty("alternatives").GetArrayLength().ShouldBe(3);
        (await patient.BookAsync(byHand)).ErrorCode.ShouldBe("OUTSIDE_AVAILABILITY");
        (await app.TimesAsync(doctor.DoctorId, app.Day(45))).ShouldBeEmpty();
    }

    [Fact]
    public async Task Of_many_who_want_different_times_of_a_day_only_as_many_are_booked_as_the_day_allows()
    {
        using var doctor = await app.BookableDoctorAsync();
        await doctor.KeepHoursAsync(doctor.DoctorId, new { daily_limit = 3, slot_minutes = 5 });
        var patients = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => app.PatientAsync()));
        var times = await app.TimesAsync(doctor.DoctorId, app.Day());

        var replies = await Task.WhenAll(patients.Select((p, i) => p.BookAsync(times[2 * i])));

        replies.Count(r => r.Status == 201).ShouldBe(3);
        replies.Where(r => r.Status != 201).ShouldAllBe(r => r.Status == 409);
    }

    [Fact]
    public async Task Hours_at_a_clinic_and_by_one_way_to_meet_are_booked_as_such()
    {
        using var doctor = await app.BookableDoctorAsync();
        using var patient = await app.PatientAsync();
        using var reception = await app.StaffAsync("receptionist");
        var (clinic, second) = (await app.ClinicAsync(), await app.ClinicAsync());
        await app.JoinAsync(doctor, clinic, "doctor");
        await app.JoinAsync(doctor, second, "doctor");
        await app.JoinAsync(reception, second, "receptionist");
        var rules = Enum.GetValues<DayOfWeek>().Select(d => new { weekday = d.ToString(), start_time = "09:00", end_time = "11:00", clinic_id = clinic, modality = "in_person" });
        await doctor.KeepHoursAsync(doctor.DoctorId, new { rules });
        var listed = (await app.Anonymous.AskAsync($"/api/time-slots/?doctor={doctor.DoctorId}&date={app.Day().Text()}")).Rows.First();
        var time = listed.GetProperty("id").GetString()!;

        (listed.GetProperty("clinic_id").GetGuid(), listed.GetProperty("modality").GetString()).ShouldBe((clinic, "in_person"));
        (await patient.PostAsync("/api/appointments/", new { time_slot_id = time, modality = "video" })).ErrorCode.ShouldBe("MODALITY_NOT_OFFERED");
        (await reception.PostAsync("/api/appointments/", new { time_slot_id = time, patient_id = patient.PatientId })).Status.ShouldBe(404);
        var booked = await patient.BookAsync(time);
        booked.Status.ShouldBe(201, booked.Text);
        (booked.Word("modality"), booked.Data.GetProperty("clinic").GetProperty("id").GetGuid()).ShouldBe(("in_person", clinic));
    }

    [Fact]
    public async Task A_day_with_60_computed_slots_lists_60_and_by_part_of_day()
    {
        using var doctor = await app.BookableDoctorAsync();
        await doctor.KeepHoursAsync(doctor.DoctorId, new { slot_minutes = 10 }, "08:00", "18:00");

        (await app.TimesAsync(doctor.DoctorId, app.Day())).Length.ShouldBe(60);
        (await app.TimesAsync(doctor.DoctorId, app.Day(), "&day_part=morning")).Length.ShouldBe(24);
        (await app.TimesAsync(doctor.DoctorId, app.Day(), "&day_part=afternoon")).Length.ShouldBe(30);
        (await app.TimesAsync(doctor.DoctorId, app.Day(), "&day_part=evening")).Length.ShouldBe(6);
    }
}
