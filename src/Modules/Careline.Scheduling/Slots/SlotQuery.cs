using Careline.Accounts.Contracts;
using Careline.Doctors.Contracts;

namespace Careline.Scheduling.Slots;

/// <summary>Reads whose days are asked for.</summary>
internal static class SlotQuery
{
    private const int LongestRangeDays = 62;

    public static Guid Doctor(ListQuery query, Actor? actor)
    {
        var given = query.Id("doctor") ?? query.Id("doctor_id") ?? actor?.DoctorId;
        if (given is null)
        {
            query.Fault("doctor", "Say whose times: a doctor's id.");
        }

        return given ?? Guid.Empty;
    }

    public static (DateOnly From, DateOnly To) Days(ListQuery query)
    {
        var (date, from, to) = (query.Date("date"), query.Date("start_date"), query.Date("end_date"));
        var days = (date ?? from ?? to ?? DateOnly.MinValue, date ?? to ?? from ?? DateOnly.MinValue);
        if (date is null && (from is null || to is null))
        {
            query.Fault("date", "Give either date, or start_date and end_date.");
        }
        else if (days.Item2 < days.Item1)
        {
            query.Fault("end_date", "Must not be before start_date.");
        }
        else if (days.Item2.DayNumber - days.Item1.DayNumber >= LongestRangeDays)
        {
            query.Fault("end_date", $"At most {LongestRangeDays} days.");
        }

        return days;
    }

    /// <summary>The doctor whose calendar is shown: of one who is not listed only to the doctor and to administrators.</summary>
    public static async ValueTask<DoctorRow?> ShownAsync(IDoctorLookup doctors, Guid doctorId, Actor? actor, CancellationToken ct)
    {
        var doctor = (await doctors.FindAsync([doctorId], ct)).GetValueOrDefault(doctorId);
        return doctor is { IsBookable: true } || (actor is not null && (actor.AccountId == doctor?.AccountId || actor.IsAdmin)) ? doctor : null;
    }
}
