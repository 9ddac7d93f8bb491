using Careline.Platform.Time;

namespace Careline.Hours.Contracts;

/// <summary>Which days and hours to cut into slots, by the wall clock of a zone.</summary>
/// <param name="From">The first day.</param>
/// <param name="To">The last day.</param>
/// <param name="Start">When each day begins.</param>
/// <param name="End">When each day ends.</param>
/// <param name="Zone">The IANA zone.</param>
public sealed record CuttingPlan(DateOnly From, DateOnly To, TimeOnly Start, TimeOnly End, string Zone)
{
    /// <summary>Only these weekdays; all when empty.</summary>
    public IReadOnlyCollection<DayOfWeek> Weekdays { get; init; } = [];

    /// <summary>How long a slot lasts.</summary>
    public int SlotMinutes { get; init; } = 30;

    /// <summary>The pause after each.</summary>
    public int BreakMinutes { get; init; }
}

/// <summary>
/// Cuts working hours into slots. A slot lasts its minutes in real time, so on a day with a clock change fewer or more fit between the same
/// wall-clock hours; a remainder too short for a slot is left free.
/// </summary>
public static class SlotCutter
{
    /// <summary>The slots in order, and the days whose hours a clock change makes impossible.</summary>
    public static (IReadOnlyList<Span> Slots, IReadOnlyList<DateOnly> ImpossibleDays) Cut(CuttingPlan plan)
    {
        var slots = new List<Span>();
        var impossible = new List<DateOnly>();
        for (var day = plan.From; day <= plan.To; day = day.AddDays(1))
        {
            if (plan.Weekdays.Count > 0 && !plan.Weekdays.Contains(day.DayOfWeek))
            {
                continue;
            }

            if (ZonedTimes.ToInstant(day, plan.Start, plan.Zone) is { } start && ZonedTimes.ToInstant(day, plan.End, plan.Zone) is { } end)
            {
                Cut(start, end, plan, slots);
            }
            else
            {
                impossible.Add(day);
            }
        }

        return (slots, impossible);
    }

    private static void Cut(DateTimeOffset start, DateTimeOffset end, CuttingPlan plan, List<Span> slots)
    {
        var length = TimeSpan.FromMinutes(plan.SlotMinutes);
        var step = length + TimeSpan.FromMinutes(plan.BreakMinutes);
        for (var at = start; at + length <= end; at += step)
        {
            slots.Add(new Span(at, at + length));
        }
    }
}
