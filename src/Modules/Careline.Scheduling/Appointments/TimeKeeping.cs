using Careline.Doctors.Contracts;

namespace Careline.Scheduling.Appointments;

/// <content>Times that are kept for what is not yet decided.</content>
internal sealed partial class AppointmentDesk
{
    /// <summary>Keeps a time for what is not yet decided; the caller saves what it is kept for.</summary>
    public async Task<Appointment> KeepAsync(BookingFacts facts, VisitTime time, Act act, DateTimeOffset until, CancellationToken ct)
    {
        var (hold, happened) = Appointment.Keep(facts.Doctor, facts.PatientId!.Value, time, act, until);
        CalendarLocks.TakeFor(db, hold, facts.Doctor, time.ScheduleVersion);
        CalendarLocks.EndStaleHolds(db, hold);
        db.Append(hold);
        db.Append(happened);
        await SaveAsync(hold, facts.Doctor, ct);
        return hold;
    }

    /// <summary>Moves an appointment to a time that is kept for it, and saves. The time is let go and taken in one transaction: nobody comes between.</summary>
    public async Task MoveToKeptAsync(AppointmentView view, Guid holdId, VisitTime time, Actor actor, CancellationToken ct)
    {
        var appointment = view.Appointment;
        var doctor = await db.Set<DoctorRow>().FirstAsync(d => d.Id == appointment.DoctorId, ct);
        var happened = appointment.Reschedule(view.PartyOf(actor), ActOf(actor), time);
        CalendarLocks.TakeFor(db, appointment, doctor, null);
        KeptTimes.LetGo(db, holdId, db.Now);
        CalendarLocks.EndStaleHolds(db, appointment);
        db.Append(happened);
        db.Publish(new AppointmentRescheduled(appointment.Id, appointment.DoctorId, appointment.PatientId, From: happened.FromStart));
        await SaveAsync(appointment, doctor, ct);
        await care.OpenAsync(CareOf(appointment, view.DoctorAccountId), ct);
    }
}
