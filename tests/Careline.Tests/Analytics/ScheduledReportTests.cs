using Careline.Analytics.Exports;
using Careline.Analytics.Reports;
using Careline.Platform.Data;
using Careline.Tests.Payments;
using Careline.Tests.Scheduling;
using Careline.Tests.Support;

namespace Careline.Tests.Analytics;

public sealed class ScheduledReportTests(LongDay app) : IClassFixture<LongDay>
{
    private const string Path = "/api/analytics/reports/";

    [Theory]
    [InlineData("daily", null, null, "08:00", "Africa/Lagos", "2026-03-01T07:00:00Z", "2026-03-02T07:00:00Z")]
    [InlineData("daily", null, null, "08:00", "Africa/Lagos", "2026-03-01T06:59:59Z", "2026-03-01T07:00:00Z")]
    [InlineData("weekly", 1, null, "00:00", "UTC", "2026-03-01T12:00:00Z", "2026-03-02T00:00:00Z")]
    [InlineData("monthly", null, 31, "12:00", "UTC", "2026-01-31T12:00:00Z", "2026-02-28T12:00:00Z")]
    // The clock of Berlin leaves out two to three on 29 March, and has it twice on 25 October: one file on each day.
    [InlineData("daily", null, null, "02:30", "Europe/Berlin", "2026-03-28T12:00:00Z", "2026-03-29T01:00:00Z")]
    [InlineData("daily", null, null, "02:30", "Europe/Berlin", "2026-03-29T01:00:00Z", "2026-03-30T00:30:00Z")]
    [InlineData("daily", null, null, "02:30", "Europe/Berlin", "2026-10-24T12:00:00Z", "2026-10-25T00:30:00Z")]
    [InlineData("daily", null, null, "02:30", "Europe/Berlin", "2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z")]
    public void The_next_time_is_by_the_wall_clock(string frequency, int? weekday, int? day, string time, string zone, string after, string next)
    {
        EnumText<ReportFrequency>.TryParse(frequency, out var often).ShouldBeTrue();
        var at = DateTimeOffset.Parse(after, null);
        var schedule = ReportSchedule.Of(Guid.Empty, Guid.Empty, Guid.Empty, at);
        schedule.Replace(new ReportScheduleRequest(often, TimeOnly.Parse(time, null), zone, ExportFormat.Csv, weekday, day), at);

        schedule.NextAt.ShouldBe(DateTimeOffset.Parse(next, null));
    }

    [Fact]
    public async Task What_was_missed_is_made_once_and_told_by_a_link_without_data()
    {
        using var doctor = await app.DoctorAsync();
        await app.VisitAsync(doctor, (await app.PatientsAsync(1))[0]);
        var report = await KeepAsync(doctor);
        var set = await doctor.PutAsync($"{Path}{report}/schedule/", new { frequency = "daily", time = "08:00:00", time_zone = "Africa/Lagos", format = "csv" });
        set.Status.ShouldBe(200, set.Text);

        app.Advance(TimeSpan.FromDays(3));
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => app.RunJobAsync("analytics.send-scheduled-reports")));

        using var later = await app.SignInAsync(doctor.UserName);
        await Eventually.HoldsAsync(async () => (await later.GetAsync("/api/analytics/exports/?status=ready")).Total > 0);
        var export = (await later.GetAsync("/api/analytics/exports/")).Rows.Single();
        (export.GetProperty("is_scheduled").GetBoolean(), export.GetProperty("report_id").GetGuid()).ShouldBe((true, report));
        (await later.GetAsync($"{Path}{report}/schedule/")).Data.GetProperty("next_at").GetDateTimeOffset().ShouldBeGreaterThan(app.Now);
        await app.DeliverEventsAsync();
        var notices = (await later.GetAsync("/api/notifications/?mark_read=false")).Text;
        notices.ShouldContain($"/api/analytics/exports/{export.GetProperty("id").GetGuid()}/file/");
        notices.ShouldNotContain("Quiet Person");
    }

    [Fact]
    public async Task A_schedule_is_its_readers_own_and_ends_with_the_report_or_the_rights()
    {
        using var doctor = await app.DoctorAsync();
        using var stranger = await app.DoctorAsync();
        var report = await KeepAsync(doctor);
        var daily = new { frequency = "daily", time = "08:00:00", time_zone = "UTC", format = "xlsx" };
        (await doctor.PutAsync($"{Path}{report}/schedule/", daily)).Status.ShouldBe(200);

        (await stranger.GetAsync($"{Path}{report}/schedule/")).Status.ShouldBe(404);
        (await stranger.PutAsync($"{Path}{report}/schedule/", daily)).Status.ShouldBe(404);
        (await doctor.PutAsync($"{Path}{report}/schedule/", new { frequency = "weekly", time = "08:00:00", time_zone = "Nowhere", format = "xlsx" })).Status.ShouldBe(400);
        (await doctor.DeleteAsync($"{Path}{report}/")).Status.ShouldBe(204);
        app.Advance(TimeSpan.FromDays(2));
        await app.RunJobAsync("analytics.send-scheduled-reports");
        using var later = await app.SignInAsync(doctor.UserName);
        (await later.GetAsync("/api/analytics/exports/")).Total.ShouldBe(0);
        (await app.SqlAsync("SELECT count(*) FROM analytics.report_schedules WHERE report_id = $1", report)).ShouldBe(0L);
    }

    [Fact]
    public async Task A_file_is_deleted_after_its_time_and_can_be_made_again()
    {
        using var doctor = await app.DoctorAsync();
        await app.VisitAsync(doctor, (await app.PatientsAsync(1))[0]);
        var id = (await doctor.PostAsync("/api/analytics/exports/", new { format = "csv", list = new { dataset = "appointments", start_date = "2026-01-01", end_date = "2026-12-31" } })).Id;
        await Eventually.HoldsAsync(async () => (await doctor.GetAsync($"/api/analytics/exports/{id}/")).Word("status") == "ready");
        (await doctor.Client.GetAsync($"/api/analytics/exports/{id}/file/", TestContext.Current.CancellationToken)).StatusCode.ShouldBe(System.Net.HttpStatusCode.OK);

        app.Advance(TimeSpan.FromHours(73));
        using var later = await app.SignInAsync(doctor.UserName);
        (await later.GetAsync($"/api/analytics/exports/{id}/file/")).ErrorCode.ShouldBe("EXPORT_EXPIRED");
        await app.RunJobAsync("analytics.expire-exports");

        (await later.GetAsync($"/api/analytics/exports/{id}/")).Word("status").ShouldBe("expired");
        (await app.SqlAsync("SELECT released_at IS NOT NULL FROM files.files f JOIN analytics.exports e ON e.file_id = f.id WHERE e.id = $1", id)).ShouldBe(true);
        (await app.SqlAsync("SELECT cardinality(patient_ids) FROM analytics.exports WHERE id = $1", id)).ShouldBe(0);
        (await later.PostAsync($"/api/analytics/exports/{id}/retry/")).Status.ShouldBe(200);
        await Eventually.HoldsAsync(async () => (await later.GetAsync($"/api/analytics/exports/{id}/")).Word("status") == "ready");
    }

    private static async Task<Guid> KeepAsync(Person by)
    {
        var made = await by.PostAsync(Path, Visits.Merge(new { name = "Visits", question = Visits.Question() }, null).ToJsonString());
        made.Status.ShouldBe(201, made.Text);
        return made.Id;
    }
}
