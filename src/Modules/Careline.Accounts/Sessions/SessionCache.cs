using System.Collections.Concurrent;
using System.Collections.Frozen;
using Careline.Accounts.Contracts;
using Careline.Platform.Data;
using Careline.Platform.Security;
using Careline.Platform.Signals;
using Microsoft.EntityFrameworkCore;
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
    private readonly TimeProvider _clock;
    private int _epoch;

    public SessionCache(SignalLine signals, NpgsqlDataSource database, TimeProvider clock)
    {
        (_signals, _database, _clock) = (signals, database, clock);
        signals.Lost += Forget;
        signals.Subscribe(Topic, key => Forget(Guid.Parse(key)));
    }

    /// <summary>The actor of a live session whose tokens are of the account's present generation, or null.</summary>
    public async ValueTask<Actor?> FindAsync(Guid sessionId, Guid accountId, int generation, CancellationToken ct)
    {
        var now = _clock.GetUtcNow();
        if (!_signals.IsUp || !_entries.TryGetValue(sessionId, out var entry) || entry.IsStale(now))
        {
            var epoch = Volatile.Read(ref _epoch);
            entry = await LoadAsync(sessionId, now, ct);

            // A signal that came while we asked may be about what we read: then the answer serves this request only.
            if (epoch == Volatile.Read(ref _epoch) && _entries.Count < 100_000)
            {
                _entries[sessionId] = entry;
            }
        }

        return entry.Actor is { } actor && actor.AccountId == accountId && entry.Generation == generation && entry.ExpiresAt > now ? actor : null;
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

    /// <summary>Tells every host, when the present transaction commits, to read a session anew.</summary>
    public async Task RenewAsync(CarelineDb db, Guid sessionId, CancellationToken ct)
    {
        await SignalLine.SendAsync(db, Topic, sessionId.ToString(), ct);
        db.AfterCommit(() => Forget(sessionId));
    }

    private void Forget(Guid sessionId)
    {
        Interlocked.Increment(ref _epoch);
        _entries.TryRemove(sessionId, out _);
    }

    private void Forget()
    {
        Interlocked.Increment(ref _epoch);
        _entries.Clear();
    }

    private async Task<Entry> LoadAsync(Guid sessionId, DateTimeOffset now, CancellationToken ct)
    {
        await using var command = _database.CreateCommand(
            """
            SELECT a.id, a.roles, a.patient_id, a.doctor_id, a.generation, s.expires_at, s.authenticated_at
            FROM accounts.sessions s JOIN accounts.accounts a ON a.id = s.account_id
            WHERE s.id = $1 AND s.ended_at IS NULL AND a.status = 'active'
            """);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = sessionId });
        await using var row = await command.ExecuteReaderAsync(ct);
        if (!await row.ReadAsync(ct))
        {
            return new Entry(null, 0, now, now);
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
        };
        return new Entry(actor, row.GetInt32(4), row.GetFieldValue<DateTimeOffset>(5), now);
    }

    private sealed record Entry(Actor? Actor, int Generation, DateTimeOffset ExpiresAt, DateTimeOffset LoadedAt)
    {
        /// <summary>Old, or at its end by what was read then: a refresh since may have prolonged it.</summary>
        public bool IsStale(DateTimeOffset now) => LoadedAt + _life < now || (Actor is not null && ExpiresAt <= now);
    }
}
