namespace Careline.Vitals.Devices;

/// <summary>What became of a reading that a device sent.</summary>
public enum ReadingStatus
{
    /// <summary>Part of the record.</summary>
    Accepted,

    /// <summary>It was sent before; nothing changed.</summary>
    Duplicate,

    /// <summary>Kept apart: clinicians see it, no score and no trend does.</summary>
    Suspect,

    /// <summary>Not kept: nobody can tell what it means.</summary>
    Refused,
}

/// <summary>Why a reading is not part of the record.</summary>
public enum ReadingWhy
{
    /// <summary>Nobody could be so.</summary>
    OutOfRange,

    /// <summary>Its time lies ahead: the device's clock is wrong.</summary>
    InFuture,

    /// <summary>It was measured too long ago.</summary>
    TooOld,

    /// <summary>No measure that devices send.</summary>
    UnknownMeasure,

    /// <summary>No unit of the measure.</summary>
    UnknownUnit,
}

/// <summary>A reading as a device sent it: the measure of whether it was sent before, and the place of those that are kept apart.</summary>
internal sealed class DeviceReading
{
    public Guid DeviceId { get; private init; }

    /// <summary>By which the device knows it.</summary>
    public string ReadingId { get; private init; } = "";

    public Guid PatientId { get; private init; }

    public string Measure { get; private init; } = "";

    public decimal Value { get; private init; }

    public string Unit { get; private init; } = "";

    public DateTimeOffset MeasuredAt { get; private init; }

    public DateTimeOffset ReceivedAt { get; private init; }

    public ReadingStatus Status { get; private init; }

    public ReadingWhy? Why { get; private init; }

    /// <summary>Where it stands in the record.</summary>
    public Guid? SetId { get; private init; }

    public static DeviceReading Of(Device device, JudgedReading judged, Guid? setId, DateTimeOffset now) => new()
    {
        DeviceId = device.Id,
        ReadingId = judged.Sent.Id,
        PatientId = device.PatientId,
        Measure = judged.Sent.Measure,
        Value = judged.Sent.Value,
        Unit = judged.Sent.Unit,
        MeasuredAt = judged.Sent.At,
        ReceivedAt = now,
        Status = judged.Status,
        Why = judged.Why,
        SetId = setId,
    };

    internal sealed class Mapping : IEntityTypeConfiguration<DeviceReading>
    {
        public void Configure(EntityTypeBuilder<DeviceReading> builder)
        {
            builder.ToTable("device_readings", "vitals");
            builder.HasKey(r => new { r.DeviceId, r.ReadingId });
            builder.Property(r => r.Value).HasColumnType("numeric");
        }
    }
}
