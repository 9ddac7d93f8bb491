namespace Careline.Sockets.Contracts;

/// <summary>Gives out tickets, by which a browser opens a socket: it cannot send headers with it, and an access token must not stand in an address.</summary>
public interface ISocketTickets
{
    /// <summary>How long a ticket waits.</summary>
    static TimeSpan Life { get; } = TimeSpan.FromSeconds(30);

    /// <summary>A ticket of the caller's session, good for one socket. Written by the caller's save.</summary>
    string Issue(Actor actor);
}
