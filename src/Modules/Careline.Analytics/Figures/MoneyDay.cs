namespace Careline.Analytics.Figures;

/// <summary>What the ledger says of one day, UTC, in minor units: by currency, by what was paid for, and by how.</summary>
internal sealed record MoneyDay : IFigures<MoneyDay>
{
    public Guid ScopeId { get; init; }

    public DateOnly Day { get; init; }

    public string Currency { get; init; } = "";

    public string Kind { get; init; } = "";

    public string Method { get; init; } = "";

    public long Payments { get; init; }

    public long Captured { get; init; }

    public long Refunded { get; init; }

    public long ChargedBack { get; init; }

    public long GatewayFees { get; init; }

    public long Taxes { get; init; }

    public long PlatformShare { get; init; }

    public long ClinicShare { get; init; }

    public long DoctorShare { get; init; }

    public long Net => Captured - Refunded - ChargedBack;

    public static string Name => "money";

    // Money lies at a gateway or in a till; what changes there is what came and went.
    public static FormattableString Counting(Stretch days, Guid? doctorId) => DoctorStatement.OfOne(
        $"""
        WITH entries AS (
            SELECT (at AT TIME ZONE 'UTC')::date AS day, clinic_id, currency, payable, method, kind, credit - debit AS amount,
                account LIKE 'gateway:%' OR account LIKE 'till:%' AS is_cash, split_part(account, ':', 1) AS owner
            FROM payments.entry_facts
            WHERE at >= {Stretch.StartOf(days.First)} AND at < {Stretch.StartOf(days.Last.AddDays(1))} AND ({doctorId}::uuid IS NULL OR doctor_id = {doctorId}))
        SELECT CASE WHEN grouping(clinic_id) = 1 THEN {Scope.PlatformId} ELSE clinic_id END AS scope_id, day, currency, payable AS kind, method,
            count(*) FILTER (WHERE kind = 'payment' AND is_cash) AS payments,
            coalesce(sum(-amount) FILTER (WHERE kind = 'payment' AND is_cash), 0)::bigint AS captured,
            coalesce(sum(amount) FILTER (WHERE kind = 'refund' AND is_cash), 0)::bigint AS refunded,
            coalesce(sum(amount) FILTER (WHERE kind = 'chargeback' AND is_cash), 0)::bigint AS charged_back,
            coalesce(sum(-amount) FILTER (WHERE kind = 'fee' AND owner = 'fees'), 0)::bigint AS gateway_fees,
            coalesce(sum(amount) FILTER (WHERE owner = 'tax'), 0)::bigint AS taxes,
            coalesce(sum(amount) FILTER (WHERE owner = 'platform'), 0)::bigint AS platform_share,
            coalesce(sum(amount) FILTER (WHERE owner = 'clinic'), 0)::bigint AS clinic_share,
            coalesce(sum(amount) FILTER (WHERE owner = 'doctor'), 0)::bigint AS doctor_share
        FROM entries
        GROUP BY GROUPING SETS ((day, currency, payable, method), (day, currency, payable, method, clinic_id))
        HAVING grouping(clinic_id) = 1 OR clinic_id IS NOT NULL
        """,
        doctorId);

    public static Task<DateOnly?> FirstDayAsync(CarelineDb db, CancellationToken ct) =>
        db.Database.SqlQuery<DateOnly?>($"SELECT (min(at) AT TIME ZONE 'UTC')::date AS \"Value\" FROM payments.entry_facts").FirstAsync(ct);

    public static Task<DateOnly?> LastDayAsync(CarelineDb db, CancellationToken ct) => Stretch.TodayAsync(db);

    internal sealed class Mapping : IEntityTypeConfiguration<MoneyDay>
    {
        public void Configure(EntityTypeBuilder<MoneyDay> builder)
        {
            builder.ToTable("money_days", "analytics");
            builder.HasKey(d => new { d.ScopeId, d.Day, d.Currency, d.Kind, d.Method });
            builder.Ignore(d => d.Net);
        }
    }
}
