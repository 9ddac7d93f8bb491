using Careline.Notifications.Contracts;
using Careline.Patients.Contracts;
using Careline.Platform.Events;
using Careline.Scheduling.Contracts;

namespace Careline.Analytics.Satisfaction;

/// <summary>Asks the patient how the visit was, once.</summary>
internal sealed class OnAppointmentCompleted(CarelineDb db, IPatientNews news) : IHandle<AppointmentCompleted>
{
    public async Task HandleAsync(AppointmentCompleted happened, CancellationToken ct)
    {
        if (await db.Set<Survey>().AnyAsync(s => s.Id == happened.AppointmentId, ct)
            || await db.Set<AppointmentRow>().FirstOrDefaultAsync(a => a.Id == happened.AppointmentId && a.Status == AppointmentStatus.Completed, ct) is not { } visit)
        {
            return;
        }

        var survey = Survey.Of(visit, db.Now);
        db.Add(survey);
        var notice = new Notice(NoticeCategory.Consultation, NoticeSeverity.Info, "analytics.survey") { About = ("survey", survey.Id), UsefulUntil = survey.ExpiresAt };
        await news.TellAsync(visit.PatientId, notice, proxy => proxy.CanBook, ct);
        await db.SaveChangesAsync(ct);
    }
}
