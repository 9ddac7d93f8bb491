namespace Careline.Notifications.Contracts;

/// <summary>What a notice is about: people choose by it how they are told.</summary>
public enum NoticeCategory
{
    /// <summary>Agreed, moved and called-off visits, and requests for them.</summary>
    Appointment,

    /// <summary>That a visit is near.</summary>
    Reminder,

    /// <summary>The document of a visit.</summary>
    Consultation,

    /// <summary>Prescriptions, and when to take what they name.</summary>
    Prescription,

    /// <summary>The record and who acts for whom.</summary>
    Record,

    /// <summary>What was paid and what went back.</summary>
    Payment,

    /// <summary>Chats: invitations, and messages that wait.</summary>
    Message,

    /// <summary>Who opened what; cannot be switched off.</summary>
    Security,

    /// <summary>What whoever runs the platform has to do.</summary>
    System,

    /// <summary>That a patient's reading or result needs somebody now.</summary>
    Alert,
}

/// <summary>How much it matters.</summary>
public enum NoticeSeverity
{
    /// <summary>Passes quiet hours.</summary>
    Critical,

    /// <summary>Somebody should act.</summary>
    Important,

    /// <summary>To know.</summary>
    Info,

    /// <summary>Something went well.</summary>
    Success,
}

/// <summary>How a notice reaches a person.</summary>
public enum NoticeChannel
{
    /// <summary>The list within Careline; cannot be switched off.</summary>
    InApp,

    /// <summary>By mail.</summary>
    Email,

    /// <summary>By SMS.</summary>
    Sms,

    /// <summary>On the devices that a person subscribed.</summary>
    Push,
}

/// <summary>What people are told.</summary>
/// <param name="Category">What it is about.</param>
/// <param name="Severity">How much it matters.</param>
/// <param name="Phrase">A name in the catalogues, such as <c>patients.opened</c>.</param>
public sealed record Notice(NoticeCategory Category, NoticeSeverity Severity, string Phrase)
{
    /// <summary>What stands in the phrase's placeholders: nothing clinical and no names, since messages are read over shoulders.</summary>
    public IReadOnlyList<(string Name, string Value)> Values { get; init; } = [];

    /// <summary>Times that stand in placeholders, by the wall clock of whom they are for.</summary>
    public IReadOnlyList<Moment> Moments { get; init; } = [];

    /// <summary>The zone of readers who told none of their own.</summary>
    public string TimeZone { get; init; } = "UTC";

    /// <summary>The thing that it speaks of, such as <c>appointment</c> and its id.</summary>
    public (string Kind, Guid Id)? About { get; init; }

    /// <summary>From then on it helps nobody: what quiet hours would hold back for longer goes out at once.</summary>
    public DateTimeOffset? UsefulUntil { get; init; }
}

/// <summary>A time in a phrase.</summary>
/// <param name="Name">The placeholder.</param>
/// <param name="At">When.</param>
/// <param name="TimeZone">The IANA zone by whose clock it is said; null means the reader's.</param>
public sealed record Moment(string Name, DateTimeOffset At, string? TimeZone = null);

/// <summary>Somebody to tell.</summary>
/// <param name="AccountId">The account.</param>
/// <param name="Language">BCP 47, for who chose none: the language of the record.</param>
public sealed record Recipient(Guid AccountId, string? Language = null);
