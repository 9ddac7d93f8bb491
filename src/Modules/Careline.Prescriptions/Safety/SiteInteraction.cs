namespace Careline.Prescriptions.Safety;

/// <summary>A rule about an interaction that the site brought, from a table of its own or one it has a licence for.</summary>
internal sealed class SiteInteraction
{
    public string Code { get; init; } = "";

    public string A { get; init; } = "";

    public string B { get; init; } = "";

    public SafetySeverity Severity { get; init; }

    public string Mechanism { get; init; } = "";

    public string Advice { get; init; } = "";

    public string Source { get; init; } = "";

    public DateTimeOffset ImportedAt { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<SiteInteraction>
    {
        public void Configure(EntityTypeBuilder<SiteInteraction> builder)
        {
            builder.ToTable("site_interactions", "prescriptions");
            builder.HasKey(rule => rule.Code);
        }
    }
}
