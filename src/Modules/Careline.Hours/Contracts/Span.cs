using Careline.Platform.Time;

namespace Careline.Hours.Contracts;

/// <summary>A stretch of time, <c>[start, end)</c>.</summary>
/// <param name="Start">Its first moment.</param>
/// <param name="End">The first moment after it.</param>
public readonly record struct Span(DateTimeOffset Start, DateTimeOffset End)
{
    /// <summary>The span that wall-clock times mean in a zone. A repeated time means the first.</summary>
    /// <exception cref="InvalidInput">A clock change skips one of them, or the end does not come after the start.</exception>
    public static Span OfWallClock(DateOnly date, TimeOnly start, TimeOnly end, string zone)
    {
        var from = ZonedTimes.ToInstant(date, start, zone) ?? throw Skipped("start_time");
        var to = ZonedTimes.ToInstant(date, end, zone) ?? throw Skipped("end_time");
        return end > start && to > from ? new Span(from, to) : throw new InvalidInput("end_time", "Must be after start_time.");
    }

    /// <summary>Whether they share a moment; what only touches does not.</summary>
    public bool Overlaps(Span other) => Start < other.End && other.Start < End;

    /// <summary>Refuses what has begun.</summary>
    /// <exception cref="InvalidInput">It does not lie in the future.</exception>
    public void MustLieAhead(DateTimeOffset now)
    {
        if (Start <= now)
        {
            throw new InvalidInput("start_time", "Must lie in the future.");
        }
    }

    private static InvalidInput Skipped(string field) => new(field, "This time does not exist on that day: a clock change skips it.");
}
