using Careline.Labs.Ranges;

namespace Careline.Labs.Catalogue;

/// <summary>A reference range of a test, for some people. Results keep a copy of what they were judged by.</summary>
internal sealed class TestRange
{
    private TestRange()
    {
    }

    public Guid Id { get; private set; }

    public Guid TestId { get; private set; }

    public RangeSex? Sex { get; private set; }

    public int FromDays { get; private set; }

    public int? UntilDays { get; private set; }

    public bool IsPregnant { get; private set; }

    public decimal? Low { get; private set; }

    public decimal? High { get; private set; }

    public decimal? CriticalLow { get; private set; }

    public decimal? CriticalHigh { get; private set; }

    public string? Source { get; private set; }

    public RangeLimits Limits => new(Low, High, CriticalLow, CriticalHigh);

    public static TestRange Of(Guid id, TestRangeForm form) => new()
    {
        Id = id,
        Sex = form.Sex,
        FromDays = form.FromDays,
        UntilDays = form.UntilDays,
        IsPregnant = form.IsPregnant,
        Low = form.Low,
        High = form.High,
        CriticalLow = form.CriticalLow,
        CriticalHigh = form.CriticalHigh,
        Source = form.Source,
    };

    /// <summary>Whether somebody can be meant by both, so that nobody could say by which to judge.</summary>
    public bool Meets(TestRange other) =>
        (Sex is null || other.Sex is null || Sex == other.Sex) && IsPregnant == other.IsPregnant
        && (other.UntilDays is null || FromDays < other.UntilDays) && (UntilDays is null || other.FromDays < UntilDays);

    internal sealed class Mapping : IEntityTypeConfiguration<TestRange>
    {
        public void Configure(EntityTypeBuilder<TestRange> builder)
        {
            builder.ToTable("test_ranges", "labs");
            builder.Property(r => r.Id).ValueGeneratedNever();
            builder.Ignore(r => r.Limits);
            builder.Property(r => r.Low).HasColumnType("numeric");
            builder.Property(r => r.High).HasColumnType("numeric");
            builder.Property(r => r.CriticalLow).HasColumnType("numeric");
            builder.Property(r => r.CriticalHigh).HasColumnType("numeric");
        }
    }
}
