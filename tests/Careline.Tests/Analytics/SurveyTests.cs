using Careline.Analytics.Satisfaction;
using Careline.Scheduling.Contracts;
using Careline.Tests.Scheduling;
using Careline.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Careline.Tests.Analytics;

/// <summary>How was your visit?</summary>
public sealed class SurveyTests(SharedApp app) : IClassFixture<SharedApp>
{
    private const string Path = "/api/analytics/satisfaction/surveys/";

    [Fact]
    public async Task A_patient_is_asked_once_after_a_visit_and_answers_once()
    {
        using var doctor = await app.BookableDoctorAsync();
        using var patient = await app.PatientAsync();
        using var other = await app.PatientAsync();
        var visit = await CompletedAsync(doctor, patient);

        var question = (await patient.GetAsync(Path + "?open=true")).Rows.Single();
        question.GetProperty("id").GetGuid().ShouldBe(visit);
        (await app.InboxAsync($"{patient.UserName}@example.test")).Count(m => m.Contains("how your visit was", StringComparison.Ordinal)).ShouldBe(1);
        (await other.PostAsync($"{Path}{visit}/", new { rating = 1 })).Status.ShouldBe(404);
        (await doctor.PostAsync($"{Path}{visit}/", new { rating = 5 })).Status.ShouldBe(403);
        (await patient.PostAsync($"{Path}{visit}/", new { rating = 6 })).Status.ShouldBe(400);
        (await patient.PostAsync($"{Path}{visit}/", new { rating = 5, recommends = 11 })).Status.ShouldBe(400);
        (await patient.PostAsync($"{Path}{visit}/", new { rating = 5, answered_at = "2020-01-01T00:00:00Z" })).Status.ShouldBe(400);

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(n => patient.PostAsync($"{Path}{visit}/", new { rating = 1 + (n % 5), recommends = 9 })));

        answers.Count(a => a.Status == 200).ShouldBe(1);
        answers.Where(a => a.Status != 200).ShouldAllBe(a => a.ErrorCode == "ALREADY_ANSWERED");
        (await patient.GetAsync(Path + "?open=true")).Total.ShouldBe(0);
        (await patient.GetAsync(Path)).Rows.Single().GetProperty("recommends").GetInt32().ShouldBe(9);
        (await other.GetAsync(Path)).Total.ShouldBe(0);
    }

    [Fact]
    public async Task What_fewer_than_five_patients_said_is_not_shown_to_anybody()
    {
        using var doctor = await app.BookableDoctorAsync();
        using var admin = await app.AdminAsync();
        for (var n = 1; n <= 5; n++)
        {
            using var patient = await app.PatientAsync();
            var visit = await CompletedAsync(doctor, patient, n);
            (await patient.PostAsync($"{Path}{visit}/", new { rating = n == 1 ? 2 : 5, recommends = n == 1 ? 0 : 10 })).Status.ShouldBe(200);
            foreach (var reader in new[] { doctor, admin })
            {
                var seen = (await reader.GetAsync($"/api/analytics/satisfaction/?doctor={doctor.DoctorId}")).Data.GetProperty("total");
                seen.GetProperty("answered").GetInt32().ShouldBe(n);
                seen.GetProperty("csat").ToString().ShouldBe(n < 5 ? "" : "80");
                seen.GetProperty("average_rating").ToString().ShouldBe(n < 5 ? "" : "4.4");
                seen.GetProperty("nps").ToString().ShouldBe(n < 5 ? "" : "60");
            }
        }
    }

    [Fact]
    public async Task It_is_too_late_after_fourteen_days()
    {
        using var doctor = await app.BookableDoctorAsync();
        using var patient = await app.PatientAsync();
        var visit = await CompletedAsync(doctor, patient);
        await app.SqlAsync("UPDATE analytics.surveys SET expires_at = $2 WHERE id = $1", visit, app.Now);

        (await patient.PostAsync($"{Path}{visit}/", new { rating = 3 })).ErrorCode.ShouldBe("SURVEY_CLOSED");
        (await patient.GetAsync(Path + "?open=false")).Total.ShouldBe(1);
    }

    private async Task<Guid> CompletedAsync(Person doctor, Person patient, int ahead = 0)
    {
        var visit = await patient.BookedAsync((await doctor.OfferAsync(app.Day(30 + ahead), 1))[0]);
        foreach (var move in new[] { "start", "complete" })
        {
            var reply = await doctor.MoveAsync(visit, move);
            reply.Status.ShouldBe(200, reply.Text);
        }

        await app.DeliverEventsAsync();

        // As of a host that died before it said that it was done.
        await using var scope = app.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<OnAppointmentCompleted>().HandleAsync(new AppointmentCompleted(visit), CancellationToken.None);
        return visit;
    }
}
