namespace Careline.Consultations.VisitRoom;

/// <summary>What the server says in a room begins with its type.</summary>
internal abstract record RoomWord([property: JsonPropertyOrder(-2)] string Type);

/// <summary>The line is open; nobody has joined by that.</summary>
internal sealed record ReadyWord(Guid UserId, RoomRole Role, RoomMode Mode, bool IsOpen, DateTimeOffset OpensAt, DateTimeOffset ClosesAt) : RoomWord("ready");

/// <summary>To who joined and is in the call. Whom they meet follows.</summary>
internal sealed record JoinedWord(Guid UserId, RoomRole Role, RoomMode Mode) : RoomWord("joined");

/// <summary>To who waits that they do, and to the call who waits.</summary>
internal sealed record WaitingWord(
    Guid UserId, RoomRole Role, string? Name, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] GuestKind? Kind, bool IsConfirmed) : RoomWord("waiting");

/// <summary>To who waited: they are in the call.</summary>
internal sealed record AdmittedWord(Guid UserId, RoomMode Mode) : RoomWord("admitted");

/// <summary>Another is in the call; whether the reader is the polite one of the two (perfect negotiation).</summary>
internal sealed record PeerJoinedWord(
    Guid UserId, RoomRole Role, string? Name, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] GuestKind? Kind, string? Instance, bool Polite) : RoomWord("peer_joined");

/// <summary>Another went (left), or their line broke (lost).</summary>
internal sealed record PeerLeftWord(Guid UserId, string Reason) : RoomWord("peer_left");

/// <summary>Another took a step of the ladder.</summary>
internal sealed record ModeWord(Guid From, RoomMode Mode, string? Reason) : RoomWord("mode");

/// <summary>It is over: nobody is in the call any more.</summary>
internal sealed record EndedWord(string Reason) : RoomWord("ended");

internal sealed record RoomPong() : RoomWord("pong");

internal sealed record RoomError(string Code, string Message, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] object? Details = null) : RoomWord("error");
