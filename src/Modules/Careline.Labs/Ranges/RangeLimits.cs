namespace Careline.Labs.Ranges;

/// <summary>The limits by which a number is judged; one that is absent is not known.</summary>
internal sealed record RangeLimits(decimal? Low, decimal? High, decimal? CriticalLow, decimal? CriticalHigh)
{
    public static RangeLimits None { get; } = new(null, null, null, null);

    public bool IsNone => this == None;
}
