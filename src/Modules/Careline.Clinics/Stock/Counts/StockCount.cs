namespace Careline.Clinics.Stock.Counts;

/// <summary>A count of the shelves.</summary>
internal sealed class StockCount
{
    private StockCount()
    {
    }

    public Guid Id { get; private set; }

    public Guid ClinicId { get; private set; }

    public string Reason { get; private set; } = "";

    public Guid CountedBy { get; private set; }

    public DateTimeOffset CountedAt { get; private set; }

    public static StockCount Of(Guid id, Guid clinicId, string reason, Guid by, DateTimeOffset now) =>
        new() { Id = id, ClinicId = clinicId, Reason = reason, CountedBy = by, CountedAt = now };

    internal sealed class Mapping : IEntityTypeConfiguration<StockCount>, IEntityTypeConfiguration<StockCountLine>
    {
        public void Configure(EntityTypeBuilder<StockCount> builder)
        {
            builder.ToTable("stock_counts", "clinics");
            builder.Property(c => c.Id).ValueGeneratedNever();
        }

        public void Configure(EntityTypeBuilder<StockCountLine> builder)
        {
            builder.ToTable("stock_count_lines", "clinics");
            builder.HasKey(l => new { l.CountId, l.BatchId });
        }
    }
}

/// <summary>What was counted of a batch, and what the book said at that moment.</summary>
internal sealed class StockCountLine
{
    public Guid CountId { get; init; }

    public Guid BatchId { get; init; }

    public long Book { get; init; }

    public long Counted { get; init; }
}
