using Careline.Notifications.Contracts;
using Careline.Platform.Events;
using Careline.Scheduling.Reminders;

namespace Careline.Scheduling.Notices;

/// <summary>Tells the doctor that somebody waits for an answer.</summary>
internal sealed class OnAppointmentRequested(VisitAudience audience, AppointmentNews news) : IHandle<AppointmentRequested>
{
    public async Task HandleAsync(AppointmentRequested happened, CancellationToken ct)
    {
        foreach (var visit in (await audience.ReadAsync([happened.AppointmentId], ct)).Where(v => v.Status == AppointmentStatus.Requested))
        {
            news.Tell(visit, "scheduling.requested", NoticeSeverity.Important, toDoctor: true);
        }
    }
}
