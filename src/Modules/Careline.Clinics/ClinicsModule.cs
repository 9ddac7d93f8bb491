using Careline.Accounts.Contracts;
using Careline.Clinics.Clinics;
using Careline.Clinics.Contracts;
using Careline.Clinics.Nearby;
using Careline.Clinics.Pictures;
using Careline.Clinics.Privacy;
using Careline.Clinics.Profile;
using Careline.Clinics.Reviews;
using Careline.Clinics.Rooms;
using Careline.Clinics.Services;
using Careline.Clinics.Staff;
using Careline.Platform.Data;
using Careline.Platform.Privacy;
using Careline.Platform.Web;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Careline.Clinics;

/// <summary>Clinics: who works there, when they are open, what they sell, and what patients say of them.</summary>
public static class ClinicsModule
{
    /// <summary>Registers the module.</summary>
    public static IServiceCollection AddClinics(this IServiceCollection services)
    {
        services.AddModule("Clinics", 4, typeof(ClinicsModule).Assembly);
        services.AddValidation();
        services.AddScoped<IClinicStaffing, ClinicStaffing>();
        services.AddScoped<IClinicServices, ClinicServices>();
        services.AddScoped<IClinicReviews, ClinicReviews>();
        services.AddConstraintMeaning("staff_account", () => new InvalidInput("account_id", "There is no such account."));
        services.AddConstraintMeaning("staff_once", () => new RuleViolation("ALREADY_STAFF", "This person already has this role at the clinic."));
        services.AddConstraintMeaning("clinics_registration", () => new RuleViolation("CLINIC_REGISTERED", "A clinic with this registration number is here already."));
        services.AddConstraintMeaning("rooms_name", () => new RuleViolation("ROOM_EXISTS", "The clinic has a room of this name."));
        services.AddConstraintMeaning("services_name", () => new RuleViolation("SERVICE_EXISTS", "The clinic has a service of this name."));
        services.AddConstraintMeaning("clinic_reviews_once_per_visit", () => new RuleViolation("ALREADY_REVIEWED", "This visit is reviewed already."));
        services.AddConstraintMeaning("clinic_review_reports_pk", () => new RuleViolation("ALREADY_REPORTED", "You have reported this review already."));
        services.AddScoped<IPersonalRecords, ClinicRecords>();
        return services;
    }

    /// <summary>Maps the module's routes.</summary>
    public static void MapClinics(this IEndpointRouteBuilder app)
    {
        var clinics = app.MapApi("/api/eclinic/clinics", "Clinics");
        ListClinics.Map(clinics);
        FindNearby.Map(clinics);
        OpenClinic.Map(clinics);
        ChangeClinic.Map(clinics);
        VerifyClinic.Map(clinics);
        SetOpeningHours.Map(clinics);
        ManagePictures.Map(clinics);
        ManageStaff.Map(clinics);
        KeepStaffHours.Map(clinics);
        ManageRooms.Map(clinics);
        ManageServices.Map(clinics);
        ReadClinicReviews.Map(clinics);
        WriteClinicReview.Map(clinics);
        AnswerClinicReview.Map(clinics);
    }
}
