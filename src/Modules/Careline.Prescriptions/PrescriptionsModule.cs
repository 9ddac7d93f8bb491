using Careline.Payments.Contracts;
using Careline.Platform.Events;
using Careline.Platform.Figures;
using Careline.Platform.Jobs;
using Careline.Platform.Privacy;
using Careline.Platform.Settings;
using Careline.Prescriptions.Analytics;
using Careline.Prescriptions.Dispensing;
using Careline.Prescriptions.Documents;
using Careline.Prescriptions.Intake;
using Careline.Prescriptions.Medicines;
using Careline.Prescriptions.Notices;
using Careline.Prescriptions.Paying;
using Careline.Prescriptions.Prescriptions;
using Careline.Prescriptions.Privacy;
using Careline.Prescriptions.Safety;
using Careline.Prescriptions.Signatures;
using Careline.Prescriptions.Templates;

namespace Careline.Prescriptions;

/// <summary>What doctors prescribe.</summary>
public static class PrescriptionsModule
{
    /// <summary>Registers the module.</summary>
    public static IServiceCollection AddPrescriptions(this IServiceCollection services)
    {
        services.AddModule("Prescriptions", 9, typeof(PrescriptionsModule).Assembly);
        services.AddValidation();
        services.AddFigures("prescriptions", $"""SELECT status AS "Name", count(*) AS "Value" FROM prescriptions.prescriptions GROUP BY status""");
        services.AddOptions<PrescriptionsOptions>().BindConfiguration("Prescriptions")
            .Validate(
                options => options is { ValidDays: >= 1 and <= 3650, RunningOutDays: >= 0 and <= 90 },
                "Prescriptions__ValidDays must be between 1 and 3650, Prescriptions__RunningOutDays between 0 and 90.")
            .ValidateOnStart();
        services.AddNumberSetting<PrescriptionsOptions>("prescriptions.valid_days", "Prescriptions:ValidDays", (1, 3650), "How many days a prescription that is signed from then on is valid.");
        services.AddScoped<IPayable, PayablePrescription>();
        services.AddScoped<IPrescriptions, Prescribing>();
        services.AddScoped<PrescriptionDesk>();
        services.AddScoped<PharmacyStock>();
        services.AddScoped<SafetyStatements>();
        services.AddScoped<Signing>();
        services.AddSingleton<SigningKey>();
        services.AddRingKey(SigningKey.Name);
        services.AddSingleton<PrescriptionPaper>();
        services.AddScoped<IntakeDesk>();
        services.AddSingleton<IRecurringJob, PlanDoses>();
        services.AddSingleton<IRecurringJob, RemindOfDoses>();
        services.AddSingleton<IRecurringJob, TellRunningOut>();
        services.AddHandler<PrescriptionSigned, OnMedicinesChanged>();
        services.AddScoped<PrescriptionNews>();
        services.AddHandler<PrescriptionSigned, OnPrescriptionSigned>();
        services.AddHandler<PrescriptionCancelled, OnPrescriptionCancelled>();
        services.AddHandler<PrescriptionSent, OnPrescriptionSent>();
        services.AddConstraintMeaning("prescription_lines_dispensed", () => new RuleViolation("DISPENSED_ALREADY", "No more of this medicine may be handed out."));
        services.AddConstraintMeaning("prescriptions_one_successor", () => new RuleViolation("CORRECTION_BEGUN", "A correction of this prescription was begun already."));
        services.AddScoped<IPersonalRecords, PrescriptionRecords>();
        services.AddOptions<SafetyOptions>().BindConfiguration("Safety");
        services.AddSingleton<SafetyShelf>();
        services.AddScoped<SafetyDesk>();
        services.AddScoped<PatientFactsReader>();
        services.AddScoped<MedicineResolver>();
        services.AddScoped<IMedicineCatalogue, MedicineCatalogue>();
        services.AddScoped<ISafetyStock, SafetyStock>();
        services.AddScoped<ITableCommands, TableDesk>();
        services.AddConstraintMeaning(
            "medicines_one_generic", () => new RuleViolation("MEDICINE_EXISTS", "The catalogue has a generic of this name already: change that one."));
        return services;
    }

    /// <summary>Maps the module's routes.</summary>
    public static IEndpointRouteBuilder MapPrescriptions(this IEndpointRouteBuilder app)
    {
        var prescriptions = app.MapApi("/api/prescriptions", "Prescriptions");
        ListPrescriptions.Map(prescriptions);
        WritePrescription.Map(prescriptions);
        GetPrescription.Map(prescriptions);
        ReplacePrescription.Map(prescriptions);
        SignPrescription.Map(prescriptions);
        EndPrescription.Map(prescriptions);
        PrintPrescription.Map(prescriptions);
        VerifyPrescription.Map(prescriptions);
        ShowSchedule.Map(prescriptions);
        ManageDoses.Map(app.MapApi("/api/prescriptions/reminders", "Prescriptions"));
        SummarisePrescriptions.Map(prescriptions);
        SendToPharmacy.Map(prescriptions);
        QuotePrescription.Map(prescriptions);
        DispensePrescription.Map(prescriptions);
        ManageDispenses.Map(prescriptions);
        ManageTemplates.Map(app.MapApi("/api/prescriptions/templates", "Prescriptions"));
        ListPharmacies.Map(app.MapApi("/api/pharmacies", "Prescriptions"));
        CheckInteractions.Map(prescriptions);

        var medicines = app.MapApi("/api/medicines", "Medicines");
        ListMedicines.Map(medicines);
        KeepMedicine.Map(medicines);
        ImportMedicines.Map(medicines);
        return app;
    }
}
