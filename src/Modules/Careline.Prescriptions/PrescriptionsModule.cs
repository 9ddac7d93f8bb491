using Careline.Platform.Data;
using Careline.Platform.Privacy;
using Careline.Platform.Web;
using Careline.Prescriptions.Contracts;
using Careline.Prescriptions.Medicines;
using Careline.Prescriptions.Prescriptions;
using Careline.Prescriptions.Privacy;
using Careline.Prescriptions.Safety;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Careline.Prescriptions;

/// <summary>What doctors prescribe.</summary>
public static class PrescriptionsModule
{
    /// <summary>Registers the module.</summary>
    public static IServiceCollection AddPrescriptions(this IServiceCollection services)
    {
        services.AddModule("Prescriptions", 9, typeof(PrescriptionsModule).Assembly);
        services.AddValidation();
        services.AddScoped<IPrescriptions, Prescribing>();
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
        GetPrescription.Map(prescriptions);
        CheckInteractions.Map(prescriptions);

        var medicines = app.MapApi("/api/medicines", "Medicines");
        ListMedicines.Map(medicines);
        KeepMedicine.Map(medicines);
        ImportMedicines.Map(medicines);
        return app;
    }
}
