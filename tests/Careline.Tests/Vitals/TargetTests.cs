using System.Text.Json;
using Careline.Tests.Consultations;
using Careline.Tests.Patients;
using Careline.Tests.Scheduling;
using Careline.Tests.Support;

namespace Careline.Tests.Vitals;

/// <summary>A patient's own targets, and how what was measured went over time.</summary>
public sealed class TargetTests(SharedApp app) : IClassFixture<SharedApp>
{
    [Fact]
    public async Task A_reading_outside_is_flagged_and_calls_once_until_one_lies_within_again()
    {
        using var visit = await app.StartedVisitAsync();
        var path = $"/api/patients/{visit.Patient.PatientId}/vital-targets/";
        var target = await visit.Doctor.PostAsync(path, new { measure = "systolic", low = 100, high = 140, raises_alert = true });
        target.Status.ShouldBe(201, target.Text);

        (await FlagAsync(visit, 141)).ShouldBe("above_target");
        (await FlagAsync(visit, 99)).ShouldBe("below_target");
        var alert = (await visit.Doctor.GetAsync("/api/alerts/")).Rows.ShouldHaveSingleItem();
        (alert.GetProperty("title").GetString(), alert.GetProperty("source_id").GetGuid()).ShouldBe(("reading_outside_target", target.Id));

        // Nobody has taken it: that one reading is well again does not silence it.
        (await FlagAsync(visit, 120)).ShouldBeNull();
        (await visit.Doctor.GetAsync("/api/alerts/?status=open")).Total.ShouldBe(1);
        (await visit.Doctor.PostAsync($"/api/alerts/{alert.GetProperty("id").GetGuid()}/acknowledge/")).Status.ShouldBe(200);
        (await FlagAsync(visit, 150)).ShouldBe("above_target");
        (await visit.Doctor.GetAsync("/api/alerts/?status=open")).Total.ShouldBe(0);
        (await FlagAsync(visit, 130)).ShouldBeNull();
        (await FlagAsync(visit, 160)).ShouldBe("above_target");
        (await visit.Doctor.GetAsync("/api/alerts/")).Rows.Select(a => a.GetProperty("status").GetString()).ShouldBe(["open", "resolved"]);
    }

    [Fact]
    public async Task A_target_takes_the_place_of_the_former_and_ends()
    {
        using var visit = await app.StartedVisitAsync();
        var path = $"/api/patients/{visit.Patient.PatientId}/vital-targets/";
        var first = (await visit.Doctor.PostAsync(path, new { measure = "heart_rate", high = 100 })).Id;
        var second = (await visit.Doctor.PostAsync(path, new { measure = "heart_rate", high = 90 })).Id;

        (await visit.Patient.GetAsync(path)).Rows.Select(t => t.GetProperty("id").GetGuid()).ShouldBe([second]);
        (await visit.Patient.GetAsync($"{path}?ended=true&measure=heart_rate")).Rows.Select(t => t.GetProperty("id").GetGuid()).ShouldBe([first]);
        (await visit.Doctor.DeleteAsync($"{path}{second}/")).Status.ShouldBe(204);
        (await visit.Doctor.DeleteAsync($"{path}{second}/")).Status.ShouldBe(204);
        (await visit.Doctor.DeleteAsync($"{path}{Guid.CreateVersion7()}/")).Status.ShouldBe(404);
        (await visit.Patient.GetAsync(path)).Total.ShouldBe(0);

        var both = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => visit.Doctor.PostAsync(path, new { measure = "weight", high = 80 + i })));
        both.ShouldAllBe(reply => reply.Status == 201);
        (await visit.Patient.GetAsync(path)).Total.ShouldBe(1);
    }

    [Theory]
    [InlineData("""{"measure": "systolic"}""", 400)]
    [InlineData("""{"measure": "systolic", "low": 140, "high": 100}""", 400)]
    [InlineData("""{"measure": "systolic", "low": 10}""", 400)]
    [InlineData("""{"measure": "consciousness", "low": 100}""", 400)]
    [InlineData("""{"measure": "pain_score", "high": 3}""", 400)]
    [InlineData("""{"low": 100}""", 400)]
    [InlineData("""{"measure": "systolic", "low": 100, "by": "me"}""", 400)]
    public async Task A_target_that_means_nothing_is_refused(string body, int status)
    {
        using var visit = await app.StartedVisitAsync();

        (await visit.Doctor.PostAsync($"/api/patients/{visit.Patient.PatientId}/vital-targets/", body)).Status.ShouldBe(status);
    }

    [Fact]
    public async Task A_trend_draws_at_most_five_hundred_points_and_sums_up_each_day()
    {
        using var visit = await app.StartedVisitAsync();
        var (patient, start) = (visit.Patient.PatientId, new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero));
        var set = (await visit.ByDoctorAsync("vital-signs", new { heart_rate = 200 })).Id;
        await app.SqlAsync(
            """
            WITH sets AS (INSERT INTO vitals.vital_sets (id, patient_id, recorded_at, recorded_by)
                SELECT gen_random_uuid(), $1, $2 + i * interval '1 minute', $3 FROM generate_series(0, 2879) i RETURNING id, recorded_at)
            INSERT INTO vitals.observations (id, set_id, patient_id, measure, value, unit, observed_at)
            SELECT gen_random_uuid(), id, $1, 'heart_rate', 60 + extract(hour FROM recorded_at AT TIME ZONE 'UTC'), '/min', recorded_at FROM sets
            """,
            patient, start, visit.Doctor.UserId);
        var path = $"/api/patients/{patient}/vital-signs/";

        var trend = (await visit.Patient.GetAsync($"{path}trends/?measure=heart_rate&from=2026-03-01&to=2026-03-03")).Data;

        var points = trend.GetProperty("points").EnumerateArray().ToList();
        points.Count.ShouldBeInRange(450, 500);
        points.Sum(p => p.GetProperty("count").GetInt32()).ShouldBe(2880);
        points.Select(p => p.GetProperty("at").GetDateTimeOffset()).ShouldBeInOrder();
        trend.GetProperty("days").EnumerateArray().Select(d => (d.GetProperty("date").GetString(), Number(d, "min"), Number(d, "max"), Number(d, "mean"), Number(d, "count")))
            .ShouldBe([("2026-03-01", 60, 83, 71.5m, 1440), ("2026-03-02", 60, 83, 71.5m, 1440)]);
        (await visit.Patient.GetAsync($"{path}?measure=heart_rate&date_from=2026-03-02&date_to=2026-03-02&page_size=1")).Total.ShouldBe(1440);
        (await visit.Patient.GetAsync($"{path}?measure=weight")).Total.ShouldBe(0);
        (await visit.Patient.GetAsync($"{path}?page_size=1")).Rows.Single().GetProperty("id").GetGuid().ShouldBe(set);
        foreach (var refused in new[] { "", "?measure=consciousness", "?measure=heart_rate&from=2026-03-03&to=2026-03-01", "?measure=heart_rate&from=2020-01-01" })
        {
            (await visit.Patient.GetAsync($"{path}trends/{refused}")).Status.ShouldBe(400, refused);
        }
    }

    [Fact]
    public async Task Strangers_and_the_desk_are_told_nothing()
    {
        using var visit = await app.StartedVisitAsync();
        using var stranger = await app.BookableDoctorAsync();
        using var other = await app.PatientAsync();
        using var admin = await app.AdminAsync();
        foreach (var path in new[] { "vital-signs/", "vital-signs/trends/?measure=weight", "vital-targets/" })
        {
            var address = $"/api/patients/{visit.Patient.PatientId}/{path}";
            (await stranger.GetAsync(address)).Status.ShouldBe(404);
            (await other.GetAsync(address)).Status.ShouldBe(404);
            (await admin.GetAsync(address)).ErrorCode.ShouldBe("BREAK_GLASS_REQUIRED");
        }

        var targets = $"/api/patients/{visit.Patient.PatientId}/vital-targets/";
        (await visit.Patient.PostAsync(targets, new { measure = "weight", high = 80 })).Status.ShouldBe(403);
        await app.OpenCareAsync(visit.Patient.PatientId, stranger, Careline.Patients.Contracts.CareReason.BreakGlass);
        (await stranger.PostAsync(targets, new { measure = "weight", high = 80 })).Status.ShouldBe(403);
    }

    private static async Task<string?> FlagAsync(Visit visit, int systolic)
    {
        var reply = await visit.ByDoctorAsync("vital-signs", new { systolic });
        return reply.Data.GetProperty("observations")[0].GetProperty("flag").GetString();
    }

    private static decimal Number(JsonElement row, string name) => row.GetProperty(name).GetDecimal();
}
