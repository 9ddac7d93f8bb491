namespace Careline.Scheduling.Appointments;

/// <summary>What was done.</summary>
public enum AppointmentEventKind
{
    /// <summary>Agreed.</summary>
    Booked,

    /// <summary>Confirmed by the practice.</summary>
    Confirmed,

    /// <summary>The patient arrived.</summary>
    CheckedIn,

    /// <summary>The visit began.</summary>
    Started,

    /// <summary>The visit took place.</summary>
    Completed,

    /// <summary>The patient did not come.</summary>
    NoShow,

    /// <summary>Called off.</summary>
    Cancelled,

    /// <summary>Moved to another time.</summary>
    Rescheduled,

    /// <summary>What it is about was changed, not its time or state.</summary>
    Changed,

    /// <summary>Removed from sight.</summary>
    Hidden,

    /// <summary>Kept for some minutes.</summary>
    Held,

    /// <summary>Asked for.</summary>
    Requested,

    /// <summary>The practice agreed.</summary>
    Accepted,

    /// <summary>The practice declined.</summary>
    Rejected,

    /// <summary>Nobody followed it up in time.</summary>
    Expired,

    /// <summary>The patient is prepared.</summary>
    Ready,

    /// <summary>The patient, who had arrived, left again.</summary>
    Left,
}

/// <summary>One line of an appointment's history; only ever added.</summary>
internal sealed class AppointmentEvent
{
    public Guid Id { get; init; }

    public Guid AppointmentId { get; init; }

    public AppointmentEventKind Kind { get; init; }

    public AppointmentStatus? FromStatus { get; init; }

    public AppointmentStatus ToStatus { get; init; }

    public DateTimeOffset? FromStart { get; init; }

    public DateTimeOffset ToStart { get; init; }

    public Guid? ActorId { get; init; }

    public string? Note { get; init; }

    public DateTimeOffset At { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<AppointmentEvent>
    {
        public void Configure(EntityTypeBuilder<AppointmentEvent> builder)
        {
            builder.ToTable("appointment_events", "scheduling");
            builder.HasKey(e => new { e.AppointmentId, e.Id });
        }
    }
}
