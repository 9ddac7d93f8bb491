using System.Runtime.CompilerServices;

namespace Careline.Audit.Exposures;

/// <summary>How often something was done.</summary>
/// <param name="Action">The name of the route.</param>
/// <param name="Count">Times.</param>
public sealed record ActionCount(string Action, long Count);

/// <summary>What one account did with one patient's data, or one patient's data with which an account had to do.</summary>
public sealed record ExposureResponse
{
    /// <summary>Who, with the role last held; null where an account was asked for, or where nobody was signed in.</summary>
    public required AuditActor? Actor { get; init; }

    /// <summary>Whose data; null where a patient was asked for.</summary>
    public required Guid? PatientId { get; init; }

    /// <summary>What was done, the most frequent first.</summary>
    public required IReadOnlyList<ActionCount> Actions { get; init; }

    /// <summary>Events in all.</summary>
    public required long Events { get; init; }

    /// <summary>The first time.</summary>
    public required DateTimeOffset FirstAt { get; init; }

    /// <summary>The last time.</summary>
    public required DateTimeOffset LastAt { get; init; }

    /// <summary>From how many addresses; they themselves are kept as keyed hashes only.</summary>
    public required int Addresses { get; init; }
}

/// <summary>Between when and when; its end does not belong to it.</summary>
internal sealed record ExposurePeriod(DateTimeOffset From, DateTimeOffset To);

/// <summary>
/// Counts in the audit who had to do with whose data. Only what succeeded: who was refused saw nothing. Of a patient one pass by an index makes a few lines
/// out of many events, and everything else is counted from those. An account may have to do with thousands, whom lists name by the twenty: a first
/// pass finds only which of them stand on the page, a second one counts what was done about those.
/// </summary>
internal sealed class Exposure(CarelineDb db, IActorNames names)
{
    // The role that AuditLog.RoleOf answers: roles are kept in order, and of two at most one is patient.
    private const string Role = "CASE WHEN roles[1] = 'patient' THEN coalesce(roles[2], roles[1]) ELSE roles[1] END";

    // Fenced off by OFFSET 0, as in EventFilter.
    private const string OfPatient =
        $$"""
        WITH lines AS MATERIALIZED (SELECT coalesce(actor_id, '00000000-0000-0000-0000-000000000000') AS key, action, {{Role}} AS role, address_hash, count(*) AS times, min(at) AS first_at, max(at) AS last_at
        FROM (SELECT * FROM audit.events WHERE patient_ids @> ARRAY[{0}]::uuid[] OFFSET 0) AS e
        WHERE at >= {1} AND at < {2} AND outcome = 'success' GROUP BY 1, 2, 3, 4),
        things AS (SELECT key, sum(times)::bigint AS events, min(first_at) AS first_at, max(last_at) AS last_at FROM lines GROUP BY key),
        page AS (SELECT *, count(*) OVER () AS total FROM things ORDER BY last_at DESC, key OFFSET {3} LIMIT {4}),
        shown AS MATERIALIZED (SELECT * FROM lines WHERE key IN (SELECT key FROM page)),
        """;

    // Unnested in the list of columns, which costs a third of a join with the function. The second pass goes by the patients, whose index leaves few events
    // of millions; fenced off too, since comparing each event's patients with each of the page costs more than all the rest.
    private const string OfActor =
        """
        WITH things AS (SELECT key, count(*) AS events, min(at) AS first_at, max(at) AS last_at
            FROM (SELECT unnest(patient_ids) AS key, at FROM audit.events WHERE actor_id = {0} AND at >= {1} AND at < {2} AND outcome = 'success') AS e GROUP BY key),
        page AS MATERIALIZED (SELECT *, count(*) OVER () AS total FROM things ORDER BY last_at DESC, key OFFSET {3} LIMIT {4}),
        shown AS MATERIALIZED (SELECT key, action, NULL::text AS role, address_hash, count(*) AS times, max(at) AS last_at
            FROM (SELECT unnest(patient_ids) AS key, action, address_hash, at
                FROM (SELECT * FROM audit.events WHERE patient_ids && ARRAY(SELECT key FROM page) OFFSET 0) AS named
                WHERE actor_id = {0} AND at >= {1} AND at < {2} AND outcome = 'success') AS e
            WHERE key IN (SELECT key FROM page) GROUP BY 1, 2, 3, 4),
        """;

    private const string Rows =
        """
        sources AS (SELECT key, (array_agg(role ORDER BY last_at DESC))[1] AS role, count(DISTINCT address_hash)::int AS addresses FROM shown GROUP BY key),
        counts AS (SELECT key, action, sum(times)::bigint AS times FROM shown GROUP BY key, action),
        actions AS (SELECT key, array_agg(action ORDER BY times DESC, action) AS names, array_agg(times ORDER BY times DESC, action) AS counts FROM counts GROUP BY key)
        SELECT p.key AS "Key", s.role AS "Role", p.events AS "Events", p.first_at AS "FirstAt", p.last_at AS "LastAt", s.addresses AS "Addresses",
            p.total AS "Total", a.names AS "Actions", a.counts AS "Counts"
        FROM page p JOIN sources s ON s.key = p.key JOIN actions a ON a.key = p.key ORDER BY p.last_at DESC, p.key
        """;

    /// <summary>Who had to do with one patient's data, the last first.</summary>
    public async Task<Page<ExposureResponse>> OfPatientAsync(Guid patientId, ExposurePeriod period, ListQuery query, CancellationToken ct)
    {
        var (rows, total) = await ReadAsync(OfPatient, patientId, period, query, ct);
        var known = await names.OfAsync([.. rows.Select(r => r.Key).Where(key => key != Guid.Empty)], ct);
        return Page(rows, total, query, r => r.Key == Guid.Empty ? null : new AuditActor(r.Key, known.GetValueOrDefault(r.Key), r.Role), _ => null);
    }

    /// <summary>With whose data one account had to do, the last first.</summary>
    public async Task<Page<ExposureResponse>> OfActorAsync(Guid actorId, ExposurePeriod period, ListQuery query, CancellationToken ct)
    {
        var (rows, total) = await ReadAsync(OfActor, actorId, period, query, ct);
        return Page(rows, total, query, _ => null, r => r.Key);
    }

    /// <summary>The patients with whose data one account had to do; one more than asked for at most, which shows that there are more.</summary>
    public Task<List<Guid>> PatientsOfAsync(Guid actorId, ExposurePeriod period, int most, CancellationToken ct) => db.Database.SqlQuery<Guid>(
        $"""
        SELECT DISTINCT unnest(patient_ids) AS "Value" FROM audit.events
        WHERE actor_id = {actorId} AND at >= {period.From} AND at < {period.To} AND outcome = 'success' LIMIT {most + 1}
        """).ToListAsync(ct);

    // A page beyond the last has no line that could say how many there are.
    private async Task<(List<ExposureRow> Rows, long Total)> ReadAsync(
        string shown, Guid about, ExposurePeriod period, ListQuery query, CancellationToken ct)
    {
        var rows = await RowsAsync(query.Skip, query.PageSize);
        return (rows, rows.Count > 0 || query.Skip == 0 ? TotalOf(rows) : TotalOf(await RowsAsync(0, 1)));

        Task<List<ExposureRow>> RowsAsync(int skip, int take) => db.Database.SqlQuery<ExposureRow>(
            FormattableStringFactory.Create(shown + Rows, about, period.From, period.To, skip, take)).ToListAsync(ct);

        static long TotalOf(List<ExposureRow> rows) => rows.Count > 0 ? rows[0].Total : 0;
    }

    private static Page<ExposureResponse> Page(
        List<ExposureRow> rows, long total, ListQuery query, Func<ExposureRow, AuditActor?> actor, Func<ExposureRow, Guid?> patient) => new(
        rows.ConvertAll(r => new ExposureResponse
        {
            Actor = actor(r),
            PatientId = patient(r),
            Actions = [.. r.Actions.Zip(r.Counts, (action, count) => new ActionCount(action, count))],
            Events = r.Events,
            FirstAt = r.FirstAt,
            LastAt = r.LastAt,
            Addresses = r.Addresses,
        }),
        total,
        query.Page,
        query.PageSize);
}

/// <summary>A line of the answer as the database gives it.</summary>
internal sealed record ExposureRow(
    Guid Key, string? Role, long Events, DateTimeOffset FirstAt, DateTimeOffset LastAt, int Addresses, long Total, string[] Actions, long[] Counts);
