using Careline.Consultations.Consultations;
using Careline.Platform.Events;
using Careline.Scheduling.Contracts;

namespace Careline.Consultations.VisitRoom;

/// <summary>Whoever waits for a visit that was moved to another time is told so.</summary>
internal sealed class OnAppointmentRescheduled(CarelineDb db, RoomDesk desk) : IHandle<AppointmentRescheduled>
{
    public async Task HandleAsync(AppointmentRescheduled happened, CancellationToken ct)
    {
        var visit = await (
            from c in db.Set<Consultation>()
            join a in db.Set<AppointmentRow>() on c.AppointmentId equals a.Id
            where a.Id == happened.AppointmentId && c.DeletedAt == null && c.Status == ConsultationStatus.Planned
            select new { c.Id, a.StartsAt }).FirstOrDefaultAsync(ct);
        if (visit is not null && db.Now < visit.StartsAt - VisitDoors.OpenBefore)
        {
            await desk.CloseAsync(visit.Id, "rescheduled", null, ct);
        }
    }
}
