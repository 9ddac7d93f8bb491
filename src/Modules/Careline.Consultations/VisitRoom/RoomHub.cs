using System.Collections.Concurrent;
using System.Text;
using Careline.Sockets.Contracts;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Careline.Consultations.VisitRoom;

/// <summary>
/// The lines of rooms at this host. Hosts tell each other only that a room has moved; each reads what its lines have not had yet, in order. What nobody told is found
/// by a look every few seconds, and so is what ends by time.
/// </summary>
internal sealed partial class RoomHub(HostLine hosts, IServiceScopeFactory scopes, FieldCipher cipher, ILogger<RoomHub> log) : BackgroundService
{
    private const string Topic = "visit";

    private static readonly TimeSpan _look = TimeSpan.FromSeconds(5);

    // Told of by its host every few seconds: after so long the host is dead.
    private static readonly TimeSpan _silent = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<Guid, Lines> _rooms = new();
    private readonly ConcurrentDictionary<Task, byte> _finishing = new();
    private int _looks;

    public void Enter(VisitTalk talk) => _rooms.AddOrUpdate(talk.ConsultationId, _ => new Lines([talk]), (_, lines) => lines with { Talks = [.. lines.Talks, talk] });

    public void Leave(VisitTalk talk)
    {
        while (_rooms.TryGetValue(talk.ConsultationId, out var lines))
        {
            var left = lines with { Talks = [.. lines.Talks.Where(t => t != talk)] };
            if (left.Talks.Length == 0 ? _rooms.TryRemove(KeyValuePair.Create(talk.ConsultationId, lines)) : _rooms.TryUpdate(talk.ConsultationId, left, lines))
            {
                return;
            }
        }
    }

    /// <summary>What a line still does after its end, and the host before its own.</summary>
    public void Finish(Task last)
    {
        _finishing[last] = 0;
        last.ContinueWith(done => _finishing.TryRemove(done, out _), TaskScheduler.Default);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await Task.WhenAll(_finishing.Keys).WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await base.StopAsync(cancellationToken);
    }

    /// <summary>A frame of a room was stored.</summary>
    public void Moved(Guid consultationId, long seq)
    {
        Wake(consultationId);
        hosts.Tell(Topic, consultationId.ToString("N"), seq.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>Reads on for the lines of a room that are here.</summary>
    public void Wake(Guid consultationId)
    {
        if (_rooms.TryGetValue(consultationId, out var lines) && lines.Bell.Ring())
        {
            _ = Task.Run(() => ReadAsync(consultationId, lines.Bell));
        }
    }

    /// <summary>Says that the lines here live, finds what nobody told and what has ended by time, and gives up the places of hosts that died.</summary>
    public async Task LookAsync(CancellationToken ct)
    {
        var talks = _rooms.Values.SelectMany(r => r.Talks).ToList();
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<CarelineDb>();
        var seen = TimeProvider.System.GetUtcNow();
        var lines = talks.Select(t => t.LineId).ToArray();
        await db.Database.ExecuteSqlAsync($"UPDATE consultations.seats SET seen_at = {seen} WHERE line_id = ANY ({lines})", ct);
        var ids = _rooms.Keys.ToArray();
        foreach (var room in await db.Set<Room>().Where(r => ids.Contains(r.ConsultationId)).Select(r => new { r.ConsultationId, r.Seq }).ToListAsync(ct))
        {
            if (talks.Any(t => t.ConsultationId == room.ConsultationId && t.Cursor < room.Seq))
            {
                Wake(room.ConsultationId);
            }
        }

        // Each line's turn comes every third time.
        _looks++;
        foreach (var talk in talks.Where(t => (t.LineId.GetHashCode() & int.MaxValue) % 3 == _looks % 3))
        {
            await talk.LookAsync(ct);
        }

        var before = seen - _silent;
        foreach (var room in await db.Set<Seat>().Where(s => s.LineId != null && s.SeenAt < before).Select(s => s.ConsultationId).Distinct().Take(100).ToListAsync(ct))
        {
            await using var own = scopes.CreateAsyncScope();
            await own.ServiceProvider.GetRequiredService<RoomDesk>().ForgetSilentAsync(room, before, ct);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        hosts.Subscribe(Topic, word => Wake(Guid.ParseExact(word.Key, "N")));
        hosts.Missed += WakeAll;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await Task.Delay(_look, TimeProvider.System, stoppingToken);
                await LookAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error)
            {
                LogFailed(log, error.GetType().Name);
            }
        }
    }

    private void WakeAll()
    {
        foreach (var id in _rooms.Keys)
        {
            Wake(id);
        }
    }

    private async Task ReadAsync(Guid consultationId, Bell bell)
    {
        try
        {
            do
            {
                bell.Heard();
                if (_rooms.TryGetValue(consultationId, out var lines) && lines.Talks.Where(t => t.Cursor is not null).Min(t => t.Cursor) is { } after)
                {
                    await using var scope = scopes.CreateAsyncScope();
                    foreach (var frame in await scope.ServiceProvider.GetRequiredService<CarelineDb>().Set<RoomFrame>()
                        .Where(f => f.ConsultationId == consultationId && f.Seq > after).OrderBy(f => f.Seq).ToListAsync())
                    {
                        Hand(frame, lines.Talks);
                    }
                }
            }
            while (!bell.Rest());
        }
        catch (Exception error)
        {
            // The next look reads what this one did not.
            LogFailed(log, error.GetType().Name);
            bell.Stop();
        }
    }

    private void Hand(RoomFrame frame, VisitTalk[] talks)
    {
        ReadOnlyMemory<byte>? bytes = null;
        foreach (var talk in talks.Where(t => t.Cursor < frame.Seq))
        {
            bytes ??= Encoding.UTF8.GetBytes(frame.Open(cipher) ?? "{}");
            talk.Hand(frame, bytes.Value);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The rooms of visits could not be looked at: {ErrorType}")]
    private static partial void LogFailed(ILogger logger, string errorType);

    private sealed record Lines(VisitTalk[] Talks)
    {
        public Bell Bell { get; init; } = new();
    }

    /// <summary>Lets one reader run, which looks again if it was rung for meanwhile.</summary>
    private sealed class Bell
    {
        private int _rings;
        private int _heard;

        /// <summary>Whether the caller is to read: nobody does.</summary>
        public bool Ring() => Interlocked.Increment(ref _rings) == 1;

        public void Heard() => _heard = Volatile.Read(ref _rings);

        /// <summary>Whether all that was rung for was heard.</summary>
        public bool Rest() => Interlocked.Add(ref _rings, -_heard) == 0;

        public void Stop() => Interlocked.Exchange(ref _rings, 0);
    }
}
