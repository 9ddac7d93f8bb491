using Careline.Accounts.Contracts;
using Careline.Doctors.Contracts;
using Careline.Platform.Time;

namespace Careline.Scheduling.Appointments;

/// <summary>When the caller's day begins and ends: in the zone asked for, else the doctor's own, else UTC.</summary>
internal static class TodayOf
{
    public static async Task<(DateTimeOffset From, DateTimeOffset To)> CallerAsync(ListQuery query, Actor actor, CarelineDb db, CancellationToken ct)
    {
        var zone = query.Text("time_zone", 64);
        if (zone is not null && !ZonedTimes.IsKnown(zone))
        {
            query.Fault("time_zone", "Must be an IANA time zone such as Africa/Lagos.");
        }

        query.Check();
        if (zone is null && actor.DoctorId is { } doctorId)
        {
            zone = await db.Set<DoctorRow>().Where(d => d.Id == doctorId).Select(d => d.TimeZone).FirstOrDefaultAsync(ct);
        }

        zone ??= "UTC";
        return ZonedTimes.Day(ZonedTimes.ToLocal(db.Now, zone).Date, zone);
    }
}
