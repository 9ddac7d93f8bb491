using Careline.Doctors.Contracts;
using Careline.Notifications.Contracts;
using Careline.Patients.Contracts;
using Careline.Platform.Events;
using Careline.Scheduling.Appointments;

namespace Careline.Scheduling.Reminders;

/// <summary>Plans the reminders of somebody anew who wants to be told otherwise.</summary>
internal sealed class OnPreferencesChanged(CarelineDb db, VisitAudience audience, ReminderLedger ledger) : IHandle<PreferencesChanged>
{
    // Nobody has more visits ahead than this; a doctor's later ones follow when they are agreed or moved.
    private const int MostVisits = 1000;

    public async Task HandleAsync(PreferencesChanged happened, CancellationToken ct)
    {
        var (account, now) = (happened.AccountId, db.Now);
        var doctors = db.Set<DoctorRow>().Where(d => d.AccountId == account).Select(d => d.Id);
        var patients = db.Set<PatientRow>().Where(p => p.AccountId == account).Select(p => p.Id)
            .Union(db.Set<ProxyRow>().Where(p => p.AccountId == account && p.CanBook && p.From <= now && (p.Until == null || now < p.Until)).Select(p => p.PatientId));
        var visits = await db.Set<Appointment>()
            .Where(a => a.StartsAt > now && (a.Status == AppointmentStatus.Scheduled || a.Status == AppointmentStatus.Confirmed)
                && (doctors.Contains(a.DoctorId) || patients.Contains(a.PatientId)))
            .OrderBy(a => a.StartsAt).Take(MostVisits).Select(a => a.Id).ToListAsync(ct);
        if (visits.Count > 0)
        {
            await ledger.PlanAsync(await audience.ReadAsync(visits, ct), account, ct);
        }
    }
}
