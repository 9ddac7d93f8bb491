using Careline.Analytics.Figures;

namespace Careline.Analytics.Dashboard;

internal static class ShowDashboard
{
    public static void Map(RouteGroupBuilder analytics) => analytics.MapGet("/dashboard/", Handle)
        .Named("ShowDashboard", "The figures of the platform, a clinic or a doctor for start_date to end_date, thirty days until today unless told; with those of as many days before.")
        .ForRoles(Scope.Askers).WithFilters(["clinic", "doctor", .. Period.Names]).LimitedAsAnalytics();

    private static async Task<Answer<DashboardResponse>> Handle(ListQuery query, Actor actor, CarelineDb db, DashboardDesk desk, CancellationToken ct)
    {
        var (clinic, doctor) = (query.Id("clinic"), query.Id("doctor"));
        var days = Period.Of(query, db);
        return Answer.Ok(await desk.ReadAsync(await Scope.OfAsync(db, actor, clinic, doctor, ct), days, ct));
    }
}
