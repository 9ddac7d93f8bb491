using System.Collections.Concurrent;
using Careline.Hours.Contracts;
using Careline.Platform.Time;

namespace Careline.Clinics.Profile;

/// <summary>Whether a clinic is open: by its own wall clock, over midnight and over changes of the clock. A closed day also ends what reaches into it.</summary>
internal static class OpeningPlan
{
    // Most clinics keep the same hours, hours begin and end at whole minutes, and lists ask of many at once: what was found holds until the minute is over.
    private static Minute _latest = new(0);

    public static bool IsOpen(string zone, IEnumerable<HoursForm> hours, IReadOnlyCollection<DateOnly> closedDays, DateTimeOffset at)
    {
        // No zone is farther than a day from UTC, and hours reach into the next day.
        var today = DateOnly.FromDateTime(at.UtcDateTime);
        if (closedDays.Count > 0 && closedDays.Any(day => Math.Abs(day.DayNumber - today.DayNumber) <= 2))
        {
            return IsOpenBy(zone, hours, closedDays, at);
        }

        var minute = Volatile.Read(ref _latest);
        var number = at.UtcTicks / TimeSpan.TicksPerMinute;
        if (minute.Number != number)
        {
            Volatile.Write(ref _latest, minute = new Minute(number));
        }

        foreach (var form in hours)
        {
            if (minute.Known.TryGetValue((zone, form), out var holds) ? holds : minute.Known[(zone, form)] = IsOpenBy(zone, [form], [], at))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsOpenBy(string zone, IEnumerable<HoursForm> hours, IEnumerable<DateOnly> closedDays, DateTimeOffset at)
    {
        var plan = new WeekPlan
        {
            TimeZone = zone,
            Rules = [.. hours.Select(h => h.Weekly)],
            Exceptions = [.. closedDays.Select(day => new SpecialDays(ExceptionKind.DayOff, day, day))],
        };
        var today = ZonedTimes.ToLocal(at, zone).Date;
        return OpenHours.Windows(plan, today.AddDays(-1), today).Weekly.Any(w => Holds(w.Span, at)) && !OpenHours.Closures(plan, today, today).Any(c => Holds(c, at));
    }

    private static bool Holds(Span span, DateTimeOffset at) => span.Start <= at && at < span.End;

    private sealed class Minute(long number)
    {
        public long Number => number;

        public ConcurrentDictionary<(string Zone, HoursForm Form), bool> Known { get; } = new();
    }
}
