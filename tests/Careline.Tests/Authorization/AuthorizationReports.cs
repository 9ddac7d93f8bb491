using Careline.Tests.Analytics;

namespace Careline.Tests.Authorization;

/// <content>Reports and exports: whose work is counted, and who keeps what.</content>
internal static partial class AuthorizationTable
{
    private const string Reports =
        """


        401  403  403  ok   ok   ok   ok   ok   ok   ok   ok   ok   ok  | GET /api/analytics/reports/
        401  403  403  ok   ok   ok   403  403  ok   ok   403  ok   ok  | POST /api/analytics/reports/
        401  403  403  ok   ok   ok   ok   ok   ok   ok   ok   ok   ok  | GET /api/analytics/reports/vocabulary/
        401  403  403  ok   ok   ok   403  403  ok   ok   403  ok   ok  | POST /api/analytics/reports/run/
        401  403  403  ok   404  404  404  404  404  404  404  404  404 | GET /api/analytics/reports/{id:guid}/
        401  403  403  ok   404  404  404  404  404  404  404  404  404 | PUT /api/analytics/reports/{id:guid}/
        401  403  403  ok   404  404  404  404  404  404  404  404  404 | PATCH /api/analytics/reports/{id:guid}/
        401  403  403  ok   404  404  404  404  404  404  404  404  404 | DELETE /api/analytics/reports/{id:guid}/
        401  403  403  ok   404  404  404  404  404  404  404  404  404 | POST /api/analytics/reports/{id:guid}/run/
        401  403  403  ok   404  404  404  404  404  404  404  404  404 | GET /api/analytics/reports/{id:guid}/schedule/
        401  403  403  ok   404  404  404  404  404  404  404  404  404 | PUT /api/analytics/reports/{id:guid}/schedule/
        401  403  403  ok   404  404  404  404  404  404  404  404  404 | DELETE /api/analytics/reports/{id:guid}/schedule/
        401  403  403  ok   ok   ok   ok   ok   ok   ok   ok   ok   ok  | GET /api/analytics/exports/
        401  403  403  ok   ok   ok   403  403  ok   ok   403  ok   ok  | POST /api/analytics/exports/
        401  403  403  ok   404  404  404  404  404  404  404  404  404 | GET /api/analytics/exports/{id:guid}/
        401  403  403  ok   404  404  404  404  404  404  404  404  404 | POST /api/analytics/exports/{id:guid}/cancel/
        401  403  403  ok   404  404  404  404  404  404  404  404  404 | POST /api/analytics/exports/{id:guid}/retry/
        401  403  403  ok   404  404  404  404  404  404  404  404  404 | GET /api/analytics/exports/{id:guid}/file/
        """;
}

/// <content>The assigned doctor keeps a report, has it sent, and has a file of it.</content>
public sealed partial class AuthorizationWorld
{
    private async Task KeepReportAsync()
    {
        var export = new { format = "csv", list = new { dataset = "appointments", period = "today" } };
        var report = await ReportAsync();
        _ids[("{id}", "/api/analytics/reports/")] = report;
        _ids[("{id}", "/api/analytics/exports/")] = Made(await Doctor.PostAsync("/api/analytics/exports/", export));
        (await Doctor.PutAsync($"/api/analytics/reports/{report}/schedule/", Visits.Daily)).Status.ShouldBe(200);
        _ids[("{id}", "DELETE /api/analytics/reports/{id}/schedule/")] = await ReportAsync();
        _bodies["POST /api/analytics/reports/"] = _bodies["PUT /api/analytics/reports/{id}/"] = Visits.Report("Figures");
        _bodies["POST /api/analytics/reports/run/"] = new { dataset = "appointments", measures = new[] { "appointments" }, period = "today" };
        _bodies["PUT /api/analytics/reports/{id}/schedule/"] = Visits.Daily;
        _bodies["POST /api/analytics/exports/"] = export;
    }

    private async Task<Guid> ReportAsync() => Made(await Doctor.PostAsync("/api/analytics/reports/", Visits.Report("Figures")));
}
