namespace Careline.Hours.Contracts.ICalendar;

/// <summary>How often something comes again.</summary>
public enum RuleFrequency
{
    /// <summary>By days.</summary>
    Daily,

    /// <summary>By weeks.</summary>
    Weekly,

    /// <summary>By months.</summary>
    Monthly,

    /// <summary>By years.</summary>
    Yearly,
}

/// <summary>
/// On which days something comes again (RFC 5545, section 3.3.10): daily and weekly with all their parts, monthly and yearly by day of the month or by weekday.
/// What goes beyond, such as by the hour or by position, is not understood and said to be so.
/// </summary>
public sealed record RecurrenceRule
{
    private static readonly string[] _days = ["SU", "MO", "TU", "WE", "TH", "FR", "SA"];
    private static readonly HashSet<string> _understood = ["FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", "BYMONTHDAY", "BYMONTH", "WKST"];

    /// <summary>How often.</summary>
    public required RuleFrequency Frequency { get; init; }

    /// <summary>Each of so many.</summary>
    public int Interval { get; init; } = 1;

    /// <summary>How often in all; null where it has no such end.</summary>
    public int? Count { get; init; }

    /// <summary>The last day or moment, as it was written.</summary>
    public string? Until { get; init; }

    /// <summary>Weekdays, the n-th of a month where it is not 0, from its end where it is negative.</summary>
    public IReadOnlyList<(int Nth, DayOfWeek Day)> ByDay { get; init; } = [];

    /// <summary>Days of the month, from its end where negative.</summary>
    public IReadOnlyList<int> ByMonthDay { get; init; } = [];

    /// <summary>Months, 1 to 12.</summary>
    public IReadOnlyList<int> ByMonth { get; init; } = [];

    /// <summary>The first day of a week.</summary>
    public DayOfWeek WeekStart { get; init; } = DayOfWeek.Monday;

    /// <summary>Reads a rule; null when it is not understood.</summary>
    public static RecurrenceRule? Parse(string value)
    {
        var parts = new Dictionary<string, string>();
        foreach (var part in value.Trim().ToUpperInvariant().Split(';', StringSplitOptions.RemoveEmptyEntries))
        {
            var at = part.IndexOf('=', StringComparison.Ordinal);
            if (at <= 0 || !_understood.Contains(part[..at]))
            {
                return null;
            }

            parts[part[..at]] = part[(at + 1)..];
        }

        if (!Enum.TryParse<RuleFrequency>(parts.GetValueOrDefault("FREQ"), ignoreCase: true, out var frequency) || !Enum.IsDefined(frequency)
            || Number(parts, "INTERVAL", 1) is not { } interval || Number(parts, "COUNT", int.MaxValue) is not { } count
            || Days(parts.GetValueOrDefault("BYDAY")) is not { } byDay || Numbers(parts.GetValueOrDefault("BYMONTHDAY")) is not { } byMonthDay
            || Numbers(parts.GetValueOrDefault("BYMONTH")) is not { } byMonth || Days(parts.GetValueOrDefault("WKST") ?? "MO") is not [var weekStart])
        {
            return null;
        }

        // The first Monday of a year is not one of a month.
        return frequency == RuleFrequency.Yearly && byDay.Any(d => d.Nth != 0) && byMonth.Count == 0 ? null : new RecurrenceRule
        {
            Frequency = frequency,
            Interval = interval,
            Count = parts.ContainsKey("COUNT") ? count : null,
            Until = parts.GetValueOrDefault("UNTIL"),
            ByDay = byDay,
            ByMonthDay = byMonthDay,
            ByMonth = byMonth,
            WeekStart = weekStart.Day,
        };
    }

    /// <summary>Whether it comes on a day, given the first.</summary>
    public bool FallsOn(DateOnly day, DateOnly first) => day >= first && (ByMonth.Count == 0 || ByMonth.Contains(day.Month)) && Frequency switch
    {
        RuleFrequency.Daily => (day.DayNumber - first.DayNumber) % Interval == 0 && (ByDay.Count == 0 || ByDay.Any(d => d.Day == day.DayOfWeek))
            && (ByMonthDay.Count == 0 || IsMonthDay(day)),
        RuleFrequency.Weekly => (Week(day) - Week(first)) / 7 % Interval == 0
            && (ByDay.Count == 0 ? day.DayOfWeek == first.DayOfWeek : ByDay.Any(d => d.Day == day.DayOfWeek)),
        RuleFrequency.Monthly => (Months(day) - Months(first)) % Interval == 0 && IsInMonth(day, first),
        _ => (day.Year - first.Year) % Interval == 0 && (ByMonth.Count > 0 || day.Month == first.Month) && IsInMonth(day, first),
    };

    // The number of the day on which the day's week begins.
    private int Week(DateOnly day) => day.DayNumber - (((int)day.DayOfWeek - (int)WeekStart + 7) % 7);

    private static int Months(DateOnly day) => (day.Year * 12) + day.Month;

    private bool IsInMonth(DateOnly day, DateOnly first) => (ByDay.Count, ByMonthDay.Count) switch
    {
        (0, 0) => day.Day == first.Day,
        (0, _) => IsMonthDay(day),
        (_, 0) => IsNthDay(day),
        _ => IsMonthDay(day) && IsNthDay(day),
    };

    private bool IsMonthDay(DateOnly day) => ByMonthDay.Contains(day.Day) || ByMonthDay.Contains(day.Day - DateTime.DaysInMonth(day.Year, day.Month) - 1);

    private bool IsNthDay(DateOnly day) => ByDay.Any(d => d.Day == day.DayOfWeek
        && (d.Nth == 0 || d.Nth == ((day.Day - 1) / 7) + 1 || d.Nth == -(((DateTime.DaysInMonth(day.Year, day.Month) - day.Day) / 7) + 1)));

    private static int? Number(Dictionary<string, string> parts, string name, int absent) => !parts.TryGetValue(name, out var text) ? absent
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value > 0 ? value : null;

    private static List<int>? Numbers(string? text)
    {
        var numbers = new List<int>();
        foreach (var part in (text ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!int.TryParse(part, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) || number == 0)
            {
                return null;
            }

            numbers.Add(number);
        }

        return numbers;
    }

    private static List<(int Nth, DayOfWeek Day)>? Days(string? text)
    {
        var days = new List<(int, DayOfWeek)>();
        foreach (var part in (text ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            var at = part.Length < 2 ? -1 : Array.IndexOf(_days, part[^2..]);
            if (at < 0 || (part.Length > 2 && !int.TryParse(part[..^2], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _)))
            {
                return null;
            }

            days.Add((part.Length > 2 ? int.Parse(part[..^2], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture) : 0, (DayOfWeek)at));
        }

        return days;
    }
}
