using Careline.Accounts.Contracts;
using Careline.Clinics.Contracts;
using Careline.Patients.Contracts;

namespace Careline.Scheduling.Appointments;

/// <summary>Who sees an appointment. The two hottest lists spell the same in SQL (OwnAppointments); a test compares them.</summary>
internal sealed partial class Appointment
{
    /// <summary>The roles at a clinic that run its calendar.</summary>
    public static IReadOnlyList<ClinicRole> CalendarRoles { get; } = [ClinicRole.Administrator, ClinicRole.Nurse, ClinicRole.Receptionist];

    public static IQueryable<Appointment> VisibleTo(CarelineDb db, Actor actor) => Seen(db.Set<Appointment>(), db, actor);

    /// <summary>The appointment, kept from changing until the transaction ends: of two moves at once the second meets the state the first left.</summary>
    public static IQueryable<Appointment> LockedFor(CarelineDb db, Actor actor, Guid id) =>
        Seen(db.Set<Appointment>().FromSql($"SELECT * FROM scheduling.appointments WHERE id = {id} FOR NO KEY UPDATE"), db, actor).AsTracking();

    /// <summary>Whether the role is nothing but a patient's, so that no clinic can have made it staff.</summary>
    public static bool IsOnlyPatient(Actor actor) => actor.Roles.Count == 1 && actor.Is(Roles.Patient);

    private static IQueryable<Appointment> Seen(IQueryable<Appointment> rows, CarelineDb db, Actor actor)
    {
        if (actor.IsAdmin)
        {
            return rows;
        }

        var (patientId, doctorId, accountId) = (actor.PatientId, actor.DoctorId, actor.AccountId);
        var shown = rows.Where(a => a.HiddenAt == null);
        var actedFor = ProxyRow.InForce(db, actor).Where(p => p.CanBook).Select(p => p.PatientId);
        if (IsOnlyPatient(actor))
        {
            // One set of ids, so that the database starts from these few patients and not from all appointments.
            var own = db.Set<PatientRow>().Where(p => p.Id == patientId).Select(p => p.Id).Union(actedFor);
            return shown.Where(a => own.Contains(a.PatientId));
        }

        // A hold is nobody's business but the holder's; it only occupies the time.
        var staff = db.Set<StaffRow>().Where(s => s.AccountId == accountId && CalendarRoles.Contains(s.Role));
        return shown.Where(a => a.PatientId == patientId || actedFor.Contains(a.PatientId)
            || (a.Status == AppointmentStatus.Held
                ? a.CreatedBy == accountId
                : a.DoctorId == doctorId || staff.Any(s => s.ClinicId == a.ClinicId)));
    }
}
