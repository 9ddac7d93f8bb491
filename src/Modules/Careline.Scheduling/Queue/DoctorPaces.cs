namespace Careline.Scheduling.Queue;

/// <summary>How long the last visits of doctors lasted, as a share of their plan.</summary>
internal static class DoctorPaces
{
    private const int VisitsToTellPaceBy = 5;
    private const int VisitsLookedAt = 50;

    /// <summary>The paces of some doctors; one of whom too few visits are known is left out.</summary>
    public static async Task<Dictionary<Guid, Pace>> OfAsync(CarelineDb db, Guid[] doctors, CancellationToken ct)
    {
        var rows = await db.Database.SqlQuery<PaceRow>(
            $"""
            SELECT d.id AS "DoctorId", percentile_cont(0.5) WITHIN GROUP (ORDER BY v.share) AS "Usual",
                percentile_cont(0.2) WITHIN GROUP (ORDER BY v.share) AS "Quick", percentile_cont(0.8) WITHIN GROUP (ORDER BY v.share) AS "Slow"
            FROM unnest({doctors}) AS d (id) CROSS JOIN LATERAL (
                SELECT (extract(epoch FROM a.ended_at - a.started_at) / extract(epoch FROM a.ends_at - a.starts_at))::float8 AS share
                FROM scheduling.appointments a WHERE a.doctor_id = d.id AND a.status = 'completed' AND a.started_at IS NOT NULL AND a.ended_at > a.started_at
                ORDER BY a.starts_at DESC LIMIT {VisitsLookedAt}) v
            GROUP BY d.id HAVING count(*) >= {VisitsToTellPaceBy}
            """).ToListAsync(ct);
        return rows.ToDictionary(r => r.DoctorId, r => new Pace(r.Usual, r.Quick, r.Slow));
    }

    private sealed class PaceRow
    {
        public Guid DoctorId { get; init; }

        public double Usual { get; init; }

        public double Quick { get; init; }

        public double Slow { get; init; }
    }
}
