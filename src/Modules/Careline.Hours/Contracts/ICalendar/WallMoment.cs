using Careline.Platform.Time;

namespace Careline.Hours.Contracts.ICalendar;

/// <summary>A day or a wall-clock time of a zone, as a calendar names it (RFC 5545, sections 3.3.4 and 3.3.5).</summary>
/// <param name="Day">The day.</param>
/// <param name="Time">The time by the zone's clock.</param>
/// <param name="Zone">The IANA zone.</param>
/// <param name="IsDay">It names a day and no time.</param>
public readonly record struct WallMoment(DateOnly Day, TimeOnly Time, string Zone, bool IsDay)
{
    /// <summary>Its moment; a day's first.</summary>
    public DateTimeOffset Instant => ZonedTimes.FirstAt(Day, Time, Zone);

    /// <summary>The same time on another day.</summary>
    public WallMoment On(DateOnly day) => this with { Day = day };

    /// <summary>Reads a value; null when it is none. What names no zone that is known means the owner's.</summary>
    public static WallMoment? Parse(string value, Func<string?, string?> zoneOf, string ownersZone, string? tzid)
    {
        var text = value.Trim();
        var isUtc = text.EndsWith('Z');
        text = text.TrimEnd('Z');
        if (text.Length == 8 && DateOnly.TryParseExact(text, "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            return IsSensible(day) ? new WallMoment(day, TimeOnly.MinValue, ownersZone, true) : null;
        }

        return DateTime.TryParseExact(text, "yyyyMMdd'T'HHmmss", CultureInfo.InvariantCulture, DateTimeStyles.None, out var at) && IsSensible(DateOnly.FromDateTime(at))
            ? new WallMoment(DateOnly.FromDateTime(at), TimeOnly.FromDateTime(at), isUtc ? "UTC" : zoneOf(tzid) ?? ownersZone, false)
            : null;
    }

    private static bool IsSensible(DateOnly day) => day.Year is >= 1900 and <= 2200;
}

/// <summary>A length (RFC 5545, section 3.3.6).</summary>
public static class CalendarDuration
{
    private static readonly TimeSpan _longest = TimeSpan.FromDays(366);

    /// <summary>Reads a length, a year at most; null when it is none.</summary>
    public static TimeSpan? Parse(string value)
    {
        var (total, number, digits) = (TimeSpan.Zero, 0L, 0);
        var text = value.Trim().TrimStart('+');
        if (!text.StartsWith('P'))
        {
            return null;
        }

        foreach (var c in text.Skip(1))
        {
            if (char.IsAsciiDigit(c) && digits < 7)
            {
                (number, digits) = ((number * 10) + (c - '0'), digits + 1);
                continue;
            }

            var unit = c switch
            {
                'W' => TimeSpan.FromDays(7),
                'D' => TimeSpan.FromDays(1),
                'H' => TimeSpan.FromHours(1),
                'M' => TimeSpan.FromMinutes(1),
                'S' => TimeSpan.FromSeconds(1),
                'T' => TimeSpan.Zero,
                _ => TimeSpan.MinValue,
            };
            if (unit < TimeSpan.Zero)
            {
                return null;
            }

            (total, number, digits) = (total + (unit * number), 0, 0);
        }

        return total < _longest ? total : _longest;
    }
}
