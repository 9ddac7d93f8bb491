using NodaTime;
using NodaTime.TimeZones;

namespace Careline.Platform.Time;

/// <summary>
/// Wall-clock arithmetic. A local time that a clock change skips does not exist and is refused; one that it repeats means the first.
/// </summary>
public static class ZonedTimes
{
    /// <summary>Whether <paramref name="zone"/> names a zone of the IANA database, such as <c>Africa/Lagos</c>.</summary>
    public static bool IsKnown(string zone) => DateTimeZoneProviders.Tzdb.GetZoneOrNull(zone) is not null;

    /// <summary>The IANA zone that a name means: itself, or one that Windows programs write, such as <c>W. Europe Standard Time</c>; null for any other.</summary>
    public static string? Find(string name) => IsKnown(name) ? name
        : TzdbDateTimeZoneSource.Default.WindowsMapping.PrimaryMapping.TryGetValue(name, out var zone) ? zone : null;

    /// <summary>The instant of a wall-clock time, or null where a clock change skips it.</summary>
    /// <exception cref="DateTimeZoneNotFoundException">The zone is unknown.</exception>
    public static DateTimeOffset? ToInstant(DateOnly date, TimeOnly time, string zone)
    {
        var local = new LocalDateTime(date.Year, date.Month, date.Day, time.Hour, time.Minute, time.Second);
        var mapping = DateTimeZoneProviders.Tzdb[zone].MapLocal(local);
        return mapping.Count == 0 ? null : mapping.First().ToInstant().ToDateTimeOffset();
    }

    /// <summary>The first instant at which the wall clock shows a time or, where a clock change skips it, the moment of the change.</summary>
    /// <exception cref="DateTimeZoneNotFoundException">The zone is unknown.</exception>
    public static DateTimeOffset FirstAt(DateOnly date, TimeOnly time, string zone)
    {
        var mapping = DateTimeZoneProviders.Tzdb[zone].MapLocal(new LocalDateTime(date.Year, date.Month, date.Day, time.Hour, time.Minute, time.Second));
        return (mapping.Count == 0 ? mapping.LateInterval.Start : mapping.First().ToInstant()).ToDateTimeOffset();
    }

    /// <summary>Whether the zone's clock is put forward or back between two instants.</summary>
    public static bool ClockChanges(DateTimeOffset from, DateTimeOffset to, string zone)
    {
        var interval = DateTimeZoneProviders.Tzdb[zone].GetZoneInterval(Instant.FromDateTimeOffset(from));
        return interval.HasEnd && interval.End < Instant.FromDateTimeOffset(to);
    }

    /// <summary>The wall-clock date and time of an instant.</summary>
    public static (DateOnly Date, TimeOnly Time) ToLocal(DateTimeOffset instant, string zone)
    {
        var local = Instant.FromDateTimeOffset(instant).InZone(DateTimeZoneProviders.Tzdb[zone]).LocalDateTime;
        return (new DateOnly(local.Year, local.Month, local.Day), new TimeOnly(local.Hour, local.Minute, local.Second));
    }

    /// <summary>
    /// The instants at which a local day begins and ends; a day may last 23 or 25 hours, begin after midnight, or, where a country moved over the
    /// date line, not happen at all: then it ends as it begins.
    /// </summary>
    public static (DateTimeOffset From, DateTimeOffset To) Day(DateOnly date, string zone) =>
        (FirstAt(date, TimeOnly.MinValue, zone), FirstAt(date.AddDays(1), TimeOnly.MinValue, zone));
}
