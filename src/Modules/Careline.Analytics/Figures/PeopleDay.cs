using Careline.Accounts.Contracts;

namespace Careline.Analytics.Figures;

/// <summary>Who came to Careline and who was here on one day, UTC. Somebody of several roles counts as a doctor before staff, as staff before a patient.</summary>
internal sealed record PeopleDay : IFigures<PeopleDay>
{
    public DateOnly Day { get; init; }

    public long RegisteredPatients { get; init; }

    public long RegisteredDoctors { get; init; }

    public long RegisteredStaff { get; init; }

    public long ActivePatients { get; init; }

    public long ActiveDoctors { get; init; }

    public long ActiveStaff { get; init; }

    public long ActiveIn7Days { get; init; }

    public long ActiveIn30Days { get; init; }

    public static string Name => "people";

    public static TimeSpan MayBeOld => TimeSpan.FromMinutes(1);

    public static int? FactsKeptDays => ActiveDays.KeptDays - 30;

    public static FormattableString Counting(Stretch days, Guid? doctorId) =>
        $"""
        WITH days AS (SELECT d::date AS day FROM generate_series({days.First}::date, {days.Last}::date, interval '1 day') AS d),
        people AS (SELECT id, created_at, CASE WHEN 'doctor' = ANY (roles) THEN 'doctor' WHEN roles <@ ARRAY['patient'] THEN 'patient' ELSE 'staff' END AS role
            FROM accounts.account_facts),
        came AS (
            SELECT (created_at AT TIME ZONE 'UTC')::date AS day, role, count(*) AS n FROM people
            WHERE created_at >= {Stretch.StartOf(days.First)} AND created_at < {Stretch.StartOf(days.Last.AddDays(1))} GROUP BY 1, 2),
        here AS (
            SELECT a.day, p.role, count(*) AS n FROM accounts.active_day_rows a JOIN people p ON p.id = a.account_id
            WHERE a.day BETWEEN {days.First} AND {days.Last} GROUP BY 1, 2)
        SELECT d.day,
            coalesce((SELECT n FROM came WHERE came.day = d.day AND role = 'patient'), 0) AS registered_patients,
            coalesce((SELECT n FROM came WHERE came.day = d.day AND role = 'doctor'), 0) AS registered_doctors,
            coalesce((SELECT n FROM came WHERE came.day = d.day AND role = 'staff'), 0) AS registered_staff,
            coalesce((SELECT n FROM here WHERE here.day = d.day AND role = 'patient'), 0) AS active_patients,
            coalesce((SELECT n FROM here WHERE here.day = d.day AND role = 'doctor'), 0) AS active_doctors,
            coalesce((SELECT n FROM here WHERE here.day = d.day AND role = 'staff'), 0) AS active_staff,
            (SELECT count(DISTINCT account_id) FROM accounts.active_day_rows a WHERE a.day BETWEEN d.day - 6 AND d.day) AS active_in7_days,
            (SELECT count(DISTINCT account_id) FROM accounts.active_day_rows a WHERE a.day BETWEEN d.day - 29 AND d.day) AS active_in30_days
        FROM days d
        """;

    public static Task<DateOnly?> FirstDayAsync(CarelineDb db, CancellationToken ct) =>
        db.Database.SqlQuery<DateOnly?>($"SELECT (min(created_at) AT TIME ZONE 'UTC')::date AS \"Value\" FROM accounts.account_facts").FirstAsync(ct);

    public static Task<DateOnly?> LastDayAsync(CarelineDb db, CancellationToken ct) => Stretch.TodayAsync(db);

    internal sealed class Mapping : IEntityTypeConfiguration<PeopleDay>
    {
        public void Configure(EntityTypeBuilder<PeopleDay> builder)
        {
            builder.ToTable("people_days", "analytics");
            builder.HasKey(d => d.Day);
            builder.Property(d => d.Day).ValueGeneratedNever();
        }
    }
}
