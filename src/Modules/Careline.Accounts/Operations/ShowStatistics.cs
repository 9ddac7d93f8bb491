using Careline.Platform.Figures;
using Careline.Platform.Jobs;

namespace Careline.Accounts.Operations;

/// <summary>How many of a kind there are.</summary>
/// <param name="Name">The kind or state.</param>
/// <param name="Value">How many.</param>
public sealed record CountedKind(string Name, long Value);

/// <summary>How much there is of something.</summary>
/// <param name="Area">Of what, such as <c>appointments</c>.</param>
/// <param name="CountedAt">When it was counted.</param>
/// <param name="Figures">By kind or state.</param>
public sealed record CountedArea(string Area, DateTimeOffset CountedAt, IReadOnlyList<CountedKind> Figures);

/// <summary>What waits; counted up to 10,000.</summary>
/// <param name="OutboxWaiting">Events on their way.</param>
/// <param name="OutboxDead">Events that were set aside.</param>
/// <param name="OldestEventSeconds">How long the oldest event on its way is due.</param>
/// <param name="MessagesWaiting">Messages on their way.</param>
/// <param name="MessagesUndelivered">Messages that were given up, of the last month.</param>
/// <param name="JobsOverdue">Jobs that should have run five minutes ago.</param>
/// <param name="JobsFailing">Jobs whose last run failed.</param>
public sealed record QueueLengths(
    long OutboxWaiting, long OutboxDead, long OldestEventSeconds, long MessagesWaiting, long MessagesUndelivered, int JobsOverdue, int JobsFailing);

/// <summary>The installation in figures.</summary>
/// <param name="Areas">What there is, counted every quarter of an hour.</param>
/// <param name="Queues">What waits now.</param>
public sealed record SystemStatistics(IReadOnlyList<CountedArea> Areas, QueueLengths Queues);

internal static class ShowStatistics
{
    private const int Most = 10_000;

    private static readonly TimeSpan _late = TimeSpan.FromMinutes(5);

    public static void Map(RouteGroupBuilder system) => system.MapGet("/statistics/", Handle)
        .Named("ShowSystemStatistics", "How much there is of what, by kind and state, and how much waits. Names nobody.").ForRoles(Roles.Administrators);

    private static async Task<Answer<SystemStatistics>> Handle(CarelineDb db, JobBook jobs, CancellationToken ct)
    {
        var figures = await db.Set<Figure>().OrderBy(f => f.Area).ThenBy(f => f.Name).ToListAsync(ct);
        var areas = figures.GroupBy(f => f.Area).Select(g => new CountedArea(g.Key, g.Max(f => f.CountedAt), [.. g.Select(f => new CountedKind(f.Name, f.Value))]));
        var queues = await db.Database.SqlQuery<Lengths>(
            $"""
            SELECT (SELECT count(*) FROM (SELECT FROM platform.outbox WHERE dead_at IS NULL LIMIT {Most}) q) AS "Waiting",
                (SELECT count(*) FROM (SELECT FROM platform.outbox WHERE dead_at IS NOT NULL LIMIT {Most}) q) AS "Dead",
                (SELECT count(*) FROM (SELECT FROM platform.messages WHERE status = 'queued' LIMIT {Most}) q) AS "Messages",
                (SELECT count(*) FROM (SELECT FROM platform.messages WHERE status = 'failed' LIMIT {Most}) q) AS "Undelivered",
                (SELECT min(due_at) FROM platform.outbox WHERE dead_at IS NULL) AS "OldestAt"
            """).SingleAsync(ct);
        var states = await jobs.ReadAsync(ct);
        var oldest = queues.OldestAt is { } at && at < db.Now ? (long)(db.Now - at).TotalSeconds : 0;
        return Answer.Ok(new SystemStatistics([.. areas], new QueueLengths(
            queues.Waiting,
            queues.Dead,
            oldest,
            queues.Messages,
            queues.Undelivered,
            states.Count(j => j.NextAt < db.Now - _late),
            states.Count(j => j.Failure is not null))));
    }

    private sealed class Lengths
    {
        public long Waiting { get; init; }

        public long Dead { get; init; }

        public long Messages { get; init; }

        public long Undelivered { get; init; }

        public DateTimeOffset? OldestAt { get; init; }
    }
}
