using Careline.Messaging.Participants;

namespace Careline.Messaging.Chats;

/// <summary>A chat, as one of its people sees it.</summary>
public sealed record ChatResponse : IVersioned
{
    /// <summary>The chat.</summary>
    public required Guid Id { get; init; }

    /// <summary>What it is for.</summary>
    public required ChatType Type { get; init; }

    /// <summary>Where the reader stands in it.</summary>
    public required ChatStanding Status { get; init; }

    /// <summary>What it is called, where somebody named it.</summary>
    public required string? Title { get; init; }

    /// <summary>The visit that it belongs to.</summary>
    public required Guid? AppointmentId { get; init; }

    /// <summary>The patient of whom it speaks.</summary>
    public required Guid? PatientId { get; init; }

    /// <summary>Who takes part.</summary>
    public required IReadOnlyList<ParticipantResponse> Participants { get; init; }

    /// <summary>The number of its newest message; 0 while there is none.</summary>
    public required long LastSeq { get; init; }

    /// <summary>When that came.</summary>
    public required DateTimeOffset? LastMessageAt { get; init; }

    /// <summary>Messages of others that the reader has not read.</summary>
    public required long UnreadCount { get; init; }

    /// <summary>When it was begun.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Raised with each change of the chat itself.</summary>
    public required int Version { get; init; }
}

/// <summary>Where somebody stands in a chat.</summary>
public enum ChatStanding
{
    /// <summary>Takes part.</summary>
    Active,

    /// <summary>Was asked to take part, and reads nothing before they accept.</summary>
    Invited,

    /// <summary>Takes part in what can only be read any more.</summary>
    Closed,

    /// <summary>May take part: somebody asks for help.</summary>
    Open,
}
