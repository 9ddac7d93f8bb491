namespace Careline.Consultations.VisitRoom;

/// <summary>Something that happened in a room, for the record. Only ever added.</summary>
internal sealed class RoomEvent
{
    private RoomEvent()
    {
    }

    public Guid Id { get; private set; }

    public Guid ConsultationId { get; private set; }

    public DateTimeOffset At { get; private set; }

    /// <summary>The account; null where the appointment or the clock did it.</summary>
    public Guid? ActorId { get; private set; }

    public RoomEventKind Kind { get; private set; }

    /// <summary>Whom it was done to, where that is somebody else.</summary>
    public Guid? SubjectId { get; private set; }

    public RoomMode? Mode { get; private set; }

    public string? Reason { get; private set; }

    public static RoomEvent Of(
        Guid consultationId, RoomEventKind kind, Guid? by, DateTimeOffset now, Guid? subject = null, RoomMode? mode = null, string? reason = null) => new()
        {
            Id = Ids.New(now),
            ConsultationId = consultationId,
            At = now,
            ActorId = by,
            Kind = kind,
            SubjectId = subject,
            Mode = mode,
            Reason = reason,
        };

    internal sealed class Mapping : IEntityTypeConfiguration<RoomEvent>
    {
        public void Configure(EntityTypeBuilder<RoomEvent> builder)
        {
            builder.ToTable("room_events", "consultations");
            builder.Property(e => e.Id).ValueGeneratedNever();
        }
    }
}

/// <summary>What can happen in a room.</summary>
public enum RoomEventKind
{
    /// <summary>The room was made.</summary>
    Created,

    /// <summary>The patient said where they are and how to reach them, and agreed to be treated so.</summary>
    Confirmed,

    /// <summary>A third person was asked in.</summary>
    GuestInvited,

    /// <summary>A third person may not come any more.</summary>
    GuestRevoked,

    /// <summary>Somebody waits to be let in.</summary>
    Waiting,

    /// <summary>Somebody was let in.</summary>
    Admitted,

    /// <summary>Somebody is in the call.</summary>
    Joined,

    /// <summary>A step of the ladder: video, audio, text.</summary>
    Stepped,

    /// <summary>Somebody went.</summary>
    Left,

    /// <summary>Somebody's line broke.</summary>
    Lost,

    /// <summary>The call was ended for everybody.</summary>
    Ended,
}
