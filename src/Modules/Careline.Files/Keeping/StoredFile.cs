namespace Careline.Files.Keeping;

/// <summary>A file that was taken in, as it is read; its changes are conditional statements, since several may want them at once.</summary>
internal sealed class StoredFile
{
    public Guid Id { get; private set; }

    public string Blob { get; private set; } = "";

    /// <summary>Null once the content is destroyed.</summary>
    public byte[]? Key { get; private set; }

    public FilePurpose Purpose { get; private set; }

    public string MediaType { get; private set; } = "";

    public long Size { get; private set; }

    public string Sha256 { get; private set; } = "";

    public Guid PersonId { get; private set; }

    public Guid? ClinicId { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset? AttachedAt { get; private set; }

    public DateTimeOffset? ReleasedAt { get; private set; }

    public DateTimeOffset? KeepUntil { get; private set; }

    public DateTimeOffset? DestroyedAt { get; private set; }

    public ScanStatus ScanStatus { get; private set; }

    public DateTimeOffset? ScannedAt { get; private set; }

    /// <summary>What the scanner calls what it found.</summary>
    public string? Finding { get; private set; }

    /// <summary>When the worker looks at it next: to scan it, to make copies. Null when all is done.</summary>
    public DateTimeOffset? WorkDueAt { get; private set; }

    public int WorkTries { get; private set; }

    internal sealed class Mapping : IEntityTypeConfiguration<StoredFile>, IEntityTypeConfiguration<FileRow>
    {
        public void Configure(EntityTypeBuilder<StoredFile> builder) => builder.ToTable("files", "files").HasKey(f => f.Id);

        public void Configure(EntityTypeBuilder<FileRow> builder) => builder.HasNoKey().ToView("file_rows", "files");
    }
}
