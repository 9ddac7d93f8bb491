using Careline.Records.MedicalFiles;

namespace Careline.Records.Uploads;

/// <summary>What a file that comes in pieces will be once it has come, and which document it became.</summary>
internal sealed class PendingUpload
{
    private PendingUpload()
    {
    }

    public Guid PartialId { get; private set; }

    public Guid AccountId { get; private set; }

    public Guid PatientId { get; private set; }

    public byte[] About { get; private set; } = [];

    public Guid? MedicalFileId { get; private set; }

    public DateTimeOffset ExpiresAt { get; private set; }

    public static PendingUpload Of(Guid partialId, Author author, MedicalFileText text, DateTimeOffset expiresAt, FieldCipher cipher) => new()
    {
        PartialId = partialId,
        AccountId = author.AccountId,
        PatientId = author.PatientId,
        About = cipher.Seal(JsonSerializer.Serialize(text), PlaceOf(partialId)),
        ExpiresAt = expiresAt,
    };

    public MedicalFileText Read(FieldCipher cipher) => JsonSerializer.Deserialize<MedicalFileText>(cipher.Open(About, PlaceOf(PartialId)))!;

    private static string PlaceOf(Guid partialId) => $"records.pending_uploads.about:{partialId}";

    internal sealed class Mapping : IEntityTypeConfiguration<PendingUpload>
    {
        public void Configure(EntityTypeBuilder<PendingUpload> builder)
        {
            builder.ToTable("pending_uploads", "records");
            builder.HasKey(u => u.PartialId);
            builder.Property(u => u.PartialId).ValueGeneratedNever();
        }
    }
}
