using Careline.Prescriptions.Contracts;
using Careline.Prescriptions.Intake;
using Careline.Tests.Scheduling;
using Careline.Tests.Support;

namespace Careline.Tests.Prescriptions;

public sealed class DoseReminderTests(TestApp app) : IClassFixture<TestApp>
{
    private static readonly object _folate = new { medication_name = "Folic acid", strength = "5 mg", dosage = "5 mg", frequency = "thrice_daily", quantity = 90, duration_days = 30 };

    [Theory]
    [InlineData("500 mg", "once_daily", null, "Morning")]
    [InlineData("500 mg", "at night", null, "Night")]
    [InlineData("500 mg", "once_daily", IntakeTiming.Bedtime, "Night")]
    [InlineData("500 mg", "once_daily", IntakeTiming.AfterLunch, "Noon")]
    [InlineData("500 mg", "every evening", null, "Evening")]
    [InlineData("500 mg", "twice_daily", null, "Morning Evening")]
    [InlineData("500 mg", "tds", null, "Morning Noon Evening")]
    [InlineData("500 mg", "every 6 hours", null, "Morning Noon Evening Night")]
    [InlineData("1-0-1", "twice_daily", null, "Morning Evening")]
    [InlineData("0-0-½", "daily", null, "Evening")]
    [InlineData("1-1-1-1", "daily", null, "Morning Noon Evening Night")]
    [InlineData("500 mg", "sos", null, "")]
    [InlineData("500 mg", "as needed, at most 4 a day", null, "")]
    [InlineData("500 mg", "stat", null, "")]
    [InlineData("1-0-0", "once weekly", null, "")]
    [InlineData("1-0-1", "sos", null, "")]
    [InlineData("500 mg", "up to 4 times a day", null, "")]
    [InlineData("500 mg", "max 3/day", null, "")]
    [InlineData("1-0-1", "when the moon is full", null, "")]
    [InlineData("1 tablet", "1-0-1", null, "Morning Evening")]
    [InlineData("500 mg", "weekly", null, "")]
    [InlineData("500 mg", "five times a day", null, "")]
    [InlineData("500 mg", "when the moon is full", null, "")]
    [InlineData("10-20 mg", "once_daily", null, "Morning")]
    public void The_times_of_a_day_are_those_that_the_prescription_says_and_no_others(string dosage, string frequency, IntakeTiming? timing, string times) =>
        string.Join(' ', DosePlan.TimesOf(dosage, frequency, timing)).ShouldBe(times);

    [Fact]
    public async Task Who_wants_it_is_reminded_once_for_all_that_is_due_and_says_what_was_taken()
    {
        using var ward = await app.WardAsync();
        await ward.SignedAsync(_folate, new { medication_name = "Zinc drops of grandmother", dosage = "1-1-1", frequency = "daily" });
        (await ward.Patient.GetAsync("/api/prescriptions/reminders/settings/")).Data.GetProperty("is_on").GetBoolean().ShouldBeFalse();
        (await ward.Patient.PutAsync("/api/prescriptions/reminders/settings/", new { is_on = true, time_zone = "Nowhere/City" })).Status.ShouldBe(400);
        var soon = app.Now.AddMinutes(5);
        (await ward.Patient.PutAsync("/api/prescriptions/reminders/settings/", new { is_on = true, time_zone = "UTC", noon = $"{soon:HH:mm}:00", morning = $"{soon.AddHours(1):HH:mm}:00", evening = $"{soon.AddHours(2):HH:mm}:00" })).Status.ShouldBe(200);
        await app.RunJobAsync("prescriptions.plan-doses");
        await app.RunJobAsync("prescriptions.plan-doses");
        var first = (await ward.Patient.GetAsync("/api/prescriptions/reminders/?status=planned")).Rows.Last();
        var early = (await ward.Patient.GetAsync("/api/prescriptions/reminders/?status=planned")).Rows.Reverse().Skip(1).First();
        (await ward.Patient.PostAsync($"/api/prescriptions/reminders/{early.GetProperty("id").GetGuid()}/taken/")).Word("status").ShouldBe("taken");
        await app.SqlAsync("UPDATE prescriptions.reminder_settings SET planned_until = NULL WHERE patient_id = $1", ward.Patient.PatientId);
        await app.RunJobAsync("prescriptions.plan-doses");

        (await app.Anonymous.PostAsync("/dev/clock/", new { advance_seconds = 6 * 60 })).Status.ShouldBe(200);
        await app.RunJobAsync("prescriptions.remind-of-doses");
        await app.RunJobAsync("prescriptions.remind-of-doses");

        (await ward.Patient.GetAsync("/api/notifications/?mark_read=false")).Rows.Count(n => n.GetProperty("title").GetString() == "It is time for your medicines").ShouldBe(1);
        (await ward.Patient.GetAsync("/api/notifications/?mark_read=false")).Text.ShouldNotContain("Folic");
        var told = (await ward.Patient.GetAsync("/api/prescriptions/reminders/?status=told")).Rows.ToList();

        // Moved to a later hour it is still the dose of this noon, which was told.
        (await ward.Patient.PutAsync("/api/prescriptions/reminders/settings/", new { is_on = true, noon = $"{soon.AddMinutes(20):HH:mm}:00" })).Status.ShouldBe(200);
        await app.RunJobAsync("prescriptions.plan-doses");
        (await app.SqlAsync("SELECT count(*) FROM prescriptions.doses WHERE patient_id = $1 AND day_time = 'noon' AND day = (SELECT min(day) FROM prescriptions.doses WHERE patient_id = $1 AND status = 'told') AND status = 'planned'", ward.Patient.PatientId)).ShouldBe(0L);
        told.Select(d => d.GetProperty("due_at").GetString()).Distinct().ShouldBe([first.GetProperty("due_at").GetString()]);
        var skipped = await ward.Patient.PostAsync($"/api/prescriptions/reminders/{told[0].GetProperty("id").GetGuid()}/skipped/", new { reason = "Nausea" });
        skipped.Word("status").ShouldBe("skipped");
        (await ward.Doctor.GetAsync($"/api/prescriptions/reminders/?patient={ward.Patient.PatientId}&status=skipped")).Rows.Single().GetProperty("reason").GetString().ShouldBe("Nausea");
        (await ward.Doctor.PostAsync($"/api/prescriptions/reminders/{told[0].GetProperty("id").GetGuid()}/taken/")).Status.ShouldBe(403);
        (await ward.Patient.PutAsync("/api/prescriptions/reminders/settings/", new { is_on = false })).Status.ShouldBe(200);
        (await ward.Patient.GetAsync("/api/prescriptions/reminders/?status=planned")).Total.ShouldBe(0);
    }

    [Fact]
    public async Task What_was_stopped_is_not_reminded_of_and_the_schedule_shows_what_is_taken()
    {
        using var ward = await app.WardAsync();
        var sheet = await ward.SignedAsync(_folate);
        var soon = app.Now.AddMinutes(5);
        (await ward.Patient.PutAsync("/api/prescriptions/reminders/settings/", new { is_on = true, time_zone = "UTC", morning = $"{soon:HH:mm}:00" })).Status.ShouldBe(200);
        await app.RunJobAsync("prescriptions.plan-doses");
        (await ward.Patient.GetAsync("/api/prescriptions/schedule/")).Data[0].GetProperty("times").EnumerateArray().Select(t => t.GetString()).ShouldBe(["morning", "noon", "evening"]);

        (await ward.Doctor.PostAsync($"/api/prescriptions/{sheet.Id}/cancel/", new { reason = "Rash" })).Status.ShouldBe(200);
        (await app.Anonymous.PostAsync("/dev/clock/", new { advance_seconds = 6 * 60 })).Status.ShouldBe(200);
        await app.RunJobAsync("prescriptions.remind-of-doses");

        (await ward.Patient.GetAsync("/api/notifications/?mark_read=false")).Text.ShouldNotContain("time for your medicines");
        (await ward.Patient.GetAsync("/api/prescriptions/schedule/")).Data.GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task A_medicine_that_is_taken_for_long_is_told_to_run_out_once()
    {
        using var ward = await app.WardAsync();
        await ward.SignedAsync(_folate);
        await app.RunJobAsync("prescriptions.tell-running-out");
        (await ward.Patient.GetAsync("/api/notifications/?mark_read=false")).Text.ShouldNotContain("runs out");

        await app.SqlAsync("UPDATE prescriptions.prescription_lines SET runs_out_at = $1 WHERE prescription_id IN (SELECT id FROM prescriptions.prescriptions WHERE patient_id = $2)", app.Now.AddDays(2), ward.Patient.PatientId);
        await app.RunJobAsync("prescriptions.tell-running-out");
        await app.RunJobAsync("prescriptions.tell-running-out");

        (await ward.Patient.GetAsync("/api/notifications/?mark_read=false")).Rows.Count(n => n.GetProperty("title").GetString() == "A medicine runs out soon").ShouldBe(1);
    }

    [Fact]
    public async Task Figures_count_what_was_signed_and_what_was_overridden()
    {
        using var ward = await app.WardAsync();
        await ward.SignedAsync(_folate);
        var harmful = await ward.WriteAsync(
            new { medication_name = "Warfarin", strength = "5 mg", dosage = "5 mg", frequency = "once_daily" }, new { medication_name = "Ibuprofen", strength = "400 mg", dosage = "400 mg", frequency = "thrice_daily" });
        await ward.OverrideAllAsync(harmful.Id, "Short course");
        (await ward.Doctor.PostAsync($"/api/prescriptions/{harmful.Id}/sign/")).Status.ShouldBe(200);

        var own = await ward.Doctor.GetAsync("/api/prescriptions/analytics/");

        own.Data.GetProperty("signed").GetInt32().ShouldBe(2);
        own.Data.GetProperty("by_status").GetProperty("active").GetInt32().ShouldBe(2);
        own.Data.GetProperty("lines").GetInt32().ShouldBe(3);
        own.Data.GetProperty("overrides").EnumerateArray().ShouldNotBeEmpty();

        // Fewer than five patients take it.
        own.Data.GetProperty("medicines").GetArrayLength().ShouldBe(0);
        for (var i = 0; i < 4; i++)
        {
            using var another = await app.PatientAsync();
            await another.BookedAsync((await ward.Doctor.OfferAsync(app.Day(20 + i), 1))[0]);
            await new Ward(ward.Doctor, another).SignedAsync(_folate);
            if (i == 3)
            {
                (await ward.Doctor.GetAsync("/api/prescriptions/analytics/")).Data.GetProperty("medicines")[0].GetProperty("patients").GetInt32().ShouldBe(5);
            }
        }

        (await ward.Doctor.GetAsync("/api/prescriptions/analytics/?date_from=2026-02-01&date_to=2026-01-01")).Status.ShouldBe(400);
    }
}
