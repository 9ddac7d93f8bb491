using Careline.Consultations.Consultations;
using Careline.Notifications.Contracts;
using Careline.Patients.Contracts;
using Careline.Scheduling.Contracts;

namespace Careline.Consultations.Notices;

/// <summary>Tells the patient, and who reads for the patient, that there is something new in the document of a visit: its number, and nothing of what it says.</summary>
internal sealed class DocumentNews(CarelineDb db, IPatientNews news)
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

        var notice = new Notice(NoticeCategory.Consultation, NoticeSeverity.Info, phrase)
        {
            Values = [("number", found.Number)],
            About = ("consultation", consultationId),
        };
        await news.TellAsync(found.PatientId, notice, p => p.CanRead, ct);
    }
}
