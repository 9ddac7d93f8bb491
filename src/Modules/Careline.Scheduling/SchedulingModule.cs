using Careline.Doctors.Contracts;
using Careline.Notifications.Contracts;
using Careline.Payments.Contracts;
using Careline.Platform.Events;
using Careline.Platform.Figures;
using Careline.Platform.Jobs;
using Careline.Platform.Privacy;
using Careline.Platform.Settings;
using Careline.Scheduling.Appointments;
using Careline.Scheduling.Availability;
using Careline.Scheduling.Calendars;
using Careline.Scheduling.Holds;
using Careline.Scheduling.Listings;
using Careline.Scheduling.Notices;
using Careline.Scheduling.OutsideCalendars;
using Careline.Scheduling.Paying;
using Careline.Scheduling.Privacy;
using Careline.Scheduling.Queue;
using Careline.Scheduling.Reminders;
using Careline.Scheduling.Requests;
using Careline.Scheduling.Rescheduling;
using Careline.Scheduling.Series;
using Careline.Scheduling.Slots;
using Careline.Scheduling.Waitlist;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Careline.Scheduling;

/// <summary>Times that doctors offer, and the appointments that are made of them.</summary>
public static class SchedulingModule
{
    /// <summary>Registers the module.</summary>
    public static IServiceCollection AddScheduling(this IServiceCollection services)
    {
        services.AddModule("Scheduling", 7, typeof(SchedulingModule).Assembly);
        services.AddValidation();
        services.AddFigures("appointments", $"""SELECT status AS "Name", count(*) AS "Value" FROM scheduling.appointments GROUP BY status""");
        services.AddTextSetting<SchedulingOptions>(
            "scheduling.reminder_offsets", "Scheduling:ReminderOffsets", 100, "How many minutes before a visit people are reminded, separated by commas; empty for never.", SchedulingOptions.AreOffsets);
        services.AddTextSetting<SchedulingOptions>(
            "scheduling.emergency_advice", "Scheduling:EmergencyAdvice", 500, "What somebody reads who asks for a visit because of an emergency.", text => text.Trim().Length > 0);
        services.AddNumberSetting<SchedulingOptions>(
            "scheduling.waitlist_offer_minutes", "Scheduling:WaitlistOfferMinutes", (5, 1440), "How many minutes a time is kept for whom it is offered to on the waitlist.");
        services.AddOptions<SchedulingOptions>().BindConfiguration("Scheduling").Configure<IConfiguration>((options, settings) =>
            options.AccessAfterVisitDays = settings.GetValue("Patients:AccessAfterVisitDays", options.AccessAfterVisitDays))
            .Validate(options => SchedulingOptions.AreOffsets(options.ReminderOffsets), "Scheduling__ReminderOffsets must be minutes from 15 to 40320, separated by commas.")
            .ValidateOnStart();
        services.AddScoped<AppointmentDesk>();
        services.AddScoped<ProposalDesk>();
        services.AddScoped<VisitNotices>();
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
        services.AddHandler<PracticeChanged, OnPracticeChanged>();
        services.AddHandler<PreferencesChanged, OnPreferencesChanged>();
        services.AddScoped<IPayable, PayableVisit>();
        services.AddHandler<PaymentCaptured, OnPaymentCaptured>();
        services.AddHandler<AppointmentEnded, SettleEndedVisits>();
        services.AddSingleton<IRecurringJob, OfferTimes>();
        services.AddSingleton<IRecurringJob, TellRunningLate>();
        services.AddSingleton<IRecurringJob, ReadOutsideCalendars>();
        services.TryAddSingleton<CalendarFetch>();
        services.AddSealedColumn("scheduling.outside_calendars", "id", "address_sealed");
        services.AddConstraintMeaning(
            "time_slots_no_overlap", () => new RuleViolation("SLOT_OVERLAPS", "The doctor already offers a time that overlaps this one."));
        services.AddConstraintMeaning(
            "waitlist_entries_live", () => new RuleViolation("ALREADY_WAITING", "The patient waits for this doctor already."));
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
        ReadInvitation.Map(appointments);
        ProposeTime.Map(appointments);

        var calendars = app.MapApi("/api/calendar", "Calendars");
        ManageFeeds.Map(calendars);
        ReadFeed.Map(calendars);
        ManageOutsideCalendars.Map(calendars);

        var requests = app.MapApi("/api/appointment-requests", "Appointment requests");
        ListRequests.Map(requests);
        RequestAppointment.Map(requests);
        AnswerRequest.Map(requests);

        var waitlist = app.MapApi("/api/waitlist", "Waitlist");
        JoinWaitlist.Map(waitlist);
        AnswerOffer.Map(waitlist);
        ShowQueue.Map(app);
        ListReminders.Map(app);
        SetClinicReminders.Map(app.MapApi("/api/eclinic/clinics", "Reminders"));
        ListAppointments.MapOfClinic(app.MapApi("/api/eclinic/clinics", "Appointments"));
        return app;
    }
}
