using Careline.Platform.Time;

namespace Careline.Analytics.Figures;

/// <summary>Days one after the other, the first and the last among them.</summary>
/// <param name="First">The first day.</param>
/// <param name="Last">The last day.</param>
internal readonly record struct Stretch(DateOnly First, DateOnly Last)
{
    public int Days => Last.DayNumber - First.DayNumber + 1;

    /// <summary>As many days as these, just before them.</summary>
    public Stretch Before => new(First.AddDays(-Days), First.AddDays(-1));

    /// <summary>The first moment of a day, UTC.</summary>
    public static DateTimeOffset StartOf(DateOnly day) => ZonedTimes.Day(day, "UTC").From;

    /// <summary>The day of a moment, UTC.</summary>
    public static DateOnly DayOf(DateTimeOffset at) => DateOnly.FromDateTime(at.UtcDateTime);

    /// <summary>Today, UTC, as the last day of what only ever happens now.</summary>
    public static Task<DateOnly?> TodayAsync(CarelineDb db) => Task.FromResult<DateOnly?>(DayOf(db.Now));

    /// <summary>Days in any order, joined where they follow each other.</summary>
    public static List<Stretch> Of(IEnumerable<DateOnly> days)
    {
        var stretches = new List<Stretch>();
        foreach (var day in days.Distinct().Order())
        {
            if (stretches.Count > 0 && stretches[^1].Last.AddDays(1) == day)
            {
                stretches[^1] = stretches[^1] with { Last = day };
            }
            else
            {
                stretches.Add(new Stretch(day, day));
            }
        }

        return stretches;
    }

    /// <summary>Each day.</summary>
    public IEnumerable<DateOnly> Each()
    {
        for (var day = First; day <= Last; day = day.AddDays(1))
        {
            yield return day;
        }
    }

    /// <summary>In pieces of at most so many days.</summary>
    public IEnumerable<Stretch> Pieces(int most)
    {
        for (var first = First; first <= Last; first = first.AddDays(most))
        {
            var last = first.AddDays(most - 1);
            yield return new Stretch(first, last < Last ? last : Last);
        }
    }
}
