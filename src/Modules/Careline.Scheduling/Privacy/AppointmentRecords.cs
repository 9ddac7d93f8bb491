using Careline.Platform.Privacy;
using Careline.Scheduling.Appointments;
using Careline.Scheduling.Availability;
using Careline.Scheduling.Calendars;
using Careline.Scheduling.OutsideCalendars;
using Careline.Scheduling.Reminders;
using Careline.Scheduling.Requests;
using Careline.Scheduling.Rescheduling;
using Careline.Scheduling.Waitlist;

namespace Careline.Scheduling.Privacy;

/// <summary>A patient's appointments and what became of them; a doctor's days off.</summary>
internal sealed class AppointmentRecords(CarelineDb db) : IPersonalRecords
{
    public string Schema => "scheduling";

    public IEnumerable<PersonalTable> Export(PersonKeys person)
    {
        var (patient, doctor) = (person.PatientId, person.DoctorId);
        var own = db.Set<Appointment>().Where(a => a.PatientId == patient);
        yield return new PersonalTable("appointments", own.OrderBy(a => a.Id).Select(a => new
        {
            a.Id,
            a.Number,
            a.DoctorId,
            a.PatientId,
            a.ClinicId,
            a.TimeSlotId,
            a.StartsAt,
            a.EndsAt,
            a.TimeZone,
            a.LocalDate,
            a.Status,
            a.VisitType,
            a.Modality,
            a.Urgency,
            a.Reason,
            a.Symptoms,
            a.Notes,
            a.ContactPhone,
            a.ServiceId,
            a.FeeAmount,
            a.FeeCurrency,
            a.CheckedInAt,
            a.ReadyAt,
            a.StartedAt,
            a.EndedAt,
            a.CancelReason,
            a.CancelledBy,
            a.CancelledAt,
            a.HiddenAt,
            a.ExpiresAt,
            a.CreatedBy,
            a.CreatedAt,
            a.UpdatedAt,
        }).AsAsyncEnumerable());
        yield return new PersonalTable("appointment_events", (
            from e in db.Set<AppointmentEvent>()
            join a in own on e.AppointmentId equals a.Id
            orderby e.AppointmentId, e.Id
            select new { e.Id, e.AppointmentId, e.Kind, e.FromStatus, e.ToStatus, e.FromStart, e.ToStart, e.ActorId, e.Note, e.At }).AsAsyncEnumerable());
        var account = person.AccountId;
        var reminders = own.Join(db.Set<Reminder>(), a => a.Id, r => r.AppointmentId, (_, r) => r).Union(db.Set<Reminder>().Where(r => r.AccountId == account));
        yield return new PersonalTable("reminders", reminders.OrderBy(r => r.DueAt).ThenBy(r => r.Id)
            .Select(r => new
            {
                r.Id,
                r.AppointmentId,
                r.StartVersion,
                r.AccountId,
                r.PatientId,
                r.Channel,
                r.OffsetMinutes,
                r.StartsAt,
                r.DueAt,
                r.Status,
                r.Why,
                r.CreatedAt,
                r.SettledAt,
            }).AsAsyncEnumerable());
        yield return new PersonalTable("appointment_requests", db.Set<AppointmentRequest>().Where(r => own.Any(a => a.Id == r.Id)).OrderBy(r => r.Id)
            .Select(r => new { r.Id, r.PreferredDate, r.DayPart, r.CreatedAt }).AsAsyncEnumerable());
        yield return new PersonalTable("late_cancellations", db.Set<LateCancellationFee>().Where(f => own.Any(a => a.Id == f.Id)).OrderBy(f => f.Id)
            .Select(f => new { f.Id, f.FeePercent, f.FeeAmount, f.FeeCurrency, f.At }).AsAsyncEnumerable());
        yield return new PersonalTable("schedule_exceptions", db.Set<ScheduleException>().Where(e => e.DoctorId == doctor).OrderBy(e => e.Id).Select(e => new
        {
            e.Id,
            e.DoctorId,
            e.Kind,
            e.FirstDay,
            e.LastDay,
            e.StartTime,
            e.EndTime,
            e.Reason,
            e.CreatedAt,
            e.UpdatedAt,
            e.RemovedAt,
        }).AsAsyncEnumerable());
        yield return new PersonalTable("reschedule_proposals", db.Set<RescheduleProposal>().Where(p => own.Any(a => a.Id == p.AppointmentId)).OrderBy(p => p.Id).Select(p => new
        {
            p.Id,
            p.AppointmentId,
            p.HoldId,
            p.StartsAt,
            p.EndsAt,
            p.TimeSlotId,
            p.ClinicId,
            p.ByPatient,
            p.ProposedBy,
            p.Reason,
            p.Status,
            p.ExpiresAt,
            p.AnsweredBy,
            p.AnsweredAt,
            p.CreatedAt,
        }).AsAsyncEnumerable());
        foreach (var table in ExportCalendars(person).Concat(ExportWaitlist(person)))
        {
            yield return table;
        }
    }

    private IEnumerable<PersonalTable> ExportCalendars(PersonKeys person)
    {
        var (account, doctor) = (person.AccountId, person.DoctorId);
        yield return new PersonalTable("calendar_feeds", db.Set<CalendarFeed>().Where(f => f.AccountId == account).OrderBy(f => f.Id)
            .Select(f => new { f.Id, f.AccountId, f.CreatedAt, f.RenewedAt, f.LastReadAt }).AsAsyncEnumerable());
        yield return new PersonalTable("outside_calendars", db.Set<OutsideCalendar>().Where(c => c.DoctorId == doctor).OrderBy(c => c.Id)
            .Select(c => new { c.Id, c.DoctorId, c.Name, c.Host, c.NextReadAt, c.LastReadAt, c.LastTriedAt, c.LastError, c.BusyTimes, c.NotUnderstood, c.CreatedAt }).AsAsyncEnumerable());
    }

    private IEnumerable<PersonalTable> ExportWaitlist(PersonKeys person)
    {
        var patient = person.PatientId;
        var own = db.Set<WaitlistEntry>().Where(e => e.PatientId == patient);
        yield return new PersonalTable("waitlist_entries", own.OrderBy(e => e.Id).Select(e => new
        {
            e.Id,
            e.PatientId,
            e.DoctorId,
            e.ClinicId,
            e.Modality,
            e.StartDate,
            e.EndDate,
            e.DayPart,
            e.VisitType,
            e.Urgency,
            e.Reason,
            e.Status,
            e.RankedAt,
            e.MissedOffers,
            e.HoldId,
            e.OfferedStart,
            e.OfferedEnd,
            e.OfferExpiresAt,
            e.CreatedBy,
            e.CreatedAt,
            e.UpdatedAt,
        }).AsAsyncEnumerable());
    }

    public async Task EraseAsync(PersonKeys person, CancellationToken ct)
    {
        var (account, doctor) = (person.AccountId, person.DoctorId);
        var (id, now, names, literals) = (person.PatientId, db.Now, person.Names, person.Literals);
        if (await db.Set<Appointment>().AnyAsync(a => a.PatientId == id && a.EndsAt > now && Moves.Occupying.Contains(a.Status), ct))
        {
            throw new RuleViolation("APPOINTMENTS_AHEAD", "Call off the appointments that are still to come first.");
        }

        // Whoever is gone waits for nothing.
        await db.Database.ExecuteSqlAsync(
            $"""
            UPDATE scheduling.waitlist_entries SET reason = NULL, offer_expires_at = NULL, updated_at = {now}, version = version + 1,
                status = CASE WHEN status IN ('waiting', 'offered') THEN 'left' ELSE status END
            WHERE patient_id = {id}
            """,
            ct);
        await db.Database.ExecuteSqlAsync($"DELETE FROM scheduling.outside_calendars WHERE doctor_id = {doctor}", ct);
        await db.Database.ExecuteSqlAsync($"DELETE FROM scheduling.calendar_feeds WHERE account_id = {account}", ct);
        await db.Database.ExecuteSqlAsync(
            $"""
            UPDATE scheduling.appointments SET contact_phone = NULL, reason = platform.without(reason, {names}, {literals}),
                symptoms = platform.without(symptoms, {names}, {literals}),
                notes = platform.without(notes, {names}, {literals}),
                cancel_reason = platform.without(cancel_reason, {names}, {literals})
            WHERE patient_id = {id}
            """,
            ct);
        await db.Database.ExecuteSqlAsync(
            $"""
            UPDATE scheduling.reschedule_proposals p SET reason = platform.without(p.reason, {names}, {literals})
            FROM scheduling.appointments a WHERE a.id = p.appointment_id AND a.patient_id = {id} AND p.reason IS NOT NULL
            """,
            ct);
        await db.Database.ExecuteSqlAsync(
            $"""
            UPDATE scheduling.appointment_events e SET note = platform.without(e.note, {names}, {literals})
            FROM scheduling.appointments a WHERE a.id = e.appointment_id AND a.patient_id = {id} AND e.note IS NOT NULL
            """,
            ct);
        await db.Database.ExecuteSqlAsync(
            $"""
            DELETE FROM scheduling.reminders
            WHERE account_id = {account} OR appointment_id = ANY (ARRAY(SELECT id FROM scheduling.appointments WHERE patient_id = {id}))
            """,
            ct);
    }

    // That a doctor's time was taken stays (decision 0014); why does not.
    public async Task RemoveKeptAsync(Guid patientId, CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync(
            $"UPDATE scheduling.appointments SET reason = NULL, symptoms = NULL, notes = NULL, cancel_reason = NULL WHERE patient_id = {patientId}", ct);
        await db.Database.ExecuteSqlAsync(
            $"UPDATE scheduling.appointment_events e SET note = NULL FROM scheduling.appointments a WHERE a.id = e.appointment_id AND a.patient_id = {patientId}", ct);
        await db.Database.ExecuteSqlAsync(
            $"DELETE FROM scheduling.appointment_requests r USING scheduling.appointments a WHERE a.id = r.id AND a.patient_id = {patientId}", ct);
        await db.Database.ExecuteSqlAsync(
            $"DELETE FROM scheduling.reschedule_proposals p USING scheduling.appointments a WHERE a.id = p.appointment_id AND a.patient_id = {patientId}", ct);
        await db.Database.ExecuteSqlAsync(
            $"DELETE FROM scheduling.waitlist_refusals r USING scheduling.waitlist_entries e WHERE e.id = r.entry_id AND e.patient_id = {patientId}", ct);
        await db.Database.ExecuteSqlAsync($"DELETE FROM scheduling.waitlist_entries WHERE patient_id = {patientId}", ct);
        await db.Database.ExecuteSqlAsync(
            $"DELETE FROM scheduling.late_cancellations f USING scheduling.appointments a WHERE a.id = f.id AND a.patient_id = {patientId}", ct);
    }
}
