namespace Careline.Sockets.Contracts;

/// <summary>Says who stands behind a socket. Implemented by Accounts, which stands above.</summary>
public interface ISocketSignIn
{
    /// <summary>Raised when a session ended or may say something else now, or with null when that may have been missed for all of them.</summary>
    event Action<Guid?>? Changed;

    /// <summary>The live sign-in of an access token; null for every other text.</summary>
    ValueTask<SocketSession?> ByTokenAsync(string accessToken, CancellationToken ct);

    /// <summary>The live sign-in of a session, for a ticket that it took; null once it is over.</summary>
    ValueTask<SocketSession?> BySessionAsync(Guid sessionId, CancellationToken ct);

    /// <summary>Whether the sign-in lives and says what it said: the same roles, of the same generation.</summary>
    /// <param name="session">What was answered before.</param>
    /// <param name="isUse">Whether the person did something, which keeps an idle session alive.</param>
    /// <param name="ct">Ends the question.</param>
    ValueTask<bool> IsAliveAsync(SocketSession session, bool isUse, CancellationToken ct);
}

/// <summary>Who is on a line.</summary>
/// <param name="Actor">The person.</param>
/// <param name="Generation">Of the account's tokens: another one means that all of them died.</param>
public sealed record SocketSession(Actor Actor, int Generation);
