using Careline.Notifications.Contracts;
using Careline.Platform.Jobs;

namespace Careline.Clinics.Stock.Watching;

/// <summary>
/// Tells those who keep a clinic's stock what expires within 90, 30 and 7 days and what has expired, of each batch once for each stage, and the nearest stage
/// only of what comes late; and what has become short, once until it has recovered. Of each clinic all that is new in one notice. Days are by the clinic's clock.
/// </summary>
internal sealed class WatchStock : IRecurringJob
{
    private static readonly int[] _stages = [0, 7, 30, 90];

    public string Name => "clinics.watch-stock";

    public TimeSpan Every => TimeSpan.FromMinutes(15);

    public async Task RunAsync(IServiceProvider scope, CancellationToken ct)
    {
        var db = scope.GetRequiredService<CarelineDb>();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var news = await ExpiriesAsync(db, ct);
        news.AddRange(await ShortagesAsync(db, ct));
        await TellAsync(db, scope.GetRequiredService<INotifier>(), news, ct);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
    }

    private static Task<List<News>> ExpiriesAsync(CarelineDb db, CancellationToken ct) => db.Database.SqlQuery<News>(
        $"""
        WITH due AS (
            SELECT b.id, b.clinic_id, b.expires_on, (SELECT min(s) FROM unnest({_stages}) AS s WHERE CASE s WHEN 0 THEN d.left_days < 0 ELSE d.left_days <= s END) AS stage
            FROM clinics.stock_batches b JOIN clinics.clinics c ON c.id = b.clinic_id,
                LATERAL (SELECT b.expires_on - ({db.Now} AT TIME ZONE c.time_zone)::date AS left_days) d
            WHERE b.level > 0 AND b.expires_on <= {DateOnly.FromDateTime(db.Now.UtcDateTime).AddDays(_stages.Max() + 1)}),
        told AS (
            INSERT INTO clinics.stock_expiry_warnings (batch_id, stage, told_at)
            SELECT d.id, d.stage, {db.Now} FROM due d WHERE d.stage IS NOT NULL
            ON CONFLICT DO NOTHING RETURNING batch_id, stage)
        SELECT d.clinic_id AS "ClinicId", t.stage AS "Stage", count(*)::int AS "Count", min(d.expires_on) AS "First"
        FROM told t JOIN due d ON d.id = t.batch_id GROUP BY d.clinic_id, t.stage ORDER BY d.clinic_id, t.stage
        """).ToListAsync(ct);

    private static Task<List<News>> ShortagesAsync(CarelineDb db, CancellationToken ct) => db.Database.SqlQuery<News>(
        $"""
        WITH now_short AS (
            SELECT i.id, i.is_active AND coalesce((
                SELECT sum(b.level) FROM clinics.stock_batches b
                WHERE b.item_id = i.id AND b.level > 0 AND coalesce(b.expires_on >= ({db.Now} AT TIME ZONE c.time_zone)::date, true)), 0) <= i.reorder_level AS is_short
            FROM clinics.stock_items i JOIN clinics.clinics c ON c.id = i.clinic_id),
        changed AS (
            UPDATE clinics.stock_items i SET short_told_at = CASE WHEN n.is_short THEN {db.Now}::timestamptz END
            FROM now_short n WHERE n.id = i.id AND n.is_short <> (i.short_told_at IS NOT NULL)
            RETURNING i.clinic_id, n.is_short)
        SELECT clinic_id AS "ClinicId", NULL::int AS "Stage", count(*)::int AS "Count", NULL::date AS "First"
        FROM changed WHERE is_short GROUP BY clinic_id ORDER BY clinic_id
        """).ToListAsync(ct);

    private static async Task TellAsync(CarelineDb db, INotifier notifier, List<News> news, CancellationToken ct)
    {
        var clinics = news.Select(n => n.ClinicId).Distinct().ToArray();
        var keepers = (await db.Set<StaffRow>().Where(s => clinics.Contains(s.ClinicId) && (s.Role == ClinicRole.Pharmacist || s.Role == ClinicRole.Administrator))
            .Select(s => new { s.ClinicId, s.AccountId }).Distinct().ToListAsync(ct)).ToLookup(s => s.ClinicId, s => new Recipient(s.AccountId));
        foreach (var item in news)
        {
            await notifier.TellAsync(NoticeOf(item), keepers[item.ClinicId], ct);
        }
    }

    private static Notice NoticeOf(News news)
    {
        var phrase = news.Stage switch { null => "clinics.stock_short", 0 => "clinics.stock_expired", _ => "clinics.stock_expires" };
        return new Notice(NoticeCategory.System, NoticeSeverity.Important, phrase)
        {
            Values =
            [
                ("count", news.Count.ToString(CultureInfo.InvariantCulture)), ("days", news.Stage?.ToString(CultureInfo.InvariantCulture) ?? ""),
                ("date", news.First?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? ""),
            ],
            About = ("stock", news.ClinicId),
        };
    }

    private sealed class News
    {
        public Guid ClinicId { get; init; }

        public int? Stage { get; init; }

        public int Count { get; init; }

        public DateOnly? First { get; init; }
    }
}
