using System.Globalization;
using Careline.Hours.Contracts;
using Careline.Platform.Time;
using Careline.Tests.Support;

namespace Careline.Tests.Scheduling;

public sealed class BookSeriesTests(SharedApp app) : IClassFixture<SharedApp>
{
    [Theory]
    [InlineData("2027-03-07T14:00Z", "America/New_York", Frequency.Weekly, "2027-03-07 09:00, 2027-03-14 09:00, 2027-03-21 09:00")]
    [InlineData("2027-03-07T07:30Z", "America/New_York", Frequency.Weekly, "2027-03-07 02:30, 2027-03-14 skipped, 2027-03-21 02:30")]
    [InlineData("2027-10-18T08:00Z", "Europe/London", Frequency.Biweekly, "2027-10-18 09:00, 2027-11-01 09:00, 2027-11-15 09:00")]
    [InlineData("2028-01-31T09:00Z", "UTC", Frequency.Monthly, "2028-01-31 09:00, 2028-02-29 09:00, 2028-03-31 09:00")]
    public void Visits_come_again_at_the_same_wall_clock_time(string first, string zone, Frequency frequency, string expected)
    {
        var visits = Recurrence.Of(DateTimeOffset.Parse(first, CultureInfo.InvariantCulture), zone, frequency, 3);

        string.Join(", ", visits.Select(v => $"{v.Day.Text()} {(v.Start is { } at ? ZonedTimes.ToLocal(at, zone).Time.ToString("HH:mm", CultureInfo.InvariantCulture) : "skipped")}"))
            .ShouldBe(expected);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Recurring_series_is_refused_or_partially_offered_when_a_later_occurrence_conflicts(bool keepsHours)
    {
        using var doctor = await app.BookableDoctorAsync();
        using var patient = await app.PatientAsync();
        using var other = await app.PatientAsync();
        for (var week = 0; week < 3; week++)
        {
            await doctor.OfferAsync(app.Day(30 + (7 * week)), 2);
        }

        if (keepsHours)
        {
            await doctor.KeepHoursAsync(doctor.DoctorId, new { rules = Array.Empty<object>() });
        }

        await other.BookedAsync((await app.TimesAsync(doctor.DoctorId, app.Day(37)))[0]);
        object Body(string onConflict) => new { doctor_id = doctor.DoctorId, start = Nine(30), frequency = "weekly", count = 4, on_conflict = onConflict };

        var refused = await patient.PostAsync("/api/appointments/series/", Body("refuse"));
        refused.ErrorCode.ShouldBe("SERIES_CONFLICT");
        refused.ErrorDetails.GetProperty("conflicts").EnumerateArray().Select(c => $"{c.GetProperty("date")} {c.GetProperty("reason")}")
            .ShouldBe([$"{app.Day(37).Text()} taken", $"{app.Day(51).Text()} outside_availability"]);
        (await patient.GetAsync("/api/appointments/")).Total.ShouldBe(0);

        var offered = await patient.PostAsync("/api/appointments/series/", Body("offer"));
        offered.Status.ShouldBe(201, offered.Text);
        offered.Data.GetProperty("booked").EnumerateArray().Select(a => a.GetProperty("date").GetString()).ShouldBe([app.Day(30).Text(), app.Day(44).Text()]);
        offered.Data.GetProperty("conflicts").GetArrayLength().ShouldBe(2);
        (await patient.GetAsync("/api/appointments/")).Total.ShouldBe(2);
        (await patient.PostAsync("/api/appointments/series/", Body("offer"))).ErrorCode.ShouldBe("SERIES_CONFLICT");
    }

    [Fact]
    public async Task Series_of_many_patients_at_once_never_share_a_time()
    {
        using var doctor = await app.BookableDoctorAsync();
        await doctor.KeepHoursAsync(doctor.DoctorId);
        var patients = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => app.PatientAsync()));

        var replies = await Task.WhenAll(patients.Select((p, i) => i % 2 == 0
            ? p.PostAsync("/api/appointments/series/", new { doctor_id = doctor.DoctorId, start = Nine(30), frequency = "weekly", count = 4 })
            : p.PostAsync("/api/appointments/", new { doctor_id = doctor.DoctorId, start = Nine(30 + (7 * (i / 2))) })));

        replies.Where(r => r.Status >= 300).ShouldAllBe(r => r.Status == 409);
        (await app.SqlAsync("SELECT count(*) FROM scheduling.appointments WHERE doctor_id = $1 GROUP BY doctor_id HAVING count(*) = count(DISTINCT starts_at)", doctor.DoctorId))
            .ShouldNotBeNull();
    }

    [Fact]
    public async Task Where_the_practice_agrees_to_each_visit_a_series_is_asked_for_one_by_one()
    {
        using var doctor = await app.BookableDoctorAsync();
        using var patient = await app.PatientAsync();
        await doctor.KeepHoursAsync(doctor.DoctorId, new { booking_policy = "approval" });

        (await patient.PostAsync("/api/appointments/series/", new { doctor_id = doctor.DoctorId, start = Nine(30), frequency = "weekly", count = 2 })).ErrorCode
            .ShouldBe("APPROVAL_REQUIRED");
        (await patient.PostAsync("/api/appointments/series/", new { doctor_id = doctor.DoctorId, start = Nine(30), frequency = "daily", count = 2 })).Status.ShouldBe(400);
        (await patient.PostAsync("/api/appointments/series/", new { doctor_id = doctor.DoctorId, start = Nine(30), frequency = "weekly", count = 53 })).Status.ShouldBe(400);
        (await patient.PostAsync("/api/appointments/series/", new { doctor_id = doctor.DoctorId, start = "2001-01-01T09:00:00Z", frequency = "weekly", count = 2 })).Status.ShouldBe(400);
    }

    private DateTime Nine(int ahead) => app.Day(ahead).ToDateTime(new TimeOnly(9, 0), DateTimeKind.Utc);
}
