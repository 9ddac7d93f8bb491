namespace Careline.Analytics.Targets;

/// <summary>What a figure of a scope should come to, for as long as nobody says otherwise. Ended, never removed.</summary>
internal sealed class Target : IVersioned
{
    private Target()
    {
    }

    public Guid Id { get; private set; }

    public Guid ScopeId { get; private set; }

    public string Figure { get; private set; } = "";

    public decimal Value { get; private set; }

    public Guid SetBy { get; private set; }

    public DateTimeOffset SetAt { get; private set; }

    public DateTimeOffset? EndedAt { get; private set; }

    public int Version { get; private set; } = 1;

    public static Target Of(Guid id, Guid scopeId, string figure, decimal value, Guid by, DateTimeOffset now) =>
        new() { Id = id, ScopeId = scopeId, Figure = figure, Value = value, SetBy = by, SetAt = now };

    public void End(DateTimeOffset now) => EndedAt ??= now;

    internal sealed class Mapping : IEntityTypeConfiguration<Target>
    {
        public void Configure(EntityTypeBuilder<Target> builder)
        {
            builder.ToTable("targets", "analytics");
            builder.Property(t => t.Id).ValueGeneratedNever();
        }
    }
}
