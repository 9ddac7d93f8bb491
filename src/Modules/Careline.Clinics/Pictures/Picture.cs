namespace Careline.Clinics.Pictures;

/// <summary>A picture of a clinic, kept by Files. One of them is the cover.</summary>
internal sealed class Picture
{
    private Picture()
    {
    }

    public Guid Id { get; private set; }

    public Guid ClinicId { get; private set; }

    public Guid FileId { get; private set; }

    public string? Caption { get; private set; }

    public bool IsCover { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public static Picture Of(Guid id, Guid clinicId, Guid fileId, string? caption, DateTimeOffset now) =>
        new() { Id = id, ClinicId = clinicId, FileId = fileId, Caption = caption, CreatedAt = now };

    public void Cover() => IsCover = true;

    internal sealed class Mapping : IEntityTypeConfiguration<Picture>
    {
        public void Configure(EntityTypeBuilder<Picture> builder)
        {
            builder.ToTable("pictures", "clinics");
            builder.Property(p => p.Id).ValueGeneratedNever();
        }
    }
}
