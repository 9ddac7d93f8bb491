namespace Careline.Hours.Contracts;

/// <summary>Arithmetic of the wall clock, before any zone is known.</summary>
public static class Wall
{
    private const int MinutesOfDay = 1440;
    private const int MinutesOfWeek = 7 * MinutesOfDay;

    /// <summary>Whether a time names no seconds.</summary>
    public static bool IsWholeMinute(TimeOnly time) => time.Ticks % TimeSpan.TicksPerMinute == 0;

    /// <summary>The day's place in a week that begins on Monday.</summary>
    public static int DayOfWeek(DayOfWeek day) => ((int)day + 6) % 7;

    /// <summary>Whether any two of the hours overlap, the last of Sunday and the first of Monday among them.</summary>
    public static bool OverlapInTheWeek(IEnumerable<WeeklyHours> rules)
    {
        var spans = rules.Select(r =>
        {
            var start = (DayOfWeek(r.Weekday) * MinutesOfDay) + MinuteOf(r.Start);
            var length = MinuteOf(r.End) - MinuteOf(r.Start);
            return (Start: start, End: start + (length > 0 ? length : length + MinutesOfDay));
        }).OrderBy(s => s.Start).ToList();
        return spans.Zip(spans.Skip(1)).Any(pair => pair.Second.Start < pair.First.End)
            || (spans.Count > 1 && spans.Max(s => s.End) - MinutesOfWeek > spans[0].Start);
    }

    private static int MinuteOf(TimeOnly time) => (int)(time.Ticks / TimeSpan.TicksPerMinute);
}
