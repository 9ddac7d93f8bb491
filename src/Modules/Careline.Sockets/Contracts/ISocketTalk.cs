namespace Careline.Sockets.Contracts;

/// <summary>What is said on one socket: made for it once somebody has signed in, and told in order of all that happens on it.</summary>
public interface ISocketTalk
{
    /// <summary>The line is open. A line that is closed in here is told nothing more but its end.</summary>
    /// <param name="line">The line.</param>
    /// <param name="http">The request that it began with; its services are not for a talk of hours.</param>
    /// <param name="ct">Ends with the line.</param>
    Task BeginAsync(SocketLine line, HttpContext http, CancellationToken ct);

    /// <summary>A text frame came: at most 16 KB of valid UTF-8. The bytes are the caller's again afterwards. The next frame waits for the answer.</summary>
    Task HearAsync(ReadOnlyMemory<byte> frame, CancellationToken ct);

    /// <summary>The line is over, however it ended.</summary>
    void End();
}
