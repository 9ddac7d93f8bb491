namespace Careline.Clinics.Stock.Batches;

/// <summary>What came together, with one number, one end and one price. The database keeps its level: the sum of its movements, never below nothing.</summary>
internal sealed class StockBatch
{
    private StockBatch()
    {
    }

    public Guid Id { get; private set; }

    public Guid ClinicId { get; private set; }

    public Guid ItemId { get; private set; }

    public Guid? SupplierId { get; private set; }

    public string Number { get; private set; } = "";

    /// <summary>The last day on which it may be handed out; null for what keeps.</summary>
    public DateOnly? ExpiresOn { get; private set; }

    /// <summary>What one unit cost, in minor units.</summary>
    public long PriceAmount { get; private set; }

    public string Currency { get; private set; } = "";

    public DateTimeOffset ReceivedAt { get; private set; }

    public long Level { get; private set; }

    public static StockBatch Of(Guid id, Guid clinicId, Guid itemId, IncomingBatch incoming, DateTimeOffset now) => new()
    {
        Id = id,
        ClinicId = clinicId,
        ItemId = itemId,
        SupplierId = incoming.SupplierId,
        Number = incoming.Number,
        ExpiresOn = incoming.ExpiresOn,
        PriceAmount = incoming.PriceAmount,
        Currency = incoming.Currency,
        ReceivedAt = now,
    };

    internal sealed class Mapping : IEntityTypeConfiguration<StockBatch>
    {
        public void Configure(EntityTypeBuilder<StockBatch> builder)
        {
            builder.ToTable("stock_batches", "clinics");
            builder.Property(b => b.Id).ValueGeneratedNever();
        }
    }
}

/// <summary>What is said of a batch that comes.</summary>
internal sealed record IncomingBatch(string Number, DateOnly? ExpiresOn, long PriceAmount, string Currency, Guid? SupplierId);
