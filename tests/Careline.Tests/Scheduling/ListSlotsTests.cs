using Careline.Tests.Support;

namespace Careline.Tests.Scheduling;

public sealed class ListSlotsTests(SharedApp app) : IClassFixture<SharedApp>
{
    [Fact]
    public async Task A_day_with_60_slots_lists_60_to_anyone()
    {
        using var doctor = await app.BookableDoctorAsync();
        await doctor.PostAsync("/api/time-slots/create_bulk_slots/", new { date = app.Day().Text(), start_time = "08:00", end_time = "18:00", slot_duration = 10 });

        var reply = await app.Anonymous.AskAsync($"/api/time-slots/?doctor={doctor.DoctorId}&date={app.Day().Text()}");

        (reply.Status, reply.Rows.Count(), reply.Total).ShouldBe((200, 60, 60L));
        (await app.Anonymous.AskAsync($"/api/time-slots/?doctor={doctor.DoctorId}&date={app.Day().Text()}&page=7&page_size=9")).Rows.Count().ShouldBe(6);
        (await app.Anonymous.AskAsync($"/api/time-slots/?doctor={doctor.DoctorId}&date={app.Day().Text()}&page=8&page_size=9")).Rows.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_booked_slot_is_listed_only_when_all_are_asked_for()
    {
        using var doctor = await app.BookableDoctorAsync();
        using var patient = await app.PatientAsync();
        var slots = await doctor.OfferAsync(app.Day());
        var id = await patient.BookedAsync(slots[1]);
        Task<Reply> List(string more = "") => app.Anonymous.AskAsync($"/api/time-slots/?doctor={doctor.DoctorId}&date={app.Day().Text()}{more}");

        (await List()).Rows.Select(s => s.GetProperty("id").GetString()).ShouldBe([slots[0], slots[2], slots[3]]);
        (await List("&available_only=false")).Rows.Select(s => s.GetProperty("available").GetBoolean()).ShouldBe([true, false, true, true]);
        await patient.MoveAsync(id, "cancel");
        (await List()).Total.ShouldBe(4);
    }

    [Fact]
    public async Task Days_and_parts_of_days_are_the_doctors_own()
    {
        using var doctor = await app.BookableDoctorAsync("Pacific/Auckland");
        var day = app.Day();
        await doctor.OfferAsync(day, 2, "00:00:00");
        await doctor.OfferAsync(day, 2, "12:00:00");
        await doctor.OfferAsync(day, 2, "22:30:00");
        await doctor.OfferAsync(day.AddDays(1), 1, "00:00:00");
        Task<Reply> List(string more) => app.Anonymous.AskAsync($"/api/time-slots/?doctor={doctor.DoctorId}&{more}");

        (await List($"date={day.Text()}")).Rows.Select(s => s.GetProperty("start_time").GetString())
            .ShouldBe(["00:00:00", "00:30:00", "12:00:00", "12:30:00", "22:30:00", "23:00:00"]);
        (await List($"date={day.Text()}&day_part=evening")).Total.ShouldBe(2);
        (await List($"date={day.Text()}&day_part=morning")).Total.ShouldBe(2);
        (await List($"start_date={day.Text()}&end_date={day.AddDays(1).Text()}")).Total.ShouldBe(7);
        (await doctor.GetAsync($"/api/time-slots/?date={day.Text()}")).Total.ShouldBe(6);
    }

    [Fact]
    public async Task A_time_that_reaches_into_the_next_day_is_taken_by_what_begins_there()
    {
        using var doctor = await app.BookableDoctorAsync();
        using var patient = await app.PatientAsync();
        using var admin = await app.AdminAsync();
        var day = app.Day();
        (await doctor.PostAsync("/api/time-slots/", new { date = day.Text(), start_time = "22:30", end_time = "23:30" })).Status.ShouldBe(201);
        (await doctor.PatchAsync("/api/doctors/me/", new { time_zone = "Africa/Lagos" })).Status.ShouldBe(200);

        (await IsFreeAsync()).ShouldBeTrue();
        (await BookAsync("23:30")).Status.ShouldBe(201);
        (await IsFreeAsync()).ShouldBeTrue();
        (await BookAsync("23:20")).Status.ShouldBe(201);
        (await IsFreeAsync()).ShouldBeFalse();

        async Task<bool> IsFreeAsync()
        {
            var slot = (await app.Anonymous.AskAsync($"/api/time-slots/?doctor={doctor.DoctorId}&date={day.Text()}&available_only=false")).Rows.Single();
            (slot.GetProperty("start_time").GetString(), slot.GetProperty("end_time").GetString()).ShouldBe(("23:30:00", "00:30:00"));
            return slot.GetProperty("available").GetBoolean();
        }

        Task<Reply> BookAsync(string utc) => admin.PostAsync(
            "/api/appointments/",
            new { doctor_id = doctor.DoctorId, patient_id = patient.PatientId, start = $"{day.Text()}T{utc}:00Z", duration_minutes = 10, override_reason = "Squeezed in" });
    }

    [Theory]
    [InlineData("", "date,doctor")]
    [InlineData("doctor=7&date=2027-01-01", "doctor")]
    [InlineData("doctor=01a1fd3b-3833-7378-9d92-b2b0abb2abac", "date")]
    [InlineData("doctor=01a1fd3b-3833-7378-9d92-b2b0abb2abac&start_date=2027-01-01", "date")]
    [InlineData("doctor=01a1fd3b-3833-7378-9d92-b2b0abb2abac&start_date=2027-01-02&end_date=2027-01-01", "end_date")]
    [InlineData("doctor=01a1fd3b-3833-7378-9d92-b2b0abb2abac&start_date=2027-01-01&end_date=2027-03-04", "end_date")]
    [InlineData("doctor=01a1fd3b-3833-7378-9d92-b2b0abb2abac&date=0000-01-01", "date")]
    [InlineData("doctor=01a1fd3b-3833-7378-9d92-b2b0abb2abac&date=2027-01-01&page=0", "page")]
    [InlineData("doctor=01a1fd3b-3833-7378-9d92-b2b0abb2abac&date=2027-01-01&page_size=1000000000", "page_size")]
    [InlineData("doctor=01a1fd3b-3833-7378-9d92-b2b0abb2abac&date=2027-01-01&day_part=night&available_only=maybe", "available_only,day_part")]
    public async Task A_list_without_sense_is_refused_by_field(string query, string fields)
    {
        var reply = await app.Anonymous.AskAsync("/api/time-slots/?" + query);

        reply.Status.ShouldBe(400, reply.Text);
        string.Join(',', reply.ErrorDetails.EnumerateObject().Select(p => p.Name).Order()).ShouldBe(fields);
    }

    [Fact]
    public async Task An_unlisted_doctors_calendar_is_shown_to_its_owner_only()
    {
        using var doctor = await app.DoctorAsync(verified: false);
        using var admin = await app.AdminAsync();
        await doctor.OfferAsync(app.Day());
        var query = $"?doctor={doctor.DoctorId}&date={app.Day().Text()}";

        (await app.Anonymous.AskAsync("/api/time-slots/" + query)).Total.ShouldBe(0);
        (await app.Anonymous.AskAsync("/api/doctor-availability/" + query)).Status.ShouldBe(404);
        (await doctor.GetAsync("/api/time-slots/" + query)).Total.ShouldBe(4);
        (await admin.GetAsync("/api/time-slots/" + query)).Total.ShouldBe(4);
    }

    [Fact]
    public async Task Availability_tells_of_each_day_whether_there_is_a_free_time()
    {
        using var doctor = await app.BookableDoctorAsync("Africa/Nairobi");
        using var patient = await app.PatientAsync();
        var day = app.Day();
        var slots = await doctor.OfferAsync(day, 2);
        await patient.BookedAsync(slots[0]);
        Task<Reply> Ask(string query) => app.Anonymous.AskAsync($"/api/appointments/api/doctor-availability/?doctor={doctor.DoctorId}&{query}");

        var one = (await Ask($"date={day.Text()}")).Data;
        var range = (await Ask($"start_date={day.AddDays(-1).Text()}&end_date={day.AddDays(60).Text()}")).Data;

        one.GetProperty("available").GetBoolean().ShouldBeTrue();
        var only = one.GetProperty("days")[0];
        (only.GetProperty("total_slots").GetInt32(), only.GetProperty("free_slots").GetInt32()).ShouldBe((2, 1));
        only.GetProperty("slots")[0].GetProperty("id").GetString().ShouldBe(slots[1]);
        range.GetProperty("days").GetArrayLength().ShouldBe(62);
        range.GetProperty("days").EnumerateArray().Select(d => d.GetProperty("available").GetBoolean()).Take(3).ShouldBe([false, true, false]);
        (await Ask($"start_date={day.Text()}&end_date={day.AddDays(62).Text()}")).Status.ShouldBe(400);
        (await app.Anonymous.AskAsync($"/api/doctor-availability/?doctor={Guid.CreateVersion7()}&date={day.Text()}")).Status.ShouldBe(404);
    }
}
