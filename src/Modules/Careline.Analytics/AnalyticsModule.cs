using Careline.Analytics.Dashboard;
using Careline.Analytics.Figures;
using Careline.Analytics.Geography;
using Careline.Analytics.People;
using Careline.Analytics.Performance;
using Careline.Analytics.Privacy;
using Careline.Analytics.Reports;
using Careline.Analytics.Revenue;
using Careline.Analytics.Satisfaction;
using Careline.Analytics.Targets;
using Careline.Platform.Events;
using Careline.Platform.Jobs;
using Careline.Platform.Privacy;
using Careline.Scheduling.Contracts;

namespace Careline.Analytics;

/// <summary>Figures, reports and exports, computed from facts.</summary>
public static class AnalyticsModule
{
    /// <summary>Registers the module.</summary>
    public static IServiceCollection AddAnalytics(this IServiceCollection services)
    {
        services.AddModule("Analytics", 11, typeof(AnalyticsModule).Assembly);
        services.AddValidation();
        services.AddScoped<FigureKeeper>();
        services.AddScoped<Figures.Marks.VisitMarks>();
        services.AddScoped<FigureReader>();
        services.AddScoped<DashboardDesk>();
        services.AddScoped<IPersonalRecords, AnalyticsRecords>();
        services.AddHandlerOfMany<AppointmentBooked, Figures.Marks.OnAppointmentBooked>();
        services.AddHandlerOfMany<AppointmentRescheduled, Figures.Marks.OnAppointmentRescheduled>();
        services.AddHandlerOfMany<AppointmentStarted, Figures.Marks.OnAppointmentStarted>();
        services.AddHandlerOfMany<AppointmentCompleted, Figures.Marks.OnAppointmentCompleted>();
        services.AddHandlerOfMany<AppointmentEnded, Figures.Marks.OnAppointmentEnded>();
        services.AddHandler<AppointmentCompleted, Satisfaction.OnAppointmentCompleted>();
        services.AddSingleton<IRecurringJob, RefreshFigures>();
        services.AddSingleton<IRecurringJob, RecountFigures>();
        services.AddReports();
        return services;
    }

    /// <summary>Maps the module's routes.</summary>
    public static void MapAnalytics(this IEndpointRouteBuilder app)
    {
        var analytics = app.MapApi("/api/analytics", "Analytics");
        ShowDashboard.Map(analytics);
        ListFigures.Map(analytics);
        ShowPeople.Map(analytics);
        ShowRevenue.Map(analytics);
        ShowGeography.Map(analytics);
        ShowSatisfaction.Map(analytics);
        AnswerSurvey.Map(analytics);
        ComparePerformance.Map(analytics);
        ManageTargets.Map(analytics);
        RebuildFigures.Map(analytics);
        ShowPerformance.Map(app);
        app.MapReports();
    }
}
