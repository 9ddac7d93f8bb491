using Careline.Accounts.Contracts;
using Careline.Doctors.Contracts;
using Careline.Doctors.Doctors;
using Careline.Doctors.Listing;
using Careline.Doctors.Privacy;
using Careline.Doctors.Qualifications;
using Careline.Doctors.Specializations;
using Careline.Platform.Data;
using Careline.Platform.Privacy;
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
        services.AddSingleton<BestOfSpecialty>();
        services.AddConstraintMeaning(
            "doctors_license", () => new RuleViolation("LICENSE_TAKEN", "A doctor with this licence number is already registered."));
        services.AddConstraintMeaning(
            "specialization_terms_pk", () => new RuleViolation("SPECIALIZATION_TERM_TAKEN", "Another specialty already has this name, slug or alias."));
        services.AddConstraintMeaning(
            "doctor_specializations_specialization", () => new RuleViolation("SPECIALIZATION_IN_USE", "Doctors are listed under this specialty."));
        services.AddScoped<IPersonalRecords, DoctorRecords>();
        return services;
    }

    /// <summary>Maps the module's routes.</summary>
    public static void MapDoctors(this IEndpointRouteBuilder app)
    {
        var doctors = app.MapApi("/api/doctors", "Doctors");
        ListDoctors.Map(doctors);
        GetDoctor.Map(doctors);
        ChangeOwnProfile.Map(doctors);
        VerifyDoctor.Map(doctors);
        ManageQualifications.Map(doctors);
        ManageSpecializations.Map(app.MapApi("/api/specializations", "Doctors"));
    }
}
