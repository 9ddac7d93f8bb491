namespace Careline.Prescriptions.Prescriptions;

/// <summary>One medicine of a prescription.</summary>
internal sealed class PrescriptionLine
{
    private const int LongCourseDays = 14;

    private PrescriptionLine()
    {
    }

    public Guid Id { get; private set; }

    public Guid PrescriptionId { get; private set; }

    public int Position { get; private set; }

    public string MedicationName { get; private set; } = "";

    public string? GenericName { get; private set; }

    public string? AtcCode { get; private set; }

    public MedicineForm? Form { get; private set; }

    public string? Strength { get; private set; }

    public string Dosage { get; private set; } = "";

    public string? Route { get; private set; }

    public string Frequency { get; private set; } = "";

    public int? DurationDays { get; private set; }

    public int? Quantity { get; private set; }

    public int? Refills { get; private set; }

    public string? Instructions { get; private set; }

    public IntakeTiming? Timing { get; private set; }

    public Guid? MedicineId { get; private set; }

    /// <summary>Units handed out; counted by the database, which refuses one too many.</summary>
    public int Dispensed { get; private set; }

    /// <summary>When what was prescribed runs out, where it is taken for long enough that this matters.</summary>
    public DateTimeOffset? RunsOutAt { get; private set; }

    public DateTimeOffset? RunningOutToldAt { get; private set; }

    public LineStatus Status { get; private set; }

    public SafetyCheck SafetyCheck { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public static PrescriptionLine Of(Guid id, int position, MedicationOrder order, DateTimeOffset now) => new()
    {
        Id = id,
        Position = position,
        MedicationName = order.MedicationName,
        GenericName = order.GenericName,
        AtcCode = order.AtcCode,
        Form = order.Form,
        Strength = order.Strength,
        Dosage = order.Dosage,
        Route = order.Route,
        Frequency = order.Frequency,
        DurationDays = order.DurationDays,
        Quantity = order.Quantity,
        Refills = order.Refills,
        Instructions = order.Instructions,
        Timing = order.Timing,
        MedicineId = order.MedicineId,
        Status = LineStatus.Active,
        SafetyCheck = SafetyCheck.NotChecked,
        CreatedAt = now,
    };

    /// <summary>As it was ordered, to be ordered again.</summary>
    public MedicationOrder Order => new(
        MedicationName, Dosage, Frequency, GenericName, AtcCode, Form, Strength, Route, DurationDays, Quantity, Refills, Instructions, Timing, MedicineId);

    /// <summary>How many units may be handed out in all; a line without a quantity is handed out whole, once for each time it is allowed.</summary>
    public long Allowed => (Quantity ?? 1) * (1L + (Refills ?? 0));

    /// <summary>A course of two weeks or more runs out; a shorter one ends.</summary>
    public void Issue(DateTimeOffset now) => RunsOutAt = DurationDays is { } days and >= LongCourseDays ? now.AddDays(days) : null;

    public void KnowsRunningOut(DateTimeOffset now) => RunningOutToldAt = now;

    public void Stop() => Status = LineStatus.Stopped;

    public void Note(SafetyCheck check) => SafetyCheck = check;

    internal sealed class Mapping : IEntityTypeConfiguration<PrescriptionLine>
    {
        public void Configure(EntityTypeBuilder<PrescriptionLine> builder)
        {
            builder.ToTable("prescription_lines", "prescriptions");
            builder.Property(l => l.Id).ValueGeneratedNever();
        }
    }
}
