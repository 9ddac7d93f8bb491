namespace Careline.Analytics.Figures;

/// <summary>
/// The visits of one day, by the wall clock of where each is held. What was only asked for, refused, or held for a while is no visit.
/// </summary>
internal sealed record VisitDay : IFigures<VisitDay>
{
    /// <summary>A visit that begins so late after its time, in seconds, begins on time.</summary>
    public const int OnTimeSeconds = 300;

    public Guid ScopeId { get; init; }

    public DateOnly Day { get; init; }

    public long Booked { get; init; }

    public long Upcoming { get; init; }

    public long Waiting { get; init; }

    public long Underway { get; init; }

    public long Completed { get; init; }

    public long Cancelled { get; init; }

    public long Missed { get; init; }

    public long ByVideo { get; init; }

    public long ByAudio { get; init; }

    public long ByChat { get; init; }

    public long InPerson { get; init; }

    public long Started { get; init; }

    public long StartedOnTime { get; init; }

    public long Waits { get; init; }

    public long WaitSeconds { get; init; }

    public long Lengths { get; init; }

    public long LengthSeconds { get; init; }

    public long LeadSeconds { get; init; }

    public static string Name => "visits";

    public static FormattableString Counting(Stretch days, Guid? doctorId) => Counting([days], doctorId);

    /// <summary>The same of stretches that lie apart, in one statement.</summary>
    public static FormattableString Counting(IReadOnlyList<Stretch> days, Guid? doctorId)
    {
        // Each stretch is looked up by itself: OFFSET 0 keeps the database from reading all visits once for all stretches. The index knows moments; no
        // clock on earth is further ahead of Greenwich than 14 hours, or further behind than 12.
        var (first, last) = (days.Select(d => d.First).ToArray(), days.Select(d => d.Last).ToArray());
        var (from, to) = (first.Select(d => Stretch.StartOf(d).AddHours(-14)).ToArray(), last.Select(d => Stretch.StartOf(d.AddDays(1)).AddHours(12)).ToArray());
        return DoctorStatement.OfOne(
            $"""
            SELECT CASE WHEN grouping(clinic_id) = 1 THEN {Scope.PlatformId} ELSE clinic_id END AS scope_id, local_date AS day,
                count(*) AS booked,
                count(*) FILTER (WHERE status IN ('scheduled', 'confirmed')) AS upcoming,
                count(*) FILTER (WHERE status = 'checked_in') AS waiting,
                count(*) FILTER (WHERE status = 'in_progress') AS underway,
                count(*) FILTER (WHERE status = 'completed') AS completed,
                count(*) FILTER (WHERE status = 'cancelled') AS cancelled,
                count(*) FILTER (WHERE status = 'no_show') AS missed,
                count(*) FILTER (WHERE status <> 'cancelled' AND modality = 'video') AS by_video,
                count(*) FILTER (WHERE status <> 'cancelled' AND modality = 'audio') AS by_audio,
                count(*) FILTER (WHERE status <> 'cancelled' AND modality = 'chat') AS by_chat,
                count(*) FILTER (WHERE status <> 'cancelled' AND modality = 'in_person') AS in_person,
                count(started_at) AS started,
                count(*) FILTER (WHERE started_at <= starts_at + {OnTimeSeconds} * interval '1 second') AS started_on_time,
                count(*) FILTER (WHERE started_at >= checked_in_at) AS waits,
                coalesce(sum(extract(epoch FROM started_at - checked_in_at)) FILTER (WHERE started_at >= checked_in_at), 0)::bigint AS wait_seconds,
                count(*) FILTER (WHERE status = 'completed' AND ended_at >= started_at) AS lengths,
                coalesce(sum(extract(epoch FROM ended_at - started_at)) FILTER (WHERE status = 'completed' AND ended_at >= started_at), 0)::bigint AS length_seconds,
                coalesce(sum(greatest(extract(epoch FROM starts_at - created_at), 0)), 0)::bigint AS lead_seconds
            FROM unnest({first}, {last}, {from}, {to}) AS days (first, last, "from", until)
                CROSS JOIN LATERAL (SELECT * FROM scheduling.appointment_facts
                    WHERE starts_at >= "from" AND starts_at < until AND local_date BETWEEN first AND last
                        AND status NOT IN ('requested', 'rejected') AND ({doctorId}::uuid IS NULL OR doctor_id = {doctorId}) OFFSET 0) AS visits
            GROUP BY GROUPING SETS ((local_date), (local_date, clinic_id))
            HAVING grouping(clinic_id) = 1 OR clinic_id IS NOT NULL
            """,
            doctorId);
    }

    public static Task<DateOnly?> FirstDayAsync(CarelineDb db, CancellationToken ct) =>
        db.Database.SqlQuery<DateOnly?>($"SELECT min(local_date) AS \"Value\" FROM scheduling.appointment_facts").FirstAsync(ct);

    public static Task<DateOnly?> LastDayAsync(CarelineDb db, CancellationToken ct) =>
        db.Database.SqlQuery<DateOnly?>($"SELECT max(local_date) AS \"Value\" FROM scheduling.appointment_facts").FirstAsync(ct);

    internal sealed class Mapping : IEntityTypeConfiguration<VisitDay>
    {
        public void Configure(EntityTypeBuilder<VisitDay> builder)
        {
            builder.ToTable("visit_days", "analytics");
            builder.HasKey(d => new { d.ScopeId, d.Day });
        }
    }
}
