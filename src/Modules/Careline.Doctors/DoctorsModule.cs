using Careline.Accounts.Contracts;
using Careline.Doctors.Contracts;
using Careline.Doctors.Doctors;
using Careline.Doctors.Listing;
using Careline.Platform.Data;
using Careline.Platform.Web;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Careline.Doctors;

/// <summary>Doctors: their profiles, licences and specialties, and how patients find them.</summary>
public static class DoctorsModule
{
    /// <summary>Registers the module.</summary>
    public static IServiceCollection AddDoctors(this IServiceCollection services)
    {
        services.AddModule("Doctors", 5, typeof(DoctorsModule).Assembly);
        services.AddValidation();
        services.AddScoped<IRoleProfile, DoctorProfile>();
        services.AddScoped<IDoctorListing, DoctorListing>();
        services.AddConstraintMeaning(
            "doctors_license", () => new RuleViolation("LICENSE_TAKEN", "A doctor with this licence number is already registered."));
        return services;
    }

    /// <summary>Maps the module's routes.</summary>
    public static IEndpointRouteBuilder MapDoctors(this IEndpointRouteBuilder app) => app;
}
