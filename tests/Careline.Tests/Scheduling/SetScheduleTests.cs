using Careline.Tests.Support;

namespace Careline.Tests.Scheduling;

public sealed class SetScheduleTests(SharedApp app) : IClassFixture<SharedApp>
{
    [Fact]
    public async Task A_doctor_who_has_set_nothing_has_no_hours_and_every_default()
    {
        using var doctor = await app.BookableDoctorAsync("Africa/Lagos");

        var reply = await doctor.GetAsync(Path(doctor));

        reply.Status.ShouldBe(200, reply.Text);
        (reply.Word("time_zone"), reply.Word("booking_policy"), reply.ETag).ShouldBe(("Africa/Lagos", "instant", "\"0\""));
        (reply.Data.GetProperty("slot_minutes").GetInt32(), reply.Data.GetProperty("rules").GetArrayLength()).ShouldBe((30, 0));
    }

    [Fact]
    public async Task Putting_replaces_all_and_moves_the_doctor_into_the_zone()
    {
        using var doctor = await app.BookableDoctorAsync();
        var full = new
        {
            time_zone = "America/New_York",
            slot_minutes = 20,
            buffer_before_minutes = 5,
            buffer_after_minutes = 10,
            minimum_notice_minutes = 120,
            horizon_days = 730,
            booking_policy = "approval",
            rules = new[] { new { weekday = "Tuesday", start_time = "22:30", end_time = "02:00", modality = "audio" }, new { weekday = "monday", start_time = "09:00", end_time = "12:00", modality = "video" } },
        };

        var first = await doctor.PutAsync(Path(doctor), full, ("If-Match", "\"0\""));
        var read = await doctor.GetAsync(Path(doctor));

        first.Status.ShouldBe(200, first.Text);
        (first.ETag, read.ETag).ShouldBe(("\"1\"", "\"1\""));
        read.Data.GetProperty("rules").EnumerateArray().Select(r => r.GetProperty("weekday").GetString()).ShouldBe(["monday", "tuesday"]);
        (await doctor.GetAsync("/api/doctors/me/")).Word("time_zone").ShouldBe("America/New_York");
        (await doctor.PutAsync(Path(doctor), full, ("If-Match", "\"0\""))).Status.ShouldBe(412);
        var second = await doctor.PutAsync(Path(doctor), new { slot_minutes = 30 });
        (second.ETag, second.Word("time_zone"), second.Word("booking_policy")).ShouldBe(("\"2\"", "America/New_York", "instant"));
        second.Data.GetProperty("rules").GetArrayLength().ShouldBe(0);
    }

    [Theory]
    [InlineData("""{"time_zone":"Mars/Olympus"}""", "time_zone")]
    [InlineData("""{"slot_minutes":4}""", "slot_minutes")]
    [InlineData("""{"horizon_days":731}""", "horizon_days")]
    [InlineData("""{"buffer_after_minutes":-1,"minimum_notice_minutes":-1}""", "buffer_after_minutes,minimum_notice_minutes")]
    [InlineData("""{"rules":[{"weekday":"monday","start_time":"09:00:30","end_time":"10:00"}]}""", "rules")]
    [InlineData("""{"rules":[{"weekday":"monday","start_time":"09:00","end_time":"10:00"},{"weekday":"monday","start_time":"09:30","end_time":"11:00"}]}""", "rules")]
    [InlineData("""{"rules":[null]}""", "rules")]
    [InlineData("""{"rules":[{"weekday":"someday","start_time":"09:00","end_time":"10:00"}]}""", null)]
    [InlineData("""{"booking_policy":"maybe"}""", null)]
    public async Task A_schedule_without_sense_is_refused_by_field(string body, string? fields)
    {
        using var doctor = await app.BookableDoctorAsync();

        var reply = await doctor.PutAsync(Path(doctor), body);

        reply.Status.ShouldBe(400, reply.Text);
        if (fields is not null)
        {
            string.Join(',', reply.ErrorDetails.EnumerateObject().Select(p => p.Name).Order()).ShouldBe(fields);
        }
    }

    [Fact]
    public async Task The_desk_of_the_doctors_clinic_sets_hours_and_nobody_else_finds_them()
    {
        using var doctor = await app.BookableDoctorAsync();
        using var colleague = await app.BookableDoctorAsync();
        using var reception = await app.StaffAsync("receptionist");
        using var elsewhere = await app.StaffAsync("receptionist");
        using var nurse = await app.StaffAsync("nurse");
        using var patient = await app.PatientAsync();
        using var admin = await app.AdminAsync();
        var (clinic, other) = (await app.ClinicAsync(), await app.ClinicAsync());
        await app.JoinAsync(doctor, clinic, "doctor");
        await app.JoinAsync(colleague, clinic, "doctor");
        await app.JoinAsync(reception, clinic, "receptionist");
        await app.JoinAsync(nurse, clinic, "nurse");
        await app.JoinAsync(elsewhere, other, "receptionist");

        (await reception.KeepHoursAsync(doctor.DoctorId)).Word("doctor_id").ShouldBe(doctor.DoctorId.ToString());
        (await admin.GetAsync(Path(doctor))).Status.ShouldBe(200);
        foreach (var outsider in (Person[])[colleague, elsewhere, nurse, patient])
        {
            (await outsider.GetAsync(Path(doctor))).Status.ShouldBe(404);
            (await outsider.PutAsync(Path(doctor), new { slot_minutes = 1 })).Status.ShouldBe(404);
            (await outsider.PostAsync(Path(doctor) + "exceptions/", new { kind = "day_off", date = app.Day().Text() })).Status.ShouldBe(404);
        }

        var wrong = await reception.PutAsync(Path(doctor), new { rules = new[] { new { weekday = "monday", start_time = "09:00", end_time = "10:00", clinic_id = other } } });
        wrong.ErrorDetails.TryGetProperty("rules", out _).ShouldBeTrue(wrong.Text);
    }

    [Fact]
    public async Task Days_off_and_extra_hours_are_added_changed_and_removed()
    {
        using var doctor = await app.BookableDoctorAsync();
        await doctor.KeepHoursAsync(doctor.DoctorId);
        var (day, list) = (app.Day(), Path(doctor) + "exceptions/");

        var off = await doctor.PostAsync(list, new { kind = "day_off", start_date = day.Text(), end_date = day.AddDays(2).Text(), reason = "Leave" });
        off.Status.ShouldBe(201, off.Text);
        (await app.TimesAsync(doctor.DoctorId, day)).ShouldBeEmpty();
        (await app.TimesAsync(doctor.DoctorId, day.AddDays(3))).Length.ShouldBe(4);

        var changed = await doctor.PatchAsync($"{list}{off.Id}/", new { date = day.Text(), start_date = (string?)null, end_date = (string?)null, start_time = "09:30", end_time = "10:00" });
        changed.Status.ShouldBe(200, changed.Text);
        (changed.ETag, changed.Word("reason")).ShouldBe(("\"2\"", "Leave"));
        (await app.TimesAsync(doctor.DoctorId, day)).Length.ShouldBe(3);
        (await doctor.PutAsync($"{list}{off.Id}/", new { kind = "extra_day", date = day.Text(), start_time = "14:00", end_time = "15:00" }, ("If-Match", "\"1\""))).Status.ShouldBe(412);
        (await doctor.PutAsync($"{list}{off.Id}/", new { kind = "extra_day", date = day.Text(), start_time = "14:00", end_time = "15:00" })).Status.ShouldBe(200);
        (await app.TimesAsync(doctor.DoctorId, day)).Length.ShouldBe(6);
        (await doctor.PostAsync(list, new { kind = "extra_day", date = day.Text(), start_time = "14:30", end_time = "16:00" })).ErrorCode.ShouldBe("EXCEPTION_OVERLAPS");
        (await doctor.GetAsync($"{list}{off.Id}/")).Word("kind").ShouldBe("extra_day");
        (await doctor.GetAsync(list)).Total.ShouldBe(1);
        (await doctor.DeleteAsync($"{list}{off.Id}/")).Status.ShouldBe(204);
        (await doctor.GetAsync($"{list}{off.Id}/")).Status.ShouldBe(404);
        (await app.TimesAsync(doctor.DoctorId, day)).Length.ShouldBe(4);
    }

    [Theory]
    [InlineData("""{"kind":"day_off"}""", "date")]
    [InlineData("""{"kind":"day_off","date":"2999-01-01"}""", "date")]
    [InlineData("""{"kind":"day_off","date":"0001-01-01"}""", "date")]
    [InlineData("""{"kind":"day_off","start_date":"2030-01-02","end_date":"2030-01-01"}""", "end_date")]
    [InlineData("""{"kind":"day_off","start_date":"2026-12-01","end_date":"2028-01-01"}""", "end_date")]
    [InlineData("""{"kind":"extra_day","date":"2027-01-01"}""", "start_time")]
    [InlineData("""{"kind":"day_off","date":"2027-01-01","start_time":"09:00"}""", "start_time")]
    [InlineData("""{"date":"2027-01-01"}""", "kind")]
    public async Task An_exception_without_sense_is_refused_by_field(string body, string field)
    {
        using var doctor = await app.BookableDoctorAsync();

        var reply = await doctor.PostAsync(Path(doctor) + "exceptions/", body);

        reply.Status.ShouldBe(400, reply.Text);
        reply.ErrorDetails.EnumerateObject().Select(p => p.Name).ShouldBe([field], reply.Text);
    }

    [Fact]
    public async Task Two_who_set_the_first_schedule_at_once_both_succeed_and_one_is_kept()
    {
        using var doctor = await app.BookableDoctorAsync();

        var replies = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => doctor.PutAsync(Path(doctor), new { slot_minutes = 10 + (5 * i), rules = Array.Empty<object>() })));

        replies.ShouldAllBe(r => r.Status == 200);
        replies.Select(r => r.ETag).Distinct().Count().ShouldBe(6);
    }

    private static string Path(Person doctor) => $"/api/doctors/{doctor.DoctorId}/availability/";
}
