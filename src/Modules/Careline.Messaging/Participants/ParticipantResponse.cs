namespace Careline.Messaging.Participants;

/// <summary>Somebody in a chat.</summary>
/// <param name="UserId">The account.</param>
/// <param name="Name">What the person is called at present.</param>
/// <param name="Role">What they may do.</param>
/// <param name="Status">online or offline, at this moment.</param>
/// <param name="JoinedAt">Since when they take part.</param>
/// <param name="ReadSeq">Up to which message they have read.</param>
/// <param name="DeliveredSeq">Up to which message theirs has come.</param>
public sealed record ParticipantResponse(
    Guid UserId, string? Name, ParticipantRole Role, string Status, DateTimeOffset JoinedAt, long ReadSeq, long DeliveredSeq);
