using Careline.Accounts.Contracts;
using Careline.Hours.Contracts;
using Careline.Scheduling.Appointments;

namespace Careline.Scheduling.Slots;

/// <summary>One time to offer, by the wall clock of the doctor's zone.</summary>
/// <param name="Date">The day.</param>
/// <param name="StartTime">Begin.</param>
/// <param name="EndTime">End, after the start.</param>
/// <param name="ClinicId">The clinic where the doctor is then, if any.</param>
public sealed record TimeSlotRequest([Required] DateOnly Date, [Required] TimeOnly StartTime, [Required] TimeOnly EndTime, Guid? ClinicId = null)
{
    internal Span SpanIn(string zone, DateTimeOffset now)
    {
        SlotDesk.CheckDay("date", Date, now);
        SlotDesk.CheckMinutes(StartTime, EndTime);
        return Span.OfWallClock(Date, StartTime, EndTime, zone);
    }
}

internal static class AddSlot
{
    public static void Map(RouteGroupBuilder group) => group.MapPost("/", Handle)
        .Named("AddTimeSlot", "Offers one time.").ForRoles(Roles.Doctor);

    private static async Task<CreatedAnswer<TimeSlotResponse>> Handle(
        TimeSlotRequest request, Actor actor, CarelineDb db, CancellationToken ct)
    {
        var doctorId = actor.DoctorId ?? throw new PermissionDenied();
        var zone = await SlotDesk.ZoneOfAsync(db, doctorId, ct);
        await SlotDesk.CheckClinicAsync(db, actor, request.ClinicId, ct);
        var slot = TimeSlot.Offer(doctorId, request.ClinicId, request.SpanIn(zone, db.Now), db.Now);
        CalendarLocks.Take(db, doctorId);
        db.Append(slot);
        await db.SaveChangesAsync(ct);
        return Answer.Created(TimeSlotResponse.From(slot, zone, !await SlotDesk.IsBookedAsync(db, slot, ct)), "Time slot created.");
    }
}
