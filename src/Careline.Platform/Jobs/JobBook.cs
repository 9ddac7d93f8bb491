namespace Careline.Platform.Jobs;

/// <summary>How a recurring job went, on whichever host.</summary>
/// <param name="Name">The job.</param>
/// <param name="EverySeconds">The pause between two runs.</param>
/// <param name="NextAt">When the next one is due; null where it never ran.</param>
/// <param name="BeganAt">When the last one that ended began.</param>
/// <param name="EndedAt">When it ended.</param>
/// <param name="DurationMs">How long it took.</param>
/// <param name="Failure">The type of its failure; null where it went well.</param>
/// <param name="Failures">How many failed one after another.</param>
public sealed record JobState(
    string Name, long EverySeconds, DateTimeOffset? NextAt, DateTimeOffset? BeganAt, DateTimeOffset? EndedAt, long? DurationMs, string? Failure, int Failures);

/// <summary>The jobs of this release and how they went.</summary>
public sealed class JobBook
{
    private readonly IEnumerable<IRecurringJob> _jobs;
    private readonly CarelineDb _db;

    internal JobBook(IEnumerable<IRecurringJob> jobs, CarelineDb db) => (_jobs, _db) = (jobs, db);

    /// <summary>All of them, by name.</summary>
    public async Task<IReadOnlyList<JobState>> ReadAsync(CancellationToken ct)
    {
        var rows = await _db.Database.SqlQuery<Row>(
            $"""
            SELECT name AS "Name", next_at AS "NextAt", began_at AS "BeganAt", ended_at AS "EndedAt", duration_ms AS "DurationMs", failure AS "Failure", failures AS "Failures"
            FROM platform.jobs
            """).ToDictionaryAsync(row => row.Name, ct);
        return
        [
            .. from job in _jobs
               orderby job.Name
               let row = rows.GetValueOrDefault(job.Name)
               select new JobState(job.Name, (long)job.Every.TotalSeconds, row?.NextAt, row?.BeganAt, row?.EndedAt, row?.DurationMs, row?.Failure, row?.Failures ?? 0),
        ];
    }

    internal static Task<int> WriteAsync(CarelineDb db, string job, DateTimeOffset began, TimeSpan took, string? failure, CancellationToken ct) => db.Database.ExecuteSqlAsync(
        $"""
        UPDATE platform.jobs SET began_at = {began}, ended_at = {db.Now}, duration_ms = {(long)took.TotalMilliseconds}, failure = {failure},
            failures = CASE WHEN {failure}::text IS NULL THEN 0 ELSE failures + 1 END
        WHERE name = {job}
        """,
        ct);

    private sealed class Row
    {
        public string Name { get; init; } = "";

        public DateTimeOffset? NextAt { get; init; }

        public DateTimeOffset? BeganAt { get; init; }

        public DateTimeOffset? EndedAt { get; init; }

        public long? DurationMs { get; init; }

        public string? Failure { get; init; }

        public int Failures { get; init; }
    }
}
