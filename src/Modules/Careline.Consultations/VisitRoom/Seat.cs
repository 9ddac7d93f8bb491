namespace Careline.Consultations.VisitRoom;

/// <summary>Somebody's place in a room: in the call, in the waiting room before it, or empty.</summary>
internal sealed class Seat
{
    // Who comes back after a break of the line goes on; who comes back after a while waits to be let in again.
    private static readonly TimeSpan _kept = TimeSpan.FromMinutes(5);

    private Seat()
    {
    }

    public Guid ConsultationId { get; private set; }

    public Guid AccountId { get; private set; }

    public RoomRole Role { get; private set; }

    /// <summary>The socket that counts; null while nobody sits here.</summary>
    public Guid? LineId { get; private set; }

    /// <summary>Which page is on it, as the page says: with the same one a call goes on, with another it begins anew.</summary>
    public string? Instance { get; private set; }

    /// <summary>When its host last said that the socket is open, by the clock of the machines.</summary>
    public DateTimeOffset SeenAt { get; private set; }

    public DateTimeOffset? LeftAt { get; private set; }

    public DateTimeOffset? AdmittedAt { get; private set; }

    public bool IsInCall => LineId is not null && AdmittedAt is not null;

    public bool IsWaiting => LineId is not null && AdmittedAt is null;

    public static Seat Of(Guid consultationId, Guid accountId) => new() { ConsultationId = consultationId, AccountId = accountId };

    /// <summary>Somebody sits down. The doctor is let in by nobody.</summary>
    public void Take(RoomRole role, Guid lineId, string? instance, DateTimeOffset now, DateTimeOffset seenAt)
    {
        if (LineId is null && LeftAt is { } left && now - left > _kept)
        {
            AdmittedAt = null;
        }

        (Role, LineId, Instance, SeenAt, LeftAt) = (role, lineId, instance, seenAt, null);
        AdmittedAt ??= role == RoomRole.Doctor ? now : null;
    }

    public void Admit(DateTimeOffset now) => AdmittedAt = now;

    /// <summary>The line broke: the place is kept for a while.</summary>
    public void Lose(DateTimeOffset now) => (LineId, LeftAt) = (null, now);

    /// <summary>Somebody goes, or everybody was sent: who comes back waits again.</summary>
    public void Leave(DateTimeOffset now) => (LineId, LeftAt, AdmittedAt) = (null, LeftAt ?? now, null);

    internal sealed class Mapping : IEntityTypeConfiguration<Seat>
    {
        public void Configure(EntityTypeBuilder<Seat> builder)
        {
            builder.ToTable("seats", "consultations");
            builder.HasKey(s => new { s.ConsultationId, s.AccountId });
        }
    }
}
