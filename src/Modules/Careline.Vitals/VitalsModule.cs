using Careline.Platform.Data;
using Careline.Platform.Privacy;
using Careline.Vitals.Contracts;
using Careline.Vitals.Observations;
using Careline.Vitals.Privacy;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Careline.Vitals;

/// <summary>What is measured of a patient, and the early-warning scores that follow from it.</summary>
public static class VitalsModule
{
    /// <summary>Registers the module.</summary>
    public static IServiceCollection AddVitals(this IServiceCollection services)
    {
        services.AddModule("Vitals", 7, typeof(VitalsModule).Assembly);
        services.AddValidation();
        services.AddScoped<IVitals, VitalSigns>();
        services.AddScoped<IPersonalRecords, VitalRecords>();
        return services;
    }

    /// <summary>The module has no routes yet: vital signs are recorded and read through the visit they belong to.</summary>
    public static IEndpointRouteBuilder MapVitals(this IEndpointRouteBuilder app) => app;
}
