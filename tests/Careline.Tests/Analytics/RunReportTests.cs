using System.Globalization;
using System.Text.Json;
using Careline.Tests.Corpora;
using Careline.Tests.Payments;
using Careline.Tests.Scheduling;
using Careline.Tests.Support;

namespace Careline.Tests.Analytics;

public sealed class RunReportTests(SharedApp app) : IClassFixture<SharedApp>
{
    [Fact]
    public async Task Each_measure_of_visits_is_what_its_words_say()
    {
        using var doctor = await app.DoctorAsync();
        var patients = await app.PatientsAsync(2);
        foreach (var (i, status) in new[] { "completed", "completed", "completed", "cancelled", "no_show", "scheduled" }.Index())
        {
            await app.VisitAsync(doctor, patients[i % 2], status);
        }

        var row = (await doctor.RunAsync(null, "appointments", "completed", "cancelled", "no_shows", "completion_rate", "no_show_rate")).Lines().Single();
        var times = (await doctor.RunAsync(null, "average_duration", "average_wait", "average_delay", "punctuality", "lead_time", "patients")).Lines().Single();

        Numbers(row, "appointments", "completed", "cancelled", "no_shows", "completion_rate", "no_show_rate").ShouldBe([6, 3, 1, 1, 60, 25]);
        Numbers(times, "average_duration", "average_wait", "average_delay", "punctuality", "lead_time", "patients").ShouldBe([20, 5, 15, 0, 2, 2]);
    }

    [Fact]
    public async Task Days_and_hours_are_those_of_the_visits_own_clock_or_of_the_zone_that_is_asked_for()
    {
        using var doctor = await app.DoctorAsync();
        var patient = (await app.PatientsAsync(1))[0];

        // Two in the morning of 1 July in Lagos is the evening before in New York, where the clock is four hours behind UTC.
        await app.VisitAsync(doctor, patient, at: new DateTimeOffset(2026, 7, 1, 1, 0, 0, TimeSpan.Zero), zone: "Africa/Lagos");

        var own = (await doctor.RunAsync(new { dimensions = new[] { "day", "hour", "weekday" } })).Lines().Single();
        var theirs = (await doctor.RunAsync(new { dimensions = new[] { "day", "hour", "month" }, time_zone = "America/New_York" })).Lines().Single();

        (own.GetProperty("day").GetString(), own.GetProperty("hour").GetInt32(), own.GetProperty("weekday").GetInt32()).ShouldBe(("2026-07-01", 2, 3));
        (theirs.GetProperty("day").GetString(), theirs.GetProperty("hour").GetInt32(), theirs.GetProperty("month").GetString()).ShouldBe(("2026-06-30", 21, "2026-06-01"));
        (await doctor.RunAsync(new { end_date = "2026-06-30", time_zone = "America/New_York" })).Lines().Single().GetProperty("appointments").GetInt32().ShouldBe(1);
        (await doctor.RunAsync(new { end_date = "2026-06-30" })).Lines().Single().GetProperty("appointments").GetInt32().ShouldBe(0);
    }

    [Fact]
    public async Task Everybody_counts_their_own_and_nothing_else()
    {
        using var doctor = await app.DoctorAsync();
        using var other = await app.DoctorAsync();
        var (clinic, head) = await app.RunClinicAsync();
        var (_, stranger) = await app.RunClinicAsync();
        using var admin = await app.AdminAsync();
        var patient = (await app.PatientsAsync(1))[0];
        await app.VisitAsync(doctor, patient, clinic: clinic);
        await app.VisitAsync(doctor, patient);
        await app.VisitAsync(other, patient, clinic: clinic);

        var doctors = new { filters = new { doctor = new[] { doctor.DoctorId, other.DoctorId } } };
        (await CountAsync(doctor, doctors), await CountAsync(other, doctors), await CountAsync(head, doctors), await CountAsync(stranger, doctors), await CountAsync(admin, doctors))
            .ShouldBe((2, 1, 2, 0, 3));
        (await CountAsync(doctor, new { filters = new { doctor = new[] { other.DoctorId } } })).ShouldBe(0);
        head.Dispose();
        stranger.Dispose();
    }

    [Theory]
    [InlineData("receptionist")]
    [InlineData("nurse")]
    [InlineData("pharmacist")]
    public async Task Staff_that_runs_no_clinic_has_no_figures(string role)
    {
        using var member = await app.StaffAsync(role, await app.ClinicAsync());
        using var patient = await app.PatientAsync();

        (await member.PostAsync("/api/analytics/reports/run/", Visits.Question())).ErrorCode.ShouldBe("PERMISSION_DENIED");
        (await patient.PostAsync("/api/analytics/reports/run/", Visits.Question())).Status.ShouldBe(403);
    }

    [Theory]
    [InlineData("{\"dataset\": \"accounts\"}", "dataset")]
    [InlineData("{\"measures\": [\"appointments); DROP TABLE scheduling.appointments; --\"]}", "measures")]
    [InlineData("{\"measures\": []}", "measures")]
    [InlineData("{\"measures\": [\"appointments\", \"appointments\"]}", "measures")]
    [InlineData("{\"measures\": [\"appointments\", \"completed\", \"cancelled\", \"no_shows\", \"rejected\", \"patients\", \"lead_time\"]}", "measures")]
    [InlineData("{\"dimensions\": [\"day\", \"doctor\", \"clinic\", \"status\"]}", "dimensions")]
    [InlineData("{\"dimensions\": [\"f.patient_id\"]}", "dimensions")]
    [InlineData("{\"filters\": {\"patient\": [\"x\"]}}", "filters")]
    [InlineData("{\"filters\": {\"status\": [\"held\"]}}", "filters")]
    [InlineData("{\"filters\": {\"doctor\": [\"1 OR 1=1\"]}}", "filters")]
    [InlineData("{\"filters\": {\"status\": []}}", "filters")]
    [InlineData("{\"filters\": {\"sex\": [\"female\"]}}", "filters")]
    [InlineData("{\"ordering\": \"1; SELECT 1\"}", "ordering")]
    [InlineData("{\"ordering\": \"completed\"}", "ordering")]
    [InlineData("{\"time_zone\": \"Mars/Olympus\"}", "time_zone")]
    [InlineData("{\"start_date\": \"2021-12-31\"}", "end_date")]
    [InlineData("{\"end_date\": \"2025-12-31\"}", "end_date")]
    [InlineData("{\"period\": \"last_week\"}", "period")]
    [InlineData("{\"start_date\": null}", "period")]
    public async Task What_is_not_in_the_vocabulary_is_refused_by_field(string more, string field)
    {
        using var doctor = await app.DoctorAsync();

        var refused = await doctor.PostAsync("/api/analytics/reports/run/", Visits.Merge(Visits.Question(), JsonSerializer.Deserialize<JsonElement>(more)).ToJsonString());

        refused.Status.ShouldBe(400, refused.Text);
        refused.ErrorDetails.TryGetProperty(field, out _).ShouldBeTrue(refused.Text);
    }

    [Fact]
    public async Task No_naughty_string_is_more_than_a_value()
    {
        using var doctor = await app.DoctorAsync();
        await app.VisitAsync(doctor, (await app.PatientsAsync(1))[0]);
        foreach (var text in Corpus.NaughtyStrings())
        {
            foreach (var more in new object[]
            {
                new { measures = new[] { text } }, new { dimensions = new[] { text } }, new { ordering = text }, new { time_zone = text },
                new { filters = new Dictionary<string, string[]> { [text] = ["x"] } }, new { filters = new { specialty = new[] { text } } },
            })
            {
                var reply = await doctor.PostAsync("/api/analytics/reports/run/", Visits.Merge(Visits.Question(), more).ToJsonString());
                reply.Status.ShouldBeOneOf([200, 400], $"{text}: {reply.Text}");
            }
        }

        (await CountAsync(doctor, new { })).ShouldBe(1);
    }

    [Fact]
    public async Task Money_is_told_by_currency_and_net_of_what_went_back()
    {
        using var doctor = await app.PaidDoctorAsync();
        using var patient = await app.PatientAsync();
        using var admin = await app.AdminAsync();
        var slots = await doctor.OfferAsync(app.Day(), 3);
        var payments = new List<Guid>();
        foreach (var slot in slots)
        {
            var visit = await patient.BookedAsync(slot);
            payments.Add((await patient.StartAsync(visit, new { method = "cash" })).Id);
            (await admin.PostAsync($"/api/payments/{payments[^1]}/receive/", new { method = "cash" })).Status.ShouldBe(200);
        }

        (await admin.PostAsync($"/api/payments/{payments[0]}/refund/", new { amount = 20_000, reason = "other" })).Status.ShouldBe(201);
        await app.SqlAsync("UPDATE payments.refunds SET try_at = NULL WHERE payment_id = $1 AND status = 'completed'", payments[0]);

        var reply = await doctor.PostAsync("/api/analytics/reports/run/", new
        {
            dataset = "payments",
            measures = new[] { "captured", "net", "payments", "refunded", "payers" },
            period = "this_year",
        });

        var row = reply.Lines().Single();
        row.GetProperty("currency").GetString().ShouldBe("NGN");
        Numbers(row, "captured", "payments", "payers").ShouldBe([150_000, 3, 1]);
        (row.GetProperty("captured").GetInt64() - row.GetProperty("refunded").GetInt64()).ShouldBe(row.GetProperty("net").GetInt64());
    }

    [Fact]
    public async Task More_than_ten_thousand_rows_are_cut_and_said_to_be()
    {
        using var doctor = await app.DoctorAsync();
        var patient = (await app.PatientsAsync(1))[0];
        await app.SqlAsync(
            """
            INSERT INTO scheduling.appointments (id, doctor_id, patient_id, starts_at, ends_at, time_zone, local_date, status, visit_type, modality, urgency, created_by, created_at, updated_at, version)
            SELECT gen_random_uuid(), $1, $2, t, t + interval '5 minutes', 'UTC', t::date, 'completed', 'general', 'video', 'medium', $3, t, t, 1
            FROM generate_series(timestamptz '2022-01-01 00:00Z', timestamptz '2022-01-01 00:00Z' + interval '10050 hours', interval '1 hour') t
            """, doctor.DoctorId, patient, doctor.UserId);

        var reply = await doctor.RunAsync(new { dimensions = new[] { "day", "hour" }, start_date = "2022-01-01", end_date = "2023-12-31", ordering = "-day" });

        reply.Lines().Count.ShouldBe(10_000);
        reply.Data.GetProperty("is_truncated").GetBoolean().ShouldBeTrue();
        (await doctor.RunAsync(new { dimensions = new[] { "day" }, start_date = "2022-01-01", end_date = "2022-01-31" })).Data.GetProperty("is_truncated").GetBoolean().ShouldBeFalse();
    }

    [Fact]
    public async Task What_was_asked_is_recorded_in_names_and_never_in_values()
    {
        using var doctor = await app.DoctorAsync();

        await doctor.RunAsync(new { dimensions = new[] { "day" }, filters = new { specialty = new[] { "Cardiology" } } });

        var fields = (string[])(await app.SqlAsync("SELECT fields FROM audit.events WHERE actor_id = $1 AND action = 'RunReport'", doctor.UserId))!;
        fields.ShouldBe(["appointments", "day", "filter:specialty"]);
    }

    [Fact]
    public async Task The_vocabulary_tells_every_word_and_each_can_be_asked()
    {
        using var admin = await app.AdminAsync();
        var words = (await admin.GetAsync("/api/analytics/reports/vocabulary/")).Data;

        foreach (var dataset in words.EnumerateArray())
        {
            foreach (var measure in dataset.GetProperty("measures").EnumerateArray())
            {
                measure.GetProperty("meaning").GetString().ShouldNotBeNullOrWhiteSpace();
                await AskAsync(dataset, measure.GetProperty("name").GetString()!, dataset.GetProperty("dimensions")[0].GetProperty("name").GetString()!);
            }

            foreach (var dimension in dataset.GetProperty("dimensions").EnumerateArray())
            {
                await AskAsync(dataset, dataset.GetProperty("measures")[0].GetProperty("name").GetString()!, dimension.GetProperty("name").GetString()!);
            }
        }

        async Task AskAsync(JsonElement dataset, string measure, string dimension) => (await admin.PostAsync(
            "/api/analytics/reports/run/",
            new { dataset = dataset.GetProperty("name").GetString(), measures = new[] { measure }, dimensions = new[] { dimension }, period = "this_month", ordering = "-" + measure })).Status.ShouldBe(200);
    }

    private static async Task<int> CountAsync(Person caller, object more) => (await caller.RunAsync(more)).Lines().Single().GetProperty("appointments").GetInt32();

    private static decimal[] Numbers(JsonElement row, params string[] names) => [.. names.Select(n => decimal.Parse(row.GetProperty(n).GetRawText(), CultureInfo.InvariantCulture))];
}
