using Careline.Labs.Catalogue;
using Careline.Patients.Contracts;

namespace Careline.Labs.Ranges;

/// <summary>About whom a result is, as far as it is known.</summary>
internal sealed record RangeSubject(DateOnly? BirthDate, Gender Gender, bool? IsPregnant);

/// <summary>
/// Finds the limits that are meant for somebody. What is not known of the person is not guessed: a reference limit counts only where all ranges agree that
/// could be meant, while of their critical limits the most cautious counts, since an alert too many is better than one too few. A pregnancy that nobody told
/// of counts as none.
/// </summary>
internal static class RangeChooser
{
    public static RangeLimits Choose(IReadOnlyCollection<TestRange> ranges, RangeSubject subject, DateOnly on)
    {
        var meant = ranges.Where(r => CouldBeMeant(r, subject, on)).ToList();
        if (subject.IsPregnant == true && meant.Any(r => r.IsPregnant))
        {
            meant = [.. meant.Where(r => r.IsPregnant)];
        }

        return meant.Count == 0 ? RangeLimits.None : new RangeLimits(
            Agreed(meant, r => r.Low),
            Agreed(meant, r => r.High),
            meant.Max(r => r.CriticalLow),
            meant.Min(r => r.CriticalHigh));
    }

    private static bool CouldBeMeant(TestRange range, RangeSubject subject, DateOnly on)
    {
        var sex = subject.Gender switch { Gender.Male => RangeSex.Male, Gender.Female => RangeSex.Female, _ => (RangeSex?)null };
        if ((range.Sex is { } meant && sex is { } known && meant != known) || (range.IsPregnant && subject.IsPregnant != true))
        {
            return false;
        }

        return subject.BirthDate is not { } birth || IsWithin(range, on.DayNumber - birth.DayNumber);
    }

    private static bool IsWithin(TestRange range, int days) => days >= range.FromDays && (range.UntilDays is null || days < range.UntilDays);

    private static decimal? Agreed(List<TestRange> ranges, Func<TestRange, decimal?> limit)
    {
        var first = limit(ranges[0]);
        return ranges.TrueForAll(r => limit(r) == first) ? first : null;
    }
}
