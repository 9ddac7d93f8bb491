namespace Careline.Analytics.Figures;

/// <summary>When figures of a kind were last brought up to date, and last counted from the first fact on.</summary>
internal sealed class Freshness
{
    public required string Figures { get; init; }

    public DateTimeOffset ComputedAt { get; set; }

    public DateTimeOffset RebuiltAt { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<Freshness>
    {
        public void Configure(EntityTypeBuilder<Freshness> builder)
        {
            builder.ToTable("freshness", "analytics");
            builder.HasKey(f => f.Figures);
        }
    }
}
