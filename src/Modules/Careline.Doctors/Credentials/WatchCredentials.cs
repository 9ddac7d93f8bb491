using Careline.Accounts.Contracts;
using Careline.Doctors.Search;
using Careline.Notifications.Contracts;
using Careline.Platform.Jobs;
using Microsoft.Extensions.Options;

namespace Careline.Doctors.Credentials;

/// <summary>
/// Warns doctors and administrators before a credential runs out, and when it has: of each end once for each stage, the nearest stage only where a paper
/// comes late. And takes doctors whose verified licence has run out off the list, or back onto it when the settings changed. Days are UTC's.
/// </summary>
internal sealed class WatchCredentials : IRecurringJob
{
    private const int MostPerTransaction = 100;

    // What ran out longer ago than this is no news.
    private const int OldNewsDays = 30;

    public string Name => "doctors.watch-credentials";

    public TimeSpan Every => TimeSpan.FromHours(1);

    public async Task RunAsync(IServiceProvider scope, CancellationToken ct)
    {
        var db = scope.GetRequiredService<CarelineDb>();
        var options = scope.GetRequiredService<IOptions<DoctorsOptions>>().Value;
        var today = DateOnly.FromDateTime(db.Now.UtcDateTime);
        await ListAsync(db, scope.GetRequiredService<DoctorIndex>(), options, today, ct);
        int[] stages = [0, .. options.Stages];
        int told;
        do
        {
            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            var warnings = await TakeAsync(db, stages, today, ct);
            await TellAsync(scope, warnings, ct);
            await db.SaveChangesAsync(ct);
            await transaction.CommitAsync(ct);
            told = warnings.Count;
        }
        while (told == MostPerTransaction);
    }

    private static async Task ListAsync(CarelineDb db, DoctorIndex index, DoctorsOptions options, DateOnly today, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var changed = await db.Database.SqlQuery<Guid>(
            $"""
            UPDATE doctors.doctors SET license_lapsed = NOT license_lapsed, updated_at = {db.Now}
            WHERE license_lapsed <> coalesce({options.UnlistWithoutLicence} AND license_expires_on < {today}, false)
            RETURNING id AS "Value"
            """).ToListAsync(ct);
        index.Follow(db, changed);
        await transaction.CommitAsync(ct);
    }

    private static Task<List<Warning>> TakeAsync(CarelineDb db, int[] stages, DateOnly today, CancellationToken ct) => db.Database.SqlQuery<Warning>(
        $"""
        WITH due AS (
            SELECT q.id, q.doctor_id, q.ended_on, (SELECT min(s) FROM unnest({stages}) AS s WHERE q.ended_on - {today} < s OR (s > 0 AND q.ended_on - {today} = s)) AS stage
            FROM doctors.qualifications q
            WHERE q.kind = 'credential' AND q.removed_at IS NULL AND q.verification <> 'rejected'
                AND q.ended_on BETWEEN {today.AddDays(-OldNewsDays)} AND {today.AddDays(stages.Max())}),
        told AS (
            INSERT INTO doctors.credential_warnings (credential_id, ended_on, stage, told_at)
            SELECT d.id, d.ended_on, d.stage, {db.Now} FROM due d
            WHERE d.stage IS NOT NULL
                AND NOT EXISTS (SELECT FROM doctors.credential_warnings w WHERE w.credential_id = d.id AND w.ended_on = d.ended_on AND w.stage = d.stage)
            ORDER BY d.ended_on, d.id LIMIT {MostPerTransaction}
            ON CONFLICT DO NOTHING RETURNING credential_id, stage)
        SELECT d.doctor_id AS "DoctorId", c.account_id AS "AccountId", q.title AS "Title", d.ended_on AS "EndedOn", t.stage AS "Stage"
        FROM told t JOIN due d ON d.id = t.credential_id JOIN doctors.qualifications q ON q.id = d.id JOIN doctors.doctors c ON c.id = d.doctor_id
        """).ToListAsync(ct);

    private static async Task TellAsync(IServiceProvider scope, List<Warning> warnings, CancellationToken ct)
    {
        if (warnings.Count == 0)
        {
            return;
        }

        var notifier = scope.GetRequiredService<INotifier>();
        var administrators = (await scope.GetRequiredService<IAdministratorAccounts>().ActiveAsync(ct)).Select(id => new Recipient(id)).ToList();
        foreach (var warning in warnings)
        {
            var phrase = warning.Stage == 0 ? "doctors.credential_ended" : "doctors.credential_ends";
            var day = warning.EndedOn.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            await notifier.TellAsync(NoticeOf(phrase, warning, ("title", warning.Title), ("date", day)), [new Recipient(warning.AccountId)], ct);
            await notifier.TellAsync(NoticeOf(phrase + "_of_doctor", warning, ("date", day)), administrators, ct);
        }
    }

    private static Notice NoticeOf(string phrase, Warning warning, params (string Name, string Value)[] values) =>
        new(NoticeCategory.System, NoticeSeverity.Important, phrase) { Values = values, About = ("doctor", warning.DoctorId) };

    private sealed class Warning
    {
        public Guid DoctorId { get; init; }

        public Guid AccountId { get; init; }

        public string Title { get; init; } = "";

        public DateOnly EndedOn { get; init; }

        public int Stage { get; init; }
    }
}
