using Careline.Tests.Support;

namespace Careline.Tests.Audit;

public sealed class ExportEventsTests(TestApp app) : IClassFixture<TestApp>
{
    [Fact]
    public async Task The_export_holds_what_was_asked_for_and_no_formula()
    {
        using var patient = await app.PatientAsync("=cmd|' /C calc'!A0");
        using var admin = await app.AdminAsync();
        await patient.GetAsync("/api/patients/me/");
        await patient.GetAsync("/api/patients/me/");

        var reply = await admin.GetAsync($"/api/audit/export/?actor={patient.UserId}&action=GetOwnPatientRecord");

        reply.Status.ShouldBe(200);
        var lines = reply.Text.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        lines.Length.ShouldBe(3);
        lines[0].ShouldStartWith("at,actor_id,actor_name");
        lines[1].Split(',')[2].ShouldStartWith("'=cmd|");
        lines[1].Split(',')[7].ShouldBe(patient.PatientId.ToString());
        (await admin.GetAsync($"/api/audit/?actor={admin.UserId}&action=ExportAuditEvents")).Rows.Count().ShouldBe(1);
    }

    [Fact]
    public async Task An_export_of_more_than_one_piece_is_complete()
    {
        using var admin = await app.AdminAsync();
        await app.SqlAsync(
            """
            INSERT INTO audit.events (id, at, roles, action, patient_ids, purpose, outcome, fields, request_id)
            SELECT gen_random_uuid(), $1::timestamptz - (n % 7) * interval '1 second', '{}', 'Piece', '{}', 'operations', 'success', '{}', n::text
            FROM generate_series(1, 2500) AS n
            """,
            app.Now.AddMinutes(-5));

        var lines = (await admin.GetAsync("/api/audit/export/?action=Piece")).Text.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);

        lines.Skip(1).Select(line => line.Split(',')[^1]).Distinct().Count().ShouldBe(2500);
    }
}
