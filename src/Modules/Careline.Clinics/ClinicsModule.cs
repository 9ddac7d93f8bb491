using Careline.Platform.Data;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Careline.Clinics;

/// <summary>Clinics and who works there.</summary>
public static class ClinicsModule
{
    /// <summary>Registers the module.</summary>
    public static IServiceCollection AddClinics(this IServiceCollection services)
    {
        services.AddModule("Clinics", 4, typeof(ClinicsModule).Assembly);
        services.AddValidation();
        return services;
    }

    /// <summary>Maps the module's routes.</summary>
    public static IEndpointRouteBuilder MapClinics(this IEndpointRouteBuilder app) => app;
}
