using Careline.Tests.Support;

namespace Careline.Tests.Scheduling;

public sealed class TimeSlotTests(SharedApp app) : IClassFixture<SharedApp>
{
    [Fact]
    public async Task A_doctor_offers_a_time_by_the_wall_clock_of_the_own_zone()
    {
        using var doctor = await app.BookableDoctorAsync("Asia/Kolkata");

        var reply = await doctor.PostAsync("/api/appointments/api/time-slots/", new { date = app.Day().Text(), start_time = "09:00:00", end_time = "09:30:00" });

        reply.Status.ShouldBe(201, reply.Text);
        (reply.Word("time_zone"), reply.Word("date"), reply.Word("start_time"), reply.Word("end_time"))
            .ShouldBe(("Asia/Kolkata", app.Day().Text(), "09:00:00", "09:30:00"));
        reply.Data.GetProperty("start").GetDateTimeOffset().ShouldBe(new DateTimeOffset(app.Day(), new TimeOnly(3, 30), TimeSpan.Zero));
        reply.Data.GetProperty("available").GetBoolean().ShouldBeTrue();
        reply.Data.GetProperty("doctor_id").GetGuid().ShouldBe(doctor.DoctorId);
    }

    [Fact]
    public async Task Slots_of_a_doctor_never_overlap()
    {
        using var doctor = await app.BookableDoctorAsync();
        Task<Reply> Add(string start, string end) => doctor.PostAsync("/api/time-slots/", new { date = app.Day().Text(), start_time = start, end_time = end });
        (await Add("09:00", "10:00")).Status.ShouldBe(201);

        (await Add("09:30", "10:30")).ErrorCode.ShouldBe("SLOT_OVERLAPS");
        (await Add("10:00", "10:30")).Status.ShouldBe(201);
        var bulk = await doctor.PostAsync("/api/time-slots/create_bulk_slots/", new { date = app.Day().Text(), start_time = "08:30", end_time = "11:00" });
        bulk.Data.GetProperty("created").EnumerateArray().Select(s => s.GetProperty("start_time").GetString()).ShouldBe(["08:30:00", "10:30:00"]);
        bulk.Data.GetProperty("skipped").EnumerateArray().Select(s => $"{s.GetProperty("start_time")} {s.GetProperty("reason")}")
            .ShouldBe(["09:00:00 overlaps", "09:30:00 overlaps", "10:00:00 overlaps"]);
    }

    [Fact]
    public async Task Bulk_cuts_the_weekdays_of_a_range_with_breaks()
    {
        using var doctor = await app.BookableDoctorAsync();
        var from = app.Day();

        var reply = await doctor.PostAsync("/api/time-slots/create_bulk_slots/", new
        {
            start_date = from.Text(),
            end_date = from.AddDays(13).Text(),
            weekdays = new[] { from.DayOfWeek.ToString().ToLowerInvariant() },
            start_time = "09:00",
            end_time = "12:00",
            slot_duration = 20,
            break_minutes = 10,
        });

        reply.Status.ShouldBe(201, reply.Text);
        var created = reply.Data.GetProperty("created").EnumerateArray().ToList();
        created.Count.ShouldBe(12);
        created.Select(s => s.GetProperty("date").GetString()).Distinct().ShouldBe([from.Text(), from.AddDays(7).Text()]);
    }

    [Fact]
    public async Task Two_bulk_calls_at_once_share_the_day_out()
    {
        using var doctor = await app.BookableDoctorAsync();
        var body = new { date = app.Day().Text(), start_time = "09:00", end_time = "17:00" };

        var replies = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => doctor.PostAsync("/api/time-slots/create_bulk_slots/", body)));

        replies.ShouldAllBe(r => r.Status == 201);
        replies.Sum(r => r.Data.GetProperty("created").GetArrayLength()).ShouldBe(16);
    }

    [Theory]
    [InlineData("2001-01-01", "09:00", "09:30", "date")]
    [InlineData("0000-01-01", "09:00", "09:30", "date")]
    [InlineData("0001-01-01", "09:00", "09:30", "date")]
    [InlineData("9999-12-31", "09:00", "09:30", "date")]
    [InlineData("+30", "10:00", "09:30", "end_time")]
    [InlineData("+30", "10:00", "10:00", "end_time")]
    [InlineData("+30", "10:00:30", "11:00", "start_time")]
    [InlineData("+30", "25:00", "26:00", "start_time")]
    [InlineData("+0", "00:00", "00:01", "start_time")]
    public async Task A_bad_time_is_refused_by_field(string date, string start, string end, string field)
    {
        using var doctor = await app.BookableDoctorAsync();
        var day = date.StartsWith('+') ? app.Day(int.Parse(date, null)).Text() : date;
        var body = new { date = day, start_time = start, end_time = end };

        var single = await doctor.PostAsync("/api/time-slots/", body);

        single.Status.ShouldBe(400, single.Text);
        single.ErrorDetails.EnumerateObject().Select(p => p.Name).ShouldBe([field]);
        var bulk = await doctor.PostAsync("/api/time-slots/create_bulk_slots/", body);
        (bulk.Status == 400 || (date == "+0" && bulk.Status == 201)).ShouldBeTrue(bulk.Text);
    }

    [Fact]
    public async Task Bulk_refuses_what_it_cannot_mean()
    {
        using var doctor = await app.BookableDoctorAsync();
        var (from, to) = (app.Day().Text(), app.Day(40).Text());
        async Task Refused(object body, string field)
        {
            var reply = await doctor.PostAsync("/api/time-slots/create_bulk_slots/", body);
            reply.Status.ShouldBe(400, reply.Text);
            reply.ErrorDetails.EnumerateObject().Select(p => p.Name).ShouldContain(field);
        }

        await Refused(new { start_time = "09:00", end_time = "10:00" }, "date");
        await Refused(new { date = from, start_date = from, end_date = to, start_time = "09:00", end_time = "10:00" }, "date");
        await Refused(new { start_date = to, end_date = from, start_time = "09:00", end_time = "10:00" }, "end_date");
        await Refused(new { start_date = from, end_date = app.Day(500).Text(), start_time = "09:00", end_time = "10:00" }, "end_date");
        await Refused(new { start_date = from, end_date = app.Day(300).Text(), start_time = "00:00", end_time = "23:00", slot_duration = 5 }, "end_date");
        await Refused(new { date = from, start_time = "09:00", end_time = "10:00", slot_duration = 4 }, "slot_duration");
        await Refused(new { date = from, start_time = "09:00", end_time = "10:00", slot_duration = 241 }, "slot_duration");
        await Refused(new { date = from, start_time = "09:00", end_time = "10:00", break_minutes = -1 }, "break_minutes");
        await Refused(new { date = from, start_time = "09:00", end_time = "10:00", clinic_id = Guid.CreateVersion7() }, "clinic_id");
    }

    [Fact]
    public async Task A_clock_change_is_refused_alone_and_skipped_in_bulk()
    {
        using var doctor = await app.BookableDoctorAsync("America/New_York");
        // The second Sunday of March: 02:00 to 03:00 does not exist.
        var march = new DateOnly(app.Now.Year + 1, 3, 8);
        var day = march.AddDays(((int)DayOfWeek.Sunday - (int)march.DayOfWeek + 7) % 7);

        var single = await doctor.PostAsync("/api/time-slots/", new { date = day.Text(), start_time = "02:30", end_time = "03:30" });
        var bulk = await doctor.PostAsync("/api/time-slots/create_bulk_slots/", new { date = day.Text(), start_time = "02:30", end_time = "04:00" });

        (single.Status, single.ErrorDetails.TryGetProperty("start_time", out _)).ShouldBe((400, true));
        bulk.Data.GetProperty("skipped").EnumerateArray().Single().GetProperty("reason").GetString().ShouldBe("clock_change");
    }

    [Fact]
    public async Task Only_doctors_offer_times()
    {
        using var patient = await app.PatientAsync();
        using var admin = await app.AdminAsync();
        var body = new { date = app.Day().Text(), start_time = "09:00", end_time = "09:30" };

        (await patient.PostAsync("/api/time-slots/", body)).Status.ShouldBe(403);
        (await admin.PostAsync("/api/time-slots/create_bulk_slots/", body)).Status.ShouldBe(403);
        (await app.Anonymous.PostAsync("/api/time-slots/", body)).Status.ShouldBe(401);
    }

    [Fact]
    public async Task A_slot_is_changed_and_withdrawn_by_its_owner_but_never_under_a_booking()
    {
        using var doctor = await app.BookableDoctorAsync();
        using var other = await app.BookableDoctorAsync();
        using var patient = await app.PatientAsync();
        var slots = await doctor.OfferAsync(app.Day());
        await patient.BookedAsync(slots[0]);
        string Path(int i) => $"/api/time-slots/{slots[i]}/";

        (await other.GetAsync(Path(1))).Status.ShouldBe(404);
        (await other.PutAsync(Path(1), new { })).Status.ShouldBe(404);
        (await other.DeleteAsync(Path(1))).Status.ShouldBe(404);
        (await doctor.PatchAsync(Path(0), new { end_time = "09:20" })).ErrorCode.ShouldBe("SLOT_BOOKED");
        (await doctor.DeleteAsync(Path(0))).ErrorCode.ShouldBe("SLOT_BOOKED");
        (await doctor.GetAsync(Path(0))).Data.GetProperty("available").GetBoolean().ShouldBeFalse();
        var patched = await doctor.PatchAsync(Path(1), new { end_time = "09:50" }, ("If-Match", "\"1\""));
        patched.Status.ShouldBe(200, patched.Text);
        (patched.Word("start_time"), patched.Word("end_time"), patched.ETag).ShouldBe(("09:30:00", "09:50:00", "\"2\""));
        (await doctor.PatchAsync(Path(1), new { end_time = "09:55" }, ("If-Match", "\"1\""))).Status.ShouldBe(412);
        (await doctor.PutAsync(Path(1), new { date = app.Day().Text(), start_time = "10:00", end_time = "10:30" })).ErrorCode.ShouldBe("SLOT_OVERLAPS");
        (await doctor.DeleteAsync(Path(1))).Status.ShouldBe(204);
        (await doctor.GetAsync(Path(1))).Status.ShouldBe(404);
        (await patient.BookAsync(slots[1])).Status.ShouldBe(404);
        (await doctor.PostAsync("/api/time-slots/", new { date = app.Day().Text(), start_time = "09:30", end_time = "10:00" })).Status.ShouldBe(201);
    }
}
