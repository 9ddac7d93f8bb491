using Careline.Accounts.Contracts;
using Careline.Notifications.Contracts;

namespace Careline.Scheduling.Reminders;

/// <summary>Where a reminder stands.</summary>
public enum ReminderStatus
{
    /// <summary>Will be sent when it is due.</summary>
    Planned,

    /// <summary>On its way.</summary>
    Sent,

    /// <summary>Taken over by whoever carries it on, or standing in the list within Careline.</summary>
    Delivered,

    /// <summary>Its visit, or its reader's wish for it, is gone.</summary>
    Voided,

    /// <summary>Not sent.</summary>
    Skipped,
}

/// <summary>Why a reminder is not sent.</summary>
public enum ReminderWhy
{
    /// <summary>The visit was moved: for its new time there are others.</summary>
    Moved,

    /// <summary>There will be no visit.</summary>
    CalledOff,

    /// <summary>The visit was agreed when this would have been due already.</summary>
    AgreedLater,

    /// <summary>It would have come in quiet hours, and been of no use after them.</summary>
    QuietHours,

    /// <summary>Nothing was sent until the visit had begun.</summary>
    TooLate,

    /// <summary>The patient had arrived already.</summary>
    AlreadyThere,

    /// <summary>A later one was due at the same moment.</summary>
    Superseded,

    /// <summary>The reader switched this channel or time off.</summary>
    SwitchedOff,

    /// <summary>The reader has no address for this channel any more, or no account that works.</summary>
    NoAddress,

    /// <summary>The reader has nothing to do with the visit any more.</summary>
    NoLongerConcerned,

    /// <summary>Whoever should have carried it on refused it, or could not be reached in time.</summary>
    NotDelivered,
}

/// <summary>One reminder of a visit to one person by one channel.</summary>
internal sealed class Reminder : IVisible<Reminder>
{
    public Guid Id { get; private set; }

    public Guid AppointmentId { get; private set; }

    public int StartVersion { get; private set; }

    public Guid? AccountId { get; private set; }

    public Guid PatientId { get; private set; }

    public NoticeChannel Channel { get; private set; }

    public int OffsetMinutes { get; private set; }

    public DateTimeOffset StartsAt { get; private set; }

    public DateTimeOffset DueAt { get; private set; }

    public ReminderStatus Status { get; private set; }

    public ReminderWhy? Why { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset? SettledAt { get; private set; }

    /// <summary>One for the first start of a visit, as the ledger would hold it.</summary>
    internal static Reminder Of(Guid? accountId, NoticeChannel channel, DateTimeOffset startsAt) =>
        new() { AccountId = accountId, Channel = channel, StartsAt = startsAt, StartVersion = 1 };

    /// <summary>Everybody sees the reminders that were meant for them; a patient who had no account then, those too.</summary>
    public static IQueryable<Reminder> VisibleTo(CarelineDb db, Actor actor)
    {
        var (accountId, patientId) = (actor.AccountId, actor.PatientId);
        return db.Set<Reminder>().Where(r => r.AccountId == accountId || (r.AccountId == null && r.PatientId == patientId));
    }

    /// <summary>It is on its way, or there already where nobody has to carry it.</summary>
    public void Send(DateTimeOffset now) =>
        (Status, SettledAt) = (Channel == NoticeChannel.InApp ? ReminderStatus.Delivered : ReminderStatus.Sent, now);

    /// <summary>It comes later.</summary>
    public void Hold(DateTimeOffset until) => DueAt = until;

    /// <summary>It is not sent.</summary>
    public void End(ReminderStatus status, ReminderWhy why, DateTimeOffset now) => (Status, Why, SettledAt) = (status, why, now);

    internal sealed class Mapping : IEntityTypeConfiguration<Reminder>
    {
        public void Configure(EntityTypeBuilder<Reminder> builder)
        {
            builder.ToTable("reminders", "scheduling");
            builder.Property(r => r.Id).ValueGeneratedNever();
        }
    }
}
