using Careline.Accounts.Contracts;
using Careline.Audit.Contracts;
using Careline.Clinics.Contracts;
using Careline.Hours.Contracts;

namespace Careline.Labs.Collections;

/// <summary>When a clinic takes samples.</summary>
/// <param name="Plans">At most one of each mode; a mode that is left out is not offered.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record CollectionHoursRequest([Required, MaxLength(2)] IReadOnlyList<CollectionPlanForm> Plans) : IValidatableObject
{
    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Plans.Contains(null!) || Plans.DistinctBy(p => p.Mode).Count() != Plans.Count)
        {
            yield return new ValidationResult("One plan of each mode.", [nameof(Plans)]);
        }
    }
}

/// <summary>When samples are taken in one way.</summary>
/// <param name="Mode">Where.</param>
/// <param name="Rules">Hours of weekdays, by the clinic's wall clock.</param>
/// <param name="SlotMinutes">How long one takes.</param>
/// <param name="Capacity">How many people at a time.</param>
/// <param name="MinimumNoticeMinutes">How long before it must be booked.</param>
/// <param name="HorizonDays">How far ahead it can be booked.</param>
/// <param name="ClosedDays">Days on which none are taken.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record CollectionPlanForm(
    CollectionMode Mode,
    [Required, MaxLength(50)] IReadOnlyList<CollectionRuleForm> Rules,
    [Range(5, 240)] int SlotMinutes = 15,
    [Range(1, 100)] int Capacity = 1,
    [Range(0, 43_200)] int MinimumNoticeMinutes = 0,
    [Range(1, 365)] int HorizonDays = 60,
    [MaxLength(366)] IReadOnlyList<DateOnly>? ClosedDays = null) : IValidatableObject
{
    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Rules.Any(r => r is null || !Wall.IsWholeMinute(r.StartTime) || !Wall.IsWholeMinute(r.EndTime) || r.StartTime == r.EndTime))
        {
            yield return new ValidationResult("Hours begin and end at whole minutes, and not at the same.", [nameof(Rules)]);
        }
        else if (Wall.OverlapInTheWeek(Rules.Select(r => new WeeklyHours(r.Weekday, r.StartTime, r.EndTime))))
        {
            yield return new ValidationResult("Hours of the week overlap.", [nameof(Rules)]);
        }
    }
}

/// <summary>Hours of a weekday.</summary>
/// <param name="Weekday">The day on which they begin.</param>
/// <param name="StartTime">When.</param>
/// <param name="EndTime">Until when; one that is not after the start means the next day.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record CollectionRuleForm([Required] DayOfWeek Weekday, [Required] TimeOnly StartTime, [Required] TimeOnly EndTime);

/// <summary>When a clinic takes samples.</summary>
/// <param name="ClinicId">The clinic.</param>
/// <param name="TimeZone">By whose wall clock.</param>
/// <param name="Plans">One of each mode that is offered.</param>
public sealed record CollectionHoursResponse(Guid ClinicId, string TimeZone, IReadOnlyList<CollectionPlanForm> Plans);

/// <summary>The clinic's desk and administrators keep its hours. What is booked already stays, whatever the new hours are.</summary>
internal static class SetCollectionHours
{
    private const string WhyOpen = "a clinic's hours, which everybody may know";

    public static void Map(RouteGroupBuilder clinics)
    {
        clinics.MapGet("/{id:guid}/collection-hours/", Get).Named("GetCollectionHours", "When a clinic takes samples.").ForSignedIn().OpenToAll(WhyOpen);
        clinics.MapPut("/{id:guid}/collection-hours/", Set).Named("SetCollectionHours", "Says when a clinic takes samples; what is booked already stays.")
            .ForSignedIn().OpenToAll(WhyOpen);
    }

    private static async Task<Answer<CollectionHoursResponse>> Get(Guid id, CarelineDb db, CancellationToken ct) => Answer.Ok(await ReadAsync(db, id, ct));

    private static async Task<Answer<CollectionHoursResponse>> Set(
        Guid id, CollectionHoursRequest request, Actor actor, CarelineDb db, AuditTrail trail, CancellationToken ct)
    {
        var me = actor.AccountId;
        if (!actor.IsAdmin && !await db.Set<StaffRow>().AnyAsync(
            s => s.ClinicId == id && s.AccountId == me && (s.Role == ClinicRole.Administrator || s.Role == ClinicRole.Receptionist), ct))
        {
            throw new PermissionDenied("Only the clinic's desk and administrators keep its hours.");
        }

        if (!await db.Set<ClinicRow>().AnyAsync(c => c.Id == id, ct))
        {
            throw new NotFound();
        }

        var name = $"labs.collection_hours:{id}";
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtextextended({name}, 0))", ct);
        await db.Set<CollectionPlan>().Where(p => p.ClinicId == id).ExecuteDeleteAsync(ct);
        db.AddRange(request.Plans.Select(p => CollectionPlan.Of(id, p, db.Clock)));
        trail.About("collection_hours", id).Because("operations");
        await db.SaveChangesAsync(ct);
        return Answer.Ok(await ReadAsync(db, id, ct), "Hours set.");
    }

    private static async Task<CollectionHoursResponse> ReadAsync(CarelineDb db, Guid id, CancellationToken ct)
    {
        var zone = await db.Set<ClinicRow>().Where(c => c.Id == id).Select(c => c.TimeZone).FirstOrDefaultAsync(ct) ?? throw new NotFound();
        var plans = await db.Set<CollectionPlan>().Include(p => p.Hours).Where(p => p.ClinicId == id).OrderBy(p => p.Mode).ToListAsync(ct);
        return new CollectionHoursResponse(id, zone, [.. plans.Select(p => new CollectionPlanForm(
            p.Mode,
            [.. p.Hours.OrderBy(h => Wall.DayOfWeek(h.Weekday)).ThenBy(h => h.StartTime).Select(h => new CollectionRuleForm(h.Weekday, h.StartTime, h.EndTime))],
            p.SlotMinutes, p.Capacity, p.MinimumNoticeMinutes, p.HorizonDays, p.ClosedDays))]);
    }
}
