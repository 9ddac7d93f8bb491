namespace Careline.Portal.SignIn;

/// <summary>Keeps what belongs to a browser's sign-in on the server. What is kept is sealed by a key that only the browser has.</summary>
public interface IKeptSessions
{
    /// <summary>What is kept under this name; null where nothing is, or its time is over.</summary>
    Task<byte[]?> FindAsync(byte[] name, CancellationToken ct);

    /// <summary>Keeps it, in the place of what was kept under this name.</summary>
    Task KeepAsync(byte[] name, byte[] content, DateTimeOffset until, CancellationToken ct);

    /// <summary>Forgets it.</summary>
    Task ForgetAsync(byte[] name, CancellationToken ct);
}
