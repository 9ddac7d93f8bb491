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

    /// <summary>The instant of a wall-clock time, or null where a clock change skips it.</summary>
    /// <exception cref="DateTimeZoneNotFoundException">The zone is unknown.</exception>
    public static DateTimeOffset? ToInstant(DateOnly date, TimeOnly time, string zone)
    {
        var local = new LocalDateTime(date.Year, date.Month, date.Day, time.Hour, time.Minute, time.Second);
        var mapping = DateTimeZoneProviders.Tzdb[zone].MapLocal(local);
        return mapping.Count == 0 ? null : mapping.First().ToInstant().ToDateTimeOffset();
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
    public static (DateTimeOffset From, DateTimeOffset To) Day(DateOnly date, string zone)
    {
        var tz = DateTimeZoneProviders.Tzdb[zone];
        var day = new LocalDate(date.Year, date.Month, date.Day);
        return (StartOf(day, tz), StartOf(day.PlusDays(1), tz));
    }

    private static DateTimeOffset StartOf(LocalDate day, DateTimeZone zone)
    {
        var mapping = zone.MapLocal(day.AtMidnight());
        return (mapping.Count == 0 ? mapping.LateInterval.Start : mapping.First().ToInstant()).ToDateTimeOffset();
    }
}
