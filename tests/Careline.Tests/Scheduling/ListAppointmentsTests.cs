using Careline.Tests.Support;

namespace Careline.Tests.Scheduling;

public sealed class ListAppointmentsTests(SharedApp app) : IClassFixture<SharedApp>
{
    [Fact]
    public async Task A_patients_own_list_by_hand_says_what_the_composed_one_says()
    {
        using var doctor = await app.BookableDoctorAsync("Europe/London");
        using var patient = await app.PatientAsync();
        var ids = new List<Guid>();
        foreach (var slot in await doctor.OfferAsync(app.Day(), 5))
        {
            ids.Add(await patient.BookedAsync(slot));
        }

        await doctor.MoveAsync(ids[1], "confirm");
        await patient.DeleteAsync($"/api/appointments/{ids[2]}/");
        await app.SqlAsync("UPDATE scheduling.appointments SET status = 'held' WHERE id = $1", ids[3]);

        var byHand = await patient.GetAsync("/api/appointments/?page_size=3");
        var composed = await patient.GetAsync($"/api/appointments/?page_size=3&patient={patient.PatientId}");

        byHand.Data.GetRawText().ShouldBe(composed.Data.GetRawText());
        (byHand.Total, composed.Total).ShouldBe((4L, 4L));
        byHand.Rows.Select(a => a.GetProperty("id").GetGuid()).ShouldBe([ids[4], ids[3], ids[1]]);
        (await patient.GetAsync("/api/appointments/?page_size=3&page=2")).Rows.Count().ShouldBe(1);
        var beyond = await patient.GetAsync("/api/appointments/?page_size=3&page=3");
        (beyond.Rows.Count(), beyond.Total).ShouldBe((0, 4L));
    }

    [Fact]
    public async Task Filters_narrow_the_list()
    {
        using var doctor = await app.BookableDoctorAsync("Pacific/Auckland");
        using var other = await app.BookableDoctorAsync();
        using var patient = await app.PatientAsync("Zebedee");
        var day = app.Day();
        var slots = await doctor.OfferAsync(day, 3, "00:30:00");
        var first = await patient.BookedAsync(slots[0]);
        var second = await patient.BookedAsync(slots[1]);
        var third = await patient.BookedAsync((await other.OfferAsync(day.AddDays(2)))[0]);
        await doctor.MoveAsync(second, "confirm");
        await patient.MoveAsync(third, "cancel");
        var number = (await patient.GetAsync($"/api/appointments/{first}/")).Word("number");
        async Task Finds(Person caller, string query, params Guid[] expected)
        {
            var reply = await caller.GetAsync("/api/appointments/?" + query);
            reply.Status.ShouldBe(200, reply.Text);
            reply.Rows.Select(a => a.GetProperty("id").GetGuid()).ShouldBe(expected, query);
            reply.Total.ShouldBe(expected.Length);
        }

        await Finds(patient, "ordering=start", first, second, third);
        await Finds(patient, "ordering=-start", third, second, first);
        await Finds(patient, "ordering=status", third, second, first);
        await Finds(patient, "ordering=created_at", first, second, third);
        await Finds(patient, "status=confirmed,cancelled&ordering=start", second, third);
        await Finds(patient, $"doctor={other.DoctorId}", third);
        await Finds(patient, $"date={day.Text()}&ordering=start", first, second);
        await Finds(patient, $"start_date={day.AddDays(1).Text()}&end_date={day.AddDays(2).Text()}", third);
        await Finds(patient, "upcoming=true&ordering=start", first, second);
        await Finds(patient, "upcoming=false", third);
        await Finds(patient, $"search={number}", first);
        await Finds(patient, "search=100%25");
        await Finds(doctor, "search=zebedee&ordering=start", first, second);
        await Finds(doctor, $"patient={patient.PatientId}&ordering=start", first, second);
        await Finds(patient, $"clinic={Guid.CreateVersion7()}");
    }

    [Theory]
    [InlineData("ordering=price", "ordering")]
    [InlineData("page=0", "page")]
    [InlineData("page_size=1000000000", "page_size")]
    [InlineData("date=0000-01-01", "date")]
    [InlineData("start_date=2027-02-01&end_date=2027-01-01", "end_date")]
    [InlineData("status=asleep", "status")]
    [InlineData("doctor=x&patient=y&upcoming=z", "doctor,patient,upcoming")]
    public async Task A_list_without_sense_is_refused_by_field(string query, string fields)
    {
        using var patient = await app.PatientAsync();

        var reply = await patient.GetAsync("/api/appointments/?" + query);

        reply.Status.ShouldBe(400, reply.Text);
        string.Join(',', reply.ErrorDetails.EnumerateObject().Select(p => p.Name).Order()).ShouldBe(fields);
    }

    [Fact]
    public async Task Upcoming_today_and_statistics_speak_of_the_callers_own()
    {
        using var doctor = await app.BookableDoctorAsync("America/New_York");
        using var patient = await app.PatientAsync();
        var slots = await doctor.OfferAsync(app.Day(), 4);
        var ids = new List<Guid>();
        foreach (var slot in slots)
        {
            ids.Add(await patient.BookedAsync(slot));
        }

        await patient.MoveAsync(ids[0], "cancel");
        await doctor.MoveAsync(ids[1], "start");
        await doctor.MoveAsync(ids[1], "complete");
        await app.SqlAsync("UPDATE scheduling.appointments SET starts_at = $2, ends_at = $3 WHERE id = $1", ids[2], app.Now.AddMinutes(-20), app.Now.AddMinutes(10));
        await doctor.MoveAsync(ids[2], "no-show");

        (await patient.GetAsync("/api/appointments/api/upcoming/")).Rows.Select(a => a.GetProperty("id").GetGuid()).ShouldBe([ids[3]]);
        var today = await doctor.GetAsync("/api/appointments/today/");
        var statistics = (await doctor.GetAsync("/api/appointments/statistics/")).Data;

        // Twenty minutes ago may be yesterday for a while after midnight.
        today.Total.ShouldBeLessThanOrEqualTo(1);
        statistics.GetProperty("total").GetInt32().ShouldBe(4);
        statistics.GetProperty("by_status").GetProperty("cancelled").GetInt32().ShouldBe(1);
        statistics.GetProperty("by_status").GetProperty("held").GetInt32().ShouldBe(0);
        statistics.GetProperty("by_modality").GetProperty("video").GetInt32().ShouldBe(4);
        statistics.GetProperty("by_visit_type").GetProperty("general").GetInt32().ShouldBe(4);
        statistics.GetProperty("upcoming").GetInt32().ShouldBe(1);
        statistics.GetProperty("completed_this_month").GetInt32().ShouldBe(1);
        statistics.GetProperty("no_show_rate").GetDouble().ShouldBe(0.5);
        (await patient.GetAsync("/api/appointments/today/?time_zone=Mars/Olympus")).Status.ShouldBe(400);
        (await patient.GetAsync("/api/appointments/today/?time_zone=Asia/Tokyo")).Status.ShouldBe(200);
    }
}
