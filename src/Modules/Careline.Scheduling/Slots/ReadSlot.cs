using Careline.Accounts.Contracts;

namespace Careline.Scheduling.Slots;

internal static class ReadSlot
{
    public static void Map(RouteGroupBuilder group) => group.MapGet("/{id:guid}/", Handle)
        .Named("ReadTimeSlot", "Reads one of the doctor's own slots.").ForRoles(Roles.Doctor).VisibleAs<TimeSlot>();

    private static async Task<Answer<TimeSlotResponse>> Handle(Guid id, Actor actor, CarelineDb db, CancellationToken ct)
    {
        var slot = await TimeSlot.VisibleTo(db, actor).FirstOrDefaultAsync(s => s.Id == id, ct) ?? throw new NotFound();
        var isAvailable = slot.StartsAt > db.Now && !await SlotDesk.IsBookedAsync(db, slot, ct);
        return Answer.Ok(TimeSlotResponse.From(slot, await SlotDesk.ZoneOfAsync(db, slot.DoctorId, ct), isAvailable));
    }
}
