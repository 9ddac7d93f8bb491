using Careline.Accounts.Contracts;
using Careline.Clinics.Contracts;
using Careline.Doctors.Credentials;
using Careline.Doctors.Doctors;
using Careline.Doctors.Listing;
using Careline.Doctors.Practices;
using Careline.Doctors.Presence;
using Careline.Doctors.Privacy;
using Careline.Doctors.Qualifications;
using Careline.Doctors.Reviews;
using Careline.Doctors.Search;
using Careline.Doctors.Specializations;
using Careline.Platform.Events;
using Careline.Platform.Figures;
using Careline.Platform.Jobs;
using Careline.Platform.Privacy;

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
        services.AddFigures("doctors", $"""SELECT verification AS "Name", count(*) AS "Value" FROM doctors.doctors GROUP BY verification""");
        services.AddOptions<DoctorsOptions>().BindConfiguration("Doctors")
            .Validate(options => options.PresenceSeconds is >= 30 and <= 900, "Doctors__PresenceSeconds must be between 30 and 900.")
            .Validate(
                options => options.WarnDaysBefore.All(days => days is >= 1 and <= 365), "Doctors__WarnDaysBefore must be days between 1 and 365.")
            .ValidateOnStart();
        services.AddScoped<IDoctorListing, DoctorListing>();
        services.AddScoped<IDoctorReviews, DoctorReviews>();
        services.AddScoped<IDoctorLicences, DoctorLicences>();
        services.AddSingleton<PresenceBoard>();
        services.AddHostedService(provider => provider.GetRequiredService<PresenceBoard>());
        services.AddSingleton<DoctorIndex>();
        services.AddHostedService(provider => provider.GetRequiredService<DoctorIndex>());
        services.AddSingleton<IDoctorLookup, DoctorLookup>();
        services.AddConstraintMeaning(
            "doctors_license", () => new RuleViolation("LICENSE_TAKEN", "A doctor with this licence number is already registered."));
        services.AddConstraintMeaning(
            "specialization_terms_pk", () => new RuleViolation("SPECIALIZATION_TERM_TAKEN", "Another specialty already has this name, slug or alias."));
        services.AddConstraintMeaning(
            "doctor_specializations_specialization", () => new RuleViolation("SPECIALIZATION_IN_USE", "Doctors are listed under this specialty."));
        services.AddConstraintMeaning("reviews_once_per_visit", () => new RuleViolation("ALREADY_REVIEWED", "This visit is reviewed already."));
        services.AddConstraintMeaning("review_reports_pk", () => new RuleViolation("ALREADY_REPORTED", "You have reported this review already."));
        services.AddSingleton<IRecurringJob, WatchCredentials>();
        services.AddHandler<StaffLeft, OnStaffLeft>();
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
        SetPresence.Map(doctors);
        KeepPractices.Map(doctors);
        ManageQualifications.Map(doctors);
        CredentialPapers.Map(doctors);
        VerifyCredential.Map(doctors);
        ReadReviews.Map(doctors);
        WriteReview.Map(doctors);
        AnswerReview.Map(doctors);
        ManageSpecializations.Map(app.MapApi("/api/specializations", "Doctors"));
    }
}
