using Careline.Accounts.Contracts;
using Careline.Clinics.Contracts;
using Careline.Doctors.Contracts;
using Careline.Notifications.Contracts;
using Careline.Vitals.Contracts;

namespace Careline.Labs.Imports;

/// <summary>
/// Tells who settles it that something waits in quarantine: the clinic's nurses, or the administrators where no clinic is known. What its sender calls critical calls who
/// ordered besides, since it may be matched too late.
/// </summary>
internal sealed class QuarantineNews(CarelineDb db, INotifier notifier, IAdministratorAccounts administrators, IClinicalAlerts alerts)
{
    /// <summary>Tells them, once for a message; the caller saves.</summary>
    public async Task TellAsync(IReadOnlyCollection<(QuarantinedResult Row, SentObservation Sent, Unmatched Why)> waiting, CancellationToken ct)
    {
        var clinics = waiting.Select(w => w.Row.ClinicId).OfType<Guid>().Distinct().ToArray();
        var staff = await db.Set<StaffRow>().Where(s => clinics.Contains(s.ClinicId) && s.Role == ClinicRole.Nurse).Select(s => new { s.ClinicId, s.AccountId }).Distinct().ToListAsync(ct);
        var nurses = staff.ToLookup(s => (Guid?)s.ClinicId, s => s.AccountId);
        var others = waiting.All(w => nurses.Contains(w.Row.ClinicId)) ? [] : await administrators.ActiveAsync(ct);
        foreach (var clinic in waiting.GroupBy(w => w.Row.ClinicId))
        {
            var people = nurses.Contains(clinic.Key) ? nurses[clinic.Key] : others;
            var severity = clinic.Any(w => w.Sent.IsCritical) ? NoticeSeverity.Critical : NoticeSeverity.Important;
            await notifier.TellAsync(new Notice(NoticeCategory.System, severity, "labs.quarantined"), people.Select(p => new Recipient(p)), ct);
        }

        var critical = waiting.Where(w => w.Sent.IsCritical && w.Why is { PatientId: not null, DoctorId: not null }).ToList();
        var ids = critical.Select(w => w.Why.DoctorId!.Value).ToArray();
        var doctors = await db.Set<DoctorRow>().Where(d => ids.Contains(d.Id)).ToDictionaryAsync(d => d.Id, d => d.AccountId, ct);
        foreach (var (row, _, why) in critical)
        {
            var notice = new ClinicalAlertNotice(OriginOf(row), AlertTitle.CriticalResult, AlertSeverity.Critical, why.PatientId!.Value)
            {
                ResponsibleAccountId = doctors[why.DoctorId!.Value],
                ClinicId = row.ClinicId,
            };
            await alerts.RaiseAsync(notice, ct);
        }
    }

    /// <summary>A person has settled it: nobody is called because of it any more. A critical result that it became calls by itself.</summary>
    public Task SettledAsync(QuarantinedResult row, CancellationToken ct) => alerts.ResolveAsync(OriginOf(row), ct);

    private static AlertOrigin OriginOf(QuarantinedResult row) => new(AlertSource.LabResult, row.Id);
}
