using Careline.Audit.Contracts;
using Careline.Doctors.Contracts;
using Careline.Scheduling.Appointments;
using Careline.Scheduling.Slots;
using Microsoft.Extensions.Options;

namespace Careline.Scheduling.Waitlist;

/// <summary>A wish to be offered times that become free.</summary>
/// <param name="DoctorId">The doctor.</param>
/// <param name="StartDate">First day, in the doctor's zone.</param>
/// <param name="EndDate">Last day, at most 92 days after the first.</param>
/// <param name="DayPart">Only this part of a day.</param>
/// <param name="ClinicId">Only times at this clinic.</param>
/// <param name="Modality">Only this way to meet.</param>
/// <param name="VisitType">Why somebody comes.</param>
/// <param name="Urgency">How soon it must be.</param>
/// <param name="Reason">In the patient's words.</param>
/// <param name="PatientId">Whom it is for: needed by everybody but a patient.</param>
public sealed record JoinWaitlistRequest(
    [Required] Guid DoctorId,
    [Required] DateOnly StartDate,
    [Required] DateOnly EndDate,
    DayPart? DayPart = null,
    Guid? ClinicId = null,
    Modality? Modality = null,
    VisitType VisitType = VisitType.General,
    Urgency Urgency = Urgency.Medium,
    [MaxLength(1000)] string? Reason = null,
    Guid? PatientId = null);

internal static class JoinWaitlist
{
    private const int LongestWindowDays = 92;

    public static void Map(RouteGroupBuilder group)
    {
        group.MapGet("/", HandleList)
            .Named("ListWaitlist", "Lists those who wait for a time and whom the caller may see, the newest first.").WithFilters("status", "doctor", "patient").ForSignedIn();
        group.MapGet("/{id:guid}/", HandleRead).Named("ReadWaitlistEntry", "Reads an entry of the waitlist and what is offered to it.").ForSignedIn().VisibleAs<WaitlistEntry>();
        group.MapPost("/", Handle).Named("JoinWaitlist", "Waits for a time of a doctor to become free.").ForSignedIn();
    }

    private static async Task<PageAnswer<WaitlistResponse>> HandleList(
        ListQuery query, Actor actor, AuditTrail trail, IOptions<SchedulingOptions> options, CarelineDb db, CancellationToken ct)
    {
        var (statuses, doctorId, patientId) = (query.Enums<WaitlistStatus>("status"), query.Id("doctor"), query.Id("patient"));
        query.Check();
        var rows = WaitlistEntry.VisibleTo(db, actor).Where(e => (statuses.Count == 0 || statuses.Contains(e.Status))
            && (doctorId == null || e.DoctorId == doctorId) && (patientId == null || e.PatientId == patientId));
        var total = await rows.LongCountAsync(ct);
        var views = await WaitlistView.Of(db, rows.OrderByDescending(e => e.Id).Skip(query.Skip).Take(query.PageSize)).ToListAsync(ct);
        trail.Concerns(views.Select(v => v.Entry.PatientId));
        return Answer.Page(new Page<WaitlistResponse>(
            [.. views.OrderByDescending(v => v.Entry.CreatedAt).ThenByDescending(v => v.Entry.Id).Select(v => WaitlistResponse.From(v, options.Value))], total, query.Page, query.PageSize));
    }

    private static async Task<Answer<WaitlistResponse>> HandleRead(
        Guid id, Actor actor, AuditTrail trail, IOptions<SchedulingOptions> options, CarelineDb db, CancellationToken ct)
    {
        var view = await WaitlistView.Of(db, WaitlistEntry.VisibleTo(db, actor).Where(e => e.Id == id)).FirstOrDefaultAsync(ct) ?? throw new NotFound();
        trail.About("waitlist_entry", id).Concerns(view.Entry.PatientId);
        return Answer.Ok(WaitlistResponse.From(view, options.Value));
    }

    private static async Task<CreatedAnswer<WaitlistResponse>> Handle(
        JoinWaitlistRequest request, Actor actor, AuditTrail trail, IOptions<SchedulingOptions> options, CarelineDb db, CancellationToken ct)
    {
        var patientId = BookAppointmentRequest.PatientFor(request.PatientId, actor, "the place in the line");
        CheckWindow(request, db.Now);
        var facts = await BookingFacts.OfAnyTimeAsync(db, request.DoctorId, (db.Now, db.Now), new BookingSides(patientId), actor, ct) ?? throw new NotFound();
        facts.CheckBookableBy(actor);
        if (await db.Set<WaitlistEntry>().CountAsync(e => e.PatientId == patientId && (e.Status == WaitlistStatus.Waiting || e.Status == WaitlistStatus.Offered), ct)
            >= WaitlistEntry.MostOfPatient)
        {
            throw new RuleViolation("TOO_MANY_WAITLISTS", $"A patient can wait for {WaitlistEntry.MostOfPatient} doctors at once.");
        }

        var entry = WaitlistEntry.Join(patientId, request.DoctorId, request, new Act(actor.AccountId, db.Now));
        db.Add(entry);
        trail.About("waitlist_entry", entry.Id).Concerns(patientId);
        WaitlistLooks.Ask(db, request.DoctorId);
        await db.SaveChangesAsync(ct);
        var view = await WaitlistView.Of(db, db.Set<WaitlistEntry>().Where(e => e.Id == entry.Id)).FirstAsync(ct);
        return Answer.Created(
            WaitlistResponse.From(view, options.Value),
            request.Urgency == Urgency.Emergency ? options.Value.EmergencyAdvice : "You are told when a time becomes free.");
    }

    private static void CheckWindow(JoinWaitlistRequest request, DateTimeOffset now)
    {
        SlotDesk.CheckDay("end_date", request.EndDate, now);
        if (request.EndDate < request.StartDate || request.EndDate.DayNumber - request.StartDate.DayNumber > LongestWindowDays)
        {
            throw new InvalidInput("end_date", $"Must lie at most {LongestWindowDays} days after start_date, and not before it.");
        }
    }
}
