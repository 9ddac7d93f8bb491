using Careline.Clinics.Stock.Batches;

namespace Careline.Clinics.Stock.Movements;

/// <summary>Why there is more or less of something.</summary>
public enum MovementKind
{
    /// <summary>It came.</summary>
    Delivery,

    /// <summary>It was handed out.</summary>
    Dispense,

    /// <summary>What was handed out came back.</summary>
    Return,

    /// <summary>A mistake of the books was put right.</summary>
    Correction,

    /// <summary>The shelf was counted, and the books were wrong.</summary>
    Count,

    /// <summary>It expired, broke or was lost.</summary>
    WriteOff,

    /// <summary>It went to another clinic, or came from one.</summary>
    Transfer,
}

/// <summary>One line of the book of what a clinic keeps: never changed, never removed.</summary>
internal sealed class StockMovement
{
    private StockMovement()
    {
    }

    public Guid Id { get; private set; }

    public Guid ClinicId { get; private set; }

    public Guid ItemId { get; private set; }

    public Guid BatchId { get; private set; }

    public MovementKind Kind { get; private set; }

    /// <summary>Less than nothing for what went.</summary>
    public long Quantity { get; private set; }

    public string? Reason { get; private set; }

    /// <summary>What it was for: a dispense, a delivery, a count, a transfer.</summary>
    public Guid? ReferenceId { get; private set; }

    public Guid MovedBy { get; private set; }

    public DateTimeOffset At { get; private set; }

    public static StockMovement Of(Guid id, StockBatch batch, Movement movement, DateTimeOffset now) => new()
    {
        Id = id,
        ClinicId = batch.ClinicId,
        ItemId = batch.ItemId,
        BatchId = batch.Id,
        Kind = movement.Kind,
        Quantity = movement.Quantity,
        Reason = movement.Reason,
        ReferenceId = movement.ReferenceId,
        MovedBy = movement.By,
        At = now,
    };

    internal sealed class Mapping : IEntityTypeConfiguration<StockMovement>
    {
        public void Configure(EntityTypeBuilder<StockMovement> builder)
        {
            builder.ToTable("stock_movements", "clinics");
            builder.Property(m => m.Id).ValueGeneratedNever();
        }
    }
}

/// <summary>What a movement says, whatever batch it is of.</summary>
internal sealed record Movement(MovementKind Kind, long Quantity, Guid By, string? Reason = null, Guid? ReferenceId = null);
