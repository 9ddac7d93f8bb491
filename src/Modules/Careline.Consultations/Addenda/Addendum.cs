namespace Careline.Consultations.Addenda;

/// <summary>What was added to a closed document, which itself stays as it was. Never changed.</summary>
internal sealed class Addendum
{
    private Addendum()
    {
    }

    public Guid Id { get; private set; }

    public Guid ConsultationId { get; private set; }

    public string Content { get; private set; } = "";

    public Guid AuthorId { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public static Addendum Of(Guid id, Guid consultationId, string content, Guid author, DateTimeOffset now) =>
        new() { Id = id, ConsultationId = consultationId, Content = content, AuthorId = author, CreatedAt = now };

    internal sealed class Mapping : IEntityTypeConfiguration<Addendum>
    {
        public void Configure(EntityTypeBuilder<Addendum> builder)
        {
            builder.ToTable("addenda", "consultations");
            builder.Property(a => a.Id).ValueGeneratedNever();
        }
    }
}
