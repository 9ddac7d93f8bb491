using Careline.Analytics.Geography;
using Careline.Tests.Scheduling;

namespace Careline.Tests.Analytics;

/// <summary>Who sees which figures.</summary>
public sealed class AnalyticsAccessTests(PracticeWithAPast app) : IClassFixture<PracticeWithAPast>
{
    [Fact]
    public async Task A_clinics_administrator_sees_that_clinic_and_nothing_of_another()
    {
        await app.RefreshAsync();
        foreach (var path in new[] { "dashboard/?", "revenue/?", "satisfaction/?", "geography/?", "kpis/?", "performance/doctors/?" })
        {
            (await app.Boss.GetAsync($"/api/analytics/{path}clinic={app.Clinic}")).Status.ShouldBe(200, path);
            (await app.Boss.GetAsync($"/api/analytics/{path}clinic={app.Elsewhere}")).Status.ShouldBe(404, path);
            (await app.Boss.GetAsync($"/api/analytics/{path}clinic={Guid.CreateVersion7()}")).Status.ShouldBe(404, path);
        }

        (await app.Boss.GetAsync($"/api/eclinic/clinics/{app.Elsewhere}/analytics/")).Status.ShouldBe(404);
        (await app.Boss.GetAsync($"/api/doctors/{app.Other.DoctorId}/analytics/")).Status.ShouldBe(404);
        (await app.Boss.GetAsync($"/api/analytics/dashboard/?doctor={app.Other.DoctorId}")).Status.ShouldBe(404);

        // Of a doctor who works elsewhere too only what was done here.
        var here = (await app.Boss.GetAsync($"/api/doctors/{app.Doctor.DoctorId}/analytics/")).Data.GetProperty("figures");
        var everywhere = (await app.Doctor.GetAsync($"/api/doctors/{app.Doctor.DoctorId}/analytics/")).Data.GetProperty("figures");
        BookedOf(here).ShouldBeLessThan(BookedOf(everywhere));
        here.GetProperty("clinic_id").GetGuid().ShouldBe(app.Clinic);
    }

    [Fact]
    public async Task A_receptionist_sees_how_many_come_and_neither_money_nor_what_patients_say()
    {
        await app.RefreshAsync();
        var seen = await app.Desk.GetAsync("/api/analytics/dashboard/");

        seen.Data.GetProperty("clinic_id").GetGuid().ShouldBe(app.Clinic);
        seen.Data.GetProperty("money").GetArrayLength().ShouldBe(0);
        var names = seen.Data.GetProperty("figures").EnumerateArray().Select(f => f.GetProperty("name").GetString()).ToList();
        names.ShouldContain("booked");
        names.ShouldNotContain("csat");
        names.ShouldNotContain("registered_patients");
        foreach (var path in new[] { "revenue/", "satisfaction/", "geography/", "performance/doctors/" })
        {
            (await app.Desk.GetAsync("/api/analytics/" + path)).Status.ShouldBe(403, path);
        }

        (await app.Desk.GetAsync($"/api/analytics/dashboard/?doctor={app.Doctor.DoctorId}")).Status.ShouldBe(404);
        (await app.Desk.PutAsync("/api/analytics/kpis/punctuality/target/", new { value = 90 })).Status.ShouldBe(403);
    }

    [Fact]
    public async Task A_doctor_sees_their_own_and_a_patient_none()
    {
        using var patient = await app.PatientAsync();
        (await app.Doctor.GetAsync("/api/analytics/dashboard/")).Data.GetProperty("doctor_id").GetGuid().ShouldBe(app.Doctor.DoctorId);
        (await app.Doctor.GetAsync($"/api/analytics/dashboard/?doctor={app.Other.DoctorId}")).Status.ShouldBe(404);
        (await app.Doctor.GetAsync($"/api/analytics/dashboard/?clinic={app.Clinic}")).Status.ShouldBe(404);
        (await app.Doctor.GetAsync("/api/analytics/users/")).Status.ShouldBe(403);
        (await app.Doctor.GetAsync("/api/analytics/geography/")).Status.ShouldBe(403);
        (await app.Doctor.GetAsync("/api/analytics/performance/doctors/")).Rows.ShouldAllBe(r => r.GetProperty("doctor_id").GetGuid() == app.Doctor.DoctorId);
        (await patient.GetAsync("/api/analytics/dashboard/")).Status.ShouldBe(403);
        (await app.Doctor.GetAsync("/api/analytics/dashboard/?start_date=2030-01-02&end_date=2030-01-01")).Status.ShouldBe(400);
        (await app.Doctor.GetAsync("/api/analytics/dashboard/?start_date=1990-01-01")).Status.ShouldBe(400);
    }

    [Fact]
    public async Task A_target_holds_until_another_is_set_and_its_history_stays()
    {
        await app.RefreshAsync();
        var path = $"/api/analytics/kpis/no_show_rate/target/?clinic={app.Clinic}";
        foreach (var value in new[] { 1, 90 })
        {
            (await app.Boss.PutAsync(path, new { value })).Status.ShouldBe(200);
        }

        var kpi = (await app.Boss.GetAsync($"/api/analytics/kpis/?clinic={app.Clinic}")).Rows.Single(k => k.GetProperty("name").GetString() == "no_show_rate");
        (kpi.GetProperty("target").GetDecimal(), kpi.GetProperty("is_met").GetBoolean()).ShouldBe((90m, true));
        var history = (await app.Boss.GetAsync($"/api/analytics/kpis/no_show_rate/target/history/?clinic={app.Clinic}")).Rows.ToList();
        history.Select(h => h.GetProperty("value").GetDecimal()).ShouldBe([90m, 1m]);
        history[1].GetProperty("ended_at").ToString().ShouldNotBeEmpty();

        // Of the clinic, not of the platform, and of no figure that is not.
        (await app.Admin.GetAsync("/api/analytics/kpis/")).Rows.Single(k => k.GetProperty("name").GetString() == "no_show_rate").GetProperty("target").ToString().ShouldBeEmpty();
        (await app.Boss.PutAsync($"/api/analytics/kpis/wealth/target/?clinic={app.Clinic}", new { value = 1 })).Status.ShouldBe(404);
        (await app.Boss.PutAsync($"/api/analytics/kpis/registered_patients/target/?clinic={app.Clinic}", new { value = 1 })).Status.ShouldBe(404);
        (await app.Boss.PutAsync(path, new { value = 1, set_by = Guid.CreateVersion7() })).Status.ShouldBe(400);
        await Task.WhenAll(Enumerable.Range(2, 8).Select(value => app.Boss.PutAsync(path, new { value })));
        (await app.SqlAsync("SELECT count(*) FROM analytics.targets WHERE scope_id = $1 AND figure = 'no_show_rate' AND ended_at IS NULL", app.Clinic)).ShouldBe(1L);
        (await app.Boss.DeleteAsync(path)).Status.ShouldBe(204);
        (await app.Boss.DeleteAsync(path)).Status.ShouldBe(404);
    }

    [Fact]
    public async Task Revenue_adds_up_by_day_kind_and_method_to_what_the_ledger_says()
    {
        await app.RefreshAsync();
        foreach (var (who, query) in new[] { (app.Admin, ""), (app.Boss, ""), (app.Doctor, ""), (app.Admin, $"&clinic={app.Elsewhere}") })
        {
            foreach (var interval in new[] { "day", "week", "month" })
            {
                var seen = (await who.GetAsync($"/api/analytics/revenue/?interval={interval}{query}")).Data;
                var total = seen.GetProperty("totals")[0];
                foreach (var name in new[] { "payments", "captured", "refunded", "net", "taxes", "platform_share", "clinic_share", "doctor_share" })
                {
                    var sum = total.GetProperty(name).GetInt64();
                    foreach (var parts in new[] { "pieces", "by_kind", "by_method" })
                    {
                        seen.GetProperty(parts).EnumerateArray().Sum(p => p.GetProperty("sums")[0].GetProperty(name).GetInt64()).ShouldBe(sum, $"{name} of {parts}");
                    }
                }

                total.GetProperty("net").GetInt64().ShouldBe(new[] { "taxes", "platform_share", "clinic_share", "doctor_share" }.Sum(n => total.GetProperty(n).GetInt64()));
            }
        }

        (await app.Doctor.GetAsync("/api/analytics/revenue/")).Data.GetProperty("totals")[0].GetProperty("doctor_share").GetInt64()
            .ShouldBe(Convert.ToInt64(await app.SqlAsync("SELECT sum(credit - debit) FROM payments.entries WHERE account = $1", $"doctor:{app.Doctor.DoctorId}"), null));
    }

    [Fact]
    public async Task Who_registered_and_who_was_here_is_counted_once_a_day()
    {
        using var patient = await app.PatientAsync();
        using var again = await app.SignInAsync(patient.UserName);
        await app.RefreshAsync();

        var seen = (await app.Admin.GetAsync($"/api/analytics/users/?start_date={app.Today.Text()}")).Data;
        var today = seen.GetProperty("days").EnumerateArray().Single();

        today.GetProperty("registered_patients").GetInt64().ShouldBe(await app.SqlAsync("SELECT count(*) FROM accounts.accounts WHERE roles = ARRAY['patient']"));
        today.GetProperty("registered_doctors").GetInt64().ShouldBe(await app.SqlAsync("SELECT count(*) FROM accounts.accounts WHERE 'doctor' = ANY (roles)"));
        today.GetProperty("active_in30_days").GetInt64().ShouldBe(await app.SqlAsync("SELECT count(DISTINCT account_id) FROM accounts.sessions"));
        (today.GetProperty("active_patients").GetInt64() + today.GetProperty("active_doctors").GetInt64() + today.GetProperty("active_staff").GetInt64())
            .ShouldBe(today.GetProperty("active_in7_days").GetInt64());
    }

    [Fact]
    public async Task Places_of_fewer_than_five_patients_are_not_shown_nor_can_they_be_told_from_the_rest()
    {
        for (var n = 0; n < 17; n++)
        {
            using var patient = await app.PatientAsync();
            await app.SqlAsync("UPDATE patients.patients SET country = 'GH', city = $2 WHERE id = $1", patient.PatientId, n < 9 ? "accra " : n < 14 ? "Kumasi" : "Tamale");
        }

        var cities = (await app.Admin.GetAsync("/api/analytics/geography/")).Data.GetProperty("places").EnumerateArray().Where(p => p.GetProperty("country").GetString() == "GH").ToList();
        var countries = (await app.Admin.GetAsync("/api/analytics/geography/?level=country")).Data.GetProperty("places").EnumerateArray().ToList();

        // Tamale's three are fewer than five; with all of Kumasi shown, the country's figure would tell them.
        cities.Select(c => (c.GetProperty("city").GetString(), c.GetProperty("patients").GetInt64())).ShouldBe([("Accra", 9L)]);
        countries.Single(c => c.GetProperty("country").GetString() == "GH").GetProperty("patients").GetInt64().ShouldBe(17);
        ShowGeography.Shown([new("NG", "A", 7, 0), new("NG", "B", 3, 0), new("NG", "C", 4, 0), new("GH", "A", 2, 0)]).Select(p => p.City).ShouldBe(["A"]);
        (await app.Admin.GetAsync("/api/analytics/geography/?level=street")).Status.ShouldBe(400);
    }

    [Fact]
    public async Task Figures_say_what_they_are_and_how_fresh_they_are()
    {
        await app.RefreshAsync();
        var before = app.Now;
        await app.RefreshAsync();
        var dashboard = (await app.Admin.GetAsync("/api/analytics/dashboard/")).Data;

        dashboard.GetProperty("as_of").GetDateTimeOffset().ShouldBeGreaterThanOrEqualTo(before.AddMilliseconds(-1));
        dashboard.GetProperty("figures").EnumerateArray().ShouldAllBe(f => f.GetProperty("definition").GetString()!.Length > 15);
        (await app.Boss.GetAsync("/api/analytics/figures/")).Rows.Count().ShouldBe(dashboard.GetProperty("figures").GetArrayLength());
    }

    private static long BookedOf(System.Text.Json.JsonElement dashboard) =>
        dashboard.GetProperty("figures").EnumerateArray().Single(f => f.GetProperty("name").GetString() == "booked").GetProperty("value").GetInt64();
}
