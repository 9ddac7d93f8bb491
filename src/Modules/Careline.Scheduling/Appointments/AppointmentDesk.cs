using Careline.Audit.Contracts;
using Careline.Clinics.Contracts;
using Careline.Doctors.Contracts;
using Careline.Notifications.Contracts;
using Careline.Patients.Contracts;
using Careline.Payments.Contracts;
using Careline.Scheduling.Availability;
using Careline.Scheduling.Notices;
using Careline.Scheduling.Reminders;
using Careline.Scheduling.Requests;
using Microsoft.Extensions.Options;

namespace Careline.Scheduling.Appointments;

/// <summary>
/// Where appointments are made and moved, for this module's routes and for the visit. Everything that can occupy time passes
/// <see cref="SaveAsync"/>: locks, one save, and the exclusion constraints as the judge.
/// </summary>
internal sealed partial class AppointmentDesk(
    CarelineDb db,
    ICareRelationships care,
    IPatientClinics patientClinics,
    IDoctorReviews reviews,
    IClinicReviews clinicReviews,
    ReminderLedger reminders,
    VisitNotices notices,
    AuditTrail trail,
    IOptions<SchedulingOptions> options) : IAppointments
{
    // Which requests and holds a patient may have open at once.
    private const int MostRequests = 3;
    private const int MostHolds = 3;

    private static readonly TimeSpan _holdLasts = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan _requestStands = TimeSpan.FromHours(48);

    /// <summary>Books what the facts describe, or asks for it where the practice has to agree, and saves.</summary>
    public async Task<AppointmentView> BookAsync(BookingFacts facts, VisitTime time, VisitPlan plan, Actor actor, string? note, CancellationToken ct)
    {
        facts.CheckLooksFree(time);
        time = await VisitTerms.AtClinicAsync(time, facts, (plan.Modality, facts.IsBookedByPractice(actor)), db, ct);
        var act = ActOf(actor) with { Note = note };
        var isRequest = facts.Terms?.Booking == BookingPolicy.Approval && !facts.IsBookedByPractice(actor);
        return isRequest
            ? await RequestAsync(facts, time, plan, new AppointmentWish(null), actor, ct)
            : await PlaceAsync(facts, time, Appointment.Book(facts.Doctor, facts.PatientId!.Value, time, plan, act), ct);
    }

    /// <summary>Books visits that were found free under the locks of both calendars, and saves them as one.</summary>
    public async Task<List<AppointmentView>> BookSeriesAsync(
        BookingFacts facts, IReadOnlyList<VisitTime> times, Func<VisitTime, VisitPlan> planAt, Actor actor, CancellationToken ct)
    {
        var (booked, fees) = (new List<Appointment>(), new Dictionary<Guid, (long, string)?>());
        var (modality, byPractice) = (planAt(times[0]).Modality, facts.IsBookedByPractice(actor));
        foreach (var same in times.GroupBy(t => t.ClinicId))
        {
            // Of one clinic all visits cost the same.
            fees[same.Key ?? Guid.Empty] = (await VisitTerms.AtClinicAsync(same.First(), facts, (modality, byPractice), db, ct)).Fee;
        }

        foreach (var time in times)
        {
            var priced = time with { Fee = fees[time.ClinicId ?? Guid.Empty] };
            var (appointment, happened) = Appointment.Book(facts.Doctor, facts.PatientId!.Value, priced, planAt(time), ActOf(actor));
            trail.About("appointment", appointment.Id).Concerns(appointment.PatientId);
            CalendarLocks.EndStaleHolds(db, appointment);
            db.Append(appointment);
            db.Append(happened);
            Agreed(appointment, facts.Doctor.AccountId);
            booked.Add(appointment);
        }

        await SaveAsync(booked[0], facts.Doctor, ct);
        var views = new List<AppointmentView>();
        foreach (var appointment in booked)
        {
            views.Add(await ViewAsync(facts, appointment, ct));
        }

        return views;
    }

    /// <summary>Keeps a time for some minutes, and saves.</summary>
    public async Task<AppointmentView> HoldAsync(BookingFacts facts, VisitTime time, Actor actor, CancellationToken ct)
    {
        facts.CheckLooksFree(time);
        time = await VisitTerms.AtClinicAsync(time, facts, (time.Meet(null), facts.IsBookedByPractice(actor)), db, ct);
        return await PlaceAsync(facts, time, Appointment.Hold(facts.Doctor, facts.PatientId!.Value, time, ActOf(actor), db.Now + _holdLasts), ct);
    }

    /// <summary>Asks the practice for a time or a part of a day, and saves.</summary>
    public async Task<AppointmentView> RequestAsync(
        BookingFacts facts, VisitTime time, VisitPlan plan, AppointmentWish wish, Actor actor, CancellationToken ct)
    {
        time = time.Fee is null ? await VisitTerms.AtClinicAsync(time, facts, (plan.Modality, facts.IsBookedByPractice(actor)), db, ct) : time;
        var placed = Appointment.Request(facts.Doctor, facts.PatientId!.Value, time, plan, ActOf(actor), RequestedUntil(wish.Until ?? time.Start));
        db.Add(AppointmentRequest.Of(placed.Appointment, wish.DayPart));
        return await PlaceAsync(facts, time, placed, ct);
    }

    /// <summary>Turns a hold into the appointment that it was held for, or into the request for it, and saves.</summary>
    public async Task<AppointmentView> UseHoldAsync(BookingFacts facts, Appointment hold, VisitPlan plan, Actor actor, CancellationToken ct)
    {
        var terms = await db.Set<Schedule>().FirstOrDefaultAsync(s => s.DoctorId == hold.DoctorId, ct);

        // At a clinic the way to meet has its price; what is being paid for costs what was told.
        if (hold.ClinicId is not null && !await db.Set<PaymentRow>().AnyAsync(p => p.SubjectId == hold.Id && p.Kind == PayableKind.Appointment, ct))
        {
            var time = facts.Time! with { ClinicId = hold.ClinicId };
            hold.Charge(await VisitTerms.AtClinicAsync(time, facts, (plan.Modality, facts.IsBookedByPractice(actor)), db, ct), facts.Doctor);
        }

        var isRequest = terms?.BookingPolicy == BookingPolicy.Approval && !facts.IsBookedByPractice(actor);
        db.Append(hold.UseHold(plan, ActOf(actor), isRequest ? RequestedUntil(hold.StartsAt) : null));
        trail.About("appointment", hold.Id).Concerns(hold.PatientId);
        if (isRequest)
        {
            CalendarLocks.TakeFor(db, hold, facts.Doctor, null);
            CheckOpenRequests(hold);
            db.Add(AppointmentRequest.Of(hold, null));
            db.Publish(new AppointmentRequested(hold.Id, hold.DoctorId, hold.PatientId));
        }
        else
        {
            Agreed(hold, facts.Doctor.AccountId);
        }

        await SaveAsync(hold, facts.Doctor, ct);
        return await ViewAsync(facts, hold, ct);
    }

    /// <summary>Agrees to a request, at a time where only a part of a day was asked for, and saves.</summary>
    public async Task AcceptAsync(AppointmentView view, DoctorRow doctor, VisitTime? time, Actor actor, CancellationToken ct)
    {
        var appointment = view.Appointment;
        var happened = appointment.Accept(view.PartyOf(actor), ActOf(actor), time);
        CalendarLocks.TakeFor(db, appointment, doctor, null);
        CalendarLocks.EndStaleHolds(db, appointment);
        db.Append(happened);
        trail.About("appointment", appointment.Id).Concerns(appointment.PatientId);
        Agreed(appointment, doctor.AccountId);
        await SaveAsync(appointment, doctor, ct);
        if (appointment.ClinicId is { } clinicId)
        {
            await patientClinics.EnlistAsync(appointment.PatientId, clinicId, ct);
        }
    }

    /// <summary>Moves an appointment to another time, and saves.</summary>
    public async Task RescheduleAsync(AppointmentView view, BookingFacts facts, VisitTime time, Actor actor, CancellationToken ct)
    {
        var appointment = view.Appointment;
        var happened = appointment.Reschedule(view.PartyOf(actor), ActOf(actor), time);
        CalendarLocks.TakeFor(db, appointment, facts.Doctor, time.ScheduleVersion);
        if (facts.MayMeetStaleHolds)
        {
            CalendarLocks.EndStaleHolds(db, appointment);
        }

        KeptTimes.LetGoOfProposal(db, appointment);
        db.Append(happened);
        trail.About("appointment", appointment.Id).Concerns(appointment.PatientId);
        db.Publish(new AppointmentRescheduled(appointment.Id, appointment.DoctorId, appointment.PatientId, appointment.StartsAt, happened.FromStart));
        await SaveAsync(appointment, facts.Doctor, ct);
        await reminders.VoidAsync(appointment.Id, ReminderWhy.Moved, ct);
        await care.OpenAsync(CareOf(appointment, view.DoctorAccountId), ct);
    }

    /// <summary>A visit is paid: what was held for it is agreed, and what is agreed is confirmed. The caller holds the row, and saves.</summary>
    public async Task ConfirmPaidAsync(Appointment appointment, DoctorRow doctor, CancellationToken ct)
    {
        var act = new Act(null, db.Now);
        if (appointment.Status == AppointmentStatus.Held)
        {
            db.Append(appointment.UseHold(appointment.Plan, act, null));
            Agreed(appointment, doctor.AccountId);
            if (appointment.ClinicId is { } clinicId)
            {
                await patientClinics.EnlistAsync(appointment.PatientId, clinicId, ct);
            }
        }

        db.Append(appointment.Confirm(Party.Staff, act));
    }

    /// <summary>Does what needs no new time; the caller saves.</summary>
    public async Task MoveAsync(AppointmentView view, Func<Party, Act, AppointmentEvent> move, Actor actor, CancellationToken ct)
    {
        var appointment = view.Appointment;
        db.Append(move(view.PartyOf(actor), ActOf(actor)));
        trail.Concerns(appointment.PatientId);
        await TellClinicAsync(appointment, ct);
        if (!Moves.Allows(Move.Reschedule, appointment.Status, Party.Staff))
        {
            KeptTimes.LetGoOfProposal(db, appointment);
        }

        if (appointment.Status == AppointmentStatus.InProgress)
        {
            db.Publish(new AppointmentStarted(appointment.Id));
        }
        else if (appointment.Status == AppointmentStatus.Completed)
        {
            db.Publish(new AppointmentCompleted(appointment.Id));
            reviews.Allow(new CompletedVisit(appointment.Id, appointment.DoctorId, appointment.PatientId));
            if (appointment.ClinicId is { } clinicId)
            {
                clinicReviews.Allow(new CompletedClinicVisit(appointment.Id, clinicId, appointment.PatientId));
            }
        }
        else if (!Moves.Occupies(appointment.Status))
        {
            // Called off or missed: the time is free and the doctor's access to the patient ends, both with this transaction.
            db.Publish(new AppointmentEnded(appointment.Id, appointment.DoctorId, appointment.Status));
            await care.CloseAsync(appointment.Id, ct);
            await reminders.VoidAsync(appointment.Id, ReminderWhy.CalledOff, ct);
            await db.Database.ExecuteSqlAsync($"INSERT INTO scheduling.stale_listings (doctor_id) VALUES ({appointment.DoctorId})", ct);
        }
    }

    /// <summary>Calls an appointment off, on the doctor's terms where the patient does; the caller saves. Answers what it costs, if anything.</summary>
    public async Task<LateCancellationFee?> CancelAsync(AppointmentView view, Actor actor, string? reason, CancellationToken ct)
    {
        var appointment = view.Appointment;
        var isAgreed = appointment.Status is not (AppointmentStatus.Requested or AppointmentStatus.Held);
        var terms = isAgreed && view.PartyOf(actor) == Party.Patient && Moves.Allows(Move.Cancel, appointment.Status, Party.Patient)
            ? await db.Set<Schedule>().FirstOrDefaultAsync(s => s.DoctorId == appointment.DoctorId, ct) : null;
        var fee = terms?.ChargeFor(appointment, db.Now);
        var waits = appointment.Status == AppointmentStatus.CheckedIn && view.PartyOf(actor) != Party.Patient;
        await MoveAsync(view, (party, act) => appointment.Cancel(party, act, reason), actor, ct);
        if (fee is not null)
        {
            db.Append(fee);
        }

        // Nobody is left sitting in a waiting room for a visit that will not be.
        if (waits)
        {
            var told = VisitNotices.Of(
                "scheduling.called_off_while_waiting", appointment.Id, (appointment.StartsAt, appointment.TimeZone), appointment.StartsAt, ("number", appointment.Number));
            await notices.ToPatientAsync(appointment.PatientId, told with { Severity = NoticeSeverity.Critical }, ct);
        }

        return fee;
    }

    async Task<Guid> IAppointments.BookAsync(VisitBooking booking, Actor actor, CancellationToken ct)
    {
        var end = booking.Start.AddMinutes(booking.DurationMinutes);
        var facts = await BookingFacts.OfAnyTimeAsync(
            db, booking.DoctorId, (booking.Start, end), new BookingSides(booking.PatientId), actor, ct) ?? throw new NotFound();
        facts.CheckBookableBy(actor);
        var plan = new VisitPlan(VisitType.General, Modality.Video, Urgency.Medium, booking.Reason, null, null, null);
        facts.CheckLooksFree(facts.Time!);
        var placed = Appointment.Book(facts.Doctor, booking.PatientId, facts.Time!, plan, ActOf(actor));
        return (await PlaceAsync(facts, facts.Time!, placed, ct)).Appointment.Id;
    }

    Task IAppointments.StartAsync(Guid appointmentId, Actor actor, CancellationToken ct) =>
        MoveAsync(appointmentId, a => a.Start, actor, ct);

    Task IAppointments.CompleteAsync(Guid appointmentId, Actor actor, CancellationToken ct) =>
        MoveAsync(appointmentId, a => a.Complete, actor, ct);

    async Task IAppointments.CancelAsync(Guid appointmentId, Actor actor, string? reason, CancellationToken ct) =>
        await CancelAsync(await AppointmentView.LockAsync(db, actor, appointmentId, ct), actor, reason, ct);

    private async Task<AppointmentView> PlaceAsync(
        BookingFacts facts, VisitTime time, (Appointment Appointment, AppointmentEvent Event) placed, CancellationToken ct)
    {
        var appointment = placed.Appointment;
        trail.About("appointment", appointment.Id).Concerns(appointment.PatientId);
        CalendarLocks.TakeFor(db, appointment, facts.Doctor, time.ScheduleVersion);
        if (facts.MayMeetStaleHolds)
        {
            CalendarLocks.EndStaleHolds(db, appointment);
        }

        switch (appointment.Status)
        {
            case AppointmentStatus.Held:
                CalendarLocks.CheckFewer(db, appointment, MostHolds, new("TOO_MANY_HOLDS", $"A patient can hold {MostHolds} times at once."));
                break;
            case AppointmentStatus.Requested:
                CheckOpenRequests(appointment);
                db.Publish(new AppointmentRequested(appointment.Id, appointment.DoctorId, appointment.PatientId));
                break;
        }

        db.Append(appointment);
        db.Append(placed.Event);
        if (appointment.Status == AppointmentStatus.Scheduled)
        {
            Agreed(appointment, facts.Doctor.AccountId);
        }

        await SaveAsync(appointment, facts.Doctor, ct);
        return await ViewAsync(facts, appointment, ct);
    }

    private void CheckOpenRequests(Appointment request) => CalendarLocks.CheckFewer(
        db, request, MostRequests, new("TOO_MANY_OPEN_REQUESTS", $"A patient can have {MostRequests} open requests. Wait for an answer, or cancel one."));

    /// <summary>A visit is agreed: it is announced, and opens the doctor's access.</summary>
    private void Agreed(Appointment appointment, Guid doctorAccountId)
    {
        db.Publish(new AppointmentBooked(appointment.Id, appointment.DoctorId, appointment.PatientId));
        care.Begin(CareOf(appointment, doctorAccountId));
    }

    private async Task<AppointmentView> ViewAsync(BookingFacts facts, Appointment appointment, CancellationToken ct)
    {
        var view = facts.View(appointment);
        if (appointment.ClinicId is { } clinicId)
        {
            if (appointment.Status == AppointmentStatus.Scheduled)
            {
                await patientClinics.EnlistAsync(appointment.PatientId, clinicId, ct);
            }

            view.ServiceName = appointment.ServiceId is { } serviceId
                ? await db.Set<ServiceRow>().Where(s => s.Id == serviceId).Select(s => s.Name).FirstAsync(ct) : null;
            view.ClinicName = await db.Set<ClinicRow>().Where(c => c.Id == clinicId).Select(c => c.Name).FirstAsync(ct);
        }

        return view;
    }

    // A request whose time has come is not waited for.
    private DateTimeOffset RequestedUntil(DateTimeOffset start) => start < db.Now + _requestStands ? start : db.Now + _requestStands;

    private async Task MoveAsync(
        Guid appointmentId, Func<Appointment, Func<Party, Act, AppointmentEvent>> move, Actor actor, CancellationToken ct)
    {
        var view = await AppointmentView.LockAsync(db, actor, appointmentId, ct);
        await MoveAsync(view, move(view.Appointment), actor, ct);
    }

    private Task TellClinicAsync(Appointment appointment, CancellationToken ct) => (appointment.ClinicId, appointment.Status) switch
    {
        ({ } clinicId, AppointmentStatus.CheckedIn or AppointmentStatus.InProgress) =>
            patientClinics.ArriveAsync(new ClinicVisit(appointment.PatientId, clinicId, appointment.Id, appointment.StartsAt), ct),
        ({ }, AppointmentStatus.Scheduled) => patientClinics.LeaveAsync(appointment.Id, ct),
        ({ }, var status) when !Moves.Occupies(status) => patientClinics.LeaveAsync(appointment.Id, ct),
        _ => Task.CompletedTask,
    };

    private async Task SaveAsync(Appointment appointment, DoctorRow doctor, CancellationToken ct)
    {
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (Exception error) when (PostgresError.In(error)?.ConstraintName is "appointments_no_doctor_overlap")
        {
            throw NearestTimes.SlotTaken(doctor, appointment.StartsAt, appointment.PatientId);
        }
        catch (Exception error) when (PostgresError.In(error)?.ConstraintName is "appointments_no_patient_overlap")
        {
            throw NearestTimes.PatientBusy(doctor, appointment.StartsAt, appointment.PatientId);
        }
    }

    private CareRelationshipOpening CareOf(Appointment appointment, Guid doctorAccountId) => new(
        appointment.PatientId,
        doctorAccountId,
        CareReason.Appointment,
        appointment.Id,
        appointment.EndsAt.AddDays(options.Value.AccessAfterVisitDays));

    private Act ActOf(Actor actor) => new(actor.AccountId, db.Now);
}
