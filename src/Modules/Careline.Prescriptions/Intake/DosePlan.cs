using Careline.Prescriptions.Safety.Doses;

namespace Careline.Prescriptions.Intake;

/// <summary>A time of the day at which medicines are taken.</summary>
public enum DayTime
{
    /// <summary>In the morning.</summary>
    Morning,

    /// <summary>At noon.</summary>
    Noon,

    /// <summary>In the evening.</summary>
    Evening,

    /// <summary>At bedtime.</summary>
    Night,
}

/// <summary>
/// When in the day a medicine is taken, as far as its dosage and frequency say it in words that are understood. Pure. What is only taken when needed, or is written in
/// other words, has no times: it is shown as it was written, and nobody is reminded of it.
/// </summary>
internal static class DosePlan
{
    private static readonly DayTime[] _all = Enum.GetValues<DayTime>();
    private static readonly string[] _whenNeeded = ["needed", "sos", "prn", "required", "up to", "at most", "max", "no more than"];
    // Taken once and not again: a plan by the day would repeat it.
    private static readonly HashSet<string> _onlyOnce = new(StringComparer.OrdinalIgnoreCase) { "once", "stat", "single dose", "one dose" };

    private static readonly string[] _night = ["night", "bed", "nocte"];

    /// <summary>The times of each day on which it is taken; none where that is not said.</summary>
    public static IReadOnlyList<DayTime> TimesOf(string dosage, string frequency, IntakeTiming? timing) =>
        IsNotByTheDay(frequency) || (Pattern(frequency) is null && Frequency.Read(frequency) is not { Days: 1 }) ? []
            : Pattern(dosage) ?? Pattern(frequency) ?? Often(frequency, timing);

    private static DayTime[] Often(string frequency, IntakeTiming? timing) => Frequency.Read(frequency)?.Doses switch
    {
        1 => [Once(frequency, timing)],
        2 => [DayTime.Morning, DayTime.Evening],
        3 => [DayTime.Morning, DayTime.Noon, DayTime.Evening],
        4 => _all,
        _ => [],
    };

    // "1-0-1" or "1-1-1-1": how much in the morning, at noon, in the evening, and at bedtime.
    private static IReadOnlyList<DayTime>? Pattern(string text)
    {
        var parts = text.Trim().Split('-');
        if (parts.Length is not (3 or 4) || !parts.All(p => p.Length is > 0 and <= 3 && p.All(c => char.IsAsciiDigit(c) || c is '.' or '/' or '½')))
        {
            return null;
        }

        return [.. parts.Select((part, i) => (part, time: _all[i])).Where(p => p.part.Any(c => c is (>= '1' and <= '9') or '½')).Select(p => p.time)];
    }

    private static bool IsNotByTheDay(string frequency) =>
        _onlyOnce.Contains(frequency.Trim()) || _whenNeeded.Any(word => frequency.Contains(word, StringComparison.OrdinalIgnoreCase));

    private static DayTime Once(string frequency, IntakeTiming? timing) => timing switch
    {
        IntakeTiming.Bedtime => DayTime.Night,
        IntakeTiming.BeforeLunch or IntakeTiming.AfterLunch => DayTime.Noon,
        IntakeTiming.BeforeDinner or IntakeTiming.AfterDinner => DayTime.Evening,
        IntakeTiming.BeforeBreakfast or IntakeTiming.AfterBreakfast or IntakeTiming.EmptyStomach => DayTime.Morning,
        _ when _night.Any(word => frequency.Contains(word, StringComparison.OrdinalIgnoreCase)) => DayTime.Night,
        _ when frequency.Contains("evening", StringComparison.OrdinalIgnoreCase) => DayTime.Evening,
        _ => DayTime.Morning,
    };
}
