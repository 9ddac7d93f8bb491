using Careline.Platform.Time;

namespace Careline.Hours.Contracts;

/// <summary>How often a visit comes again.</summary>
public enum Frequency
{
    /// <summary>Every week.</summary>
    Weekly,

    /// <summary>Every second week.</summary>
    Biweekly,

    /// <summary>Every month, on the same day or, where a month is too short, on its last.</summary>
    Monthly,
}

/// <summary>When the visits of a series are: at the same wall-clock time, however the clock changes between.</summary>
public static class Recurrence
{
    /// <summary>Day and instant of each; null for an instant that a clock change skips.</summary>
    public static IReadOnlyList<(DateOnly Day, DateTimeOffset? Start)> Of(DateTimeOffset first, string zone, Frequency frequency, int count)
    {
        var (day, time) = ZonedTimes.ToLocal(first, zone);
        var all = new (DateOnly Day, DateTimeOffset? Start)[count];
        all[0] = (day, first);
        for (var i = 1; i < count; i++)
        {
            var next = frequency == Frequency.Monthly ? day.AddMonths(i) : day.AddDays(i * (frequency == Frequency.Weekly ? 7 : 14));
            all[i] = (next, ZonedTimes.ToInstant(next, time, zone));
        }

        return all;
    }
}
