using Careline.Platform.Signals;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Careline.Finding.Contracts;

/// <summary>What an index keeps: everything listed.</summary>
public interface ICatalogue
{
    /// <summary>How many are listed.</summary>
    int Count { get; }
}

/// <summary>
/// Keeps a catalogue. The tables are the truth: it is loaded from them in the background, told by the database of each thing that changed on any host,
/// and made anew whenever a signal may have been missed. What this host committed is in it before the next question is answered. While it cannot be
/// trusted it answers nothing, and the tables do.
/// </summary>
/// <typeparam name="TCatalogue">What is kept.</typeparam>
public abstract class KeptIndex<TCatalogue> : BackgroundService
    where TCatalogue : class, ICatalogue
{
    // Stands for more than can be named.
    private const string Everything = "*";

    private readonly SignalLine _signals;
    private readonly ILogger _log;
    private readonly string _topic;
    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _reading = new(1, 1);
    private readonly SemaphoreSlim _wake = new(0);
    private HashSet<Guid> _changed = [];
    private TCatalogue? _catalogue;
    private long _heard;
    private long _owed;
    private long _applied;
    private int _epoch;
    private int _loadedEpoch = -1;

    /// <param name="signals">Where changes are told.</param>
    /// <param name="topic">The topic under which triggers name what changed, and <c>*</c> for more than can be named.</param>
    /// <param name="log">Says when it was loaded and when it is behind.</param>
    protected KeptIndex(SignalLine signals, string topic, ILogger log)
    {
        (_signals, _topic, _log) = (signals, topic, log);
        signals.Lost += Distrust;
        signals.Subscribe(topic, key => Hear(key == Everything ? null : key.Split(',').Select(Guid.Parse)));
    }

    /// <summary>Whether what it holds is what the tables held when the last signal came.</summary>
    public bool IsTrusted => _signals.IsUp && IsLoaded;

    private bool IsLoaded => Volatile.Read(ref _loadedEpoch) == Volatile.Read(ref _epoch);

    /// <summary>Everything listed, with all that this host committed; null when the tables have to be asked.</summary>
    public async ValueTask<TCatalogue?> CurrentAsync(CancellationToken ct) =>
        !IsTrusted || (Volatile.Read(ref _applied) < Volatile.Read(ref _owed) && !await CaughtUpAsync(ct)) ? null : _catalogue;

    /// <summary>Things change with the context's transaction: whoever asks this host after it is answered by what they are then.</summary>
    public void Follow(CarelineDb db, params IEnumerable<Guid> ids)
    {
        if (db.Database.CurrentTransaction is null)
        {
            Owe(ids);
        }
        else
        {
            db.AfterCommit(() => Owe(ids));
        }
    }

    /// <summary>The same for a change of so many that nobody counts them.</summary>
    public void FollowAll(CarelineDb db) => db.AfterCommit(Distrust);

    /// <summary>Brings the index to what the tables hold now, loading it where it must be.</summary>
    public async Task CatchUpAsync(CancellationToken ct)
    {
        if (!IsLoaded)
        {
            await LoadAsync(ct);
        }

        await RefreshAsync(ct);
    }

    /// <summary>Something may have been missed: the tables answer until all is loaded anew.</summary>
    public void Distrust()
    {
        Interlocked.Increment(ref _epoch);
        _wake.Release();
    }

    /// <summary>Reads everything listed.</summary>
    protected abstract Task<TCatalogue> ReadAsync(CancellationToken ct);

    /// <summary>Reads some anew and puts them into the catalogue; those that are not listed any more leave it.</summary>
    /// <returns>False when there is no room: then nothing was changed, and everything is read anew.</returns>
    protected abstract Task<bool> RereadAsync(TCatalogue catalogue, IReadOnlyCollection<Guid> ids, CancellationToken ct);

    /// <summary>Some are to be read anew; null where nobody knows which.</summary>
    protected void Hear(IEnumerable<Guid>? ids)
    {
        if (ids is null)
        {
            Distrust();
            return;
        }

        lock (_gate)
        {
            _changed.UnionWith(ids);
            _heard++;
        }

        _wake.Release();
    }

    /// <summary>What is loaded; null while it is not, and a load that is under way may have read anything before.</summary>
    protected TCatalogue? Loaded() => Volatile.Read(ref _catalogue) is { } catalogue && IsLoaded ? catalogue : null;

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await _wake.WaitAsync(stoppingToken);
                while (_wake.Wait(0, CancellationToken.None))
                {
                }

                await CatchUpAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error)
            {
                _log.IndexBehind(_topic, error.GetType().Name);
                await Task.Delay(1000, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                _wake.Release();
            }
        }
    }

    private async Task<bool> CaughtUpAsync(CancellationToken ct)
    {
        try
        {
            await RefreshAsync(ct);
            return IsTrusted;
        }
        catch (NpgsqlException error)
        {
            // What the tables cannot say either is their answer's business.
            _log.IndexBehind(_topic, error.GetType().Name);
            return false;
        }
    }

    private async Task LoadAsync(CancellationToken ct)
    {
        await _reading.WaitAsync(ct);
        try
        {
            // Whatever changes from here on is signalled, and read once more.
            var (epoch, heard) = (Volatile.Read(ref _epoch), TakeChanged().Heard);
            var catalogue = await ReadAsync(ct);
            Volatile.Write(ref _catalogue, catalogue);
            Volatile.Write(ref _applied, heard);
            Volatile.Write(ref _loadedEpoch, epoch);
            _log.IndexLoaded(_topic, catalogue.Count);
        }
        finally
        {
            _reading.Release();
        }
    }

    private async Task RefreshAsync(CancellationToken ct)
    {
        await _reading.WaitAsync(ct);
        try
        {
            if (Loaded() is not { } catalogue)
            {
                return;
            }

            var (ids, heard) = TakeChanged();
            try
            {
                if (ids.Length > 0 && !await RereadAsync(catalogue, ids, ct))
                {
                    Distrust();
                    return;
                }
            }
            catch
            {
                Hear(ids);
                throw;
            }

            Volatile.Write(ref _applied, heard);
        }
        finally
        {
            _reading.Release();
        }
    }

    private (Guid[] Ids, long Heard) TakeChanged()
    {
        lock (_gate)
        {
            Guid[] ids = [.. _changed];
            _changed = [];
            return (ids, _heard);
        }
    }

    private void Owe(IEnumerable<Guid> ids)
    {
        lock (_gate)
        {
            _changed.UnionWith(ids);
            _owed = ++_heard;
        }

        _wake.Release();
    }
}

internal static partial class IndexLog
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Index {Topic} loaded: {Count}")]
    public static partial void IndexLoaded(this ILogger logger, string topic, int count);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Index {Topic} is behind: {ErrorType}")]
    public static partial void IndexBehind(this ILogger logger, string topic, string errorType);
}
