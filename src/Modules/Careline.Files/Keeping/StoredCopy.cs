namespace Careline.Files.Keeping;

/// <summary>A smaller copy of a picture.</summary>
internal sealed class StoredCopy
{
    public Guid Id { get; private set; }

    public Guid FileId { get; private set; }

    public FileCopy Copy { get; private set; }

    public string Blob { get; private set; } = "";

    public byte[] Key { get; private set; } = [];

    public string MediaType { get; private set; } = "";

    public long Size { get; private set; }

    public string Sha256 { get; private set; } = "";

    public DateTimeOffset CreatedAt { get; private set; }

    public static string PlaceOf(Guid id) => $"files.copies.key:{id}";

    internal sealed class Mapping : IEntityTypeConfiguration<StoredCopy>
    {
        public void Configure(EntityTypeBuilder<StoredCopy> builder) => builder.ToTable("copies", "files").HasKey(c => c.Id);
    }
}
