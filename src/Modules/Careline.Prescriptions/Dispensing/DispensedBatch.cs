using Careline.Clinics.Contracts;

namespace Careline.Prescriptions.Dispensing;

/// <summary>How much of a batch was handed out: whoever calls a batch back finds the patients.</summary>
internal sealed class DispensedBatch
{
    public Guid DispenseId { get; private set; }

    public Guid BatchId { get; private set; }

    public string Number { get; private set; } = "";

    public DateOnly? ExpiresOn { get; private set; }

    public long Quantity { get; private set; }

    public static DispensedBatch Of(Guid dispenseId, TakenBatch taken) =>
        new() { DispenseId = dispenseId, BatchId = taken.BatchId, Number = taken.Number, ExpiresOn = taken.ExpiresOn, Quantity = taken.Quantity };

    internal sealed class Mapping : IEntityTypeConfiguration<DispensedBatch>
    {
        public void Configure(EntityTypeBuilder<DispensedBatch> builder)
        {
            builder.ToTable("dispensed_batches", "prescriptions");
            builder.HasKey(b => new { b.DispenseId, b.BatchId });
        }
    }
}
