using Careline.Accounts.Contracts;
using Careline.Messaging.Invitations;
using Careline.Messaging.Participants;
using Careline.Patients.Contracts;

namespace Careline.Messaging.Chats;

/// <summary>A conversation of people who may speak with each other, about one patient at most.</summary>
internal sealed class Chat : IVersioned, IVisible<Chat>
{
    private Chat()
    {
    }

    public Guid Id { get; private set; }

    public ChatType Type { get; private set; }

    public Guid? AppointmentId { get; private set; }

    /// <summary>Of whom it speaks.</summary>
    public Guid? PatientId { get; private set; }

    /// <summary>The doctor of a direct one.</summary>
    public Guid? DoctorId { get; private set; }

    /// <summary>Sealed: people write names there.</summary>
    public byte[]? Title { get; private set; }

    public Guid CreatedBy { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>The number of its newest message; moved by the statement that adds messages.</summary>
    public long LastSeq { get; private set; }

    public DateTimeOffset? LastMessageAt { get; private set; }

    /// <summary>Counts changes of who takes part and of what was said.</summary>
    public long Revision { get; private set; }

    /// <summary>From then on it is for reading only.</summary>
    public DateTimeOffset? ClosedAt { get; private set; }

    public int Version { get; private set; } = 1;

    public static Chat Open(Guid id, ChatSubject subject, byte[]? title, Guid by, DateTimeOffset now) => new()
    {
        Id = id,
        Type = subject.Type,
        AppointmentId = subject.AppointmentId,
        PatientId = subject.PatientId,
        DoctorId = subject.DoctorId,
        Title = title,
        CreatedBy = by,
        CreatedAt = now,
        Revision = 1,
    };

    public void Rename(byte[]? title) => Title = title;

    /// <summary>Who is in it, who is invited to it; and administrators, where somebody asked them for help.</summary>
    public static IQueryable<Chat> VisibleTo(CarelineDb db, Actor actor)
    {
        var (me, now, isAdmin) = (actor.AccountId, db.Now, actor.IsAdmin);
        var visible = MembershipsOf(db, actor).Select(p => p.ChatId)
            .Union(db.Set<Invitation>().Where(i => i.AccountId == me && i.Status == InvitationStatus.Pending && i.ExpiresAt > now).Select(i => i.ChatId));
        return db.Set<Chat>().Where(c => visible.Contains(c.Id) || (isAdmin && c.Type == ChatType.Support));
    }

    /// <summary>The chats in which the actor takes part, and so reads and writes.</summary>
    public static IQueryable<Chat> JoinedBy(CarelineDb db, Actor actor)
    {
        var joined = MembershipsOf(db, actor).Select(p => p.ChatId);
        return db.Set<Chat>().Where(c => joined.Contains(c.Id));
    }

    // Care that has ended counts at once, also before the job that looks for it has closed the chat. Participant.IsPresentSql says the same for statements by hand.
    private static IQueryable<Participant> MembershipsOf(CarelineDb db, Actor actor)
    {
        var (me, now) = (actor.AccountId, db.Now);
        return
            from p in db.Set<Participant>()
            join c in db.Set<Chat>() on p.ChatId equals c.Id
            where p.AccountId == me && p.LeftAt == null
                && (!p.NeedsCare || db.Set<CareRelationshipRow>().Any(r => r.AccountId == me && r.PatientId == c.PatientId && r.Reason != CareReason.BreakGlass && r.From <= now && (r.Until == null || now < r.Until)))
            select p;
    }

    internal sealed class Mapping : IEntityTypeConfiguration<Chat>
    {
        public void Configure(EntityTypeBuilder<Chat> builder)
        {
            builder.ToTable("chats", "messaging");
            builder.Property(c => c.Id).ValueGeneratedNever();
        }
    }
}

/// <summary>What a chat is for.</summary>
public enum ChatType
{
    /// <summary>A patient and a doctor.</summary>
    Direct,

    /// <summary>Staff among themselves, about one patient at most, who may be among them.</summary>
    Group,

    /// <summary>Somebody and whoever runs the platform.</summary>
    Support,
}

/// <summary>What a chat is about.</summary>
internal sealed record ChatSubject(ChatType Type, Guid? PatientId = null, Guid? DoctorId = null, Guid? AppointmentId = null);
