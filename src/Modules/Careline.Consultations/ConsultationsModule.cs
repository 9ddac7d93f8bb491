using Careline.Consultations.Addenda;
using Careline.Consultations.Charts;
using Careline.Consultations.Consultations;
using Careline.Consultations.Contracts;
using Careline.Consultations.Diagnoses;
using Careline.Consultations.History;
using Careline.Consultations.Notes;
using Careline.Consultations.Notices;
using Careline.Consultations.Prescribing;
using Careline.Consultations.Privacy;
using Careline.Consultations.VitalSigns;
using Careline.Platform.Data;
using Careline.Platform.Events;
using Careline.Platform.Privacy;
using Careline.Platform.Web;
using Careline.Scheduling.Contracts;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Careline.Consultations;

/// <summary>The visit and its document.</summary>
public static class ConsultationsModule
{
    /// <summary>Registers the module.</summary>
    public static IServiceCollection AddConsultations(this IServiceCollection services)
    {
        services.AddModule("Consultations", 10, typeof(ConsultationsModule).Assembly);
        services.AddValidation();
        services.AddScoped<ConsultationReader>();
        services.AddScoped<ConsultationMoves>();
        services.AddScoped<FollowAppointment>();
        services.AddScoped<DocumentNews>();
        services.AddHandler<ConsultationCompleted, OnConsultationCompleted>();
        services.AddHandler<ConsultationAmended, OnConsultationAmended>();
        services.AddHandler<AppointmentStarted, OnAppointmentStarted>();
        services.AddHandler<AppointmentCompleted, OnAppointmentCompleted>();
        services.AddHandler<AppointmentEnded, OnAppointmentEnded>();
        services.AddConstraintMeaning("consultations_one_per_appointment", () => new RuleViolation(
            "CONSULTATION_EXISTS", "This appointment already has its consultation."));
        services.AddScoped<IPersonalRecords, ConsultationRecords>();
        return services;
    }

    /// <summary>Maps the module's routes.</summary>
    public static IEndpointRouteBuilder MapConsultations(this IEndpointRouteBuilder app)
    {
        var consultations = app.MapApi("/api/consultations", "Consultations");
        ListConsultations.Map(consultations);
        CreateConsultation.Map(consultations);
        SummariseConsultations.Map(consultations);
        GetConsultation.Map(consultations);
        ReplaceConsultation.Map(consultations);
        DeleteConsultation.Map(consultations);
        StartConsultation.Map(consultations);
        CompleteConsultation.Map(consultations);
        CancelConsultation.Map(consultations);
        AddAddendum.Map(consultations);
        ListVitalSigns.Map(consultations);
        RecordVitalSigns.Map(consultations);
        ListPrescribed.Map(consultations);
        Prescribe.Map(consultations);
        ListNotes.Map(consultations);
        AddNote.Map(consultations);
        ListDiagnoses.Map(consultations);
        AddDiagnosis.Map(consultations);
        ListRevisions.Map(consultations);

        var patients = app.MapApi("/api/patients", "Patients");
        ListPatientConsultations.Map(patients);
        GetPatientSummary.Map(patients);
        return app;
    }
}
