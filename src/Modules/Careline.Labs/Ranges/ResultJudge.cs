using Careline.Labs.Results;

namespace Careline.Labs.Ranges;

/// <summary>
/// Judges a number by its limits. A number with a sign before it, such as <c>&lt; 5</c>, is everything on that side of it, and is judged only as far as all of that
/// agrees.
/// </summary>
internal static class ResultJudge
{
    public static Interpretation Judge(decimal value, Comparator? comparator, RangeLimits limits)
    {
        if (limits.IsNone)
        {
            return Interpretation.NotJudged;
        }

        // The whole number line on one side is at least as far out as its edge.
        var (canBeBelow, canBeAbove) = comparator switch
        {
            Comparator.LessThan or Comparator.AtMost => (true, false),
            Comparator.GreaterThan or Comparator.AtLeast => (false, true),
            _ => (false, false),
        };

        if (!canBeAbove && value <= limits.CriticalLow)
        {
            return Interpretation.CriticalLow;
        }

        if (!canBeBelow && value >= limits.CriticalHigh)
        {
            return Interpretation.CriticalHigh;
        }

        if (!canBeAbove && (value < limits.Low || (comparator == Comparator.LessThan && value == limits.Low)))
        {
            return Interpretation.Low;
        }

        if (!canBeBelow && (value > limits.High || (comparator == Comparator.GreaterThan && value == limits.High)))
        {
            return Interpretation.High;
        }

        return (canBeBelow && (limits.Low ?? limits.CriticalLow) is not null) || (canBeAbove && (limits.High ?? limits.CriticalHigh) is not null)
            ? Interpretation.NotJudged
            : WithinEdges(value, canBeBelow, canBeAbove, limits);
    }

    // "< 5" is normal where nothing lies below; but not where 5 itself is already above the range.
    private static Interpretation WithinEdges(decimal value, bool canBeBelow, bool canBeAbove, RangeLimits limits)
    {
        var reachesOver = (canBeBelow && value > limits.High) || (canBeAbove && value < limits.Low);
        return reachesOver || (limits.Low is null && limits.High is null) ? Interpretation.NotJudged : Interpretation.Normal;
    }
}
