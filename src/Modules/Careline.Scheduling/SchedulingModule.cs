using Careline.Notifications.Contracts;
using Careline.Platform.Data;
using Careline.Platform.Events;
using Careline.Platform.Jobs;
using Careline.Platform.Privacy;
using Careline.Platform.Web;
using Careline.Scheduling.Appointments;
using Careline.Scheduling.Availability;
using Careline.Scheduling.Contracts;
using Careline.Scheduling.Holds;
using Careline.Scheduling.Listings;
using Careline.Scheduling.Notices;
using Careline.Scheduling.Privacy;
using Careline.Scheduling.Queue;
using Careline.Scheduling.Reminders;
using Careline.Scheduling.Requests;
using Careline.Scheduling.Series;
using Careline.Scheduling.Slots;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Careline.Scheduling;

/// <summary>Times that doctors offer, and the appointments that are made of them.</summary>
public static class SchedulingModule
{
    /// <summary>Registers the module.</summary>
    public static IServiceCollection AddScheduling(this IServiceCollection services)
    {
        services.AddModule("Scheduling", 7, typeof(SchedulingModule).Assembly);
        services.AddValidation();
        services.AddOptions<SchedulingOptions>().BindConfiguration("Scheduling").Configure<IConfiguration>((options, settings) =>
            options.AccessAfterVisitDays = settings.GetValue("Patients:AccessAfterVisitDays", options.AccessAfterVisitDays))
            .Validate(options => SchedulingOptions.AreOffsets(options.ReminderOffsets), "Scheduling__ReminderOffsets must be minutes from 15 to 40320, separated by commas.")
            .ValidateOnStart();
        services.AddScoped<AppointmentDesk>();
        services.AddSingleton<TakenTimes>();
        services.AddScoped<IAppointments>(provider => provider.GetRequiredService<AppointmentDesk>());
        services.AddSingleton<IRecurringJob, NoticePassedTimes>();
        services.AddSingleton<IRecurringJob, RefreshListings>();
        services.AddSingleton<IRecurringJob, ExpireWaiting>();
        services.AddSingleton<IRecurringJob, SendReminders>();
        services.AddScoped<VisitAudience>();
        services.AddScoped<ReminderLedger>();
        services.AddScoped<AppointmentNews>();
        services.AddHandlerOfMany<AppointmentBooked, OnAppointmentBooked>();
        services.AddHandler<AppointmentRequested, OnAppointmentRequested>();
        services.AddHandler<AppointmentRescheduled, OnAppointmentRescheduled>();
        services.AddHandler<AppointmentEnded, OnAppointmentEnded>();
        services.AddHandler<PreferencesChanged, OnPreferencesChanged>();
        services.AddConstraintMeaning(
            "time_slots_no_overlap", () => new RuleViolation("SLOT_OVERLAPS", "The doctor already offers a time that overlaps this one."));
        services.AddScoped<IPersonalRecords, AppointmentRecords>();
        return services;
    }

    /// <summary>Maps the module's routes.</summary>
    public static IEndpointRouteBuilder MapScheduling(this IEndpointRouteBuilder app)
    {
        var slots = app.MapApi("/api/time-slots", "Time slots");
        ListSlots.Map(slots);
        AddSlot.Map(slots);
        AddSlotsInBulk.Map(slots);
        ReadSlot.Map(slots);
        ReplaceSlot.Map(slots);
        WithdrawSlot.Map(slots);
        ShowAvailability.Map(app);

        var doctors = app.MapApi("/api/doctors", "Availability");
        SetSchedule.Map(doctors);
        ManageExceptions.Map(doctors);

        var appointments = app.MapApi("/api/appointments", "Appointments");
        ListAppointments.Map(appointments);
        ShowStatistics.Map(appointments);
        BookAppointment.Map(appointments);
        ReadAppointment.Map(appointments);
        ReplaceAppointment.Map(appointments);
        RemoveAppointment.Map(appointments);
        MoveAppointment.Map(appointments);
        RescheduleAppointment.Map(appointments);
        ShowHistory.Map(appointments);
        HoldTime.Map(appointments);
        BookSeries.Map(appointments);

        var requests = app.MapApi("/api/appointment-requests", "Appointment requests");
        ListRequests.Map(requests);
        RequestAppointment.Map(requests);
        AnswerRequest.Map(requests);
        ShowQueue.Map(app);
        ListReminders.Map(app);
        SetClinicReminders.Map(app.MapApi("/api/eclinic/clinics", "Reminders"));
        return app;
    }
}
