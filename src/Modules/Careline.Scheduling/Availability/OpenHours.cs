using Careline.Doctors.Contracts;
using Careline.Platform.Time;
using Careline.Scheduling.Slots;

namespace Careline.Scheduling.Availability;

/// <summary>Hours of one day as they lie in time, and the wall-clock hours that they come from.</summary>
internal sealed record OpenWindow(Span Span, TimeOnly Start, TimeOnly End, Guid? ClinicId, Modality? Modality, bool HasClockChange)
{
    /// <summary>Where the clock is put back, a time within the window may read as one outside the hours: it is not offered.</summary>
    public bool Shows(Span span, string zone) => !HasClockChange || (Reads(span.Start, zone) && Reads(span.End.AddMinutes(-1), zone));

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
internal static class OpenHours
{
    /// <summary>The windows that begin on the days, the weekly ones in order of their start and then the extra ones.</summary>
    public static (List<OpenWindow> Weekly, List<OpenWindow> Extra) Windows(WorkingHours hours, DateOnly from, DateOnly to)
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
                .Select(r => Window(today, r.Start, r.End, hours.TimeZone) with { ClinicId = r.ClinicId, Modality = r.Modality }));
            extra.AddRange(hours.Exceptions.Where(e => e is { Kind: ExceptionKind.ExtraDay, Start: not null, End: not null } && e.Covers(today))
                .Select(e => Window(today, e.Start!.Value, e.End!.Value, hours.TimeZone)));
        }

        return (weekly, extra);
    }

    /// <summary>The spans of the days off that begin on the days. A day off also ends what began the day before and reaches into it.</summary>
    public static List<Span> Closures(WorkingHours hours, DateOnly from, DateOnly to)
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
        return new OpenWindow(span, start, end, null, null, ZonedTimes.ClockChanges(span.Start, span.End, zone));
    }
}
