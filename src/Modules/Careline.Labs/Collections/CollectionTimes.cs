using Careline.Hours.Contracts;
using Careline.Platform.Time;

namespace Careline.Labs.Collections;

/// <summary>The times at which samples are taken, by the wall clock of the clinic; when they are, and no word of how many are free.</summary>
internal static class CollectionTimes
{
    /// <summary>The times that begin on the days.</summary>
    public static List<Span> Of(CollectionPlan plan, string zone, DateOnly from, DateOnly to)
    {
        var week = plan.Week(zone);
        var closed = OpenHours.Closures(week, from, to.AddDays(1));
        return [.. OpenHours.Windows(week, from, to).Weekly.SelectMany(w => w.Cut(TimeSpan.FromMinutes(plan.SlotMinutes), TimeSpan.Zero, zone))
            .Where(s => !closed.Exists(s.Overlaps)).OrderBy(s => s.Start)];
    }

    /// <summary>The time that begins at a moment, or null where none does.</summary>
    public static Span? At(CollectionPlan plan, string zone, DateTimeOffset start)
    {
        // Hours that begin in the evening and end after midnight belong to the day before.
        var day = ZonedTimes.ToLocal(start, zone).Date;
        var times = Of(plan, zone, day.AddDays(-1), day);
        return times.FindIndex(s => s.Start == start) is >= 0 and var found ? times[found] : null;
    }

    /// <summary>Whether one may still, or already, book it.</summary>
    public static bool IsBookable(CollectionPlan plan, Span time, DateTimeOffset now) =>
        time.Start >= now.AddMinutes(plan.MinimumNoticeMinutes) && time.Start > now && time.Start <= now.AddDays(plan.HorizonDays);
}
