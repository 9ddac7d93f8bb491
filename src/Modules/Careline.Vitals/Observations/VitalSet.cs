using Careline.Platform.Data;
using Careline.Vitals.Contracts;
using Careline.Vitals.Scores;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Careline.Vitals.Observations;

/// <summary>
/// What was measured together, and what follows from it: an index or a score may only be made of values of the same moment. The score is kept
/// as it was shown to the person who acted on it.
/// </summary>
internal sealed class VitalSet
{
    private VitalSet()
    {
    }

    public Guid Id { get; private set; }

    public Guid PatientId { get; private set; }

    public Guid? ConsultationId { get; private set; }

    public decimal? Bmi { get; private set; }

    public int? News2Score { get; private set; }

    public News2Risk? News2Risk { get; private set; }

    public DateTimeOffset RecordedAt { get; private set; }

    public Guid RecordedBy { get; private set; }

    public List<Observation> Observations { get; private set; } = [];

    /// <param name="reading">What was measured.</param>
    /// <param name="birthDate">The patient's, where known: an early-warning score for adults would mislead about a child.</param>
    /// <param name="clock">The time of recording.</param>
    public static VitalSet Of(VitalReading reading, DateOnly? birthDate, TimeProvider clock)
    {
        var vitals = reading.Measurements;
        var now = clock.GetUtcNow();
        var isChild = birthDate > DateOnly.FromDateTime(now.UtcDateTime).AddYears(-News2.FromAge);
        var news2 = isChild ? null : News2.Of(vitals);
        var set = new VitalSet
        {
            Id = Ids.New(now),
            PatientId = reading.PatientId,
            ConsultationId = reading.ConsultationId,
            Bmi = BodyMassIndex.Of(vitals.Weight, vitals.Height),
            News2Score = news2?.Score,
            News2Risk = news2?.Risk,
            RecordedAt = now,
            RecordedBy = reading.RecordedBy,
        };
        set.Take(vitals, clock);
        return set;
    }

    private void Take(VitalMeasurements vitals, TimeProvider clock)
    {
        void Add(Measure measure, decimal? value, string? text = null)
        {
            if (value is not null || text is not null)
            {
                Observations.Add(Observation.Of(this, Ids.New(clock), measure, value, text));
            }
        }

        Add(Measure.Systolic, vitals.Systolic);
        Add(Measure.Diastolic, vitals.Diastolic);
        Add(Measure.HeartRate, vitals.HeartRate);
        Add(Measure.Temperature, vitals.Temperature);
        Add(Measure.RespiratoryRate, vitals.RespiratoryRate);
        Add(Measure.OxygenSaturation, vitals.OxygenSaturation);
        Add(Measure.Weight, vitals.Weight);
        Add(Measure.Height, vitals.Height);
        Add(Measure.BloodGlucose, vitals.BloodGlucose);
        Add(Measure.PainScore, vitals.PainScore);
        Add(Measure.Consciousness, null, vitals.Consciousness is { } word ? EnumText<Consciousness>.Of(word) : null);
        Add(Measure.OnOxygen, null, vitals.OnOxygen switch { true => "true", false => "false", null => null });
    }

    internal sealed class Mapping : IEntityTypeConfiguration<VitalSet>
    {
        public void Configure(EntityTypeBuilder<VitalSet> builder)
        {
            builder.ToTable("vital_sets", "vitals");
            builder.Property(s => s.Id).ValueGeneratedNever();
            builder.Property(s => s.Bmi).HasColumnType("numeric");
            builder.HasMany(s => s.Observations).WithOne().HasForeignKey(o => o.SetId);
        }
    }
}
