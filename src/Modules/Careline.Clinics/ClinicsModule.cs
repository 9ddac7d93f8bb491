using Careline.Accounts.Contracts;
using Careline.Clinics.Clinics;
using Careline.Clinics.Privacy;
using Careline.Clinics.Staff;
using Careline.Platform.Data;
using Careline.Platform.Privacy;
using Careline.Platform.Web;
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
        services.AddScoped<IClinicStaffing, ClinicStaffing>();
        services.AddConstraintMeaning("staff_account", () => new InvalidInput("account_id", "There is no such account."));
        services.AddConstraintMeaning("staff_once", () => new RuleViolation("ALREADY_STAFF", "This person already has this role at the clinic."));
        services.AddScoped<IPersonalRecords, ClinicRecords>();
        return services;
    }

    /// <summary>Maps the module's routes.</summary>
    public static void MapClinics(this IEndpointRouteBuilder app)
    {
        var clinics = app.MapApi("/api/eclinic/clinics", "Clinics");
        ListClinics.Map(clinics);
        OpenClinic.Map(clinics);
        ChangeClinic.Map(clinics);
        ManageStaff.Map(clinics);
    }
}
