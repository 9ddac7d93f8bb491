using Careline.Messaging.Chats;

namespace Careline.Messaging.Participants;

/// <summary>Somebody's place in a chat, and how far they have come in it.</summary>
internal sealed class Participant
{
    private Participant()
    {
    }

    public Guid ChatId { get; private set; }

    public Guid AccountId { get; private set; }

    public ParticipantRole Role { get; private set; }

    /// <summary>There by treating the patient or acting for them, and for no longer than that.</summary>
    public bool NeedsCare { get; private set; }

    public DateTimeOffset JoinedAt { get; private set; }

    public DateTimeOffset? LeftAt { get; private set; }

    public long ReadSeq { get; private set; }

    public long DeliveredSeq { get; private set; }

    /// <summary>Up to which message they were told that something waits.</summary>
    public long ToldSeq { get; private set; }

    public static Participant Of(Guid chatId, Guid accountId, ParticipantRole role, bool needsCare, DateTimeOffset now) =>
        new() { ChatId = chatId, AccountId = accountId, Role = role, NeedsCare = needsCare, JoinedAt = now };

    public void Leave(DateTimeOffset now) => LeftAt ??= now;

    /// <summary>Comes again, by the right that they have now, and goes on reading where they left off.</summary>
    public void Return(bool needsCare, DateTimeOffset now)
    {
        if (LeftAt is not null)
        {
            (LeftAt, JoinedAt) = (null, now);
        }

        NeedsCare = needsCare;
    }

    /// <summary>The chat speaks of a patient from now on.</summary>
    public void ForCareOnly() => NeedsCare = true;

    /// <summary>
    /// SQL that asks whether somebody takes part at a moment, for statements by hand: <see cref="Chat.JoinedBy"/> says the same. The arguments are expressions of the statement.
    /// </summary>
    public static string IsPresentSql(string chat, string patient, string account, string at) =>
        $"""
        EXISTS (SELECT FROM messaging.participants p WHERE p.chat_id = {chat} AND p.account_id = {account} AND p.left_at IS NULL
            AND (NOT p.needs_care OR EXISTS (SELECT FROM patients.care_relationship_rows r WHERE r.account_id = {account} AND r.patient_id = {patient}
                AND r.reason <> 'break_glass' AND r."from" <= {at} AND (r.until IS NULL OR {at} < r.until))))
        """;

    internal sealed class Mapping : IEntityTypeConfiguration<Participant>
    {
        public void Configure(EntityTypeBuilder<Participant> builder)
        {
            builder.ToTable("participants", "messaging");
            builder.HasKey(p => new { p.ChatId, p.AccountId });
        }
    }
}

/// <summary>What somebody may do in a chat.</summary>
public enum ParticipantRole
{
    /// <summary>Also decides who takes part.</summary>
    Owner,

    /// <summary>Reads and writes.</summary>
    Member,
}
