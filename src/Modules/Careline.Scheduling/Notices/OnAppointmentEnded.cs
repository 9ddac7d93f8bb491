using Careline.Notifications.Contracts;
using Careline.Platform.Events;
using Careline.Scheduling.Reminders;

namespace Careline.Scheduling.Notices;

/// <summary>Tells those concerned that there will be no visit. What was only held was told to nobody, and whoever took a request back knows it.</summary>
internal sealed class OnAppointmentEnded(VisitAudience audience, ReminderLedger ledger, AppointmentNews news) : IHandle<AppointmentEnded>
{
    public async Task HandleAsync(AppointmentEnded happened, CancellationToken ct)
    {
        foreach (var visit in await audience.ReadAsync([happened.AppointmentId], ct))
        {
            await ledger.PlanAsync([visit], null, ct);
            switch (happened.Status)
            {
                case AppointmentStatus.Cancelled when visit.FormerStatus is not (AppointmentStatus.Held or AppointmentStatus.Requested):
                    // Whoever sat in the waiting room was told at once.
                    news.Tell(visit, "scheduling.cancelled", NoticeSeverity.Important, visit.FormerStatus == AppointmentStatus.CheckedIn ? true : null);
                    break;
                case AppointmentStatus.Rejected:
                    news.Tell(visit, "scheduling.declined", NoticeSeverity.Important, toDoctor: false);
                    break;
                case AppointmentStatus.Expired:
                    news.Tell(visit, "scheduling.unanswered", NoticeSeverity.Important, toDoctor: false);
                    break;
            }
        }
    }
}
