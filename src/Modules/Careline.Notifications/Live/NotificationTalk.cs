using Careline.Notifications.Feed;
using Careline.Sockets.Contracts;
using Microsoft.Extensions.Logging;

namespace Careline.Notifications.Live;

/// <summary>
/// What is said on <c>/ws/notifications/</c>: first how many are unread, then each notice as it comes. After <c>sync</c> with the last id that a client has, what it missed.
/// Nothing is marked as read here: the list over HTTP stays the truth. A notice may come twice, and has an id.
/// </summary>
#pragma warning disable CA1001 // A semaphore nobody asked a handle of, which a look may still hold after the end: there is nothing to give back.
internal sealed partial class NotificationTalk(NoticeBoard board, IServiceScopeFactory scopes, TimeProvider clock, ILogger<NotificationTalk> log) : ISocketTalk
#pragma warning restore CA1001
{
    // Of a transaction that began before and is committed after; what was sent within it is remembered.
    private static readonly TimeSpan _overlap = TimeSpan.FromMinutes(1);

    private const int AtOnce = 100;

    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly Dictionary<Guid, DateTimeOffset> _sent = [];
    private SocketLine _line = null!;
    private DateTimeOffset _since;
    private long _unread = -1;
    private int _wanted;

    public Guid AccountId => _line.Actor.AccountId;

    public async Task BeginAsync(SocketLine line, HttpContext http, CancellationToken ct)
    {
        (_line, _since) = (line, clock.GetUtcNow());
        board.Begin(this);
        await InTurnAsync(
            async db =>
            {
                // What is there already is in the list.
                var since = _since - _overlap;
                foreach (var old in await Own(db).Where(n => n.CreatedAt >= since).Select(n => new { n.Id, n.CreatedAt }).ToListAsync(ct))
                {
                    _sent[old.Id] = old.CreatedAt;
                }

                await CountAsync(db, ct);
            },
            ct);
    }

    public async Task HearAsync(ReadOnlyMemory<byte> frame, CancellationToken ct)
    {
        switch (Read(frame.Span))
        {
            case { Type: "ping" }:
                _line.Say(new NoticeFrame("pong"));
                break;
            case { Type: "sync", After: { } after } when await _line.IsSignedInAsync(isUse: true, ct):
                await InTurnAsync(db => CatchUpAsync(db, after, ct), ct);
                break;
            case { Type: "sync" }:
                break;
            case { }:
                _line.Say(new NoticeFrame("error") { Code = "UNKNOWN_TYPE", Message = "No such type of frame." });
                break;
            case null:
                _line.Say(new NoticeFrame("error") { Code = "MALFORMED_FRAME", Message = "Not a frame of this socket." });
                break;
        }
    }

    public void End() => board.End(this);

    /// <summary>The person's list moved.</summary>
    public void Wake()
    {
        if (Interlocked.Exchange(ref _wanted, 1) == 0)
        {
            _ = LookAsync();
        }
    }

    private static ListenerFrame? Read(ReadOnlySpan<byte> frame)
    {
        try
        {
            return JsonSerializer.Deserialize<ListenerFrame>(frame, WireJson.Options);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private async Task LookAsync()
    {
        try
        {
            await InTurnAsync(
                async db =>
                {
                    Interlocked.Exchange(ref _wanted, 0);
                    await SendNewAsync(db);
                    await CountAsync(db, _line.IsClosing ? new CancellationToken(true) : CancellationToken.None);
                },
                CancellationToken.None);
        }
        catch (Exception error)
        {
            Interlocked.Exchange(ref _wanted, 0);
            LogFailed(log, error.GetType().Name);
        }
    }

    private async Task SendNewAsync(CarelineDb db)
    {
        var since = _since - _overlap;
        var known = _sent.Keys.ToArray();
        var rows = await Own(db).Where(n => n.CreatedAt >= since && !known.Contains(n.Id)).OrderBy(n => n.CreatedAt).ThenBy(n => n.Id).Take(AtOnce)
            .Select(NotificationResponse.Projection).ToListAsync();
        Send(rows);
        if (rows.Count == AtOnce)
        {
            Wake();
        }
    }

    private async Task CatchUpAsync(CarelineDb db, Guid after, CancellationToken ct)
    {
        var known = await Own(db).Where(n => n.Id == after).Select(n => (DateTimeOffset?)n.CreatedAt).FirstOrDefaultAsync(ct);
        var (at, id) = ((known ?? DateTimeOffset.MinValue.AddYears(1)) - _overlap, Guid.Empty);
        while (true)
        {
            var rows = await Own(db).Where(n => n.Id != after && EF.Functions.GreaterThan(ValueTuple.Create(n.CreatedAt, n.Id), ValueTuple.Create(at, id)))
                .OrderBy(n => n.CreatedAt).ThenBy(n => n.Id).Take(AtOnce).Select(NotificationResponse.Projection).ToListAsync(ct);
            Send(rows);
            await _line.DrainAsync(ct);
            if (rows.Count < AtOnce)
            {
                break;
            }

            (at, id) = (rows[^1].CreatedAt, rows[^1].Id);
        }

        _line.Say(new NoticeFrame("synced"));
    }

    private void Send(List<NotificationResponse> rows)
    {
        foreach (var row in rows)
        {
            _sent[row.Id] = row.CreatedAt;
            _line.Say(new NoticeFrame("notification") { Notification = row });
        }

        if (rows.Count > 0 && rows[^1].CreatedAt > _since)
        {
            _since = rows[^1].CreatedAt;
            foreach (var old in _sent.Where(s => s.Value < _since - _overlap).Select(s => s.Key).ToList())
            {
                _sent.Remove(old);
            }
        }
    }

    private async Task CountAsync(CarelineDb db, CancellationToken ct)
    {
        var unread = await Own(db).LongCountAsync(n => n.ReadAt == null, ct);
        if (unread != _unread)
        {
            _unread = unread;
            _line.Say(new NoticeFrame("unread_count") { Count = unread });
        }
    }

    private IQueryable<Notification> Own(CarelineDb db) => Notification.VisibleTo(db, _line.Actor);

    // Looks and what the client asks for are one after the other: what was sent is remembered in one place.
    private async Task InTurnAsync(Func<CarelineDb, Task> act, CancellationToken ct)
    {
        await _turn.WaitAsync(ct);
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            await act(scope.ServiceProvider.GetRequiredService<CarelineDb>());
        }
        finally
        {
            _turn.Release();
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A line for notices failed: {ErrorType}")]
    private static partial void LogFailed(ILogger logger, string errorType);

    private sealed record ListenerFrame(string Type, Guid? After = null);

    private sealed record NoticeFrame(string Type)
    {
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public long? Count { get; init; }

        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public NotificationResponse? Notification { get; init; }

        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public string? Code { get; init; }

        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public string? Message { get; init; }
    }
}
