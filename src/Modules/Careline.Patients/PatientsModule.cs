using Careline.Accounts.Contracts;
using Careline.Patients.Care;
using Careline.Patients.Clinics;
using Careline.Patients.Consents;
using Careline.Patients.Grants;
using Careline.Patients.History;
using Careline.Patients.Holds;
using Careline.Patients.Notices;
using Careline.Patients.Patients;
using Careline.Patients.Privacy;
using Careline.Patients.Proxies;
using Careline.Patients.Requests;
using Careline.Platform.Jobs;
using Careline.Platform.Privacy;
using Careline.Platform.Settings;

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
        services.AddScoped<IPatientAddresses, PatientAddresses>();
        services.AddScoped<IPatientNews, PatientNews>();
        services.AddScoped<IClinicalHistory, ClinicalHistories>();
        services.AddScoped<IRoleProfile, PatientProfile>();
        services.AddOptions<PatientsOptions>().BindConfiguration("Patients");
        services.AddNumberSetting<PatientsOptions>("patients.request_days", "Patients:RequestDays", (1, 30), "Days within which a request about personal data is to be answered.");
        services.AddScoped<PatientErasure>();
        services.AddScoped<IPersonalRecords, PatientRecords>();
        services.AddSingleton<IRecurringJob, SealReasons>();
        services.AddSingleton<IRecurringJob, RemoveWhatWasKept>();
        services.AddScoped<RequestEffects>();
        services.AddScoped<PatientNotices>();
        services.AddScoped<ProxyEffects>();
        services.AddConstraintMeaning(
            "data_requests_one_open", () => new RuleViolation("REQUEST_OPEN", "A request of this kind is being dealt with already."));
        services.AddConstraintMeaning("legal_holds_one", () => new RuleViolation("ALREADY_HELD", "The record is held already."));
        services.AddRingKey(SealedFields.KeyName);
        services.AddSingleton<SealedFields>();
        services.AddConstraintMeaning(
            "insurance_one_primary", () => new RuleViolation("PRIMARY_INSURANCE_EXISTS", "Another insurance is the primary one: change that first."));
        services.AddSealedColumn("patients.insurance", "id", "member_number_sealed");
        services.AddSealedColumn("patients.insurance", "id", "group_number_sealed");
        return services;
    }

    /// <summary>Maps the module's routes.</summary>
    public static void MapPatients(this IEndpointRouteBuilder app)
    {
        var patients = app.MapApi("/api/patients", "Patients");
        ListPatients.Map(patients);
        GetPatient.Map(patients);
        ExportOwnRecord.Map(patients);
        LookUpPatient.Map(patients);
        FileRequest.MapOwn(patients);
        ReadRequests.MapOwn(patients);
        ManageLegalHold.Map(patients);
        OwnConsents.Map(patients);
        RegisterPatient.Map(patients);
        ChangePatient.Map(patients);
        BreakGlass.Map(patients);
        ShowAccessLog.Map(patients);
        AddDependant.Map(patients);
        ListProxies.Map(patients);
        InviteProxy.Map(patients);
        AcceptProxy.Map(patients);
        ChangeProxy.Map(patients);
        OverruleProxy.Map(patients);
        GrantAccess.Map(patients);
        ListGrants.Map(patients);
        HistoryRoutes<Allergy, AllergyRequest, AllergyResponse>.Map(patients);
        HistoryRoutes<Condition, ConditionRequest, ConditionResponse>.Map(patients);
        HistoryRoutes<Medication, MedicationRequest, MedicationResponse>.Map(patients);
        HistoryRoutes<Immunisation, ImmunisationRequest, ImmunisationResponse>.Map(patients);
        HistoryRoutes<EmergencyContact, EmergencyContactRequest, EmergencyContactResponse>.Map(patients);
        HistoryRoutes<Insurance, InsuranceRequest, InsuranceResponse>.Map(patients);
        HistoryRoutes<Note, NoteRequest, NoteResponse>.Map(patients);

        ListClinicPatients.Map(app.MapApi("/api/eclinic/clinics", "Patients"));
        ListConsentTexts.Map(app.MapApi("/api/consents", "Privacy"));
        var requests = app.MapApi("/api/data-requests", "Privacy");
        FileRequest.Map(requests);
        ReadRequests.Map(requests);
        DecideRequest.Map(requests);
        CloseRequest.Map(requests);
    }
}
