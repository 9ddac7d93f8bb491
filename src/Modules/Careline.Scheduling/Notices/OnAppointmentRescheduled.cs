using Careline.Notifications.Contracts;
using Careline.Platform.Events;
using Careline.Scheduling.Reminders;

namespace Careline.Scheduling.Notices;

/// <summary>Tells both sides of a visit's new time, and plans its reminders anew. A time that is not true any more by now is no news: its own news follows.</summary>
internal sealed class OnAppointmentRescheduled(VisitAudience audience, ReminderLedger ledger, AppointmentNews news) : IHandle<AppointmentRescheduled>
{
    public async Task HandleAsync(AppointmentRescheduled happened, CancellationToken ct)
    {
        var visits = await audience.ReadAsync([happened.AppointmentId], ct);
        await ledger.PlanAsync(visits, null, ct);
        foreach (var visit in visits.Where(v => v.IsAgreed && (happened.Start is null || happened.Start == v.StartsAt)))
        {
            news.Tell(visit, "scheduling.moved", NoticeSeverity.Important);
        }
    }
}
