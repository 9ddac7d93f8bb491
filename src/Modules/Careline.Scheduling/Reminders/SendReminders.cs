using Careline.Notifications.Contracts;
using Careline.Platform.Jobs;
using Careline.Scheduling.Notices;

namespace Careline.Scheduling.Reminders;

/// <summary>
/// Sends what is due. A reminder is claimed, judged, posted and settled in one transaction, under its own id as the delivery's: whoever dies in between has
/// done nothing, and two hosts never take the same one. The visit is held meanwhile; one that somebody is moving at this moment waits for the next round.
/// </summary>
internal sealed class SendReminders : IRecurringJob
{
    private const int MostPerTransaction = 100;

    public string Name => "scheduling.send-reminders";

    public TimeSpan Every => TimeSpan.FromSeconds(5);

    public async Task RunAsync(IServiceProvider scope, CancellationToken ct)
    {
        var db = scope.GetRequiredService<CarelineDb>();
        await NoteDeliveriesAsync(db, ct);
        int taken, settled;
        do
        {
            db.Forget();
            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            (taken, settled) = await SendDueAsync(db, scope, ct);
            await transaction.CommitAsync(ct);
        }
        while (taken == MostPerTransaction && settled > 0);
    }

    private static async Task<(int Taken, int Settled)> SendDueAsync(CarelineDb db, IServiceProvider scope, CancellationToken ct)
    {
        var now = db.Now;
        var due = await db.Set<Reminder>().FromSql(
            $"""
            SELECT * FROM scheduling.reminders WHERE status = 'planned' AND due_at <= {now} ORDER BY due_at, id LIMIT {MostPerTransaction} FOR UPDATE SKIP LOCKED
            """).AsTracking().ToListAsync(ct);
        if (due.Count == 0)
        {
            return (0, 0);
        }

        var asked = due.Select(r => r.AppointmentId).Distinct().ToArray();
        var held = (await db.Database.SqlQuery<Guid>(
            $"""SELECT id AS "Value" FROM scheduling.appointments WHERE id = ANY ({asked}) FOR SHARE SKIP LOCKED""").ToListAsync(ct)).ToHashSet();
        var visits = (await scope.GetRequiredService<VisitAudience>().ReadAsync(held, ct)).ToDictionary(v => v.Id);
        var superseded = await SupersededAsync(db, [.. due.Select(r => r.Id)], now, ct);
        var notifier = scope.GetRequiredService<INotifier>();
        var settled = due.Where(r => held.Contains(r.AppointmentId)).ToList();
        foreach (var reminder in settled)
        {
            var visit = visits.GetValueOrDefault(reminder.AppointmentId);
            var verdict = ReminderPlan.Judge(reminder, visit, superseded.Contains(reminder.Id), now);
            if (verdict.HeldUntil is { } until)
            {
                reminder.Hold(until);
            }
            else if (verdict.End is { } end)
            {
                reminder.End(end, verdict.Why!.Value, now);
            }
            else
            {
                var concerned = visit!.Concerned.First(c => c.Reader.AccountId == reminder.AccountId);
                notifier.Send(AppointmentNews.ReminderOf(visit, concerned), concerned.Reader, reminder.Channel, reminder.Id);
                reminder.Send(now);
            }
        }

        await db.SaveChangesAsync(ct);
        return (due.Count, settled.Count);
    }

    // After a pause several may be due at once: the last one says it all.
    private static async Task<HashSet<Guid>> SupersededAsync(CarelineDb db, Guid[] ids, DateTimeOffset now, CancellationToken ct) =>
        (await db.Database.SqlQuery<Guid>(
            $"""
            SELECT r.id AS "Value" FROM scheduling.reminders r WHERE r.id = ANY ({ids}) AND EXISTS (
                SELECT FROM scheduling.reminders later WHERE later.appointment_id = r.appointment_id AND later.start_version = r.start_version
                    AND later.account_id IS NOT DISTINCT FROM r.account_id AND later.channel = r.channel AND later.offset_minutes < r.offset_minutes
                    AND (later.status IN ('sent', 'delivered') OR (later.status = 'planned' AND later.due_at <= {now})))
            """).ToListAsync(ct)).ToHashSet();

    private static Task<int> NoteDeliveriesAsync(CarelineDb db, CancellationToken ct) => db.Database.ExecuteSqlAsync(
        $"""
        UPDATE scheduling.reminders r SET status = CASE m.status WHEN 'sent' THEN 'delivered' ELSE 'skipped' END,
            why = CASE m.status WHEN 'sent' THEN NULL ELSE 'not_delivered' END, settled_at = coalesce(m.sent_at, r.settled_at)
        FROM platform.delivery_rows m WHERE r.status = 'sent' AND m.id = r.id AND m.status IN ('sent', 'failed', 'expired')
        """,
        ct);
}
