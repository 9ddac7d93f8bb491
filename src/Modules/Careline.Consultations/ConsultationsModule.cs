using Careline.Consultations.Addenda;
using Careline.Consultations.Charges;
using Careline.Consultations.Charts;
using Careline.Consultations.Consultations;
using Careline.Consultations.Diagnoses;
using Careline.Consultations.History;
using Careline.Consultations.Laboratory;
using Careline.Consultations.Notes;
using Careline.Consultations.Notices;
using Careline.Consultations.Prescribing;
using Careline.Consultations.Privacy;
using Careline.Consultations.VisitRoom;
using Careline.Consultations.VitalSigns;
using Careline.Payments.Contracts;
using Careline.Platform.Events;
using Careline.Platform.Jobs;
using Careline.Platform.Privacy;
using Careline.Scheduling.Contracts;
using Careline.Sockets.Contracts;
using Microsoft.Extensions.Hosting;

namespace Careline.Consultations;

/// <summary>The visit and its document.</summary>
public static class ConsultationsModule
{
    /// <summary>Registers the module.</summary>
    public static IServiceCollection AddConsultations(this IServiceCollection services)
    {
        services.AddModule("Consultations", 10, typeof(ConsultationsModule).Assembly);
        services.AddValidation();
        services.AddScoped<IPayable, PayableCharge>();
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
        services.AddVisitRoom();
        return services;
    }

    private static void AddVisitRoom(this IServiceCollection services)
    {
        services.AddOptions<VisitRoomOptions>().BindConfiguration("Visits")
            .Validate(
                options => options.IsConsistent(),
                "Visits__StunUrls are stun: addresses, Visits__TurnUrls turn: addresses that need Visits__TurnSecret, Visits__LiveKitUrl a ws(s): address that needs a key and its secret; "
                + "Visits__TurnMinutes is between 5 and 1440, Visits__LiveKitMinutes between 1 and 60.")
            .Validate<IHostEnvironment>(
                (options, environment) => environment.IsDevelopment() || options.AreSecretsStrong(),
                "Visits__TurnSecret and Visits__LiveKitSecret must be at least 32 random characters, for example from: openssl rand -base64 48")
            .ValidateOnStart();
        services.AddSealedColumn("consultations.confirmations", "id", "place");
        services.AddSealedColumn("consultations.confirmations", "id", "callback_number");
        services.AddSealedColumn("consultations.room_frames", "id", "body");
        services.AddSingleton<RoomHub>();
        services.AddHostedService(provider => provider.GetRequiredService<RoomHub>());
        services.AddScoped<RoomDesk>();
        services.AddScoped<Confirmations>();
        services.AddScoped<RoomRecords>();
        services.AddSingleton<IRecurringJob, ForgetFrames>();
        services.AddHandler<AppointmentRescheduled, OnAppointmentRescheduled>();
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
        ListLabOrdered.Map(consultations);
        OrderLabTests.Map(consultations);
        ListNotes.Map(consultations);
        AddNote.Map(consultations);
        ListDiagnoses.Map(consultations);
        AddDiagnosis.Map(consultations);
        ManageCharges.Map(consultations);
        ListRevisions.Map(consultations);
        OpenSession.Map(consultations);
        ConfirmVisit.Map(consultations);
        ManageGuests.Map(consultations);
        ListRoomEvents.Map(consultations);

        app.MapSocket<VisitTalk>("/ws/consultations/{consultationId}/", "VisitSocket", "The room of a visit: waiting, and signalling.")
            .OpenToAll("Who may hear it is asked once somebody has signed in: strangers and unknown visits are closed alike, with 4403.");

        var patients = app.MapApi("/api/patients", "Patients");
        ListPatientConsultations.Map(patients);
        GetPatientSummary.Map(patients);
        return app;
    }
}
