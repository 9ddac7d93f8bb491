using Careline.Doctors.Contracts;
using Careline.Platform.Data;
using Careline.Platform.Security;
using Careline.Platform.Time;
using Careline.Platform.Web;
using Microsoft.EntityFrameworkCore;

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
            var facts = Guid.TryParse(SlotId, out var slotId) ? await BookingFacts.OfSlotAsync(db, slotId, sides, actor, ct) : null;
            return facts is null ? throw new NotFound()
                : DoctorId is { } named && named != facts.Doctor.Id ? throw new InvalidInput("time_slot_id", "Is a time of another doctor.")
                : facts;
        }

        var doctorId = DoctorId ?? throw new InvalidInput("doctor_id", "This field is required.");
        _wanted ??= await WallClockAsync(db, doctorId, ct);
        return await BookingFacts.OfStartAsync(db, doctorId, _wanted.Value, sides, actor, ct) ?? throw new NotFound();
    }

    /// <summary>The time itself, where the doctor offers it and it lies ahead.</summary>
    /// <exception cref="RuleViolation">The doctor offers no such time, or it has passed.</exception>
    public VisitTime TimeOf(BookingFacts facts, DateTimeOffset now)
    {
        if ((facts.Time?.Start ?? _wanted) <= now)
        {
            throw new RuleViolation("SLOT_IN_PAST", "This time has passed.");
        }

        return facts.Time ?? throw NearestTimes.Refuse(
            "OUTSIDE_AVAILABILITY",
            "The doctor offers no time that begins then. The nearest free times are offered instead.",
            facts.Doctor.Id,
            _wanted!.Value,
            facts.PatientId!.Value);
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
