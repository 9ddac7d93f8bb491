using Careline.Notifications.Contracts;
using Careline.Platform.Delivery;
using Microsoft.Extensions.Options;

namespace Careline.Scheduling.Reminders;

/// <summary>Plans and voids reminders. Planning makes the ledger agree with the visit as it is now, so that it may be done again and in any order.</summary>
internal sealed class ReminderLedger(CarelineDb db, Postbox post, IOptions<SchedulingOptions> options)
{
    // How long a message may still lie in the post.
    private static readonly TimeSpan _inThePost = TimeSpan.FromDays(2);

    /// <summary>Plans what visits need, in the caller's transaction.</summary>
    /// <param name="visits">The visits, with whom they concern.</param>
    /// <param name="wishesOf">The account that changed its wishes: nobody else's reminders are touched, and what it would have wished before is not made up for.</param>
    /// <param name="ct">Ends the call.</param>
    public async Task PlanAsync(IReadOnlyList<VisitFacts> visits, Guid? wishesOf, CancellationToken ct)
    {
        var rows = Write(visits, wishesOf);
        await VoidOthersAsync([.. visits.Select(v => v.Id)], rows, wishesOf, ct);
        await AddAsync(rows, ct);
    }

    /// <summary>The same for visits that were just agreed: nothing can be planned for them that is not wanted any more, so that it is not looked for.</summary>
    public Task PlanFirstAsync(IReadOnlyList<VisitFacts> visits, CancellationToken ct) => AddAsync(Write(visits, null), ct);

    /// <summary>
    /// Voids what is planned for a visit, and takes back what is in the post, in the caller's transaction: from its commit on nobody is reminded of a time that
    /// is not true any more.
    /// </summary>
    public async Task VoidAsync(Guid appointmentId, ReminderWhy why, CancellationToken ct)
    {
        var (now, word) = (db.Now, EnumText<ReminderWhy>.Of(why));
        await db.Database.ExecuteSqlAsync(
            $"UPDATE scheduling.reminders SET status = 'voided', why = {word}, settled_at = {now} WHERE appointment_id = {appointmentId} AND status = 'planned'", ct);
        var since = now - _inThePost;
        var sent = await db.Set<Reminder>().Where(r => r.AppointmentId == appointmentId && r.Status == ReminderStatus.Sent && r.SettledAt > since).Select(r => r.Id).ToListAsync(ct);
        if (sent.Count > 0)
        {
            var back = (await post.WithdrawAsync(sent, ct)).ToArray();
            await db.Database.ExecuteSqlAsync($"UPDATE scheduling.reminders SET status = 'voided', why = {word}, settled_at = {now} WHERE id = ANY ({back})", ct);
        }
    }

    /// <summary>Voids what is planned and not wanted any more.</summary>
    private Task<int> VoidOthersAsync(Guid[] ids, string rows, Guid? wishesOf, CancellationToken ct) => db.Database.ExecuteSqlAsync(
        $"""
        UPDATE scheduling.reminders r SET status = 'voided', settled_at = {db.Now},
            why = CASE WHEN NOT EXISTS (SELECT FROM scheduling.appointments a WHERE a.id = r.appointment_id AND a.status IN ('scheduled', 'confirmed', 'checked_in', 'in_progress'))
                THEN 'called_off'
                WHEN NOT EXISTS (SELECT FROM scheduling.appointments a WHERE a.id = r.appointment_id AND a.starts_at = r.starts_at) THEN 'moved' ELSE 'switched_off' END
        WHERE r.appointment_id = ANY ({ids}) AND r.status = 'planned' AND ({wishesOf}::uuid IS NULL OR r.account_id = {wishesOf})
            AND NOT EXISTS (SELECT FROM jsonb_to_recordset({rows}::jsonb)
                AS w("AppointmentId" uuid, "StartVersion" integer, "AccountId" uuid, "Channel" text, "OffsetMinutes" integer)
                WHERE w."AppointmentId" = r.appointment_id AND w."StartVersion" = r.start_version AND w."AccountId" IS NOT DISTINCT FROM r.account_id
                    AND w."Channel" = r.channel AND w."OffsetMinutes" = r.offset_minutes)
        """,
        ct);

    private string Write(IReadOnlyList<VisitFacts> visits, Guid? wishesOf) =>
        JsonSerializer.Serialize(visits.Where(v => v.IsAgreed && v.StartsAt > db.Now).SelectMany(v => Wanted(v, wishesOf)));

    // What was settled stays as it is, but for a wish that was taken back and came again; and what was due already is not lost for being planned anew.
    private Task<int> AddAsync(string rows, CancellationToken ct) => db.Database.ExecuteSqlAsync(
        $"""
        INSERT INTO scheduling.reminders (id, appointment_id, start_version, account_id, patient_id, channel, offset_minutes, starts_at, due_at, status, why, created_at, settled_at)
        SELECT w."Id", w."AppointmentId", w."StartVersion", w."AccountId", w."PatientId", w."Channel", w."OffsetMinutes", w."StartsAt", w."DueAt", w."Status", w."Why", {db.Now},
            CASE WHEN w."Status" <> 'planned' THEN {db.Now}::timestamptz END
        FROM jsonb_to_recordset({rows}::jsonb) AS w("Id" uuid, "AppointmentId" uuid, "StartVersion" integer, "AccountId" uuid, "PatientId" uuid, "Channel" text,
            "OffsetMinutes" integer, "StartsAt" timestamptz, "DueAt" timestamptz, "Status" text, "Why" text)
        ON CONFLICT ON CONSTRAINT reminders_once DO UPDATE
            SET due_at = excluded.due_at, status = excluded.status, why = excluded.why, settled_at = excluded.settled_at
        WHERE (reminders.status = 'planned' OR (reminders.status = 'voided' AND reminders.why = 'switched_off')) AND excluded.why IS DISTINCT FROM 'agreed_later'
        """,
        ct);

    private IEnumerable<Row> Wanted(VisitFacts visit, Guid? wishesOf)
    {
        var agreedAt = wishesOf is null ? visit.AgreedAt ?? db.Now : db.Now;
        foreach (var (reader, isDoctor) in visit.Concerned.Where(c => wishesOf is null || c.Reader.AccountId == wishesOf))
        {
            // A doctor has the calendar, and too many visits to be told of each unasked.
            foreach (var minutes in reader.ReminderOffsets ?? (isDoctor ? [] : visit.ClinicOffsets ?? options.Value.UsualOffsets))
            {
                foreach (var channel in reader.ChannelsFor(NoticeCategory.Reminder))
                {
                    var planned = ReminderPlan.For(visit, TimeSpan.FromMinutes(minutes), reader, channel, agreedAt);
                    yield return new Row(
                        db.NewId(), visit.Id, visit.StartVersion, reader.AccountId, visit.PatientId, EnumText<NoticeChannel>.Of(channel), minutes, visit.StartsAt,
                        planned.DueAt, EnumText<ReminderStatus>.Of(planned.Status), planned.Why is { } why ? EnumText<ReminderWhy>.Of(why) : null);
                }
            }
        }
    }

    private sealed record Row(
        Guid Id, Guid AppointmentId, int StartVersion, Guid? AccountId, Guid PatientId, string Channel, int OffsetMinutes, DateTimeOffset StartsAt,
        DateTimeOffset DueAt, string Status, string? Why);
}
