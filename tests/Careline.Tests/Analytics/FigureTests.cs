using System.Globalization;
using System.Text.Json;
using Careline.Analytics.Figures.Marks;
using Careline.Scheduling.Contracts;
using Careline.Tests.Scheduling;
using Careline.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Careline.Tests.Analytics;

/// <summary>Figures are what the facts say, counted by hand.</summary>
public sealed class FigureTests(PracticeWithAPast app) : IClassFixture<PracticeWithAPast>
{
    [Fact]
    public async Task Every_figure_of_every_dashboard_is_what_the_facts_say()
    {
        await app.RefreshAsync();
        await CompareAsync();
    }

    [Fact]
    public async Task After_a_rebuild_they_are_the_same_whatever_stood_there_before()
    {
        await app.RefreshAsync();
        await app.SqlAsync("UPDATE analytics.visit_days SET completed = completed + 3, booked = 1");
        await app.SqlAsync("DELETE FROM analytics.satisfaction_days WHERE day < $1", app.Today.AddDays(-20));
        await app.SqlAsync("UPDATE analytics.money_days SET captured = 7");
        await app.SqlAsync("INSERT INTO analytics.visit_days SELECT scope_id, $1, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9 FROM analytics.visit_days LIMIT 1", app.Today.AddDays(-400));

        var rebuilt = await app.Admin.PostAsync("/api/analytics/rebuild/");

        rebuilt.Status.ShouldBe(200, rebuilt.Text);
        await CompareAsync();
        (await app.SqlAsync("SELECT count(*) FROM analytics.visit_days WHERE booked = 9 AND lead_seconds = 9")).ShouldBe(0L);
    }

    [Fact]
    public async Task Visits_that_are_booked_moved_and_called_off_are_counted_where_they_are_though_the_news_comes_late_or_twice()
    {
        await app.RefreshAsync();
        using var patient = await app.PatientAsync();
        using var doctor = await app.BookableDoctorAsync();
        var (first, second, third) = (await doctor.OfferAsync(app.Day(8), 1), await doctor.OfferAsync(app.Day(12), 1), await doctor.OfferAsync(app.Day(16), 1));
        var moved = await patient.BookedAsync(first[0]);
        var off = await patient.BookedAsync(third[0]);
        await TellAsync();
        await CompareAsync();

        (await patient.MoveAsync(moved, "reschedule", new { time_slot_id = second[0] })).Status.ShouldBe(200);
        (await patient.MoveAsync(off, "cancel", new { reason = "Better" })).Status.ShouldBe(200);
        await TellAsync();
        await CompareAsync();

        // As of a host that died before it said that it was done; and of news about what has changed since.
        await AgainAsync<OnAppointmentBooked, AppointmentBooked>(new AppointmentBooked(moved, doctor.DoctorId, patient.PatientId));
        await AgainAsync<OnAppointmentEnded, AppointmentEnded>(new AppointmentEnded(off, doctor.DoctorId, AppointmentStatus.Cancelled));
        await TellAsync();
        await CompareAsync();
    }

    [Fact]
    public async Task What_changed_without_news_is_found_by_the_daily_count()
    {
        await app.RefreshAsync();
        await app.SqlAsync("UPDATE scheduling.appointments SET status = 'no_show', started_at = NULL, ended_at = NULL WHERE id IN (SELECT id FROM scheduling.appointments WHERE status = 'completed' AND local_date BETWEEN $1 AND $2 LIMIT 9)", app.Today.AddDays(-25), app.Today.AddDays(-5));
        await app.RunJobAsync("analytics.recount-figures");
        await CompareAsync();
    }

    [Fact]
    public async Task A_host_that_refreshes_while_another_rebuilds_leaves_the_same_figures()
    {
        await app.RefreshAsync();
        await Task.WhenAll(app.RefreshAsync(), app.RunJobAsync("analytics.recount-figures"), app.RefreshAsync(), app.RunJobAsync("analytics.recount-figures"));
        await CompareAsync();
    }

    [Fact]
    public async Task Whoever_counts_waits_for_who_counts_already_and_then_sees_what_happened_meanwhile()
    {
        await app.RefreshAsync();
        await using var other = new NpgsqlConnection(app.ConnectionString);
        await other.OpenAsync(TestContext.Current.CancellationToken);
        await using var counting = await other.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await using var holding = new NpgsqlCommand("SELECT pg_advisory_xact_lock(hashtextextended('analytics.visits', 0))", other, counting);
        await holding.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);

        var recounting = app.RunJobAsync("analytics.recount-figures");
        await Eventually.HoldsAsync(async () => recounting.IsCompleted || (long)(await app.SqlAsync(
            "SELECT count(*) FROM pg_locks l JOIN pg_database d ON d.oid = l.database WHERE l.locktype = 'advisory' AND NOT l.granted AND d.datname = current_database()"))! > 0);
        recounting.IsCompleted.ShouldBeFalse();
        await app.SqlAsync("UPDATE scheduling.appointments SET status = 'no_show', started_at = NULL, ended_at = NULL WHERE status = 'completed' AND local_date = $1", app.Today.AddDays(-12));
        await counting.CommitAsync(TestContext.Current.CancellationToken);
        await recounting;

        await CompareAsync();
    }

    [Fact]
    public async Task Doctors_and_clinics_side_by_side_show_what_their_dashboards_say()
    {
        await app.RefreshAsync();
        var days = $"start_date={app.Today.AddDays(-29).Text()}&end_date={app.Today.Text()}";
        var doctors = (await app.Admin.GetAsync($"/api/analytics/performance/doctors/?{days}")).Rows.ToList();
        foreach (var row in new[] { app.Doctor, app.Other }.Select(who => doctors.Single(d => d.GetProperty("doctor_id").GetGuid() == who.DoctorId)))
        {
            await SameAsync(row, $"doctor={row.GetProperty("doctor_id").GetGuid()}&{days}", "booked", "completed", "cancelled", "missed", "no_show_rate", "punctuality", "average_wait", "average_length");
        }

        var clinics = (await app.Admin.GetAsync($"/api/analytics/performance/clinics/?{days}")).Rows.ToList();
        foreach (var row in new[] { app.Clinic, app.Elsewhere }.Select(id => clinics.Single(c => c.GetProperty("clinic_id").GetGuid() == id)))
        {
            await SameAsync(row, $"clinic={row.GetProperty("clinic_id").GetGuid()}&{days}", "booked", "completed", "cancelled", "missed");
        }
    }

    private async Task SameAsync(JsonElement row, string question, params string[] names)
    {
        var figures = (await app.Admin.GetAsync($"/api/analytics/dashboard/?{question}")).Data.GetProperty("figures").EnumerateArray().ToDictionary(f => f.GetProperty("name").GetString()!);
        foreach (var name in names)
        {
            ValueOf(row, name).ShouldBe(ValueOf(figures[name], "value"), $"{name} of {question}");
        }
    }

    private async Task TellAsync()
    {
        await app.DeliverEventsAsync();
        await app.RefreshAsync();
    }

    private async Task AgainAsync<THandler, TEvent>(TEvent happened)
        where THandler : class, Careline.Platform.Events.IHandleMany<TEvent>
    {
        await using var scope = app.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<THandler>().HandleAsync([happened, happened], CancellationToken.None);
    }

    private async Task CompareAsync()
    {
        var visits = (await app.RowsAsync("SELECT * FROM scheduling.appointments")).ConvertAll(r => new Visit(r));
        var surveys = await app.RowsAsync("SELECT * FROM analytics.surveys");
        var money = await app.RowsAsync(
            """
            SELECT p.doctor_id, p.clinic_id, (t.at AT TIME ZONE 'UTC')::date AS day, t.kind, t.amount FROM payments.postings t JOIN payments.payments p ON p.id = t.payment_id
            """);
        foreach (var (from, to) in new[] { (-29, 0), (-60, -31), (-3, 20), (0, 0) })
        {
            var (first, last) = (app.Today.AddDays(from), app.Today.AddDays(to));
            foreach (var (who, clinic, doctor) in new (Person, Guid?, Guid?)[]
                { (app.Admin, null, null), (app.Admin, app.Clinic, null), (app.Boss, app.Clinic, null), (app.Doctor, null, app.Doctor.DoctorId), (app.Boss, app.Clinic, app.Doctor.DoctorId), (app.Admin, app.Elsewhere, app.Other.DoctorId) })
            {
                var seen = await who.GetAsync($"/api/analytics/dashboard/?start_date={first.Text()}&end_date={last.Text()}" + (clinic is null ? "" : $"&clinic={clinic}") + (doctor is null ? "" : $"&doctor={doctor}"));
                seen.Status.ShouldBe(200, seen.Text);
                var mine = visits.Where(v => v.Day >= first && v.Day <= last && (clinic is null || v.Clinic == clinic) && (doctor is null || v.Doctor == doctor)).ToList();
                var answers = surveys.Where(s => (clinic is null || IdOf(s, "clinic_id") == clinic) && (doctor is null || IdOf(s, "doctor_id") == doctor)).ToList();
                var expected = ByHand(mine, answers, first, last);
                var (earlier, length) = (first.AddDays(first.DayNumber - last.DayNumber - 1), last.DayNumber - first.DayNumber + 1);
                var before = visits.Where(v => v.Day >= earlier && v.Day < first && (clinic is null || v.Clinic == clinic) && (doctor is null || v.Doctor == doctor)).ToList();
                var previous = ByHand(before, answers, earlier, earlier.AddDays(length - 1));
                foreach (var figure in seen.Data.GetProperty("figures").EnumerateArray().Where(f => expected.ContainsKey(f.GetProperty("name").GetString()!)))
                {
                    var name = figure.GetProperty("name").GetString()!;
                    ValueOf(figure, "value").ShouldBe(expected[name], $"{name} of {(clinic, doctor)} from {first} to {last}");
                    ValueOf(figure, "previous").ShouldBe(previous[name], $"{name} of {(clinic, doctor)} before {first}");
                    expected.Remove(name);
                }

                expected.Keys.ShouldBeEmpty("figures that the dashboard does not show");
                DaysOf(seen.Data).ShouldBe(DaysByHand(mine));
                ModalitiesOf(seen.Data).ShouldBe(ModalitiesByHand(mine));
                var taken = money.Where(m => DayOf(m, "day") >= first && DayOf(m, "day") <= last && (clinic is null || IdOf(m, "clinic_id") == clinic) && (doctor is null || IdOf(m, "doctor_id") == doctor)).ToList();
                var shown = seen.Data.GetProperty("money").EnumerateArray().ToList();
                long Sum(string kind) => taken.Where(t => t.GetProperty("kind").GetString() == kind).Sum(t => t.GetProperty("amount").GetInt64());
                shown.Sum(m => m.GetProperty("captured").GetInt64()).ShouldBe(Sum("payment"));
                shown.Sum(m => m.GetProperty("refunded").GetInt64()).ShouldBe(Sum("refund"));
                shown.Sum(m => m.GetProperty("payments").GetInt64()).ShouldBe(taken.Count(t => t.GetProperty("kind").GetString() == "payment"));
            }
        }
    }

    private static Dictionary<string, decimal?> ByHand(List<Visit> visits, List<JsonElement> surveys, DateOnly first, DateOnly last)
    {
        var agreed = visits.Where(v => v.Status is not ("requested" or "rejected" or "held" or "expired")).ToList();
        decimal Of(params string[] statuses) => agreed.Count(v => statuses.Contains(v.Status));
        var begun = agreed.Where(v => v.At("started_at") is not null).ToList();
        var waited = begun.Where(v => v.At("checked_in_at") <= v.At("started_at")).ToList();
        var over = agreed.Where(v => v.Status == "completed" && v.At("started_at") is not null && v.At("ended_at") >= v.At("started_at")).ToList();
        bool Within(JsonElement s, string name) => s.GetProperty(name).ValueKind != JsonValueKind.Null
            && DateOnly.FromDateTime(s.GetProperty(name).GetDateTimeOffset().UtcDateTime) is var day && day >= first && day <= last;
        var asked = surveys.Count(s => Within(s, "asked_at"));
        var answers = surveys.Where(s => Within(s, "answered_at")).ToList();
        var marks = answers.Select(a => a.GetProperty("rating").GetInt32()).ToList();
        var scores = answers.Where(a => a.GetProperty("recommends").ValueKind != JsonValueKind.Null).Select(a => a.GetProperty("recommends").GetInt32()).ToList();
        decimal? Enough(decimal? value) => answers.Count < 5 ? null : value;
        return new()
        {
            ["booked"] = agreed.Count,
            ["upcoming"] = Of("scheduled", "confirmed"),
            ["waiting"] = Of("checked_in"),
            ["underway"] = Of("in_progress"),
            ["completed"] = Of("completed"),
            ["cancelled"] = Of("cancelled"),
            ["missed"] = Of("no_show"),
            ["no_show_rate"] = Rate(Of("no_show"), Of("no_show", "completed")),
            ["cancellation_rate"] = Rate(Of("cancelled"), agreed.Count),
            ["punctuality"] = Rate(begun.Count(v => v.At("started_at") <= v.At("starts_at") + TimeSpan.FromMinutes(5)), begun.Count),
            ["average_wait"] = Mean(waited.Sum(v => Whole(v.At("started_at") - v.At("checked_in_at"))), waited.Count, 60),
            ["average_length"] = Mean(over.Sum(v => Whole(v.At("ended_at") - v.At("started_at"))), over.Count, 60),
            ["average_lead"] = Mean(agreed.Sum(v => Math.Max(0, Whole(v.At("starts_at") - v.At("created_at")))), agreed.Count, 86400),
            ["asked"] = asked,
            ["answered"] = answers.Count,
            ["response_rate"] = Enough(Rate(answers.Count, asked)),
            ["csat"] = Enough(Rate(marks.Count(m => m >= 4), marks.Count)),
            ["average_rating"] = Enough(Mean(marks.Sum(), marks.Count, 1)),
            ["nps"] = Enough(Rate(scores.Count(s => s >= 9) - scores.Count(s => s <= 6), scores.Count)),
        };
    }

    private static List<(DateOnly Day, int Booked, int Completed, int Cancelled, int Missed)> DaysOf(JsonElement dashboard) =>
    [
        .. from d in dashboard.GetProperty("days").EnumerateArray()
           select (DayOf(d, "day"), d.GetProperty("booked").GetInt32(), d.GetProperty("completed").GetInt32(), d.GetProperty("cancelled").GetInt32(), d.GetProperty("missed").GetInt32()),
    ];

    private static List<(DateOnly Day, int Booked, int Completed, int Cancelled, int Missed)> DaysByHand(List<Visit> visits) =>
    [
        .. from v in visits
           where v.Status is not ("requested" or "rejected" or "held" or "expired")
           group v.Status by v.Day into day
           orderby day.Key
           select (day.Key, day.Count(), day.Count(s => s == "completed"), day.Count(s => s == "cancelled"), day.Count(s => s == "no_show")),
    ];

    private static (int Video, int Audio, int Chat, int InPerson) ModalitiesOf(JsonElement dashboard)
    {
        int Of(string name) => dashboard.GetProperty("modalities").GetProperty(name).GetInt32();
        return (Of("video"), Of("audio"), Of("chat"), Of("in_person"));
    }

    private static (int Video, int Audio, int Chat, int InPerson) ModalitiesByHand(List<Visit> visits)
    {
        int Of(string name) => visits.Count(v => v.Status is not ("requested" or "rejected" or "held" or "expired" or "cancelled") && v.Modality == name);
        return (Of("video"), Of("audio"), Of("chat"), Of("in_person"));
    }

    private static decimal? Rate(decimal part, decimal whole) => whole == 0 ? null : Math.Round(100 * part / whole, 1, MidpointRounding.AwayFromZero);

    private static decimal? Mean(decimal sum, int count, int unit) => count == 0 ? null : Math.Round(sum / count / unit, 1, MidpointRounding.AwayFromZero);

    private static decimal Whole(TimeSpan? time) => (decimal)time!.Value.TotalSeconds;

    private static decimal? ValueOf(JsonElement figure, string name) => figure.GetProperty(name).ValueKind == JsonValueKind.Null ? null : figure.GetProperty(name).GetDecimal();

    private static Guid? IdOf(JsonElement row, string name) => row.GetProperty(name).ValueKind == JsonValueKind.Null ? null : row.GetProperty(name).GetGuid();

    private static DateOnly DayOf(JsonElement row, string name) => DateOnly.Parse(row.GetProperty(name).GetString()!, CultureInfo.InvariantCulture);
}
