using Careline.Accounts.Contracts;
using Careline.Clinics.Clinics;
using Careline.Clinics.Nearby;
using Careline.Clinics.Pictures;
using Careline.Clinics.Privacy;
using Careline.Clinics.Profile;
using Careline.Clinics.Reviews;
using Careline.Clinics.Rooms;
using Careline.Clinics.Services;
using Careline.Clinics.Staff;
using Careline.Clinics.Stock;
using Careline.Clinics.Stock.Movements;
using Careline.Clinics.Stock.Watching;
using Careline.Platform.Figures;
using Careline.Platform.Jobs;
using Careline.Platform.Privacy;

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
        services.AddSingleton<ClinicIndex>();
        services.AddHostedService(provider => provider.GetRequiredService<ClinicIndex>());
        services.AddFigures(
            "clinics", $"""SELECT CASE WHEN status = 'active' AND is_verified THEN 'open' ELSE 'closed' END AS "Name", count(*) AS "Value" FROM clinics.clinics GROUP BY 1""");
        AddStock(services);
        return services;
    }

    /// <summary>Maps the module's routes.</summary>
    public static void MapClinics(this IEndpointRouteBuilder app)
    {
        var clinics = app.MapApi("/api/eclinic/clinics", "Clinics");
        clinics.AddEndpointFilter(new FollowClinic());
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
        StockRoutes.Map(app.MapApi("/api/eclinic/clinics/{id:guid}/inventory", "Stock"));
    }

    private static void AddStock(IServiceCollection services)
    {
        services.AddScoped<StockDesk>();
        services.AddScoped<IStock>(provider => provider.GetRequiredService<StockDesk>());
        services.AddSingleton<IRecurringJob, WatchStock>();
        services.AddConstraintMeaning("stock_items_sku", () => new RuleViolation("SKU_TAKEN", "Another item of the clinic has this code."));
        services.AddConstraintMeaning("stock_items_barcode", () => new RuleViolation("BARCODE_TAKEN", "Another item of the clinic has this barcode."));
        services.AddConstraintMeaning(
            "stock_items_medicine", () => new RuleViolation("MEDICINE_TAKEN", "Another item of the clinic is this medicine of this strength and form."));
        services.AddConstraintMeaning("suppliers_name", () => new RuleViolation("SUPPLIER_EXISTS", "The clinic has a supplier of this name."));
        services.AddConstraintMeaning("stock_batches_level", () => new RuleViolation("INSUFFICIENT_STOCK", "There is not enough of it."));
    }
}
