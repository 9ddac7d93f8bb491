using Careline.Hours.Contracts;
using Careline.Platform.Time;
using Careline.Scheduling.Slots;

namespace Careline.Scheduling.Availability;

/// <summary>What a doctor's times depend on beside the working hours: what was offered one by one, what occupies time, and how full each day is.</summary>
/// <param name="Explicit">Slots offered one by one, in any order; all that may overlap the stretch asked for.</param>
/// <param name="Busy">What occupies the doctor, in any order.</param>
/// <param name="VisitsByDay">Visits by the doctor's local day; asked only where there is a daily limit.</param>
internal sealed record TakenTime(
    IReadOnlyCollection<ListedSlot> Explicit, IReadOnlyCollection<Span> Busy, IReadOnlyDictionary<DateOnly, int> VisitsByDay);

/// <summary>Why a time cannot be booked.</summary>
internal enum Obstacle
{
    None,
    Passed,
    TooSoon,
    Closed,
    Taken,
    DayIsFull,
}

/// <summary>
/// A doctor's times, out of working hours, exceptions and what is taken: the only place that says which times there are and which of them are free. Pure, so
/// that lists, booking, alternatives and the doctor list cannot disagree. The written rule, and why it is so, is decision 0018.
/// </summary>
internal static class SlotFinder
{
    /// <summary>All times that begin in a stretch, in order, each marked whether it can be booked at this moment.</summary>
    public static IReadOnlyList<ListedSlot> Find(WorkingHours hours, Span stretch, TakenTime taken, DateTimeOffset now)
    {
        // A window that began the day before may reach into the stretch, and a day off after it into its last window.
        var zone = hours.TimeZone;
        var horizon = ZonedTimes.ToLocal(now, zone).Date.AddDays(hours.HorizonDays);
        var (first, last) = (ZonedTimes.ToLocal(stretch.Start, zone).Date.AddDays(-1), ZonedTimes.ToLocal(stretch.End, zone).Date);
        var closed = new SpanSet(OpenHours.Closures(hours, first, last.AddDays(1)));
        var slots = new List<ListedSlot>();
        slots.AddRange(taken.Explicit.Where(s => s.Span.Start >= stretch.Start && s.Span.Start < stretch.End));
        var days = (first, last < horizon ? last : horizon);
        Cut(hours, stretch, days, closed, new SpanSet(taken.Explicit.Select(s => s.Span)), slots);
        slots.Sort(static (one, other) => one.Span.Start.CompareTo(other.Span.Start));

        var busy = new SpanSet(taken.Busy);
        var soonest = now.AddMinutes(hours.MinimumNoticeMinutes);
        for (var i = 0; i < slots.Count; i++)
        {
            var span = slots[i].Span;
            var around = slots[i].Id is null ? new Span(span.Start - hours.Pause, span.End + hours.Pause) : span;
            var obstacle = span.Start <= now ? Obstacle.Passed
                : span.Start < soonest ? Obstacle.TooSoon
                : closed.Overlaps(span) ? Obstacle.Closed
                : busy.Overlaps(around) ? Obstacle.Taken
                : IsFull(hours, taken, span) ? Obstacle.DayIsFull
                : Obstacle.None;
            slots[i] = slots[i] with { Obstacle = obstacle, IsAvailable = obstacle == Obstacle.None };
        }

        return slots;
    }

    private static bool IsFull(WorkingHours hours, TakenTime taken, Span span) => hours.DailyLimit is { } limit
        && taken.VisitsByDay.GetValueOrDefault(ZonedTimes.ToLocal(span.Start, hours.TimeZone).Date) >= limit;

    // Whoever offered a time by hand means that time: hours leave room for it, weekly hours also for extra ones.
    private static void Cut(
        WorkingHours hours, Span stretch, (DateOnly First, DateOnly Last) days, SpanSet closed, SpanSet byHand, List<ListedSlot> slots)
    {
        var (weekly, extra) = OpenHours.Windows(hours, days.First, days.Last);
        var extraHours = new SpanSet(extra.Select(w => w.Span));
        foreach (var (window, isExtra) in weekly.Select(w => (w, false)).Concat(extra.Select(w => (w, true))))
        {
            foreach (var span in window.Cut(TimeSpan.FromMinutes((window.Rule as VisitHours)?.SlotMinutes ?? hours.SlotMinutes), hours.Pause, hours.TimeZone))
            {
                if (span.Start >= stretch.Start && span.Start < stretch.End && !closed.Overlaps(span) && !byHand.Overlaps(span)
                    && (isExtra || !extraHours.Overlaps(span)))
                {
                    var rule = window.Rule as VisitHours;
                    slots.Add(new ListedSlot(null, span, rule?.ClinicId, 1, false) { Modality = rule?.Modality });
                }
            }
        }
    }
}
