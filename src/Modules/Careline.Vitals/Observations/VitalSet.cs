using Careline.Vitals.Devices;
using Careline.Vitals.Scores;
using Careline.Vitals.Targets;

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

    /// <summary>The scale by which oxygen saturation was scored.</summary>
    public int? News2Scale { get; private set; }

    public NoScore? News2Why { get; private set; }

    public int? PewsScore { get; private set; }

    public NoScore? PewsWhy { get; private set; }

    public DateTimeOffset RecordedAt { get; private set; }

    public Guid RecordedBy { get; private set; }

    /// <summary>The device that measured, where nobody else did.</summary>
    public Guid? DeviceId { get; private set; }

    public List<Observation> Observations { get; private set; } = [];

    /// <param name="reading">What was measured.</param>
    /// <param name="patient">By which it is judged: an early-warning score for adults would mislead about a child.</param>
    /// <param name="clock">The time of recording.</param>
    public static VitalSet Of(VitalReading reading, PatientFacts patient, TimeProvider clock)
    {
        var now = clock.GetUtcNow();
        var set = new VitalSet
        {
            Id = Ids.New(now),
            PatientId = reading.PatientId,
            ConsultationId = reading.ConsultationId,
            Bmi = BodyMassIndex.Of(reading.Measurements.Weight, reading.Measurements.Height),
            RecordedAt = now,
            RecordedBy = reading.RecordedBy,
        };
        set.Score(reading.Measurements, patient, DateOnly.FromDateTime(now.UtcDateTime));
        set.Take(reading.Measurements, clock);
        set.HoldTo(patient.Targets, reading.Measurements.OnOxygen == true);
        return set;
    }

    /// <summary>What a device measured: what was measured at one moment is one set, and no early-warning score is made of it.</summary>
    public static IReadOnlyList<(VitalSet Set, IReadOnlyList<JudgedReading> Of)> OfDevice(
        Device device, IReadOnlyList<JudgedReading> readings, PatientFacts patient, DateTimeOffset now)
    {
        var sets = new List<(VitalSet, IReadOnlyList<JudgedReading>)>();
        foreach (var moment in readings.GroupBy(r => r.Sent.At).OrderBy(g => g.Key))
        {
            // A measure is there once in a set: a second of the same moment begins another.
            foreach (var together in moment.GroupBy(r => r.Measure).SelectMany(g => g.Select((reading, place) => (reading, place))).GroupBy(r => r.place, r => r.reading))
            {
                var set = new VitalSet
                {
                    Id = Ids.New(now),
                    PatientId = device.PatientId,
                    Bmi = BodyMassIndex.Of(
                        together.FirstOrDefault(r => r.Measure == Measure.Weight)?.Value, together.FirstOrDefault(r => r.Measure == Measure.Height)?.Value),
                    News2Why = NoScore.Device,
                    PewsWhy = NoScore.Device,
                    RecordedAt = moment.Key,
                    RecordedBy = device.PairedBy,
                    DeviceId = device.Id,
                };
                set.Observations.AddRange(together.Select(r => Observation.Of(set, Ids.New(now), r.Measure, r.Value, null)));
                set.HoldTo(patient.Targets, onOxygen: false);
                sets.Add((set, [.. together]));
            }
        }

        return sets;
    }

    private void Score(VitalMeasurements vitals, PatientFacts patient, DateOnly today)
    {
        var isChild = patient.IsChildAt(today);
        var news2 = News2.Of(vitals, patient.Scale);
        News2Why = isChild ? NoScore.Child : patient.IsPregnant ? NoScore.Pregnancy : news2 is null ? NoScore.Incomplete : null;
        if (News2Why is null)
        {
            (News2Score, News2Risk, News2Scale) = (news2!.Score, news2.Risk, (int)patient.Scale);
        }

        PewsScore = isChild ? BedsidePews.Of(vitals, Age.BandOf(patient.BirthDate!.Value, today)) : null;
        PewsWhy = PewsScore is not null ? null : isChild ? NoScore.Incomplete : patient.BirthDate is null ? NoScore.AgeUnknown : NoScore.Adult;
    }

    private void HoldTo(IReadOnlyList<VitalTarget> targets, bool onOxygen)
    {
        foreach (var observation in Observations)
        {
            if (observation.Value is { } value && targets.FirstOrDefault(t => t.Measure == observation.Measure) is { } target)
            {
                observation.Flagged(target.FlagOf(value, onOxygen));
            }
        }
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
        Add(Measure.RespiratoryEffort, null, vitals.RespiratoryEffort is { } effort ? EnumText<RespiratoryEffort>.Of(effort) : null);
        Add(Measure.CapillaryRefill, vitals.CapillaryRefill);
        Add(Measure.OxygenFlow, vitals.OxygenFlow);
        Add(Measure.OxygenConcentration, vitals.OxygenConcentration);
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
