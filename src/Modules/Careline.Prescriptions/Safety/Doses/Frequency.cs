using System.Text.RegularExpressions;

namespace Careline.Prescriptions.Safety.Doses;

/// <summary>How often, at most: so many doses in so many days. "As needed" without a limit has none.</summary>
/// <param name="Doses">How many.</param>
/// <param name="Days">In how many days.</param>
internal readonly partial record struct Frequency(decimal Doses, int Days)
{
    private static readonly Dictionary<string, Frequency> _words = Words(
        (1, 1, ["once_daily", "once daily", "once a day", "daily", "every day", "od", "qd", "at night", "nocte", "at bedtime", "bedtime", "in the morning", "mane", "every morning", "every night",
            "every evening", "once", "stat", "single dose", "one dose", "1 time a day", "hs", "qhs"]),
        (2, 1, ["twice_daily", "twice daily", "twice a day", "two times a day", "two times daily", "bd", "bid", "b.d.", "b.i.d.", "morning and evening", "morning and night"]),
        (3, 1, ["thrice_daily", "thrice daily", "three times a day", "three times daily", "tds", "tid", "t.d.s.", "t.i.d."]),
        (4, 1, ["four_times_daily", "four times a day", "four times daily", "qds", "qid", "q.d.s.", "q.i.d."]),
        (5, 1, ["five times a day", "five times daily"]),
        (1, 2, ["alternate days", "every other day", "on alternate days", "every second day"]),
        (1, 7, ["weekly", "once weekly", "once_weekly", "once a week", "every week"]),
        (2, 7, ["twice weekly", "twice a week"]),
        (3, 7, ["three times a week", "three times weekly"]),
        (1, 14, ["every two weeks", "every 2 weeks", "fortnightly"]),
        (1, 28, ["monthly", "once monthly", "once a month", "every month", "every 4 weeks", "every four weeks"]));

    public decimal PerDay => Doses / Days;

    public decimal PerWeek => Doses * 7 / Days;

    public static Frequency? Read(string? text)
    {
        if (text is null || text.Length > 100)
        {
            return null;
        }

        var plain = Space().Replace(text.Trim().ToLowerInvariant(), " ");
        if (_words.TryGetValue(plain, out var known))
        {
            return known;
        }

        if (Hours().Match(plain) is { Success: true } hours)
        {
            var every = int.Parse(hours.Groups["hours"].Value, CultureInfo.InvariantCulture);
            return every is >= 1 and <= 24 ? new Frequency(decimal.Floor(24m / every), 1) : every is 48 or 72 ? new Frequency(1, every / 24) : null;
        }

        if (Times().Match(plain) is { Success: true } times)
        {
            return Of(times.Groups["times"].Value);
        }

        return AtMost().Match(plain) is { Success: true } most ? Of(most.Groups["times"].Value) : null;
    }

    private static Frequency? Of(string times) => int.Parse(times, CultureInfo.InvariantCulture) is > 0 and <= 24 and var count ? new Frequency(count, 1) : null;

    private static Dictionary<string, Frequency> Words(params (int Doses, int Days, string[] Words)[] rows) =>
        rows.SelectMany(row => row.Words.Select(word => (word, new Frequency(row.Doses, row.Days)))).ToDictionary(p => p.word, p => p.Item2, StringComparer.Ordinal);

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();

    [GeneratedRegex(@"^(?:every |q ?)?(?<hours>[0-9]{1,2})(?:[- ]?hourly| ?hours?| ?h| ?hrs?| ?hrly)$")]
    private static partial Regex Hours();

    [GeneratedRegex(@"^(?<times>[0-9]{1,2}) ?(?:x|×|times?)(?: ?(?:a|per) day| ?daily|/day)$")]
    private static partial Regex Times();

    // "as needed, at most 4 a day", "up to 4 times a day", "prn (max 4/day)"
    [GeneratedRegex(@"^(?:(?:as needed|when needed|as required|prn|sos)\W*)?(?:at most|up to|max|maximum|no more than) ?(?<times>[0-9]{1,2}) ?(?:doses?|times?|x)?(?: ?(?:a|per) day| ?daily| ?/ ?day)\W*$")]
    private static partial Regex AtMost();
}
