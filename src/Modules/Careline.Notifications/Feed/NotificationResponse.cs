using System.Linq.Expressions;

namespace Careline.Notifications.Feed;

/// <summary>What the reader was told.</summary>
/// <param name="Id">The notification.</param>
/// <param name="Category">What it is about.</param>
/// <param name="Severity">How much it matters.</param>
/// <param name="Type">What happened, by a stable name such as <c>scheduling.booked</c>.</param>
/// <param name="Title">One line, in the reader's language.</param>
/// <param name="Body">The text.</param>
/// <param name="About">The thing that it speaks of.</param>
/// <param name="CreatedAt">When it was told.</param>
/// <param name="ReadAt">When it was read; null while it is new, also in the answer that marks it.</param>
public sealed record NotificationResponse(
    Guid Id,
    NoticeCategory Category,
    NoticeSeverity Severity,
    string Type,
    string Title,
    string Body,
    AboutResponse? About,
    DateTimeOffset CreatedAt,
    DateTimeOffset? ReadAt)
{
    internal static Expression<Func<Notification, NotificationResponse>> Projection { get; } = n => new NotificationResponse(
        n.Id, n.Category, n.Severity, n.Phrase, n.Title, n.Body, n.AboutKind == null ? null : new AboutResponse(n.AboutKind, n.AboutId!.Value), n.CreatedAt, n.ReadAt);
}

/// <summary>The thing that a notification speaks of.</summary>
/// <param name="Kind">Such as <c>appointment</c>.</param>
/// <param name="Id">Its id.</param>
public sealed record AboutResponse(string Kind, Guid Id);

/// <summary>How many notifications are new.</summary>
/// <param name="Count">Not read and not deleted.</param>
public sealed record UnreadCountResponse(long Count);
