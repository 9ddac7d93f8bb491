namespace Careline.Labs.Results;

/// <summary>How far a result is.</summary>
public enum ResultState
{
    /// <summary>Not verified by the laboratory yet.</summary>
    Preliminary,

    /// <summary>Verified.</summary>
    Final,

    /// <summary>Changed after it had been final; what it said before is kept.</summary>
    Corrected,

    /// <summary>There is none: the test could not be done, or the result was another's.</summary>
    Cancelled,
}

/// <summary>What a result is by its reference range.</summary>
public enum Interpretation
{
    /// <summary>Within the range, or an answer that is not abnormal.</summary>
    Normal,

    /// <summary>Below it.</summary>
    Low,

    /// <summary>Above it.</summary>
    High,

    /// <summary>So low that somebody has to act at once.</summary>
    CriticalLow,

    /// <summary>So high that somebody has to act at once.</summary>
    CriticalHigh,

    /// <summary>An abnormal answer.</summary>
    Abnormal,

    /// <summary>Somebody has to act at once, as whoever entered it says and no limit does.</summary>
    Critical,

    /// <summary>No range is known for this person, the unit cannot be compared, or the result is in words: not checked, which is not normal.</summary>
    NotJudged,
}

/// <summary>The sign before a number.</summary>
public enum Comparator
{
    /// <summary>Below the number.</summary>
    LessThan,

    /// <summary>The number or below.</summary>
    AtMost,

    /// <summary>The number or above.</summary>
    AtLeast,

    /// <summary>Above the number.</summary>
    GreaterThan,
}

/// <summary>Where a result came from.</summary>
public enum ResultSource
{
    /// <summary>Somebody typed it in.</summary>
    Entered,

    /// <summary>A message of a laboratory's system.</summary>
    Imported,
}
