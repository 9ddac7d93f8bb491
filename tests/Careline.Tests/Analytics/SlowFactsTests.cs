using Careline.Tests.Support;

namespace Careline.Tests.Analytics;

/// <summary>Reports have a second each.</summary>
public sealed class HastyApp(TestCluster cluster) : TestApp(cluster)
{
    protected override IReadOnlyDictionary<string, string?> Settings { get; } = new Dictionary<string, string?> { ["Analytics:ReportSeconds"] = "1" };
}

public sealed class SlowFactsTests(HastyApp app) : IClassFixture<HastyApp>
{
    [Fact]
    public async Task A_report_that_takes_too_long_is_broken_off_and_says_so()
    {
        using var doctor = await app.DoctorAsync();
        await app.VisitAsync(doctor, (await app.PatientsAsync(1))[0]);
        (await doctor.RunAsync()).Lines().Count.ShouldBe(1);
        await app.SqlAsync(
            """
            CREATE OR REPLACE VIEW scheduling.appointment_facts AS
            SELECT a.id, doctor_id, patient_id, clinic_id, starts_at, ends_at, time_zone, local_date, CASE WHEN pg_sleep(5)::text = '' THEN status ELSE status END AS status, visit_type, modality, urgency,
                fee_amount, fee_currency, created_at, checked_in_at, ready_at, started_at, ended_at, cancelled_at, cancelled_by, number, hidden_at FROM scheduling.appointments a
            """);

        var refused = await doctor.PostAsync("/api/analytics/reports/run/", Visits.Question(null, "completed"));

        (refused.Status, refused.ErrorCode).ShouldBe((409, "REPORT_TOO_SLOW"));
        (await doctor.GetAsync("/api/analytics/reports/")).Status.ShouldBe(200);
    }
}
