using Careline.Platform.Web;
using Microsoft.Extensions.Options;

namespace Careline.Platform.Data;

/// <summary>How a host uses the database. Section <c>Database</c> of the settings.</summary>
public sealed class DatabaseOptions
{
    /// <summary>How many requests of a host are with the database at once: unless told three for each core of the host, and six at least.</summary>
    public int Turns { get; set; } = Math.Max(6, 3 * Environment.ProcessorCount);
}

/// <summary>
/// How much of this host is with the database at once. Each connection is a process of PostgreSQL with memory of its own: one that comes to its turn
/// after many others finds none of it in the processor's cache. Some requests more than there are cores keep the database busy; beyond that each of
/// them only becomes dearer (a booking among sixteen connections costs half as much again as among eight), so they wait here for a moment.
/// What takes a turn waits for nothing but the database while it has it, and takes no other.
/// </summary>
public sealed class DatabaseTurns(IOptions<DatabaseOptions> options) : IDisposable
{
    // As long as what has a turn may wait for a lock.
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(10);

    /// <summary>For single statements that read.</summary>
    public DatabaseLane Reads { get; } = new(options.Value.Turns, _patience);

    /// <summary>For the transactions of requests.</summary>
    public DatabaseLane Writes { get; } = new(options.Value.Turns, _patience);

    /// <inheritdoc />
    public void Dispose()
    {
        Reads.Dispose();
        Writes.Dispose();
    }
}

/// <summary>So many may go at once; the others wait, for so long.</summary>
public sealed class DatabaseLane(int most, TimeSpan patience) : IDisposable
{
    private readonly SemaphoreSlim _free = new(most);

    /// <summary>Waits for a turn, which ends when it is disposed.</summary>
    /// <exception cref="Unavailable">None came free: the database hangs.</exception>
    public async ValueTask<Turn> EnterAsync(CancellationToken ct) => await _free.WaitAsync(patience, ct) ? new Turn(this) : throw new Unavailable();

    /// <inheritdoc />
    public void Dispose() => _free.Dispose();

    /// <summary>A turn; dispose it once.</summary>
    public readonly struct Turn(DatabaseLane lane) : IDisposable
    {
        /// <inheritdoc />
        public void Dispose() => lane._free.Release();
    }
}
