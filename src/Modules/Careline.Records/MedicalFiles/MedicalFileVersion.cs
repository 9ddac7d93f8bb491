namespace Careline.Records.MedicalFiles;

/// <summary>One content that a document had or has. Never changed.</summary>
internal sealed class MedicalFileVersion
{
    public Guid MedicalFileId { get; private set; }

    public int Number { get; private set; }

    public Guid FileId { get; private set; }

    public string FileName { get; private set; } = "";

    public Guid UploadedBy { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>The document's present content, as it is now.</summary>
    public static MedicalFileVersion Of(MedicalFile file, Guid by, DateTimeOffset now) => new()
    {
        MedicalFileId = file.Id,
        Number = file.ContentVersion,
        FileId = file.FileId,
        FileName = file.FileName,
        UploadedBy = by,
        CreatedAt = now,
    };

    internal sealed class Mapping : IEntityTypeConfiguration<MedicalFileVersion>
    {
        public void Configure(EntityTypeBuilder<MedicalFileVersion> builder)
        {
            builder.ToTable("medical_file_versions", "records");
            builder.HasKey(v => new { v.MedicalFileId, v.Number });
            builder.HasOne<MedicalFile>().WithMany().HasForeignKey(v => v.MedicalFileId);
        }
    }
}
