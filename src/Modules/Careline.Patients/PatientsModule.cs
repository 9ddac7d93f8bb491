using Careline.Accounts.Contracts;
using Careline.Patients.Care;
using Careline.Patients.Clinics;
using Careline.Patients.Contracts;
using Careline.Patients.Grants;
using Careline.Patients.History;
using Careline.Patients.Patients;
using Careline.Patients.Proxies;
using Careline.Platform.Data;
using Careline.Platform.Web;
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
        services.AddSingleton<SealedFields>();
        services.AddConstraintMeaning(
            "insurance_one_primary", () => new RuleViolation("PRIMARY_INSURANCE_EXISTS", "Another insurance is the primary one: change that first."));
        services.AddOptions<ProxyOptions>().BindConfiguration("Patients");
        return services;
    }

    /// <summary>Maps the module's routes.</summary>
    public static void MapPatients(this IEndpointRouteBuilder app)
    {
        var patients = app.MapApi("/api/patients", "Patients");
        ListPatients.Map(patients);
        GetPatient.Map(patients);
        LookUpPatient.Map(patients);
        RegisterPatient.Map(patients);
        ChangePatient.Map(patients);
        BreakGlass.Map(patients);
        ShowAccessLog.Map(patients);
        AddDependant.Map(patients);
        ListProxies.Map(patients);
        InviteProxy.Map(patients);
        AcceptProxy.Map(patients);
        ChangeProxy.Map(patients);
        GrantAccess.Map(patients);
        ListGrants.Map(patients);
        HistoryRoutes<Allergy, AllergyRequest, AllergyResponse>.Map(patients);
        HistoryRoutes<Condition, ConditionRequest, ConditionResponse>.Map(patients);
        HistoryRoutes<Medication, MedicationRequest, MedicationResponse>.Map(patients);
        HistoryRoutes<Immunisation, ImmunisationRequest, ImmunisationResponse>.Map(patients);
        HistoryRoutes<EmergencyContact, EmergencyContactRequest, EmergencyContactResponse>.Map(patients);
        HistoryRoutes<Insurance, InsuranceRequest, InsuranceResponse>.Map(patients);
        HistoryRoutes<Note, NoteRequest, NoteResponse>.Map(patients);
    }
}
