using Careline.Audit.Contracts;
using Careline.Clinics.Contracts;
using Careline.Doctors.Contracts;
using Careline.Hours.Contracts;
using Careline.Platform.Time;
using Careline.Scheduling.Appointments;

namespace Careline.Scheduling.Availability;

/// <summary>When and on which terms a doctor can be booked; replaces all that was set.</summary>
/// <param name="TimeZone">IANA zone by whose wall clock the hours are meant; becomes the doctor's own. The present one where left out.</param>
/// <param name="SlotMinutes">How long a visit lasts.</param>
/// <param name="BufferBeforeMinutes">Kept free before each visit.</param>
/// <param name="BufferAfterMinutes">Kept free after each visit.</param>
/// <param name="MinimumNoticeMinutes">How long before its start a time can still be booked.</param>
/// <param name="HorizonDays">How many days ahead times are offered.</param>
/// <param name="DailyLimit">Visits a day at most.</param>
/// <param name="BookingPolicy">Whether a booking waits for the practice.</param>
/// <param name="ReschedulePolicy">Whether patients move their visits themselves, or propose a time that the practice accepts (approval).</param>
/// <param name="CancellationNoticeMinutes">A cancellation that comes later than this before the start is late.</param>
/// <param name="LateCancellation">What becomes of a late one.</param>
/// <param name="LateFeePercent">The share of the fee that a late one costs, where it is charged.</param>
/// <param name="Rules">Hours of weekdays; several a day, and over midnight.</param>
public sealed record ScheduleRequest(
    [MaxLength(64)] string? TimeZone = null,
    [Range(5, 240)] int SlotMinutes = 30,
    [Range(0, 240)] int BufferBeforeMinutes = 0,
    [Range(0, 240)] int BufferAfterMinutes = 0,
    [Range(0, 86_400)] int MinimumNoticeMinutes = 0,
    [Range(1, 730)] int HorizonDays = 90,
    [Range(1, 500)] int? DailyLimit = null,
    BookingPolicy BookingPolicy = BookingPolicy.Instant,
    BookingPolicy ReschedulePolicy = BookingPolicy.Instant,
    [Range(0, 86_400)] int CancellationNoticeMinutes = 0,
    LateCancellation LateCancellation = LateCancellation.Free,
    [Range(0, 100)] int LateFeePercent = 0,
    [MaxLength(70)] IReadOnlyList<WeeklyRuleRequest>? Rules = null) : IValidatableObject
{
    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (TimeZone is not null && !ZonedTimes.IsKnown(TimeZone))
        {
            yield return new ValidationResult("Must be a zone of the IANA database, such as Africa/Lagos.", [nameof(TimeZone)]);
        }

        var rules = (Rules ?? []).Where(r => r is not null).ToList();
        if (rules.Count != (Rules ?? []).Count || rules.Any(r => !Wall.IsWholeMinute(r.StartTime) || !Wall.IsWholeMinute(r.EndTime)))
        {
            yield return new ValidationResult("Hours begin and end at whole minutes, such as 09:00.", [nameof(Rules)]);
        }
        else if (Wall.OverlapInTheWeek(rules.Select(r => new WeeklyHours(r.Weekday, r.StartTime, r.EndTime))))
        {
            yield return new ValidationResult("Hours of the week must not overlap.", [nameof(Rules)]);
        }
    }
}

/// <summary>Hours of a weekday.</summary>
/// <param name="Weekday">The day on which they begin.</param>
/// <param name="StartTime">Begin, by the wall clock.</param>
/// <param name="EndTime">End; one that is not after the start means the next day.</param>
/// <param name="ClinicId">The clinic where the doctor is then, if any.</param>
/// <param name="Modality">The only way to meet then, if there is but one.</param>
public sealed record WeeklyRuleRequest(
    [Required] DayOfWeek Weekday, [Required] TimeOnly StartTime, [Required] TimeOnly EndTime, Guid? ClinicId = null, Modality? Modality = null);

/// <summary>When and on which terms a doctor can be booked.</summary>
public sealed record ScheduleResponse : IVersioned
{
    /// <summary>The doctor.</summary>
    public required Guid DoctorId { get; init; }

    /// <summary>IANA zone of the wall-clock hours.</summary>
    public required string TimeZone { get; init; }

    /// <summary>How long a visit lasts.</summary>
    public required int SlotMinutes { get; init; }

    /// <summary>Kept free before each visit.</summary>
    public required int BufferBeforeMinutes { get; init; }

    /// <summary>Kept free after each visit.</summary>
    public required int BufferAfterMinutes { get; init; }

    /// <summary>How long before its start a time can still be booked.</summary>
    public required int MinimumNoticeMinutes { get; init; }

    /// <summary>How many days ahead times are offered.</summary>
    public required int HorizonDays { get; init; }

    /// <summary>Visits a day at most, if limited.</summary>
    public required int? DailyLimit { get; init; }

    /// <summary>Whether a booking waits for the practice.</summary>
    public required BookingPolicy BookingPolicy { get; init; }

    /// <summary>Whether patients move their visits themselves, or propose a time that the practice accepts (approval).</summary>
    public required BookingPolicy ReschedulePolicy { get; init; }

    /// <summary>A cancellation that comes later than this before the start is late.</summary>
    public required int CancellationNoticeMinutes { get; init; }

    /// <summary>What becomes of a late one.</summary>
    public required LateCancellation LateCancellation { get; init; }

    /// <summary>The share of the fee that a late one costs.</summary>
    public required int LateFeePercent { get; init; }

    /// <summary>Hours of weekdays.</summary>
    public required IReadOnlyList<WeeklyRuleResponse> Rules { get; init; }

    /// <inheritdoc />
    [JsonIgnore]
    public int Version { get; init; }

    internal static ScheduleResponse From(Schedule schedule, IEnumerable<WeeklyRule> rules) => new()
    {
        DoctorId = schedule.DoctorId,
        TimeZone = schedule.TimeZone,
        SlotMinutes = schedule.SlotMinutes,
        BufferBeforeMinutes = schedule.BufferBeforeMinutes,
        BufferAfterMinutes = schedule.BufferAfterMinutes,
        MinimumNoticeMinutes = schedule.MinimumNoticeMinutes,
        HorizonDays = schedule.HorizonDays,
        DailyLimit = schedule.DailyLimit,
        BookingPolicy = schedule.BookingPolicy,
        ReschedulePolicy = schedule.ReschedulePolicy,
        CancellationNoticeMinutes = schedule.CancellationNoticeMinutes,
        LateCancellation = schedule.LateCancellation,
        LateFeePercent = schedule.LateFeePercent,
        Rules =
        [
            .. rules.OrderBy(r => Wall.DayOfWeek(r.Weekday)).ThenBy(r => r.StartTime)
                .Select(r => new WeeklyRuleResponse(r.Weekday, r.StartTime, r.EndTime, r.ClinicId, r.Modality)),
        ],
        Version = schedule.Version,
    };
}

/// <summary>Hours of a weekday.</summary>
/// <param name="Weekday">The day on which they begin.</param>
/// <param name="StartTime">Begin, by the wall clock.</param>
/// <param name="EndTime">End; one that is not after the start means the next day.</param>
/// <param name="ClinicId">The clinic where the doctor is then, if any.</param>
/// <param name="Modality">The only way to meet then, if there is but one.</param>
public sealed record WeeklyRuleResponse(DayOfWeek Weekday, TimeOnly StartTime, TimeOnly EndTime, Guid? ClinicId, Modality? Modality);

internal static class SetSchedule
{
    public static void Map(RouteGroupBuilder group)
    {
        group.MapGet("/{id:guid}/availability/", HandleRead)
            .Named("ReadDoctorSchedule", "When and on which terms a doctor can be booked.").ForSignedIn().VisibleAs<ScheduledDoctor>();
        group.MapPut("/{id:guid}/availability/", Handle)
            .Named("SetDoctorSchedule", "Replaces when and on which terms a doctor can be booked.").ForSignedIn().VisibleAs<ScheduledDoctor>();
    }

    private static async Task<Answer<ScheduleResponse>> HandleRead(Guid id, Actor actor, CarelineDb db, CancellationToken ct)
    {
        var doctor = await ScheduledDoctor.VisibleTo(db, actor).FirstOrDefaultAsync(d => d.Id == id, ct) ?? throw new NotFound();
        var schedule = await db.Set<Schedule>().FirstOrDefaultAsync(s => s.DoctorId == id, ct) ?? Schedule.Unset(id, doctor.TimeZone);
        return Answer.Ok(ScheduleResponse.From(schedule, await db.Set<WeeklyRule>().Where(r => r.DoctorId == id).ToListAsync(ct)));
    }

    private static async Task<Answer<ScheduleResponse>> Handle(
        Guid id, ScheduleRequest request, IfMatch ifMatch, Actor actor, IDoctorListing listing, AuditTrail trail, CarelineDb db, CancellationToken ct)
    {
        var doctor = await ScheduledDoctor.VisibleTo(db, actor).FirstOrDefaultAsync(d => d.Id == id, ct) ?? throw new NotFound();
        var rules = request.Rules ?? [];
        await CheckClinicsAsync(db, doctor, rules, ct);
        var schedule = await KeptAsync(db, listing, doctor, request.TimeZone, ifMatch, ct);
        schedule.Replace(request, db.Now);
        await db.Set<WeeklyRule>().Where(r => r.DoctorId == id).ExecuteDeleteAsync(ct);
        var kept = rules.Select(r => WeeklyRule.Of(id, r, db.Now)).ToList();
        db.AddRange(kept);
        trail.About("doctor", id).Because("operations");
        await db.SaveChangesAsync(ct);
        return Answer.Ok(ScheduleResponse.From(schedule, kept), "Availability set.");
    }

    /// <summary>The doctor's schedule, begun if there is none, kept from bookings and other changes until the transaction ends.</summary>
    public static async Task<Schedule> KeptAsync(
        CarelineDb db, IDoctorListing listing, ScheduledDoctor doctor, string? zone, IfMatch? ifMatch, CancellationToken ct)
    {
        await CalendarLocks.TakeAsync(db, doctor.Id, ct);
        var schedule = await db.Set<Schedule>().AsTracking().FirstOrDefaultAsync(s => s.DoctorId == doctor.Id, ct);
        ifMatch?.Check(schedule ?? Schedule.Unset(doctor.Id, doctor.TimeZone));
        if (schedule is not null && zone is null)
        {
            return schedule;
        }

        if (schedule is null)
        {
            schedule = Schedule.Begin(doctor.Id, doctor.TimeZone, db.Now);
            db.Add(schedule);
        }

        await listing.KeepScheduleAsync(doctor.Id, zone ?? schedule.TimeZone, ct);
        return schedule;
    }

    private static async Task CheckClinicsAsync(CarelineDb db, ScheduledDoctor doctor, IReadOnlyList<WeeklyRuleRequest> rules, CancellationToken ct)
    {
        var named = rules.Select(r => r.ClinicId).OfType<Guid>().Distinct().ToArray();
        if (named.Length > 0
            && await db.Set<StaffRow>().Where(s => s.AccountId == doctor.AccountId && named.Contains(s.ClinicId)).Select(s => s.ClinicId).Distinct().CountAsync(ct)
                < named.Length)
        {
            throw new InvalidInput("rules", "The doctor does not work at one of these clinics.");
        }
    }
}
