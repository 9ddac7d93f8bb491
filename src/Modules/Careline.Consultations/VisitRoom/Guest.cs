namespace Careline.Consultations.VisitRoom;

/// <summary>A third person who was asked into the room by the doctor or the patient: who asks, agrees. Sees the room and nothing of the record.</summary>
internal sealed class Guest
{
    private Guest()
    {
    }

    public Guid Id { get; private set; }

    public Guid ConsultationId { get; private set; }

    public GuestKind Kind { get; private set; }

    /// <summary>As who asks calls them.</summary>
    public string Name { get; private set; } = "";

    public byte[] TokenHash { get; private set; } = [];

    public Guid InvitedBy { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset ExpiresAt { get; private set; }

    /// <summary>Who took the invitation up; from then on it is theirs alone.</summary>
    public Guid? AccountId { get; private set; }

    public DateTimeOffset? AcceptedAt { get; private set; }

    public DateTimeOffset? RevokedAt { get; private set; }

    public static Guest Invite(Guid id, Guid consultationId, (GuestKind Kind, string Name) who, byte[] tokenHash, Guid by, DateTimeOffset now, DateTimeOffset until) => new()
    {
        Id = id,
        ConsultationId = consultationId,
        Kind = who.Kind,
        Name = who.Name,
        TokenHash = tokenHash,
        InvitedBy = by,
        CreatedAt = now,
        ExpiresAt = until,
    };

    public bool IsInForceAt(DateTimeOffset now) => RevokedAt is null && now < ExpiresAt;

    public void Accept(Guid accountId, DateTimeOffset now)
    {
        if (AccountId is { } taken && taken != accountId)
        {
            throw new NotFound();
        }

        AccountId = accountId;
        AcceptedAt ??= now;
    }

    public void Revoke(DateTimeOffset now) => RevokedAt ??= now;

    internal sealed class Mapping : IEntityTypeConfiguration<Guest>
    {
        public void Configure(EntityTypeBuilder<Guest> builder)
        {
            builder.ToTable("guests", "consultations");
            builder.Property(g => g.Id).ValueGeneratedNever();
        }
    }
}

/// <summary>Why a third person comes.</summary>
public enum GuestKind
{
    /// <summary>Cares for the patient, or is close to them.</summary>
    Carer,

    /// <summary>Speaks both languages.</summary>
    Interpreter,

    /// <summary>Another who gives care.</summary>
    Clinician,

    /// <summary>For another reason.</summary>
    Other,
}
