using Careline.Platform.Jobs;
using Careline.Platform.Time;

namespace Careline.Prescriptions.Intake;

/// <summary>Plans the doses of the next day and a half for who wants to be reminded. Planning again adds nothing: a line has one dose at one time.</summary>
internal sealed class PlanDoses : IRecurringJob
{
    private const int MostPatients = 200;
    private static readonly TimeSpan _ahead = TimeSpan.FromHours(36);
    private static readonly TimeSpan _early = TimeSpan.FromHours(12);

    public string Name => "prescriptions.plan-doses";

    public TimeSpan Every => TimeSpan.FromMinutes(1);

    public async Task RunAsync(IServiceProvider scope, CancellationToken ct)
    {
        var (db, desk) = (scope.GetRequiredService<CarelineDb>(), scope.GetRequiredService<IntakeDesk>());
        int planned;
        do
        {
            db.Forget();
            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            planned = await PlanAsync(db, desk, ct);
            await transaction.CommitAsync(ct);
        }
        while (planned == MostPatients);
    }

    private static async Task<int> PlanAsync(CarelineDb db, IntakeDesk desk, CancellationToken ct)
    {
        var (now, soon) = (db.Now, db.Now + _early);
        var due = await db.Set<ReminderSettings>().FromSql(
            $"""
            SELECT * FROM prescriptions.reminder_settings WHERE is_on AND (planned_until IS NULL OR planned_until < {soon})
            ORDER BY planned_until NULLS FIRST LIMIT {MostPatients} FOR UPDATE SKIP LOCKED
            """).AsTracking().ToListAsync(ct);
        if (due.Count == 0)
        {
            return 0;
        }

        var ids = due.Select(s => s.PatientId).ToArray();
        await db.Database.ExecuteSqlAsync($"DELETE FROM prescriptions.doses WHERE patient_id = ANY ({ids}) AND status = 'planned' AND due_at > {now}", ct);
        var lines = (await desk.TakenBy(db.Set<ReminderSettings>().Where(s => ids.Contains(s.PatientId)).Select(s => s.PatientId), now).ToListAsync(ct)).ToLookup(l => l.PatientId);

        // What was told, taken or left out stays as it is, also when its hour has been moved: nobody is to take the same dose twice.
        var yesterday = DateOnly.FromDateTime(now.UtcDateTime).AddDays(-2);
        var had = (await db.Set<Dose>().Where(d => ids.Contains(d.PatientId) && d.Day >= yesterday).Select(d => new { d.LineId, d.Day, d.DayTime }).ToListAsync(ct))
            .Select(d => (d.LineId, d.Day, d.DayTime)).ToHashSet();
        foreach (var settings in due)
        {
            db.AddRange(Doses(settings, lines[settings.PatientId], now).Where(d => !had.Contains((d.LineId, d.Day, d.DayTime))));
            settings.Plan(now + _ahead);
        }

        await db.SaveChangesAsync(ct);
        return due.Count;
    }

    private static IEnumerable<Dose> Doses(ReminderSettings settings, IEnumerable<TakenLine> lines, DateTimeOffset now)
    {
        var today = ZonedTimes.ToLocal(now, settings.TimeZone).Date;
        return from line in lines
               from day in new[] { today, today.AddDays(1), today.AddDays(2) }
               from time in line.Times
               let at = settings.At(day, time)
               where at > now && at <= now + _ahead && at >= line.From && (line.Until is not { } until || at < until)
               select Dose.Of(line, day, time, at, now);
    }
}
