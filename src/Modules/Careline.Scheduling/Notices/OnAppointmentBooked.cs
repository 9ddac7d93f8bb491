using Careline.Notifications.Contracts;
using Careline.Platform.Events;
using Careline.Scheduling.Reminders;

namespace Careline.Scheduling.Notices;

/// <summary>Tells both sides of a visit that was agreed, and plans its reminders. What has passed already is written down afterwards, and no news.</summary>
internal sealed class OnAppointmentBooked(CarelineDb db, VisitAudience audience, ReminderLedger ledger, AppointmentNews news) : IHandleMany<AppointmentBooked>
{
    public async Task HandleAsync(IReadOnlyList<AppointmentBooked> happened, CancellationToken ct)
    {
        var visits = await audience.ReadAsync([.. happened.Select(h => h.AppointmentId)], ct);
        await ledger.PlanFirstAsync(visits, ct);
        foreach (var visit in visits.Where(v => v.IsAgreed && v.EndsAt > db.Now))
        {
            news.Tell(visit, "scheduling.booked", NoticeSeverity.Success);
        }
    }
}
