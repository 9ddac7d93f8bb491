using Careline.Platform.Events;
using Careline.Platform.Jobs;
using Careline.Platform.Privacy;
using Careline.Platform.Settings;
using Careline.Vitals.Alerts;
using Careline.Vitals.Devices;
using Careline.Vitals.Observations;
using Careline.Vitals.Privacy;
using Careline.Vitals.Targets;
using Careline.Vitals.Trends;

namespace Careline.Vitals;

/// <summary>What is measured of a patient, and the early-warning scores that follow from it.</summary>
public static class VitalsModule
{
    /// <summary>Registers the module.</summary>
    public static IServiceCollection AddVitals(this IServiceCollection services)
    {
        services.AddModule("Vitals", 7, typeof(VitalsModule).Assembly);
        services.AddValidation();
        services.AddNumberSetting<VitalsOptions>("vitals.again_after_minutes", "Vitals:AgainAfterMinutes", (1, 1440), "After how many minutes without an answer to an alert the responsible person is called again.");
        services.AddNumberSetting<VitalsOptions>("vitals.practice_after_minutes", "Vitals:PracticeAfterMinutes", (1, 1440), "After how many more the clinic is called.");
        services.AddNumberSetting<VitalsOptions>("vitals.platform_after_minutes", "Vitals:PlatformAfterMinutes", (1, 1440), "After how many more those are called who run the platform.");
        services.AddOptions<VitalsOptions>().BindConfiguration("Vitals")
            .Validate(
                options => options.AreSound,
                "The Vitals__…AfterMinutes must be between 1 and 1440, Vitals__UrgentPatience between 1 and 24, Vitals__OldestReadingDays between 1 and 365.")
            .ValidateOnStart();
        services.AddScoped<ClinicalAlerts>();
        services.AddScoped<IClinicalAlerts>(scope => scope.GetRequiredService<ClinicalAlerts>());
        services.AddRingKey(PairingCode.KeyName);
        services.AddConstraintMeaning("pairing_codes_selector", () => new RuleViolation("TRY_AGAIN", "The code could not be made. Ask again."));
        services.AddScoped<TargetWatch>();
        services.AddScoped<AlertLadder>();
        services.AddScoped<AlertReader>();
        services.AddScoped<AlertDesk>();
        services.AddHandler<ClinicalAlertRaised, OnClinicalAlertRaised>();
        services.AddSingleton<IRecurringJob, CallOut>();
        services.AddScoped<IVitals, VitalSigns>();
        services.AddScoped<IPersonalRecords, VitalRecords>();
        return services;
    }

    /// <summary>Maps the module's routes.</summary>
    public static void MapVitals(this IEndpointRouteBuilder app)
    {
        var alerts = app.MapApi("/api/alerts", "Alerts");
        ListAlerts.Map(alerts);
        AcknowledgeAlert.Map(alerts);
        HandOverAlert.Map(alerts);

        var patients = app.MapApi("/api/patients", "Vital signs");
        ListReadings.Map(patients);
        ShowTrend.Map(patients);
        ListTargets.Map(patients);
        SetTarget.Map(patients);
        ManageDevices.Map(patients);
        ListSuspectReadings.Map(patients);

        var devices = app.MapApi("/api/devices", "Devices");
        PairDevice.Map(devices);
        SendReadings.Map(devices);
    }
}
