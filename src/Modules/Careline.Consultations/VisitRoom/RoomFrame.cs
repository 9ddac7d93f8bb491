namespace Careline.Consultations.VisitRoom;

/// <summary>A frame on its way to the hosts that have lines of a room. Session descriptions hold addresses of people, so it is sealed, and gone within minutes.</summary>
internal sealed class RoomFrame
{
    private RoomFrame()
    {
    }

    public Guid Id { get; private set; }

    public Guid ConsultationId { get; private set; }

    public long Seq { get; private set; }

    /// <summary>What a host must know of it: whether it lets somebody in or sends them away.</summary>
    public RoomFrameKind Kind { get; private set; }

    public RoomAudience Audience { get; private set; }

    /// <summary>For this person only.</summary>
    public Guid? ToAccount { get; private set; }

    /// <summary>Not for this line.</summary>
    public Guid? FromLine { get; private set; }

    public byte[] Body { get; private set; } = [];

    public DateTimeOffset At { get; private set; }

    public static RoomFrame Of(Guid id, Room room, string body, FieldCipher cipher, DateTimeOffset now) => new()
    {
        Id = id,
        ConsultationId = room.ConsultationId,
        Seq = room.Next(),
        Body = cipher.Seal(body, PlaceOf(id)),
        At = now,
    };

    public RoomFrame For(RoomAudience audience, Guid? account = null, Guid? exceptLine = null, RoomFrameKind kind = RoomFrameKind.Word)
    {
        (Audience, ToAccount, FromLine, Kind) = (audience, account, exceptLine, kind);
        return this;
    }

    /// <summary>The frame; null where the row was changed past us.</summary>
    public string? Open(FieldCipher cipher) => cipher.TryOpen(Body, PlaceOf(Id));

    private static string PlaceOf(Guid id) => $"consultations.room_frames.body:{id}";

    internal sealed class Mapping : IEntityTypeConfiguration<RoomFrame>
    {
        public void Configure(EntityTypeBuilder<RoomFrame> builder)
        {
            builder.ToTable("room_frames", "consultations");
            builder.Property(f => f.Id).ValueGeneratedNever();
        }
    }
}

/// <summary>What becomes of a line that a frame reaches.</summary>
internal enum RoomFrameKind
{
    /// <summary>Nothing.</summary>
    Word,

    /// <summary>It is in the call from now on.</summary>
    Admission,

    /// <summary>It is in neither any more, and may join again.</summary>
    End,

    /// <summary>It is closed: the person is here by another.</summary>
    Takeover,

    /// <summary>It is closed: the person may not be here any more.</summary>
    Removal,
}

/// <summary>Whom a frame is for.</summary>
internal enum RoomAudience
{
    /// <summary>Whoever is in the call.</summary>
    Call,

    /// <summary>Also who waits.</summary>
    Everybody,
}
