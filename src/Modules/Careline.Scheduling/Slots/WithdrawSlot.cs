using Careline.Accounts.Contracts;
using Careline.Scheduling.Appointments;

namespace Careline.Scheduling.Slots;

internal static class WithdrawSlot
{
    public static void Map(RouteGroupBuilder group) => group.MapDelete("/{id:guid}/", Handle)
        .Named("WithdrawTimeSlot", "Withdraws a slot that nobody has booked.").ForRoles(Roles.Doctor).VisibleAs<TimeSlot>();

    private static async Task<DeletedAnswer> Handle(Guid id, IfMatch ifMatch, Actor actor, CarelineDb db, CancellationToken ct)
    {
        var slot = await TimeSlot.VisibleTo(db, actor).AsTracking().FirstOrDefaultAsync(s => s.Id == id, ct) ?? throw new NotFound();
        ifMatch.Check(slot);
        await CalendarLocks.TakeAsync(db, slot.DoctorId, ct);
        if (await SlotDesk.IsBookedAsync(db, slot, ct))
        {
            throw TimeSlot.Booked();
        }

        slot.Withdraw(db.Now);
        await db.SaveChangesAsync(ct);
        return Answer.Deleted();
    }
}
