namespace Careline.Tests.Contract;

internal static class FigureRows
{
    /// <summary>What the documented interface promises of figures, in the columns of <see cref="PeopleRows"/>.</summary>
    public const string Reviewed =
        """
        GET /api/analytics/dashboard/ | - | admin | - | 200 object scope=platform start_date end_date as_of figures money modalities days
        GET /api/analytics/dashboard/ | - | doctor | - | 200 object scope=doctor doctor_id figures
        GET /api/analytics/dashboard/ | - | patient | - | 403 refusal error.code=PERMISSION_DENIED
        GET /api/analytics/users/ | - | admin | - | 200 object registered previously_registered growth_percent days
        GET /api/analytics/revenue/ | - | admin | - | 200 object totals previous by_kind by_method pieces
        GET /api/analytics/geography/ | - | admin | - | 200 object places fewest_patients
        GET /api/analytics/satisfaction/ | - | admin | - | 200 object total.answered total.csat total.nps months
        GET /api/doctors/{id}/analytics/ | - | doctor | - | 200 object figures.scope=doctor next_free_at rating review_count
        """;

    /// <summary>What no document promises, and what it is.</summary>
    public const string Extras =
        """
        GET /api/analytics/figures/ | what figures mean
        GET /api/analytics/satisfaction/surveys/ | the question after a visit
        POST /api/analytics/satisfaction/surveys/{id}/ | the question after a visit
        GET /api/analytics/performance/doctors/ | doctors beside each other
        GET /api/analytics/performance/clinics/ | clinics beside each other
        GET /api/analytics/kpis/ | figures beside their targets
        PUT,DELETE /api/analytics/kpis/{figure}/target/ | figures beside their targets
        GET /api/analytics/kpis/{figure}/target/history/ | figures beside their targets
        POST /api/analytics/rebuild/ | counting figures anew
        GET /api/eclinic/clinics/{id}/analytics/ | a clinic's figures
        """;
}
