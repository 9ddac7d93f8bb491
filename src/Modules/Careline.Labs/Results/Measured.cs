using Careline.Labs.Catalogue;
using Careline.Labs.Ranges;
using Careline.Labs.Units;

namespace Careline.Labs.Results;

/// <summary>What a laboratory says, before anything is made of it.</summary>
internal sealed record Measured(decimal? Value, Comparator? Comparator, string? Unit, string? Answer, string? Text, bool IsCritical)
{
    /// <summary>There is no result.</summary>
    public static Measured Nothing { get; } = new(null, null, null, null, null, false);

    public string? Note { get; init; }

    /// <summary>The abnormal flags of the system that sent it, as they came.</summary>
    public string? SenderFlags { get; init; }

    /// <summary>The reference range of the system that sent it, as it came.</summary>
    public string? SenderRange { get; init; }

    /// <summary>Compares it with what is known of the test and the person, and freezes what it was compared with.</summary>
    public Reading Read(LabTest test, RangeSubject subject, DateTimeOffset observedAt) => Value is { } value
        ? Number(test, value, RangeChooser.Choose(test.Ranges, subject, DateOnly.FromDateTime(observedAt.UtcDateTime)), observedAt)
        : Words(test, observedAt);

    private Reading Number(LabTest test, decimal value, RangeLimits limits, DateTimeOffset observedAt)
    {
        var canonical = UnitConversion.Convert(value, Unit ?? UnitTable.AbsentMeans(test.Unit), test.Unit, test.Analyte);
        return new Reading
        {
            Value = value,
            Comparator = Comparator,
            Unit = Unit,
            CanonicalValue = canonical,
            CanonicalUnit = canonical is null ? null : test.Unit,
            Low = canonical is null ? null : limits.Low,
            High = canonical is null ? null : limits.High,
            CriticalLow = canonical is null ? null : limits.CriticalLow,
            CriticalHigh = canonical is null ? null : limits.CriticalHigh,
            Flag = Called(canonical is { } comparable ? ResultJudge.Judge(comparable, Comparator, limits) : Interpretation.NotJudged),
            SenderFlags = SenderFlags,
            SenderRange = SenderRange,
            Note = Note,
            ObservedAt = observedAt,
        };
    }

    private Reading Words(LabTest test, DateTimeOffset observedAt)
    {
        var answer = test.Answers.FirstOrDefault(a => a.Equals((Answer ?? Text)!.Trim(), StringComparison.OrdinalIgnoreCase));
        return new Reading
        {
            Answer = answer ?? Answer,
            Text = answer is null ? Text : null,
            Flag = Called(answer is null ? Interpretation.NotJudged : test.AbnormalAnswers.Contains(answer) ? Interpretation.Abnormal : Interpretation.Normal),
            SenderFlags = SenderFlags,
            SenderRange = SenderRange,
            Note = Note,
            ObservedAt = observedAt,
        };
    }

    // Who looks at the person may know more than the range does.
    private Interpretation Called(Interpretation judged) =>
        IsCritical && judged is not (Interpretation.CriticalLow or Interpretation.CriticalHigh) ? Interpretation.Critical : judged;
}

/// <summary>What a result said at one time, with everything by which it was judged then.</summary>
public sealed record Reading
{
    /// <summary>A number.</summary>
    public decimal? Value { get; init; }

    /// <summary>The sign before it.</summary>
    public Comparator? Comparator { get; init; }

    /// <summary>Its unit, as it was sent.</summary>
    public string? Unit { get; init; }

    /// <summary>One of the test's answers.</summary>
    public string? Answer { get; init; }

    /// <summary>Words.</summary>
    public string? Text { get; init; }

    /// <summary>The number in the test's own unit; absent where it cannot be compared.</summary>
    public decimal? CanonicalValue { get; init; }

    /// <summary>The test's own unit.</summary>
    public string? CanonicalUnit { get; init; }

    /// <summary>Reference range, in the test's own unit.</summary>
    public decimal? Low { get; init; }

    /// <summary>Reference range, in the test's own unit.</summary>
    public decimal? High { get; init; }

    /// <summary>Critical limit, in the test's own unit.</summary>
    public decimal? CriticalLow { get; init; }

    /// <summary>Critical limit, in the test's own unit.</summary>
    public decimal? CriticalHigh { get; init; }

    /// <summary>What it is by that range.</summary>
    public Interpretation Flag { get; init; }

    /// <summary>The same for people.</summary>
    public string FlagDisplay => EnumText<Interpretation>.Display(Flag);

    /// <summary>Whether it is a number that can be compared with others of the test.</summary>
    public bool IsComparable => CanonicalValue is not null;

    /// <summary>The flags of the system that sent it, beside ours.</summary>
    public string? SenderFlags { get; init; }

    /// <summary>The range of the system that sent it, beside ours.</summary>
    public string? SenderRange { get; init; }

    /// <summary>What the laboratory adds.</summary>
    public string? Note { get; init; }

    /// <summary>When it was measured.</summary>
    public DateTimeOffset ObservedAt { get; init; }

    /// <summary>Somebody has to act at once: by our range, by whoever entered it, or by the system that sent it (HL7 table 0078: LL, HH, AA).</summary>
    public bool IsCritical => Flag is Interpretation.Critical or Interpretation.CriticalLow or Interpretation.CriticalHigh
        || SenderFlags?.Split(',').Any(flag => flag is "LL" or "HH" or "AA") == true;
}
