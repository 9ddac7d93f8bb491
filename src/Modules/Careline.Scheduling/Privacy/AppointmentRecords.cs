using Careline.Platform.Data;
using Careline.Platform.Privacy;
using Careline.Scheduling.Appointments;
using Microsoft.EntityFrameworkCore;

namespace Careline.Scheduling.Privacy;

/// <summary>A patient's appointments and what became of them.</summary>
internal sealed class AppointmentRecords(CarelineDb db) : IPersonalRecords
{
    public string Schema => "scheduling";

    public IEnumerable<PersonalTable> Export(PersonKeys person)
    {
        var patient = person.PatientId;
        var own = db.Set<Appointment>().Where(a => a.PatientId == patient);
        yield return new PersonalTable("appointments", own.OrderBy(a => a.Id).Select(a => new
        {
            a.Id, a.Number, a.DoctorId, a.PatientId, a.ClinicId, a.TimeSlotId, a.StartsAt, a.EndsAt, a.TimeZone, a.LocalDate, a.Status, a.VisitType,
            a.Modality, a.Urgency, a.Reason, a.Symptoms, a.Notes, a.ContactPhone, a.FeeAmount, a.FeeCurrency, a.CheckedInAt, a.StartedAt, a.EndedAt,
            a.CancelReason, a.CancelledBy, a.CancelledAt, a.HiddenAt, a.CreatedBy, a.CreatedAt, a.UpdatedAt,
        }).AsAsyncEnumerable());
        yield return new PersonalTable("appointment_events", (
            from e in db.Set<AppointmentEvent>()
            join a in own on e.AppointmentId equals a.Id
            orderby e.AppointmentId, e.Id
            select new { e.Id, e.AppointmentId, e.Kind, e.FromStatus, e.ToStatus, e.FromStart, e.ToStart, e.ActorId, e.Note, e.At }).AsAsyncEnumerable());
    }
}
