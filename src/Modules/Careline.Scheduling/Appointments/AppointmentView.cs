using Careline.Accounts.Contracts;
using Careline.Clinics.Contracts;
using Careline.Doctors.Contracts;
using Careline.Patients.Contracts;
using Careline.Payments.Contracts;

namespace Careline.Scheduling.Appointments;

/// <summary>An appointment with the names that its answers show, joined from the modules below in one statement.</summary>
internal sealed class AppointmentView
{
    public required Appointment Appointment { get; init; }

    public required Guid DoctorAccountId { get; init; }

    public required string DoctorName { get; init; }

    public required string[] DoctorSpecializations { get; init; }

    public required Guid? PatientAccountId { get; init; }

    public required string PatientName { get; init; }

    public string? ClinicName { get; set; }

    public string? ServiceName { get; set; }

    /// <summary>Where the payment for it stands, if there is one.</summary>
    public PaymentStatus? PaymentStatus { get; init; }

    /// <summary>The reader is a nurse of the appointment's clinic, who sees what the other staff of the calendar does not.</summary>
    public bool IsNursedByReader { get; init; }

    /// <summary>The reader runs the calendar of the appointment's clinic.</summary>
    public bool IsRunByReader { get; init; }

    /// <summary>The reader acts for the patient and may read what is clinical.</summary>
    public bool IsReadForPatient { get; init; }

    /// <summary>
    /// As what the actor, who sees this appointment, acts on it. To be staff must be shown: who sees it for no other reason acts for the patient,
    /// and a nurse who does so must not confirm her mother's visits at a clinic that is not hers.
    /// </summary>
    public Party PartyOf(Actor actor) => Appointment.PatientId == actor.PatientId ? Party.Patient
        : Appointment.DoctorId == actor.DoctorId ? Party.Doctor
        : actor.IsAdmin || IsRunByReader ? Party.Staff : Party.Patient;

    /// <summary>Whoever only runs the calendar, or only books for the patient, does not read what the patient tells the doctor.</summary>
    public bool SeesClinical(Actor actor) =>
        IsNursedByReader || IsReadForPatient || Appointment.PatientId == actor.PatientId || Appointment.DoctorId == actor.DoctorId;

    public static IQueryable<AppointmentView> Of(CarelineDb db, IQueryable<Appointment> appointments, Actor actor)
    {
        var accountId = actor.AccountId;
        var isNurse = actor.Is(Roles.Nurse);
        var readFor = ProxyRow.InForce(db, actor).Where(p => p.CanRead);
        return
            from a in appointments
            join d in db.Set<DoctorRow>() on a.DoctorId equals d.Id
            join p in db.Set<PatientRow>() on a.PatientId equals p.Id
            join c in db.Set<ClinicRow>() on a.ClinicId equals (Guid?)c.Id into clinics
            from c in clinics.DefaultIfEmpty()
            select new AppointmentView
            {
                Appointment = a,
                DoctorAccountId = d.AccountId,
                DoctorName = d.Name,
                DoctorSpecializations = d.Specializations,
                PatientAccountId = p.AccountId,
                PatientName = p.Name,
                ClinicName = c.Name,
                ServiceName = db.Set<ServiceRow>().Where(s => s.Id == a.ServiceId).Select(s => s.Name).FirstOrDefault(),
                PaymentStatus = db.Set<PaymentRow>().Where(r => r.SubjectId == a.Id && r.Kind == PayableKind.Appointment).OrderByDescending(r => r.Id)
                    .Select(r => (PaymentStatus?)r.Status).FirstOrDefault(),
                IsNursedByReader = isNurse
                    && db.Set<StaffRow>().Any(s => s.ClinicId == a.ClinicId && s.AccountId == accountId && s.Role == ClinicRole.Nurse),
                IsRunByReader = db.Set<StaffRow>().Any(s => s.ClinicId == a.ClinicId && s.AccountId == accountId
                    && Appointment.CalendarRoles.Contains(s.Role)),
                IsReadForPatient = readFor.Any(p => p.PatientId == a.PatientId),
            };
    }

    /// <summary>An appointment that the actor sees, kept from changing until the transaction ends.</summary>
    /// <exception cref="NotFound">It is absent, or not the actor's to see.</exception>
    public static async Task<AppointmentView> LockAsync(CarelineDb db, Actor actor, Guid id, CancellationToken ct) =>
        await Of(db, Appointment.LockedFor(db, actor, id), actor).AsTracking().FirstOrDefaultAsync(ct) ?? throw new NotFound();

    /// <inheritdoc cref="LockAsync"/>
    public static async Task<AppointmentView> FindAsync(CarelineDb db, Actor actor, Guid id, CancellationToken ct) =>
        await Of(db, Appointment.VisibleTo(db, actor).Where(a => a.Id == id), actor).FirstOrDefaultAsync(ct) ?? throw new NotFound();
}
