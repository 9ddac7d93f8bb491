using Careline.Accounts.Contracts;
using Careline.Hours.Contracts;
using Careline.Platform.Time;
using Careline.Scheduling.Appointments;

namespace Careline.Scheduling.Slots;

/// <summary>Working hours to cut into slots: of one day, or of the weekdays of a range.</summary>
/// <param name="StartTime">Begin of the hours, by the doctor's wall clock.</param>
/// <param name="EndTime">End of the hours, after the start.</param>
/// <param name="Date">One day; or else a range.</param>
/// <param name="StartDate">First day of a range.</param>
/// <param name="EndDate">Last day of a range, at most 366 days later.</param>
/// <param name="Weekdays">Only these days of the range, such as <c>monday</c>.</param>
/// <param name="SlotDuration">Minutes a slot, 30 unless given.</param>
/// <param name="BreakMinutes">Minutes between two slots.</param>
/// <param name="ClinicId">The clinic where the doctor is then, if any.</param>
public sealed record AddSlotsInBulkRequest(
    [Required] TimeOnly StartTime,
    [Required] TimeOnly EndTime,
    DateOnly? Date = null,
    DateOnly? StartDate = null,
    DateOnly? EndDate = null,
    [MaxLength(7)] IReadOnlyList<DayOfWeek>? Weekdays = null,
    [Range(5, 240)] int SlotDuration = 30,
    [Range(0, 240)] int BreakMinutes = 0,
    Guid? ClinicId = null)
{
    private const int LongestRangeDays = 366;

    internal CuttingPlan PlanIn(string zone, DateTimeOffset now)
    {
        var (from, to) = (Date, StartDate, EndDate) switch
        {
            ({ } day, null, null) => (day, day),
            (null, { } first, { } last) => (first, last),
            _ => throw new InvalidInput("date", "Give either date, or start_date and end_date."),
        };
        if (to < from)
        {
            throw new InvalidInput("end_date", "Must not be before start_date.");
        }

        SlotDesk.CheckDay(Date is null ? "start_date" : "date", from, now);
        SlotDesk.CheckDay(Date is null ? "end_date" : "date", to, now);
        if (to.DayNumber - from.DayNumber >= LongestRangeDays)
        {
            throw new InvalidInput("end_date", $"A range may last {LongestRangeDays} days.");
        }

        SlotDesk.CheckMinutes(StartTime, EndTime);
        return EndTime > StartTime
            ? new CuttingPlan(from, to, StartTime, EndTime, zone)
            {
                Weekdays = Weekdays ?? [],
                SlotMinutes = SlotDuration,
                BreakMinutes = BreakMinutes,
            }
            : throw new InvalidInput("end_time", "Must be after start_time.");
    }
}

/// <summary>What became of the working hours.</summary>
/// <param name="Created">The new slots, in order.</param>
/// <param name="Skipped">What was left out, and why.</param>
public sealed record BulkSlotsResponse(IReadOnlyList<TimeSlotResponse> Created, IReadOnlyList<SkippedSlot> Skipped);

/// <summary>A time that was not offered.</summary>
/// <param name="Date">The day, in the doctor's zone.</param>
/// <param name="StartTime">Wall-clock start.</param>
/// <param name="EndTime">Wall-clock end.</param>
/// <param name="Reason"><c>overlaps</c> another slot, <c>past</c>, or <c>clock_change</c>: the hours do not exist that day.</param>
public sealed record SkippedSlot(DateOnly Date, TimeOnly StartTime, TimeOnly EndTime, string Reason);

internal static class AddSlotsInBulk
{
    private const int MostSlots = 3000;

    public static void Map(RouteGroupBuilder group) => group.MapPost("/create_bulk_slots/", Handle)
        .Named("AddTimeSlotsInBulk", "Cuts working hours into slots.").ForRoles(Roles.Doctor);

    private static async Task<CreatedAnswer<BulkSlotsResponse>> Handle(
        AddSlotsInBulkRequest request, Actor actor, CarelineDb db, CancellationToken ct)
    {
        var doctorId = actor.DoctorId ?? throw new PermissionDenied();
        var zone = await SlotDesk.ZoneOfAsync(db, doctorId, ct);
        await SlotDesk.CheckClinicAsync(db, actor, request.ClinicId, ct);
        var (spans, impossible) = SlotCutter.Cut(request.PlanIn(zone, db.Now));
        if (spans.Count > MostSlots)
        {
            throw new InvalidInput("end_date", $"At most {MostSlots} slots at once; this makes {spans.Count}.");
        }

        await CalendarLocks.TakeAsync(db, doctorId, ct);
        var now = db.Now;
        var ahead = spans.Where(s => s.Start > now).Select(s => new ListedSlot(db.NewId(), s, request.ClinicId, 1, true)).ToList();
        var kept = await InsertAsync(db, doctorId, request.ClinicId, ahead, ct);
        return Answer.Created(
            new BulkSlotsResponse(
                [.. ahead.Where(s => kept.Contains(s.Id!.Value)).Select(s => TimeSlotResponse.From(s, doctorId, zone))],
                [
                    .. impossible.Select(day => new SkippedSlot(day, request.StartTime, request.EndTime, "clock_change")),
                    .. spans.Where(s => s.Start <= now).Select(s => Skip(s, zone, "past")),
                    .. ahead.Where(s => !kept.Contains(s.Id!.Value)).Select(s => Skip(s.Span, zone, "overlaps")),
                ]),
            $"{kept.Count} time slots created.");
    }

    /// <summary>The database leaves out what overlaps: two calls at once share out the day between them and neither fails.</summary>
    private static async Task<HashSet<Guid>> InsertAsync(
        CarelineDb db, Guid doctorId, Guid? clinicId, IReadOnlyCollection<ListedSlot> slots, CancellationToken ct)
    {
        var ids = slots.Select(s => s.Id!.Value).ToArray();
        var starts = slots.Select(s => s.Span.Start).ToArray();
        var ends = slots.Select(s => s.Span.End).ToArray();
        return [.. await db.Database.SqlQuery<Guid>(
            $"""
            INSERT INTO scheduling.time_slots (id, doctor_id, clinic_id, starts_at, ends_at, created_at, version)
            SELECT s.id, {doctorId}, {clinicId}, s.starts_at, s.ends_at, {db.Now}, 1
            FROM unnest({ids}, {starts}, {ends}) AS s (id, starts_at, ends_at)
            ON CONFLICT DO NOTHING RETURNING id AS "Value"
            """).ToListAsync(ct)];
    }

    private static SkippedSlot Skip(Span span, string zone, string reason)
    {
        var start = ZonedTimes.ToLocal(span.Start, zone);
        return new SkippedSlot(start.Date, start.Time, ZonedTimes.ToLocal(span.End, zone).Time, reason);
    }
}
