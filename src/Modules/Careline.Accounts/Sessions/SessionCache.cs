using System.Collections.Concurrent;
using System.Collections.Frozen;
using Careline.Platform.Signals;
using Npgsql;

namespace Careline.Accounts.Sessions;

/// <summary>
/// Whether a session is alive and who acts in it, asked on every request. Kept in memory while the signal line stands, since every end of a
/// session is signalled within its transaction; forgotten and asked anew whenever signals may have been missed. The limit on an entry's life
/// only guards against changes made past the application.
/// </summary>
internal sealed class SessionCache
{
    private const string Topic = "session";

    private static readonly TimeSpan _life = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<Guid, Entry> _entries = new();
    private readonly SignalLine _signals;
    private readonly NpgsqlDataSource _database;
    private readonly SessionLimits _limits;
    private readonly SessionActivity _activity;
    private readonly IServiceScopeFactory _scopes;
    private readonly TimeProvider _clock;
    private int _epoch;

    public SessionCache(
        SignalLine signals, NpgsqlDataSource database, SessionLimits limits, SessionActivity activity, IServiceScopeFactory scopes, TimeProvider clock)
    {
        (_signals, _database, _limits, _activity, _scopes, _clock) = (signals, database, limits, activity, scopes, clock);
        signals.Lost += Forget;
        signals.Subscribe(Topic, key => Forget(Guid.Parse(key)));
    }

    /// <summary>Raised once a session is read anew when it is asked for next; with null when all are.</summary>
    public event Action<Guid?>? Forgotten;

    /// <summary>The actor of a live session whose tokens are of the account's present generation, or null. Asking is a use of the session.</summary>
    public async ValueTask<Actor?> FindAsync(Guid sessionId, Guid accountId, int generation, CancellationToken ct) =>
        await FindAsync(sessionId, isUse: true, ct) is { } found && found.Actor.AccountId == accountId && found.Generation == generation ? found.Actor : null;

    /// <summary>The actor of a live session and the generation of the account's tokens, or null.</summary>
    public async ValueTask<(Actor Actor, int Generation)?> FindAsync(Guid sessionId, bool isUse, CancellationToken ct)
    {
        var now = _clock.GetUtcNow();
        if (!_signals.IsUp || !_entries.TryGetValue(sessionId, out var entry) || entry.IsStale(now))
        {
            var epoch = Volatile.Read(ref _epoch);
            entry = await LoadAsync(sessionId, now, ct);
            entry.Use(_activity.UnsavedOf(sessionId));
            entry.Use(_entries.GetValueOrDefault(sessionId)?.LastUsedAt);

            // A signal that came while we asked may be about what we read: then the answer serves this request only.
            if (epoch == Volatile.Read(ref _epoch) && _entries.Count < 100_000)
            {
                _entries[sessionId] = entry;
            }
        }

        if (entry.Actor is not { } actor || entry.ExpiresAt <= now || (entry.IsIdle(now) && await EndIfIdleAsync(sessionId, entry, now, ct)))
        {
            return null;
        }

        if (isUse && entry.Use(now))
        {
            _activity.Note(sessionId, now);
        }

        return (actor, entry.Generation);
    }

    /// <summary>When a session was last used, as far as this host can know.</summary>
    public DateTimeOffset LastUseOf(Session session)
    {
        var latest = session.LastSeenAt;
        foreach (var at in new[] { _activity.UnsavedOf(session.Id), _entries.GetValueOrDefault(session.Id)?.LastUsedAt })
        {
            latest = at > latest ? at.Value : latest;
        }

        return latest;
    }

    /// <summary>Ends sessions in the present transaction and tells every host when it commits.</summary>
    public async Task EndAsync(CarelineDb db, Guid accountId, Guid? only, Guid? except, string reason, CancellationToken ct)
    {
        var now = db.Now;
        var ended = await db.Database.SqlQuery<Guid>(
            $"""
            UPDATE accounts.sessions SET ended_at = {now}, end_reason = {reason}
            WHERE account_id = {accountId} AND ended_at IS NULL
              AND ({only}::uuid IS NULL OR id = {only}) AND ({except}::uuid IS NULL OR id <> {except})
            RETURNING id AS "Value"
            """).ToListAsync(ct);
        foreach (var id in ended)
        {
            await SignalLine.SendAsync(db, Topic, id.ToString(), ct);
        }

        // The signal reaches other hosts in a moment; on this one the session is over when the caller reads the answer.
        db.AfterCommit(() => ended.ForEach(Forget));
    }

    /// <summary>Tells every host, when the present transaction commits, to read an account's sessions anew.</summary>
    public async Task RenewAsync(CarelineDb db, Guid accountId, CancellationToken ct)
    {
        var now = db.Now;
        var live = await db.Set<Session>().Where(s => s.AccountId == accountId && s.EndedAt == null && s.ExpiresAt > now).Select(s => s.Id).ToListAsync(ct);
        foreach (var id in live)
        {
            await SignalLine.SendAsync(db, Topic, id.ToString(), ct);
        }

        db.AfterCommit(() => live.ForEach(Forget));
    }

    private void Forget(Guid sessionId)
    {
        Interlocked.Increment(ref _epoch);
        _entries.TryRemove(sessionId, out _);
        Forgotten?.Invoke(sessionId);
    }

    private void Forget()
    {
        Interlocked.Increment(ref _epoch);
        _entries.Clear();
        Forgotten?.Invoke(null);
    }

    // Another host may have seen the person since this one did: only the row can tell.
    private async Task<bool> EndIfIdleAsync(Guid sessionId, Entry entry, DateTimeOffset now, CancellationToken ct)
    {
        await using var scope = _scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<CarelineDb>();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var seenAt = await db.Set<Session>().Where(s => s.Id == sessionId).Select(s => s.LastSeenAt).SingleAsync(ct);
        entry.Use(seenAt);
        if (!entry.IsIdle(now))
        {
            return false;
        }

        await EndAsync(db, entry.Actor!.AccountId, only: sessionId, except: null, "idle", ct);
        await transaction.CommitAsync(CancellationToken.None);
        return true;
    }

    private async Task<Entry> LoadAsync(Guid sessionId, DateTimeOffset now, CancellationToken ct)
    {
        await using var command = _database.CreateCommand(
            """
            SELECT a.id, a.roles, a.patient_id, a.doctor_id, a.generation, s.expires_at, s.authenticated_at, s.created_at, s.last_seen_at,
                CASE WHEN EXISTS (SELECT FROM accounts.authenticators x WHERE x.account_id = a.id AND x.confirmed_at IS NOT NULL)
                    OR EXISTS (SELECT FROM accounts.passkeys p WHERE p.account_id = a.id) THEN NULL ELSE a.staff_since END
            FROM accounts.sessions s JOIN accounts.accounts a ON a.id = s.account_id
            WHERE s.id = $1 AND s.ended_at IS NULL AND a.status = 'active'
            """);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = sessionId });
        await using var row = await command.ExecuteReaderAsync(ct);
        if (!await row.ReadAsync(ct))
        {
            return new Entry(null, 0, now, now, TimeSpan.Zero, now);
        }

        var profiles = new Dictionary<string, Guid>();
        if (!row.IsDBNull(2))
        {
            profiles[Roles.Patient] = row.GetGuid(2);
        }

        if (!row.IsDBNull(3))
        {
            profiles[Roles.Doctor] = row.GetGuid(3);
        }

        var actor = new Actor(row.GetGuid(0), sessionId, row.GetFieldValue<string[]>(1).ToFrozenSet(), profiles.ToFrozenDictionary())
        {
            AuthenticatedAt = row.GetFieldValue<DateTimeOffset>(6),
            SecondFactorDueAt = _limits.SecondFactorDueAt(row.IsDBNull(9) ? null : row.GetFieldValue<DateTimeOffset>(9)),
        };
        var (expiresAt, lastMoment) = (row.GetFieldValue<DateTimeOffset>(5), _limits.LastMomentOf(actor.Roles, row.GetFieldValue<DateTimeOffset>(7)));
        return new Entry(
            actor, row.GetInt32(4), expiresAt < lastMoment ? expiresAt : lastMoment, now, _limits.IdleOf(actor.Roles), row.GetFieldValue<DateTimeOffset>(8));
    }

    private sealed class Entry(Actor? actor, int generation, DateTimeOffset expiresAt, DateTimeOffset loadedAt, TimeSpan idle, DateTimeOffset lastUsedAt)
    {
        // Other hosts need not know more exactly.
        private static readonly long _worthNoting = TimeSpan.FromSeconds(30).Ticks;

        private long _lastUsed = lastUsedAt.UtcTicks;
        private long _noted = lastUsedAt.UtcTicks;

        public Actor? Actor => actor;

        public int Generation => generation;

        public DateTimeOffset ExpiresAt => expiresAt;

        public DateTimeOffset LastUsedAt => new(Volatile.Read(ref _lastUsed), TimeSpan.Zero);

        /// <summary>Old, or at its end by what was read then: a refresh since may have prolonged it.</summary>
        public bool IsStale(DateTimeOffset now) => loadedAt + _life < now || (actor is not null && expiresAt <= now);

        public bool IsIdle(DateTimeOffset now) => Volatile.Read(ref _lastUsed) + idle.Ticks <= now.UtcTicks;

        /// <summary>Takes over a use, and answers whether it is long enough after the last noted one to be noted itself.</summary>
        public bool Use(DateTimeOffset? at)
        {
            var ticks = at?.UtcTicks ?? 0;
            if (ticks > Volatile.Read(ref _lastUsed))
            {
                Volatile.Write(ref _lastUsed, ticks);
            }

            var isWorthNoting = ticks - Volatile.Read(ref _noted) > _worthNoting;
            if (isWorthNoting)
            {
                Volatile.Write(ref _noted, ticks);
            }

            return isWorthNoting;
        }
    }
}
