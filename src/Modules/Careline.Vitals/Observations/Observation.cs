namespace Careline.Vitals.Observations;

/// <summary>One value of one patient at one moment, a number or a word. Never changed: a wrong one is followed by a right one.</summary>
internal sealed class Observation
{
    private Observation()
    {
    }

    public Guid Id { get; private set; }

    public Guid SetId { get; private set; }

    public Guid PatientId { get; private set; }

    public Measure Measure { get; private set; }

    public string? Code { get; private set; }

    public decimal? Value { get; private set; }

    public string? TextValue { get; private set; }

    public string? Unit { get; private set; }

    public DateTimeOffset ObservedAt { get; private set; }

    /// <summary>On which side of the patient's target of that time it lay.</summary>
    public TargetSide? Flag { get; private set; }

    public static Observation Of(VitalSet set, Guid id, Measure measure, decimal? value, string? text) => new()
    {
        Id = id,
        SetId = set.Id,
        PatientId = set.PatientId,
        Measure = measure,
        Code = Terms.Of(measure).Code,
        Value = value,
        TextValue = text,
        Unit = Terms.Of(measure).Unit,
        ObservedAt = set.RecordedAt,
    };

    /// <summary>Holds it to a target.</summary>
    public void Flagged(TargetSide? flag) => Flag = flag;

    internal sealed class Mapping : IEntityTypeConfiguration<Observation>
    {
        public void Configure(EntityTypeBuilder<Observation> builder)
        {
            builder.ToTable("observations", "vitals");
            builder.Property(o => o.Id).ValueGeneratedNever();
            builder.Property(o => o.Value).HasColumnType("numeric");
        }
    }
}
