using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Careline.Platform.Events;

/// <summary>An event that a handler refused too often, as modules above list it: <c>db.Set&lt;DeadLetterRow&gt;()</c>. Never what it says.</summary>
public sealed class DeadLetterRow
{
    /// <summary>The delivery.</summary>
    public Guid Id { get; init; }

    /// <summary>Who could not handle it.</summary>
    public string Handler { get; init; } = "";

    /// <summary>When it happened.</summary>
    public DateTimeOffset OccurredAt { get; init; }

    /// <summary>How often it was tried.</summary>
    public int Tries { get; init; }

    /// <summary>Since when nobody tries by itself.</summary>
    public DateTimeOffset DeadAt { get; init; }

    /// <summary>The type of the last failure.</summary>
    public string? Failure { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<DeadLetterRow>
    {
        public void Configure(EntityTypeBuilder<DeadLetterRow> builder) => builder.HasNoKey().ToView("dead_letters", "platform");
    }
}

/// <summary>What becomes of events that were set aside: a person decides. Everything happens in the caller's transaction.</summary>
public sealed class DeadLetters
{
    private readonly CarelineDb _db;
    private readonly EventRegistry _events;

    internal DeadLetters(CarelineDb db, EventRegistry events) => (_db, _events) = (db, events);

    /// <summary>Lets one be tried again, from its first try on; false where it is not among them.</summary>
    public async Task<bool> ReplayAsync(Guid id, CancellationToken ct) => Woken(await _db.Database.ExecuteSqlAsync(
        $"UPDATE platform.outbox SET dead_at = NULL, tries = 0, due_at = {_db.Now} WHERE id = {id} AND dead_at IS NOT NULL", ct)) == 1;

    /// <summary>Lets all of a handler be tried again, and answers how many.</summary>
    public async Task<int> ReplayAllAsync(string handler, CancellationToken ct) => Woken(await _db.Database.ExecuteSqlAsync(
        $"UPDATE platform.outbox SET dead_at = NULL, tries = 0, due_at = {_db.Now} WHERE handler = {handler} AND dead_at IS NOT NULL", ct));

    /// <summary>Drops one for good and keeps who did and why; false where it is not among them.</summary>
    public async Task<bool> DiscardAsync(Guid id, Guid by, string reason, CancellationToken ct) => await _db.Database.ExecuteSqlAsync(
        $"""
        WITH dropped AS (DELETE FROM platform.outbox WHERE id = {id} AND dead_at IS NOT NULL RETURNING id, handler, occurred_at, tries, failure)
        INSERT INTO platform.discarded_letters (id, handler, occurred_at, tries, failure, reason, discarded_by, discarded_at)
        SELECT id, handler, occurred_at, tries, failure, {reason}, {by}, {_db.Now} FROM dropped
        """,
        ct) == 1;

    private int Woken(int replayed)
    {
        if (replayed > 0)
        {
            _db.AfterCommit(_events.Wake);
        }

        return replayed;
    }
}
