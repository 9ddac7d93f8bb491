using Careline.Hours.Contracts;
using Careline.Platform.Time;

namespace Careline.Clinics.Profile;

/// <summary>Whether a clinic is open: by its own wall clock, over midnight and over changes of the clock. A closed day also ends what reaches into it.</summary>
internal static class OpeningPlan
{
    public static bool IsOpen(string zone, IEnumerable<HoursForm> hours, IEnumerable<DateOnly> closedDays, DateTimeOffset at)
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
}
