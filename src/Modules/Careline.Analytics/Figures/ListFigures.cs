namespace Careline.Analytics.Figures;

internal static class ListFigures
{
    public static void Map(RouteGroupBuilder analytics) => analytics.MapGet("/figures/", () => Answer.Ok(FigureCatalogue.All))
        .Named("ListFigures", "Every figure and how it is counted.").ForRoles(Scope.Askers).LimitedAsAnalytics();
}
