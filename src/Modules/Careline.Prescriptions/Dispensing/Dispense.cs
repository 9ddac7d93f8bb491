using Careline.Clinics.Contracts;

namespace Careline.Prescriptions.Dispensing;

/// <summary>Something that a pharmacy handed out. A mistake is taken back, never removed.</summary>
internal sealed class Dispense
{
    public Guid Id { get; private set; }

    public Guid PrescriptionId { get; private set; }

    public Guid LineId { get; private set; }

    public Guid ClinicId { get; private set; }

    public Guid AccountId { get; private set; }

    public int Quantity { get; private set; }

    public string? Batch { get; private set; }

    public string? Note { get; private set; }

    public DateTimeOffset At { get; private set; }

    public DateTimeOffset? ReversedAt { get; private set; }

    public Guid? ReversedBy { get; private set; }

    public string? ReverseReason { get; private set; }

    public static Dispense Of(Guid prescriptionId, DispensedLine line, Guid clinicId, Guid by, string? note, DateTimeOffset now) => new()
    {
        Id = Ids.New(now),
        PrescriptionId = prescriptionId,
        LineId = line.LineId,
        ClinicId = clinicId,
        AccountId = by,
        Quantity = line.Quantity,
        Batch = line.Batch,
        Note = note,
        At = now,
    };

    /// <summary>The batches that it was taken from.</summary>
    public void From(IReadOnlyList<TakenBatch> taken) => Batch = string.Join(", ", taken.Select(t => t.Number));

    public void Reverse(Guid by, string reason, DateTimeOffset now)
    {
        if (ReversedAt is not null)
        {
            throw new RuleViolation("ALREADY_REVERSED", "This was taken back already.");
        }

        (ReversedAt, ReversedBy, ReverseReason) = (now, by, reason);
    }

    internal sealed class Mapping : IEntityTypeConfiguration<Dispense>
    {
        public void Configure(EntityTypeBuilder<Dispense> builder)
        {
            builder.ToTable("dispenses", "prescriptions");
            builder.Property(d => d.Id).ValueGeneratedNever();
        }
    }
}
