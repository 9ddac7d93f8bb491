namespace Careline.Vitals.Targets;

/// <summary>
/// Between which values a clinician wants a measure of one patient to stay. Never changed: another one takes its place, so that a reading's flag can be explained.
/// </summary>
internal sealed class VitalTarget
{
    private VitalTarget()
    {
    }

    public Guid Id { get; private set; }

    public Guid PatientId { get; private set; }

    public Measure Measure { get; private set; }

    public decimal? Low { get; private set; }

    public decimal? High { get; private set; }

    /// <summary>Whether a reading outside calls who set it.</summary>
    public bool RaisesAlert { get; private set; }

    public Guid SetBy { get; private set; }

    public DateTimeOffset SetAt { get; private set; }

    public Guid? EndedBy { get; private set; }

    public DateTimeOffset? EndedAt { get; private set; }

    /// <summary>
    /// An oxygen saturation of 88 to 92 %: the target in hypercapnic respiratory failure, at which NEWS2 scores by its scale 2 (Royal College of Physicians, 2017).
    /// </summary>
    public bool IsForHypercapnicFailure => Measure == Measure.OxygenSaturation && Low == 88 && High == 92;

    public static VitalTarget Of(Guid patientId, VitalTargetRequest request, Guid by, DateTimeOffset now) => new()
    {
        Id = Ids.New(now),
        PatientId = patientId,
        Measure = request.Measure,
        Low = request.Low,
        High = request.High,
        RaisesAlert = request.RaisesAlert,
        SetBy = by,
        SetAt = now,
    };

    /// <summary>It holds no more.</summary>
    public void End(Guid by, DateTimeOffset now) => (EndedBy, EndedAt) = (by, now);

    /// <summary>On which side of it a value lies; null within.</summary>
    /// <param name="value">In the unit in which the measure is kept.</param>
    /// <param name="onOxygen">A saturation is too high only where oxygen is given: nobody breathes too well.</param>
    public TargetSide? FlagOf(decimal value, bool onOxygen) =>
        value < Low ? TargetSide.BelowTarget
        : value > High && (Measure != Measure.OxygenSaturation || onOxygen) ? TargetSide.AboveTarget
        : null;

    /// <summary>Those of a patient that hold, at most one of each measure.</summary>
    public static IQueryable<VitalTarget> InForce(CarelineDb db, Guid patientId) => db.Set<VitalTarget>().Where(t => t.PatientId == patientId && t.EndedAt == null);

    internal sealed class Mapping : IEntityTypeConfiguration<VitalTarget>
    {
        public void Configure(EntityTypeBuilder<VitalTarget> builder)
        {
            builder.ToTable("targets", "vitals");
            builder.Property(t => t.Id).ValueGeneratedNever();
            builder.Property(t => t.Low).HasColumnType("numeric");
            builder.Property(t => t.High).HasColumnType("numeric");
        }
    }
}
