namespace Careline.Files.Partials;

/// <summary>A file that comes in pieces, as it is read; its changes are conditional statements, since two lines may bring the same piece.</summary>
internal sealed class StoredPartial
{
    public Guid Id { get; private set; }

    /// <summary>Name, declared type and purpose, sealed.</summary>
    public byte[] Offer { get; private set; } = [];

    public byte[] Key { get; private set; } = [];

    public long Length { get; private set; }

    public long Received { get; private set; }

    public Guid PersonId { get; private set; }

    public Guid? ClinicId { get; private set; }

    /// <summary>What was made of it.</summary>
    public Guid? FileId { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset ExpiresAt { get; private set; }

    public static string KeyPlaceOf(Guid id) => $"files.partials.key:{id}";

    public static string OfferPlaceOf(Guid id) => $"files.partials.offer:{id}";

    public PartialFile Shown() => new(Id, Received, Length, ExpiresAt, FileId);

    internal sealed class Mapping : IEntityTypeConfiguration<StoredPartial>, IEntityTypeConfiguration<StoredPart>
    {
        public void Configure(EntityTypeBuilder<StoredPartial> builder) => builder.ToTable("partials", "files").HasKey(p => p.Id);

        public void Configure(EntityTypeBuilder<StoredPart> builder) => builder.ToTable("parts", "files").HasKey(p => new { p.PartialId, p.StartsAt });
    }
}

/// <summary>A piece of it: a blob of its own.</summary>
internal sealed class StoredPart
{
    public Guid PartialId { get; private set; }

    public long StartsAt { get; private set; }

    public long Size { get; private set; }

    public string Blob { get; private set; } = "";
}
