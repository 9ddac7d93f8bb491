using Careline.Platform.Time;

namespace Careline.Hours.Contracts;

/// <summary>Hours of one day as they lie in time, and the wall-clock hours that they come from.</summary>
/// <param name="Span">Where they lie.</param>
/// <param name="Start">When they begin, by the wall clock.</param>
/// <param name="End">When they end, by the wall clock.</param>
/// <param name="Rule">The hours of the week that they are; null for extra hours.</param>
/// <param name="HasClockChange">The clock is changed between.</param>
public sealed record OpenWindow(Span Span, TimeOnly Start, TimeOnly End, WeeklyHours? Rule, bool HasClockChange)
{
    /// <summary>Cuts it: a slot lasts its length in real time, and so does the pause before the next; a remainder too short for one is left.</summary>
    public IEnumerable<Span> Cut(TimeSpan length, TimeSpan pause, string zone)
    {
        for (var at = Span.Start; at + length <= Span.End; at += length + pause)
        {
            var span = new Span(at, at + length);
            if (Shows(span, zone))
            {
                yield return span;
            }
        }
    }

    /// <summary>Where the clock is put back, a time within the window may read as one outside the hours: it is not offered.</summary>
    private bool Shows(Span span, string zone) => !HasClockChange || (Reads(span.Start, zone) && Reads(span.End.AddMinutes(-1), zone));

    private bool Reads(DateTimeOffset at, string zone)
    {
        var time = ZonedTimes.ToLocal(at, zone).Time;
        return End > Start ? time >= Start && time < End : time >= Start || time < End;
    }
}

/// <summary>
/// Turns wall-clock hours into spans of time. Hours begin and end when the clock first shows their bounds; a bound that a clock change skips is the moment
/// of the change. What begins on a day and ends on the next belongs to the day on which it begins.
/// </summary>
public static class OpenHours
{
    /// <summary>The windows that begin on the days, the weekly ones in order of their start and then the extra ones.</summary>
    public static (List<OpenWindow> Weekly, List<OpenWindow> Extra) Windows(WeekPlan hours, DateOnly from, DateOnly to)
    {
        var (weekly, extra) = (new List<OpenWindow>(), new List<OpenWindow>());
        for (var day = from; day <= to; day = day.AddDays(1))
        {
            var today = day;
            if (hours.Exceptions.Any(e => e.IsWholeDay && e.Covers(today)))
            {
                continue;
            }

            weekly.AddRange(hours.Rules.Where(r => r.Weekday == today.DayOfWeek).OrderBy(r => r.Start)
                .Select(r => Window(today, r.Start, r.End, hours.TimeZone) with { Rule = r }));
            extra.AddRange(hours.Exceptions.Where(e => e is { Kind: ExceptionKind.ExtraDay, Start: not null, End: not null } && e.Covers(today))
                .Select(e => Window(today, e.Start!.Value, e.End!.Value, hours.TimeZone)));
        }

        return (weekly, extra);
    }

    /// <summary>The spans of the days off that begin on the days. A day off also ends what began the day before and reaches into it.</summary>
    public static List<Span> Closures(WeekPlan hours, DateOnly from, DateOnly to)
    {
        var closed = new List<Span>();
        foreach (var off in hours.Exceptions.Where(e => e.Kind == ExceptionKind.DayOff))
        {
            var last = off.LastDay < to ? off.LastDay : to;
            for (var day = off.FirstDay > from ? off.FirstDay : from; day <= last; day = day.AddDays(1))
            {
                closed.Add(Window(day, off.Start ?? TimeOnly.MinValue, off.End ?? TimeOnly.MinValue, hours.TimeZone).Span);
            }
        }

        return closed;
    }

    private static OpenWindow Window(DateOnly day, TimeOnly start, TimeOnly end, string zone)
    {
        var span = new Span(ZonedTimes.FirstAt(day, start, zone), ZonedTimes.FirstAt(end > start ? day : day.AddDays(1), end, zone));
        return new OpenWindow(span, start, end, null, ZonedTimes.ClockChanges(span.Start, span.End, zone));
    }
}
