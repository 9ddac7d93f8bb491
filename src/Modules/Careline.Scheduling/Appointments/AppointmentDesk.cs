using Careline.Audit.Contracts;
using Careline.Clinics.Contracts;
using Careline.Doctors.Contracts;
using Careline.Patients.Contracts;
using Careline.Platform.Data;
using Careline.Platform.Security;
using Careline.Platform.Web;
using Careline.Scheduling.Contracts;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Careline.Scheduling.Appointments;

/// <summary>
/// Where appointments are made and moved, for this module's routes and for the visit. Everything that can occupy time passes
/// <see cref="SaveAsync"/>: locks, one save, and the exclusion constraints as the judge.
/// </summary>
internal sealed class AppointmentDesk(
    CarelineDb db, ICareRelationships care, IPatientClinics patientClinics, AuditTrail trail, IOptions<SchedulingOptions> options) : IAppointments
{
    /// <summary>Books what the facts describe, and saves.</summary>
    public Task<AppointmentView> BookAsync(BookingFacts facts, VisitTime time, VisitPlan plan, Actor actor, CancellationToken ct)
    {
        facts.CheckLooksFree(time);
        var (appointment, happened) = Appointment.Book(facts.Doctor, facts.PatientId!.Value, time, plan, ActOf(actor));
        trail.About("appointment", appointment.Id);
        return PlaceAsync(facts, time, appointment, happened, ct);
    }

    /// <summary>Moves an appointment to another time, and saves.</summary>
    public async Task RescheduleAsync(AppointmentView view, BookingFacts facts, VisitTime time, Actor actor, CancellationToken ct)
    {
        var appointment = view.Appointment;
        var happened = appointment.Reschedule(view.PartyOf(actor), ActOf(actor), time);
        CalendarLocks.TakeFor(db, appointment, facts.Doctor, time.ScheduleVersion);
        db.Append(happened);
        trail.About("appointment", appointment.Id).Concerns(appointment.PatientId);
        db.Publish(new AppointmentRescheduled(appointment.Id, appointment.DoctorId, appointment.PatientId));
        await SaveAsync(appointment, facts.Doctor, ct);
        await care.OpenAsync(CareOf(appointment, view.DoctorAccountId), ct);
    }

    /// <summary>Does what needs no new time; the caller saves.</summary>
    public async Task MoveAsync(AppointmentView view, Func<Party, Act, AppointmentEvent> move, Actor actor, CancellationToken ct)
    {
        var appointment = view.Appointment;
        db.Append(move(view.PartyOf(actor), ActOf(actor)));
        trail.Concerns(appointment.PatientId);
        await TellClinicAsync(appointment, ct);
        if (appointment.Status == AppointmentStatus.InProgress)
        {
            db.Publish(new AppointmentStarted(appointment.Id));
        }
        else if (appointment.Status == AppointmentStatus.Completed)
        {
            db.Publish(new AppointmentCompleted(appointment.Id));
        }
        else if (!Moves.Occupies(appointment.Status))
        {
            // Called off or missed: the time is free and the doctor's access to the patient ends, both with this transaction.
            db.Publish(new AppointmentEnded(appointment.Id, appointment.DoctorId, appointment.Status));
            await care.CloseAsync(appointment.Id, ct);
            await db.Database.ExecuteSqlAsync($"INSERT INTO scheduling.stale_listings (doctor_id) VALUES ({appointment.DoctorId})", ct);
        }
    }

    async Task<Guid> IAppointments.BookAsync(VisitBooking booking, Actor actor, CancellationToken ct)
    {
        var end = booking.Start.AddMinutes(booking.DurationMinutes);
        var facts = await BookingFacts.OfAnyTimeAsync(
            db, booking.DoctorId, (booking.Start, end), new BookingSides(booking.PatientId), actor, ct) ?? throw new NotFound();
        facts.CheckBookableBy(actor);
        var plan = new VisitPlan(VisitType.General, Modality.Video, Urgency.Medium, booking.Reason, null, null, null);
        facts.CheckLooksFree(facts.Time!);
        var (appointment, happened) = Appointment.Book(facts.Doctor, booking.PatientId, facts.Time!, plan, ActOf(actor));
        await PlaceAsync(facts, facts.Time!, appointment, happened, ct);
        return appointment.Id;
    }

    Task IAppointments.StartAsync(Guid appointmentId, Actor actor, CancellationToken ct) =>
        MoveAsync(appointmentId, a => a.Start, actor, ct);

    Task IAppointments.CompleteAsync(Guid appointmentId, Actor actor, CancellationToken ct) =>
        MoveAsync(appointmentId, a => a.Complete, actor, ct);

    Task IAppointments.CancelAsync(Guid appointmentId, Actor actor, string? reason, CancellationToken ct) =>
        MoveAsync(appointmentId, a => (party, act) => a.Cancel(party, act, reason), actor, ct);

    private async Task<AppointmentView> PlaceAsync(
        BookingFacts facts, VisitTime time, Appointment appointment, AppointmentEvent happened, CancellationToken ct)
    {
        trail.Concerns(appointment.PatientId);
        CalendarLocks.TakeFor(db, appointment, facts.Doctor, time.ScheduleVersion);
        db.Append(appointment);
        db.Append(happened);
        db.Publish(new AppointmentBooked(appointment.Id, appointment.DoctorId, appointment.PatientId));
        care.Begin(CareOf(appointment, facts.Doctor.AccountId));
        await SaveAsync(appointment, facts.Doctor, ct);
        var view = facts.View(appointment);
        if (appointment.ClinicId is { } clinicId)
        {
            await patientClinics.EnlistAsync(appointment.PatientId, clinicId, ct);
            view.ClinicName = await db.Set<ClinicRow>().Where(c => c.Id == clinicId).Select(c => c.Name).FirstAsync(ct);
        }

        return view;
    }

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
