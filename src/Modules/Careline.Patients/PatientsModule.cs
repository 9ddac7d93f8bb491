using Careline.Accounts.Contracts;
using Careline.Patients.Care;
using Careline.Patients.Clinics;
using Careline.Patients.Contracts;
using Careline.Patients.Patients;
using Careline.Platform.Data;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Careline.Patients;

/// <summary>Patients, their histories, and who cares for whom.</summary>
public static class PatientsModule
{
    /// <summary>Registers the module.</summary>
    public static IServiceCollection AddPatients(this IServiceCollection services)
    {
        services.AddModule("Patients", 5, typeof(PatientsModule).Assembly);
        services.AddValidation();
        services.AddScoped<ICareRelationships, CareRelationships>();
        services.AddScoped<IPatientClinics, PatientClinics>();
        services.AddScoped<IRoleProfile, PatientProfile>();
        return services;
    }

    /// <summary>Maps the module's routes.</summary>
    public static IEndpointRouteBuilder MapPatients(this IEndpointRouteBuilder app) => app;
}
