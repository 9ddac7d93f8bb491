namespace Careline.Messaging.Invitations;

/// <summary>Somebody is asked to take part in a chat. Until they accept, they read nothing of it.</summary>
internal sealed class Invitation
{
    private static readonly TimeSpan _life = TimeSpan.FromDays(7);

    private Invitation()
    {
    }

    public Guid Id { get; private set; }

    public Guid ChatId { get; private set; }

    public Guid AccountId { get; private set; }

    public Guid InvitedBy { get; private set; }

    public InvitationStatus Status { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset ExpiresAt { get; private set; }

    public DateTimeOffset? AnsweredAt { get; private set; }

    public static Invitation Of(Guid id, Guid chatId, Guid accountId, Guid by, DateTimeOffset now) =>
        new() { Id = id, ChatId = chatId, AccountId = accountId, InvitedBy = by, Status = InvitationStatus.Pending, CreatedAt = now, ExpiresAt = now + _life };

    public void Answer(bool accepts, DateTimeOffset now)
    {
        if (Status != InvitationStatus.Pending || ExpiresAt <= now)
        {
            throw new RuleViolation("INVITATION_OVER", "This invitation was answered or has expired.");
        }

        (Status, AnsweredAt) = (accepts ? InvitationStatus.Accepted : InvitationStatus.Declined, now);
    }

    /// <summary>What nobody answered in time makes room for another.</summary>
    public void Expire(DateTimeOffset now) => (Status, AnsweredAt) = (InvitationStatus.Expired, now);

    internal sealed class Mapping : IEntityTypeConfiguration<Invitation>
    {
        public void Configure(EntityTypeBuilder<Invitation> builder)
        {
            builder.ToTable("invitations", "messaging");
            builder.Property(i => i.Id).ValueGeneratedNever();
        }
    }
}

/// <summary>Where an invitation stands.</summary>
public enum InvitationStatus
{
    /// <summary>Not answered yet.</summary>
    Pending,

    /// <summary>They take part.</summary>
    Accepted,

    /// <summary>They do not want to.</summary>
    Declined,

    /// <summary>Nobody answered for a week.</summary>
    Expired,
}
