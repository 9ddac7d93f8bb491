using Careline.Accounts.Contracts;
using Careline.Platform.Time;
using Careline.Scheduling.Appointments;

namespace Careline.Scheduling.Slots;

internal static class ReplaceSlot
{
    public static void Map(RouteGroupBuilder group)
    {
        group.MapPut("/{id:guid}/", Handle)
            .Named("ReplaceTimeSlot", "Moves a slot that nobody has booked.").ForRoles(Roles.Doctor).VisibleAs<TimeSlot>();
        group.MapPatch("/{id:guid}/", HandlePatch)
            .Named("ChangeTimeSlot", "Changes a slot that nobody has booked.").ForRoles(Roles.Doctor).VisibleAs<TimeSlot>()
            .AcceptsMerge<TimeSlotRequest>();
    }

    private static async Task<Answer<TimeSlotResponse>> Handle(
        Guid id, TimeSlotRequest request, IfMatch ifMatch, Actor actor, CarelineDb db, CancellationToken ct)
    {
        var slot = await FindAsync(db, actor, id, ifMatch, ct);
        return await ReplaceAsync(db, actor, slot, request, await SlotDesk.ZoneOfAsync(db, slot.DoctorId, ct), ct);
    }

    private static async Task<Answer<TimeSlotResponse>> HandlePatch(
        Guid id, Merge<TimeSlotRequest> patch, IfMatch ifMatch, Actor actor, CarelineDb db, CancellationToken ct)
    {
        var slot = await FindAsync(db, actor, id, ifMatch, ct);
        var zone = await SlotDesk.ZoneOfAsync(db, slot.DoctorId, ct);
        var (start, end) = (ZonedTimes.ToLocal(slot.StartsAt, zone), ZonedTimes.ToLocal(slot.EndsAt, zone));
        var request = await patch.OntoAsync(new TimeSlotRequest(start.Date, start.Time, end.Time, slot.ClinicId));
        return await ReplaceAsync(db, actor, slot, request, zone, ct);
    }

    private static async Task<TimeSlot> FindAsync(CarelineDb db, Actor actor, Guid id, IfMatch ifMatch, CancellationToken ct)
    {
        var slot = await TimeSlot.VisibleTo(db, actor).AsTracking().FirstOrDefaultAsync(s => s.Id == id, ct) ?? throw new NotFound();
        ifMatch.Check(slot);
        await CalendarLocks.TakeAsync(db, slot.DoctorId, ct);
        return await SlotDesk.IsBookedAsync(db, slot, ct) ? throw TimeSlot.Booked() : slot;
    }

    private static async Task<Answer<TimeSlotResponse>> ReplaceAsync(
        CarelineDb db, Actor actor, TimeSlot slot, TimeSlotRequest request, string zone, CancellationToken ct)
    {
        await SlotDesk.CheckClinicAsync(db, actor, request.ClinicId, ct);
        slot.Replace(request.ClinicId, request.SpanIn(zone, db.Now), db.Now);
        await db.SaveChangesAsync(ct);
        return Answer.Ok(
            TimeSlotResponse.From(slot, zone, slot.StartsAt > db.Now && !await SlotDesk.IsBookedAsync(db, slot, ct)), "Time slot changed.");
    }
}
