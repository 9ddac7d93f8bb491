using Careline.Analytics.Exports;
using Careline.Platform.Jobs;

namespace Careline.Analytics.Reports;

/// <summary>Reports and exports, as the module has them.</summary>
internal static class ReportRoutes
{
    public static void AddReports(this IServiceCollection services)
    {
        services.AddOptions<AnalyticsOptions>().BindConfiguration("Analytics")
            .Validate(options => options.ExportHours is >= 1 and <= 720, "Analytics__ExportHours is between 1 and 720.")
            .Validate(options => options.ReportSeconds is >= 1 and <= 30, "Analytics__ReportSeconds is between 1 and 30.")
            .Validate(options => options.Address is null || Uri.TryCreate(options.Address, UriKind.Absolute, out _), "Analytics__Address must be an address such as https://careline.clinic.example.")
            .ValidateOnStart();
        services.AddSingleton<ReportRunner>();
        services.AddSingleton<ExportSource>();
        services.AddSingleton<ExportBell>();
        services.AddScoped<ExportWork>();
        services.AddSingleton<ExportWorker>();
        services.AddHostedService(provider => provider.GetRequiredService<ExportWorker>());
        services.AddSingleton<IRecurringJob, SendScheduledReports>();
        services.AddSingleton<IRecurringJob, ExpireExports>();
        services.AddConstraintMeaning("report_schedules_one", () => new RuleViolation("SCHEDULE_CHANGED", "The schedule was set at the same moment. Read it again."));
    }

    public static void MapReports(this IEndpointRouteBuilder app)
    {
        var reports = app.MapApi("/api/analytics/reports", "Reports");
        reports.LimitedAsAnalytics();
        ManageReports.Map(reports);
        RunReport.Map(reports);
        ShowVocabulary.Map(reports);
        ScheduleReport.Map(reports);
        var exports = app.MapApi("/api/analytics/exports", "Reports");
        exports.LimitedAsAnalytics();
        ManageExports.Map(exports);
    }
}
