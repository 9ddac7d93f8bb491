using Careline.Analytics.Reports;
using Careline.Platform.Data;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Careline.Analytics;

/// <summary>Figures, reports and exports, computed from facts.</summary>
public static class AnalyticsModule
{
    /// <summary>Registers the module.</summary>
    public static IServiceCollection AddAnalytics(this IServiceCollection services)
    {
        services.AddModule("Analytics", 11, typeof(AnalyticsModule).Assembly);
        services.AddValidation();
        services.AddReports();
        return services;
    }

    /// <summary>Maps the module's routes.</summary>
    public static void MapAnalytics(this IEndpointRouteBuilder app) => app.MapReports();
}
