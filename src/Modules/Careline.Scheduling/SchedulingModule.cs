using Careline.Platform.Data;
using Careline.Platform.Web;
using Careline.Scheduling.Appointments;
using Careline.Scheduling.Contracts;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Careline.Scheduling;

/// <summary>Times that doctors offer, and the appointments that are made of them.</summary>
public static class SchedulingModule
{
    /// <summary>Registers the module.</summary>
    public static IServiceCollection AddScheduling(this IServiceCollection services)
    {
        services.AddModule("Scheduling", 7, typeof(SchedulingModule).Assembly);
        services.AddValidation();
        services.AddOptions<SchedulingOptions>().BindConfiguration("Scheduling").Configure<IConfiguration>((options, settings) =>
            options.AccessAfterVisitDays = settings.GetValue("Patients:AccessAfterVisitDays", options.AccessAfterVisitDays));
        services.AddScoped<AppointmentDesk>();
        services.AddScoped<IAppointments>(provider => provider.GetRequiredService<AppointmentDesk>());
        services.AddConstraintMeaning(
            "time_slots_no_overlap", () => new RuleViolation("SLOT_OVERLAPS", "The doctor already offers a time that overlaps this one."));
        return services;
    }

    /// <summary>Maps the module's routes.</summary>
    public static IEndpointRouteBuilder MapScheduling(this IEndpointRouteBuilder app) => app;
}
