using Careline.Tests.Scheduling;
using Careline.Tests.Support;

namespace Careline.Tests.Labs;

public sealed class CollectionTests(SharedApp app) : IClassFixture<SharedApp>
{
    private const string Collections = "/api/labs/collections/";

    [Fact]
    public async Task Of_many_who_want_one_time_as_many_get_it_as_it_has_places()
    {
        var (clinic, desk) = await ClinicAsync(capacity: 3);
        using var _ = desk;
        using var first = await app.OrderedAsync("K");
        var orders = new List<LabCase> { first };
        while (orders.Count < 12)
        {
            orders.Add(await app.OrderedAsync(first.Doctor, first.Patient, new { patient_id = first.Patient.PatientId, tests = new[] { "K" } }));
        }

        var start = await FirstAsync(desk, clinic);
        var replies = await Task.WhenAll(orders.Select(o => o.Patient.PostAsync(Collections, new { order = o.Number, clinic_id = clinic, start })));

        replies.Count(r => r.Status == 201).ShouldBe(3);
        replies.Where(r => r.Status != 201).ShouldAllBe(r => r.ErrorCode == "TIME_FULL");
        (await app.SqlAsync("SELECT count(*) FROM labs.collections WHERE clinic_id = $1 AND status = 'booked'", clinic)).ShouldBe(3L);
        (await FirstAsync(desk, clinic)).ShouldNotBe(start);

        // The database refuses by itself what no caller should have asked.
        (await Should.ThrowAsync<Npgsql.PostgresException>(() => app.SqlAsync("UPDATE labs.collections SET place = 1 WHERE clinic_id = $1", clinic))).ConstraintName.ShouldBe("collections_place_once");
        (await Should.ThrowAsync<Npgsql.PostgresException>(() => app.SqlAsync("UPDATE labs.collections SET place = 4 WHERE clinic_id = $1", clinic))).ConstraintName.ShouldBe("collections_capacity");

        // What one gives back another can have.
        var given = replies.Index().First(r => r.Item.Status == 201);
        (await orders[given.Index].Patient.PostAsync($"{Collections}{given.Item.Id}/cancel/", new { })).Word("status").ShouldBe("cancelled");
        var waiting = orders[replies.Index().First(r => r.Item.Status != 201).Index];
        (await waiting.Patient.PostAsync(Collections, new { order = waiting.Number, clinic_id = clinic, start })).Status.ShouldBe(201);
    }

    [Fact]
    public async Task Moving_frees_the_place_and_the_sample_closes_it()
    {
        var (clinic, desk) = await ClinicAsync(capacity: 1);
        using var nurse = await app.StaffAsync("nurse", clinic);
        using var first = await app.OrderedAsync("K");
        using var second = await app.OrderedAsync("K");
        var times = (await desk.GetAsync(Times(clinic))).Rows.Select(t => t.GetProperty("start").GetString()!).ToList();
        var booked = await first.Patient.PostAsync(Collections, new { order = first.Number, clinic_id = clinic, start = times[0] });
        booked.Status.ShouldBe(201, booked.Text);
        (await second.Patient.PostAsync(Collections, new { order = second.Number, clinic_id = clinic, start = times[0] })).ErrorCode.ShouldBe("TIME_FULL");
        (await first.Patient.PostAsync(Collections, new { order = first.Number, clinic_id = clinic, start = times[1] })).ErrorCode.ShouldBe("ALREADY_BOOKED");

        (await first.Patient.PostAsync($"{Collections}{booked.Id}/move/", new { start = times[1] })).Word("start").ShouldBe(times[1]);

        (await second.Patient.PostAsync(Collections, new { order = second.Number, clinic_id = clinic, start = times[0] })).Status.ShouldBe(201);
        (await nurse.PostAsync($"{first.Path}samples/", new { specimen = "serum" })).Status.ShouldBe(201);
        (await first.Patient.GetAsync($"{Collections}{booked.Id}/")).Word("status").ShouldBe("done");
        (await first.Patient.PostAsync($"{Collections}{booked.Id}/cancel/", new { })).ErrorCode.ShouldBe("COLLECTION_OVER");
        desk.Dispose();
    }

    [Fact]
    public async Task The_desk_sees_who_and_when_and_nothing_of_what_was_ordered_and_strangers_nothing()
    {
        var (clinic, desk) = await ClinicAsync(capacity: 1);
        using var order = await app.OrderedAsync("HIV-COMBO");
        var booked = await order.Patient.PostAsync(
            Collections, new { order = order.Number, clinic_id = clinic, start = await FirstAsync(desk, clinic, "home"), mode = "home", address = "7 Harbour Road" });
        booked.Status.ShouldBe(201, booked.Text);

        var seen = (await desk.GetAsync($"{Collections}?clinic={clinic}")).Text;

        seen.ShouldContain("7 Harbour Road");
        seen.ShouldNotContain("HIV");
        (await desk.GetAsync(order.Path)).Status.ShouldBe(403);
        using var stranger = await app.PatientAsync();
        using var elsewhere = (await ClinicAsync(1)).Desk;
        foreach (var other in new[] { stranger, elsewhere })
        {
            (await other.GetAsync($"{Collections}{booked.Id}/")).Status.ShouldBe(404);
            (await other.PostAsync($"{Collections}{booked.Id}/cancel/", "{}")).Status.ShouldBe(404);
            (await other.PostAsync(Collections, new { order = order.Number, clinic_id = clinic, start = "2030-01-01T09:00:00Z" })).Status.ShouldBe(404);
        }

        (await order.Doctor.GetAsync($"{Collections}{booked.Id}/")).Status.ShouldBe(200);
        (await order.Doctor.PostAsync($"{Collections}{booked.Id}/cancel/", new { })).Status.ShouldBe(403);
        (await desk.PostAsync($"{Collections}{booked.Id}/cancel/", new { reason = "The car broke down" })).Word("cancel_reason").ShouldBe("The car broke down");
        (await order.Patient.PostAsync(Collections, new { order = order.Number, clinic_id = clinic, start = "2030-01-01T09:00:00Z", mode = "home" })).ErrorDetails.TryGetProperty("address", out var _).ShouldBeTrue();
        desk.Dispose();
    }

    [Fact]
    public async Task A_clinic_has_no_more_to_do_with_an_order_once_its_time_was_called_off()
    {
        var (clinic, desk) = await ClinicAsync(capacity: 2);
        var (another, otherDesk) = await ClinicAsync(capacity: 1);
        using var nurse = await app.StaffAsync("nurse", clinic);
        using var order = await app.OrderedAsync("K");
        using var named = await app.OrderedAsync(order.Doctor, order.Patient, new { patient_id = order.Patient.PatientId, tests = new[] { "K" }, clinic_id = clinic });
        foreach (var one in new[] { order, named })
        {
            var booked = await one.Patient.PostAsync(Collections, new { order = one.Number, clinic_id = clinic, start = await FirstAsync(desk, clinic) });
            booked.Status.ShouldBe(201, booked.Text);
            (await nurse.GetAsync(one.Path)).Status.ShouldBe(200);
            (await one.Patient.PostAsync($"{Collections}{booked.Id}/cancel/", new { })).Word("status").ShouldBe("cancelled");
        }

        (await nurse.GetAsync(order.Path)).Status.ShouldBe(404);
        (await nurse.GetAsync(named.Path)).Status.ShouldBe(200);
        (await order.Patient.PostAsync(Collections, new { order = order.Number, clinic_id = another, start = await FirstAsync(otherDesk, another) })).Status.ShouldBe(201);
        desk.Dispose();
        otherDesk.Dispose();
    }

    [Fact]
    public async Task A_patient_whose_order_is_called_off_is_told_not_to_come()
    {
        var (clinic, desk) = await ClinicAsync(capacity: 1);
        using var visit = await Consultations.Visits.VisitAsync(app);
        var inVisit = await visit.ByDoctorAsync("lab-orders", new { tests = new[] { "K" } });
        using var order = await app.OrderedAsync("K");
        foreach (var (patient, number) in new[] { (order.Patient, order.Number), (visit.Patient, inVisit.Word("number")) })
        {
            (await patient.PostAsync(Collections, new { order = number, clinic_id = clinic, start = await FirstAsync(desk, clinic) })).Status.ShouldBe(201);
        }

        (await order.Doctor.PostAsync($"{order.Path}cancel/", new { reason = "Ordered twice" })).Status.ShouldBe(200);
        (await visit.ByDoctorAsync("cancel", new { reason = "Away" })).Status.ShouldBe(200);
        await app.DeliverEventsAsync();

        foreach (var (patient, number) in new[] { (order.Patient, order.Number), (visit.Patient, inVisit.Word("number")) })
        {
            (await app.InboxAsync($"{patient.UserName}@example.test")).ShouldContain(m => m.Contains(number, StringComparison.Ordinal) && m.Contains("does not take place", StringComparison.Ordinal));
        }

        desk.Dispose();
    }

    [Fact]
    public async Task Times_are_by_the_clinics_wall_clock_also_where_it_changes()
    {
        using var admin = await app.AdminAsync();
        var clinic = (await admin.PostAsync("/api/eclinic/clinics/", new { name = "Changing Clinic", time_zone = "Europe/Berlin" })).Id;
        (await admin.PutAsync($"/api/labs/clinics/{clinic}/collection-hours/", Hours(1, "07:30:00", "08:00:00"))).Status.ShouldBe(200);
        var sunday = new DateOnly(app.Now.Year + (app.Now.Month > 3 || app.Now is { Month: 3, Day: > 20 } ? 1 : 0), 3, 31);
        sunday = sunday.AddDays(-(int)sunday.DayOfWeek);

        var found = (await admin.GetAsync($"/api/labs/collection-times/?clinic={clinic}&start_date={sunday.AddDays(-1).Text()}&end_date={sunday.AddDays(1).Text()}&page_size=100")).Rows.ToList();

        found.Select(t => (t.GetProperty("date").GetString(), t.GetProperty("start_time").GetString())).Distinct().Count().ShouldBe(6);
        found.ShouldAllBe(t => t.GetProperty("start_time").GetString() == "07:30:00" || t.GetProperty("start_time").GetString() == "07:45:00");
        found.Select(t => t.GetProperty("start").GetDateTimeOffset().Hour).Distinct().Order().ShouldBe([5, 6]);
    }

    [Fact]
    public async Task Only_the_desk_and_administrators_keep_the_hours()
    {
        var (clinic, desk) = await ClinicAsync(1);
        using var nurse = await app.StaffAsync("nurse", clinic);
        var path = $"/api/labs/clinics/{clinic}/collection-hours/";

        (await nurse.PutAsync(path, Hours(1))).Status.ShouldBe(403);
        (await desk.PutAsync(path, new { plans = new[] { new { mode = "home", rules = new[] { Rule("monday", "09:00:00", "12:00:00"), Rule("monday", "11:00:00", "13:00:00") } } } })).Status.ShouldBe(400);
        (await desk.PutAsync(path, """{"plans": [null]}""")).Status.ShouldBe(400);
        var closed = app.Day(3).Text();
        (await desk.PutAsync(path, new { plans = new[] { new { mode = "laboratory", rules = Week("09:00:00", "10:00:00"), closed_days = new[] { closed } } } })).Status.ShouldBe(200);

        (await nurse.GetAsync($"/api/labs/collection-times/?clinic={clinic}&date={closed}")).Total.ShouldBe(0);
        (await nurse.GetAsync($"/api/labs/collection-times/?clinic={clinic}&date={app.Day(4).Text()}")).Total.ShouldBe(4);
        desk.Dispose();
    }

    private string Times(Guid clinic, string mode = "laboratory") => $"/api/labs/collection-times/?clinic={clinic}&mode={mode}&date={app.Day(5).Text()}";

    private async Task<string> FirstAsync(Person person, Guid clinic, string mode = "laboratory") =>
        (await person.GetAsync(Times(clinic, mode))).Rows.First().GetProperty("start").GetString()!;

    private async Task<(Guid Clinic, Person Desk)> ClinicAsync(int capacity)
    {
        var clinic = await app.ClinicAsync();
        var desk = await app.StaffAsync("receptionist", clinic);
        (await desk.PutAsync($"/api/labs/clinics/{clinic}/collection-hours/", Hours(capacity))).Status.ShouldBe(200);
        return (clinic, desk);
    }

    internal static object Hours(int capacity, string from = "09:00:00", string until = "12:00:00") => new
    {
        plans = new[]
        {
            new { mode = "laboratory", slot_minutes = 15, capacity, horizon_days = 365, rules = Week(from, until) },
            new { mode = "home", slot_minutes = 60, capacity, horizon_days = 365, rules = Week(from, until) },
        },
    };

    private static object[] Week(string from, string until) =>
        [.. new[] { "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday" }.Select(d => Rule(d, from, until))];

    private static object Rule(string weekday, string from, string until) => new { weekday, start_time = from, end_time = until };
}
