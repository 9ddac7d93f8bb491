namespace Careline.Accounts.Contracts;

/// <summary>
/// Keeps what belongs to sign-ins of browsers, whose tokens stay on the server. The names are hashes of keys that only the browsers have, by which the contents are
/// sealed: who reads them here signs in as nobody.
/// </summary>
public interface IBrowserSessions
{
    /// <summary>What is kept under a name; null where nothing is, or its time is over.</summary>
    Task<byte[]?> FindAsync(byte[] name, CancellationToken ct);

    /// <summary>Keeps it, in the place of what was kept under this name.</summary>
    Task KeepAsync(byte[] name, byte[] content, DateTimeOffset until, CancellationToken ct);

    /// <summary>Forgets it.</summary>
    Task ForgetAsync(byte[] name, CancellationToken ct);
}
