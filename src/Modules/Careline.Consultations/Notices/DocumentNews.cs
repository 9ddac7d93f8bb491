using Careline.Consultations.Consultations;
using Careline.Notifications.Contracts;
using Careline.Patients.Contracts;
using Careline.Platform.Data;
using Careline.Scheduling.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Careline.Consultations.Notices;

/// <summary>Tells the patient, and who reads for the patient, that there is something new in the document of a visit: its number, and nothing of what it says.</summary>
internal sealed class DocumentNews(CarelineDb db, INotifier notifier, IReaders readers, IPatientAddresses patients)
{
    /// <summary>Tells them; the caller saves.</summary>
    public async Task TellAsync(Guid consultationId, string phrase, CancellationToken ct)
    {
        var found = await (
            from c in db.Set<Consultation>()
            join a in db.Set<AppointmentRow>() on c.AppointmentId equals a.Id
            join p in db.Set<PatientRow>() on c.PatientId equals p.Id
            where c.Id == consultationId
            select new { c.PatientId, p.AccountId, a.Number }).FirstOrDefaultAsync(ct);
        if (found is null)
        {
            return;
        }

        var now = db.Now;
        var notice = new Notice(NoticeCategory.Consultation, NoticeSeverity.Info, phrase)
        {
            Values = [("number", found.Number)],
            About = ("consultation", consultationId),
        };
        var address = (await patients.OfAsync([found.PatientId], ct)).GetValueOrDefault(found.PatientId);
        var proxies = await db.Set<ProxyRow>()
            .Where(p => p.PatientId == found.PatientId && p.CanRead && p.From <= now && (p.Until == null || now < p.Until)).Select(p => p.AccountId).ToListAsync(ct);
        var own = found.AccountId is { } account ? new[] { new Recipient(account, address?.Language) } : [];
        await notifier.TellAsync(notice, [.. own, .. proxies.Select(p => new Recipient(p))], ct);
        if (found.AccountId is null && address is not null)
        {
            notifier.Tell(notice, readers.OfRecord(address.Email, address.Phone, address.Language));
        }
    }
}
