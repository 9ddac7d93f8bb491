using Careline.Clinics.Contracts;
using Careline.Doctors.Contracts;
using Careline.Scheduling.Appointments;

namespace Careline.Scheduling.Slots;

/// <summary>What offering and changing slots ask in common.</summary>
internal static class SlotDesk
{
    /// <summary>How far ahead a doctor may offer times.</summary>
    public static readonly int HorizonYears = 3;

    public static Task<string> ZoneOfAsync(CarelineDb db, Guid doctorId, CancellationToken ct) =>
        db.Set<DoctorRow>().Where(d => d.Id == doctorId).Select(d => d.TimeZone).FirstAsync(ct);

    /// <summary>Goes on when the day can be offered at all; also keeps dates within what calendars can compute.</summary>
    /// <exception cref="InvalidInput">It lies behind or too far ahead.</exception>
    public static void CheckDay(string field, DateOnly day, DateTimeOffset now)
    {
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        if (day < today.AddDays(-1))
        {
            throw new InvalidInput(field, "Must lie in the future.");
        }

        if (day > today.AddYears(HorizonYears))
        {
            throw new InvalidInput(field, $"Must lie within the next {HorizonYears} years.");
        }
    }

    /// <exception cref="InvalidInput">A time has seconds.</exception>
    public static void CheckMinutes(TimeOnly start, TimeOnly end)
    {
        foreach (var (field, time) in (ReadOnlySpan<(string, TimeOnly)>)[("start_time", start), ("end_time", end)])
        {
            if (time.Ticks % TimeSpan.TicksPerMinute != 0)
            {
                throw new InvalidInput(field, "Must be a whole minute, such as 09:00.");
            }
        }
    }

    /// <exception cref="InvalidInput">The doctor does not work at the clinic.</exception>
    public static async Task CheckClinicAsync(CarelineDb db, Actor actor, Guid? clinicId, CancellationToken ct)
    {
        var accountId = actor.AccountId;
        if (clinicId is { } clinic && !await db.Set<StaffRow>().AnyAsync(s => s.ClinicId == clinic && s.AccountId == accountId, ct))
        {
            throw new InvalidInput("clinic_id", "You do not work at this clinic.");
        }
    }

    /// <summary>Whether something that occupies the doctor's time overlaps the slot.</summary>
    public static Task<bool> IsBookedAsync(CarelineDb db, TimeSlot slot, CancellationToken ct)
    {
        var (doctorId, start, end, now) = (slot.DoctorId, slot.StartsAt, slot.EndsAt, db.Now);
        return db.Set<Appointment>().AnyAsync(
            a => a.DoctorId == doctorId && Moves.Occupying.Contains(a.Status) && a.StartsAt < end && start < a.EndsAt
                && a.EndsAt > a.StartsAt && (a.Status != AppointmentStatus.Held || a.ExpiresAt > now),
            ct);
    }
}
