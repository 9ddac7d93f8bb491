namespace Careline.Analytics.Figures;

/// <summary>What patients answered on one day, UTC. Satisfied are those who give 4 or 5 of 5; promoters give 9 or 10 of 10, detractors 6 at most.</summary>
internal sealed record SatisfactionDay : IFigures<SatisfactionDay>
{
    public Guid ScopeId { get; init; }

    public DateOnly Day { get; init; }

    public long Asked { get; init; }

    public long Answered { get; init; }

    public long Rated { get; init; }

    public long Satisfied { get; init; }

    public long RatingSum { get; init; }

    public long Promoters { get; init; }

    public long Passives { get; init; }

    public long Detractors { get; init; }

    public static string Name => "satisfaction";

    public static FormattableString Counting(Stretch days, Guid? doctorId)
    {
        var (from, to) = (Stretch.StartOf(days.First), Stretch.StartOf(days.Last.AddDays(1)));
        return DoctorStatement.OfOne(
            $"""
            WITH happened AS (
                SELECT (asked_at AT TIME ZONE 'UTC')::date AS day, clinic_id, true AS is_question, NULL::integer AS rating, NULL::integer AS recommends
                FROM analytics.surveys WHERE asked_at >= {from} AND asked_at < {to} AND ({doctorId}::uuid IS NULL OR doctor_id = {doctorId})
                UNION ALL
                SELECT (answered_at AT TIME ZONE 'UTC')::date, clinic_id, false, rating, recommends
                FROM analytics.surveys WHERE answered_at >= {from} AND answered_at < {to} AND ({doctorId}::uuid IS NULL OR doctor_id = {doctorId}))
            SELECT CASE WHEN grouping(clinic_id) = 1 THEN {Scope.PlatformId} ELSE clinic_id END AS scope_id, day,
                count(*) FILTER (WHERE is_question) AS asked,
                count(*) FILTER (WHERE NOT is_question) AS answered,
                count(rating) AS rated,
                count(*) FILTER (WHERE rating >= 4) AS satisfied,
                coalesce(sum(rating), 0)::bigint AS rating_sum,
                count(*) FILTER (WHERE recommends >= 9) AS promoters,
                count(*) FILTER (WHERE recommends BETWEEN 7 AND 8) AS passives,
                count(*) FILTER (WHERE recommends <= 6) AS detractors
            FROM happened GROUP BY GROUPING SETS ((day), (day, clinic_id))
            HAVING grouping(clinic_id) = 1 OR clinic_id IS NOT NULL
            """,
            doctorId);
    }

    public static Task<DateOnly?> FirstDayAsync(CarelineDb db, CancellationToken ct) =>
        db.Database.SqlQuery<DateOnly?>($"SELECT (min(asked_at) AT TIME ZONE 'UTC')::date AS \"Value\" FROM analytics.surveys").FirstAsync(ct);

    public static Task<DateOnly?> LastDayAsync(CarelineDb db, CancellationToken ct) => Stretch.TodayAsync(db);

    internal sealed class Mapping : IEntityTypeConfiguration<SatisfactionDay>
    {
        public void Configure(EntityTypeBuilder<SatisfactionDay> builder)
        {
            builder.ToTable("satisfaction_days", "analytics");
            builder.HasKey(d => new { d.ScopeId, d.Day });
        }
    }
}
