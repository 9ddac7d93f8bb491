using Careline.Tests.Platform;

namespace Careline.Tests.Analytics;

public sealed class AnalyticsLimitTests(LimitedApp app) : IClassFixture<LimitedApp>
{
    [Fact]
    public async Task Fifty_questions_a_minute_are_answered_and_other_work_goes_on()
    {
        using var doctor = await app.DoctorAsync(verified: false);
        for (var i = 0; i < 50; i++)
        {
            (await doctor.GetAsync(i % 2 == 0 ? "/api/analytics/reports/vocabulary/" : "/api/analytics/exports/")).Status.ShouldBe(200);
        }

        var refused = await doctor.PostAsync("/api/analytics/reports/run/", Visits.Question());

        (refused.Status, refused.ErrorCode).ShouldBe((429, "RATE_LIMITED"));
        (await doctor.GetAsync("/api/doctors/me/")).Status.ShouldBe(200);
        app.Advance(TimeSpan.FromSeconds(61));
        (await doctor.GetAsync("/api/analytics/exports/")).Status.ShouldBe(200);
    }
}
