using System.Collections.Concurrent;
using Careline.Platform.Signals;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Careline.Doctors.Presence;

/// <summary>
/// Who is there now, for lists to show without asking the database: those that are online only. What this host committed it knows at once, what others
/// did by signal or when it next looks; each entry ends by itself.
/// </summary>
internal sealed partial class PresenceBoard : BackgroundService
{
    public const string Topic = "presence";

    // Shorter than any presence lasts, so that one said again on another host does not seem to end here.
    private static readonly TimeSpan _look = TimeSpan.FromSeconds(15);

    // Longer than any presence lasts.
    private static readonly TimeSpan _memory = TimeSpan.FromMinutes(16);

    private readonly ConcurrentDictionary<Guid, Entry> _entries = new();
    private readonly SemaphoreSlim _wake = new(0);
    private readonly IServiceScopeFactory _scopes;
    private readonly TimeProvider _clock;
    private readonly ILogger<PresenceBoard> _log;

    public PresenceBoard(SignalLine signals, IServiceScopeFactory scopes, TimeProvider clock, ILogger<PresenceBoard> log)
    {
        (_scopes, _clock, _log) = (scopes, clock, log);
        signals.Lost += () => _wake.Release();
        signals.Subscribe(Topic, _ => _wake.Release());
    }

    /// <summary>What a doctor is doing now.</summary>
    public PresenceState Of(Guid doctorId) =>
        _entries.TryGetValue(doctorId, out var entry) && entry.ExpiresAt > _clock.GetUtcNow() ? entry.State : PresenceState.Offline;

    /// <summary>Takes over what a doctor just said.</summary>
    public void Set(Guid doctorId, PresenceState state, DateTimeOffset at, DateTimeOffset until)
    {
        var said = new Entry(state, at, until);
        _entries.AddOrUpdate(doctorId, said, (_, known) => known.SeenAt > at ? known : said);
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await LookAsync(stoppingToken);
                await _wake.WaitAsync(_look, stoppingToken);
                while (_wake.Wait(0, CancellationToken.None))
                {
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error)
            {
                LogFailed(_log, error.GetType().Name);
                await Task.Delay(1000, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task LookAsync(CancellationToken ct)
    {
        await using var scope = _scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<CarelineDb>();
        var now = db.Now;
        var since = now - _memory;

        // With those who left, since they may be there by what this host heard before.
        foreach (var one in await db.Set<DoctorPresence>().Where(p => p.SeenAt > since).ToListAsync(ct))
        {
            Set(one.DoctorId, one.State, one.SeenAt, one.ExpiresAt);
        }

        foreach (var (doctor, entry) in _entries)
        {
            if (entry.SeenAt <= since)
            {
                _entries.TryRemove(KeyValuePair.Create(doctor, entry));
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Presence of doctors is behind: {ErrorType}")]
    private static partial void LogFailed(ILogger logger, string errorType);

    private sealed record Entry(PresenceState State, DateTimeOffset SeenAt, DateTimeOffset ExpiresAt);
}
