using Careline.Platform.Time;

namespace Careline.Prescriptions.Intake;

/// <summary>Whether a patient wants to be reminded of medicines, and when in the day that is.</summary>
internal sealed class ReminderSettings : IVersioned
{
    public Guid PatientId { get; private set; }

    public bool IsOn { get; private set; }

    public string TimeZone { get; private set; } = "UTC";

    public TimeOnly Morning { get; private set; } = new(8, 0);

    public TimeOnly Noon { get; private set; } = new(13, 0);

    public TimeOnly Evening { get; private set; } = new(19, 0);

    public TimeOnly Night { get; private set; } = new(22, 0);

    /// <summary>Up to when doses are planned; null where all is to be planned anew.</summary>
    public DateTimeOffset? PlannedUntil { get; private set; }

    public DateTimeOffset UpdatedAt { get; private set; }

    public int Version { get; private set; } = 1;

    public static ReminderSettings Unset(Guid patientId, string timeZone) => new() { PatientId = patientId, TimeZone = timeZone };

    public void Replace(ReminderSettingsRequest request, DateTimeOffset now)
    {
        IsOn = request.IsOn;
        TimeZone = request.TimeZone ?? TimeZone;
        (Morning, Noon, Evening, Night) = (request.Morning ?? Morning, request.Noon ?? Noon, request.Evening ?? Evening, request.Night ?? Night);
        (PlannedUntil, UpdatedAt) = (null, now);
    }

    public void Plan(DateTimeOffset until) => PlannedUntil = until;

    /// <summary>The moment of a time of the day; where the clock skips it, the moment of the change.</summary>
    public DateTimeOffset At(DateOnly day, DayTime time) => ZonedTimes.FirstAt(
        day, time switch { DayTime.Morning => Morning, DayTime.Noon => Noon, DayTime.Evening => Evening, _ => Night }, TimeZone);

    internal sealed class Mapping : IEntityTypeConfiguration<ReminderSettings>
    {
        public void Configure(EntityTypeBuilder<ReminderSettings> builder)
        {
            builder.ToTable("reminder_settings", "prescriptions");
            builder.HasKey(s => s.PatientId);
            builder.Property(s => s.PatientId).ValueGeneratedNever();
        }
    }
}
