using Careline.Audit.Contracts;
using Careline.Scheduling.Appointments;

namespace Careline.Scheduling.Holds;

/// <summary>A time to keep for some minutes.</summary>
/// <param name="DoctorId">The doctor; follows from the slot where one is named.</param>
/// <param name="TimeSlotId">A time of the list of times; or else a start.</param>
/// <param name="Start">Where a time of the doctor begins.</param>
/// <param name="Date">With <c>start_time</c>: the same by the wall clock of the doctor's zone.</param>
/// <param name="StartTime">Wall-clock start.</param>
/// <param name="PatientId">Whom it is for: needed by everybody but a patient.</param>
public sealed record HoldTimeRequest(
    Guid? DoctorId = null,
    [MaxLength(64)] string? TimeSlotId = null,
    DateTimeOffset? Start = null,
    DateOnly? Date = null,
    TimeOnly? StartTime = null,
    Guid? PatientId = null)
{
    internal TimeWish Wish => new(DoctorId, TimeSlotId, Start, Date, StartTime);
}

/// <summary>A time that is kept.</summary>
/// <param name="Id">Serves as <c>hold_id</c>, and becomes the appointment's id.</param>
/// <param name="DoctorId">The doctor.</param>
/// <param name="Start">First moment, UTC.</param>
/// <param name="End">First moment after it, UTC.</param>
/// <param name="ExpiresAt">When the time is free again.</param>
public sealed record HoldResponse(Guid Id, Guid DoctorId, DateTimeOffset Start, DateTimeOffset End, DateTimeOffset ExpiresAt);

internal static class HoldTime
{
    public static void Map(RouteGroupBuilder group)
    {
        group.MapPost("/holds/", Handle).Named("HoldTime", "Keeps a free time while a form is filled.").ForSignedIn()
            .WithForerunner<HoldTimeRequest>(request => request.Wish.ScarceKey);
        group.MapDelete("/holds/{id:guid}/", HandleRelease).Named("ReleaseHold", "Lets go of a time that is held.").ForSignedIn().VisibleAs<HeldTime>();
    }

    private static async Task<CreatedAnswer<HoldResponse>> Handle(
        HoldTimeRequest request, Actor actor, AppointmentDesk desk, CarelineDb db, CancellationToken ct)
    {
        var patientId = BookAppointmentRequest.PatientFor(request.PatientId, actor, "the hold");
        var facts = await request.Wish.FindAsync(db, new BookingSides(patientId), actor, ct);
        facts.CheckBookableBy(actor);
        var time = request.Wish.TimeOf(facts, db.Now);
        await facts.CheckDeskAsync(time, actor, db, ct);
        var hold = (await desk.HoldAsync(facts, time with { ClinicId = time.ClinicId ?? facts.StaffAtClinicId }, actor, ct)).Appointment;
        return Answer.Created(new HoldResponse(hold.Id, hold.DoctorId, hold.StartsAt, hold.EndsAt, hold.ExpiresAt!.Value), "Time held.");
    }

    private static async Task<DeletedAnswer> HandleRelease(Guid id, Actor actor, AppointmentDesk desk, AuditTrail trail, CarelineDb db, CancellationToken ct)
    {
        var view = await AppointmentView.LockAsync(db, actor, id, ct);
        var hold = view.Appointment;
        if (hold.CreatedBy != actor.AccountId || hold.Status != AppointmentStatus.Held)
        {
            throw new NotFound();
        }

        trail.About("appointment", id);
        await desk.MoveAsync(view, (party, act) => hold.Cancel(party, act, null), actor, ct);
        db.Append(hold.Hide(new Act(actor.AccountId, db.Now)));
        await db.SaveChangesAsync(ct);
        return Answer.Deleted();
    }
}

/// <summary>A hold is nobody's but the holder's.</summary>
internal sealed class HeldTime : IVisible<HeldTime>
{
    public Guid Id { get; init; }

    public static IQueryable<HeldTime> VisibleTo(CarelineDb db, Actor actor)
    {
        var me = actor.AccountId;
        return db.Set<Appointment>().Where(a => a.Status == AppointmentStatus.Held && a.CreatedBy == me).Select(a => new HeldTime { Id = a.Id });
    }
}
