using Careline.Doctors.Contracts;
using Careline.Hours.Contracts;
using Careline.Platform.Time;
using Careline.Scheduling.Availability;
using Careline.Scheduling.Slots;

namespace Careline.Scheduling.Appointments;

/// <summary>The time that somebody asks for: a slot, an instant, or a wall-clock time in the doctor's zone.</summary>
internal sealed record TimeWish(Guid? DoctorId, string? SlotId, DateTimeOffset? Start, DateOnly? Date, TimeOnly? StartTime)
{
    private DateTimeOffset? _wanted = Start;

    /// <summary>
    /// Alike for all who ask for the same time in the same words; null where neither slot nor doctor is named. A slot that is asked
    /// for at a wrong doctor is another wish: what is known of the right one must not answer it.
    /// </summary>
    public string? ScarceKey => SlotId is not null ? $"{SlotId} {DoctorId}" : DoctorId is null ? null : $"{DoctorId} {Start:O} {Date:O} {StartTime:O}";

    /// <summary>What a booking of this time must know.</summary>
    /// <exception cref="InvalidInput">No time is named, or one that does not exist.</exception>
    /// <exception cref="NotFound">No such slot or doctor.</exception>
    public async Task<BookingFacts> FindAsync(CarelineDb db, BookingSides sides, Actor actor, CancellationToken ct)
    {
        if (SlotId is not null)
        {
            var computed = ComputedTime.Parse(SlotId);
            var facts = computed is { } time ? await BookingFacts.OfStartAsync(db, time.DoctorId, time.Span.Start, sides, actor, ct)
                : Guid.TryParse(SlotId, out var slotId) ? await BookingFacts.OfSlotAsync(db, slotId, sides, actor, ct) : null;
            if (facts is null || (computed is not null && !facts.Doctor.HasSchedule))
            {
                throw new NotFound();
            }

            _wanted = computed?.Span.Start ?? facts.Time!.Start;
            return DoctorId is { } named && named != facts.Doctor.Id
                ? throw new InvalidInput("time_slot_id", "Is a time of another doctor.")
                : await FollowScheduleAsync(db, facts, sides, slot => computed is null ? slot.Id == facts.Time!.SlotId : slot.Id is null && slot.Span == computed.Value.Span, ct);
        }

        var doctorId = DoctorId ?? throw new InvalidInput("doctor_id", "This field is required.");
        _wanted ??= await WallClockAsync(db, doctorId, ct);
        var found = await BookingFacts.OfStartAsync(db, doctorId, _wanted.Value, sides, actor, ct) ?? throw new NotFound();
        return await FollowScheduleAsync(db, found, sides, _ => true, ct);
    }

    /// <summary>Where the time begins, whether it is offered or not.</summary>
    public async Task<(Guid DoctorId, DateTimeOffset Start)> InstantAsync(CarelineDb db, CancellationToken ct)
    {
        var doctorId = DoctorId ?? throw new InvalidInput("doctor_id", "This field is required.");
        return (doctorId, _wanted ??= await WallClockAsync(db, doctorId, ct));
    }

    /// <summary>The time itself, where the doctor offers it and it lies ahead.</summary>
    /// <exception cref="RuleViolation">The doctor offers no such time, or it has passed.</exception>
    public VisitTime TimeOf(BookingFacts facts, DateTimeOffset now)
    {
        if ((facts.Time?.Start ?? _wanted) <= now)
        {
            throw new RuleViolation("SLOT_IN_PAST", "This time has passed.");
        }

        var refusal = facts.Obstacle switch
        {
            Obstacle.TooSoon => "This time begins too soon to be booked.",
            Obstacle.Closed => "The doctor sees nobody at this time.",
            Obstacle.DayIsFull => "The doctor sees no more patients on this day.",
            _ => facts.Time is null ? "The doctor offers no time that begins then." : null,
        };
        return refusal is null ? facts.Time! : throw NearestTimes.Refuse(
            "OUTSIDE_AVAILABILITY", $"{refusal} The nearest free times are offered instead.", facts.Doctor, _wanted!.Value, facts.PatientId!.Value);
    }

    private async Task<BookingFacts> FollowScheduleAsync(
        CarelineDb db, BookingFacts facts, BookingSides sides, Func<ListedSlot, bool> isMeant, CancellationToken ct)
    {
        // Far times are none, and beyond what calendars can compute.
        var (start, now) = (_wanted!.Value, db.Now);
        if (!facts.Doctor.HasSchedule || start <= now || start > now.AddYears(SlotDesk.HorizonYears))
        {
            return facts;
        }

        var moment = new Span(start, start.AddMilliseconds(1));
        if (await DoctorTimes.ReadAsync(db, facts.Doctor.Id, moment, sides.Moving, ct) is { } times)
        {
            facts.Follow(times, times.Find(moment, now).Cast<ListedSlot?>().FirstOrDefault(slot => isMeant(slot!.Value)));
        }

        return facts;
    }

    private async Task<DateTimeOffset> WallClockAsync(CarelineDb db, Guid doctorId, CancellationToken ct)
    {
        if (Date is not { Year: >= 1900 and <= 2200 } date || StartTime is not { } time)
        {
            throw new InvalidInput("time_slot_id", "Give time_slot_id, or start, or date and start_time.");
        }

        var zone = await db.Set<DoctorRow>().Where(d => d.Id == doctorId).Select(d => d.TimeZone).FirstOrDefaultAsync(ct) ?? throw new NotFound();
        return ZonedTimes.ToInstant(date, time, zone)
            ?? throw new InvalidInput("start_time", "This time does not exist on that day: a clock change skips it.");
    }
}
