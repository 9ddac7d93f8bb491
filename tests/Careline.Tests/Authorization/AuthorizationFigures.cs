using Careline.Tests.Analytics;

namespace Careline.Tests.Authorization;

/// <content>Figures: of one's own work, of one's clinic, of the platform; and the question after a visit.</content>
internal static partial class AuthorizationTable
{
    private const string Figures =
        """


        401  403  403  ok   ok   ok   403  ok   ok   ok   403  ok   ok  | GET /api/analytics/dashboard/
        401  403  403  ok   ok   ok   ok   ok   ok   ok   ok   ok   ok  | GET /api/analytics/figures/
        401  403  403  403  403  403  403  403  403  403  403  ok   ok  | GET /api/analytics/users/
        401  403  403  ok   ok   ok   403  403  ok   ok   403  ok   ok  | GET /api/analytics/revenue/
        401  403  403  403  403  403  403  403  ok   ok   403  ok   ok  | GET /api/analytics/geography/
        401  403  403  ok   ok   ok   403  403  ok   ok   403  ok   ok  | GET /api/analytics/satisfaction/
        401  ok   ok   403  403  403  403  403  403  403  403  403  403 | GET /api/analytics/satisfaction/surveys/
        401  ok   404  403  403  403  403  403  403  403  403  403  403 | POST /api/analytics/satisfaction/surveys/{id:guid}/
        401  403  403  ok   ok   ok   403  403  ok   ok   403  ok   ok  | GET /api/analytics/performance/doctors/
        401  403  403  403  403  403  403  403  403  403  403  ok   ok  | GET /api/analytics/performance/clinics/
        401  403  403  ok   ok   ok   403  ok   ok   ok   403  ok   ok  | GET /api/analytics/kpis/
        401  403  403  403  403  403  403  403  ok   ok   403  ok   ok  | PUT /api/analytics/kpis/{figure}/target/
        401  403  403  403  403  403  403  403  ok   ok   403  ok   ok  | DELETE /api/analytics/kpis/{figure}/target/
        401  403  403  403  403  403  403  403  ok   ok   403  ok   ok  | GET /api/analytics/kpis/{figure}/target/history/
        401  403  403  403  403  403  403  403  403  403  403  ok   ok  | POST /api/analytics/rebuild/
        401  403  403  ok   404  404  404  404  404  ok   404  ok   ok  | GET /api/doctors/{id:guid}/analytics/
        401  403  403  404  404  404  404  ok   404  ok   404  ok   ok  | GET /api/eclinic/clinics/{id:guid}/analytics/
        """;
}

/// <content>The patient was asked how a visit was; targets are set.</content>
public sealed partial class AuthorizationWorld
{
    private int _targets;

    private async Task AskHowItWasAsync()
    {
        await this.AskHowItWasAsync((Guid)_ids[("{id}", "/api/appointments/{id}/start/")]);
        _ids[("{id}", "/api/analytics/satisfaction/surveys/")] = _ids[("{id}", "/api/appointments/{id}/start/")];
        _ids[("{figure}", "/")] = "punctuality";
        _bodies["POST /api/analytics/satisfaction/surveys/{id}/"] = new { rating = 5 };
        _bodies["PUT /api/analytics/kpis/{figure}/target/"] = new { value = 90 };
    }
}
