using Careline.Audit.Contracts;
using Careline.Scheduling.Appointments;
using Microsoft.Extensions.Options;

namespace Careline.Scheduling.Waitlist;

/// <summary>What somebody answers to an offered time, and how the person leaves the line.</summary>
internal static class AnswerOffer
{
    public static void Map(RouteGroupBuilder group)
    {
        group.MapPost("/{id:guid}/accept/", HandleAccept)
            .Named("AcceptWaitlistOffer", "Takes the offered time: books it, or asks for it where the practice has to agree.").ForSignedIn().VisibleAs<WaitlistEntry>();
        group.MapPost("/{id:guid}/decline/", HandleDecline)
            .Named("DeclineWaitlistOffer", "Leaves the offered time to the next in line and goes on waiting.").ForSignedIn().VisibleAs<WaitlistEntry>();
        group.MapDelete("/{id:guid}/", HandleLeave).Named("LeaveWaitlist", "Waits no longer; a time that is offered goes to the next.").ForSignedIn().VisibleAs<WaitlistEntry>();
    }

    private static async Task<Answer<AppointmentResponse>> HandleAccept(
        Guid id, IfMatch ifMatch, Actor actor, AppointmentDesk desk, AuditTrail trail, IOptions<SchedulingOptions> options, CarelineDb db, CancellationToken ct)
    {
        var entry = await LockAsync(db, actor, id, ifMatch, ct);
        var holdId = entry.Accept(db.Now);
        var hold = await db.Set<Appointment>().FromSql($"SELECT * FROM scheduling.appointments WHERE id = {holdId} FOR NO KEY UPDATE").AsTracking().FirstAsync(ct);
        var facts = await BookingFacts.OfAnyTimeAsync(
            db, hold.DoctorId, (hold.StartsAt, hold.EndsAt), new BookingSides(hold.PatientId, hold.Id), actor, ct) ?? throw new NotFound();
        facts.CheckBookableBy(actor);
        hold.Reveal();
        trail.About("waitlist_entry", id).Concerns(entry.PatientId);
        var view = await desk.UseHoldAsync(facts, hold, entry.PlanAt(facts.Time! with { Modality = hold.Modality }), actor, ct);
        return Answer.Ok(AppointmentResponse.From(view, actor, db.Now), BookAppointment.MessageOf(view.Appointment, options.Value));
    }

    private static async Task<Answer<WaitlistResponse>> HandleDecline(
        Guid id, IfMatch ifMatch, Actor actor, AuditTrail trail, IOptions<SchedulingOptions> options, CarelineDb db, CancellationToken ct)
    {
        var entry = await LockAsync(db, actor, id, ifMatch, ct);
        var (hold, refusal) = entry.Decline(db.Now);
        db.Add(refusal);
        await SaveAsync(db, trail, entry, hold, ct);
        var view = await WaitlistView.Of(db, db.Set<WaitlistEntry>().Where(e => e.Id == id)).FirstAsync(ct);
        return Answer.Ok(WaitlistResponse.From(view, options.Value), "Declined. You are told when another time becomes free.");
    }

    private static async Task<DeletedAnswer> HandleLeave(Guid id, IfMatch ifMatch, Actor actor, AuditTrail trail, CarelineDb db, CancellationToken ct)
    {
        var entry = await LockAsync(db, actor, id, ifMatch, ct);
        await SaveAsync(db, trail, entry, entry.Leave(db.Now), ct);
        return Answer.Deleted();
    }

    private static async Task SaveAsync(CarelineDb db, AuditTrail trail, WaitlistEntry entry, Guid? hold, CancellationToken ct)
    {
        trail.About("waitlist_entry", entry.Id).Concerns(entry.PatientId);
        if (hold is { } kept)
        {
            KeptTimes.LetGo(db, kept, db.Now);
            WaitlistLooks.Ask(db, entry.DoctorId);
        }

        await db.SaveChangesAsync(ct);
    }

    // Of two answers at once the second meets what the first left.
    private static async Task<WaitlistEntry> LockAsync(CarelineDb db, Actor actor, Guid id, IfMatch ifMatch, CancellationToken ct)
    {
        var seen = WaitlistEntry.VisibleTo(db, actor);
        var entry = await db.Set<WaitlistEntry>().FromSql($"SELECT * FROM scheduling.waitlist_entries WHERE id = {id} FOR UPDATE")
            .Where(e => seen.Any(s => s.Id == e.Id)).AsTracking().FirstOrDefaultAsync(ct) ?? throw new NotFound();
        ifMatch.Check(entry);
        return entry;
    }
}
