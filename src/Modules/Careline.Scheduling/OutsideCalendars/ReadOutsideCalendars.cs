using System.Security.Cryptography;
using System.Text;
using Careline.Doctors.Contracts;
using Careline.Hours.Contracts;
using Careline.Hours.Contracts.ICalendar;
using Careline.Platform.Jobs;
using Careline.Scheduling.Appointments;
using Careline.Scheduling.Availability;
using Careline.Scheduling.Calendars;
using Microsoft.Extensions.Options;

namespace Careline.Scheduling.OutsideCalendars;

/// <summary>
/// Reads the calendars that are due, side by side and outside of any transaction, and keeps their busy time. A calendar is moved on before it is read: a host that
/// dies over it does not keep the others from it, and none is read by two at once.
/// </summary>
internal sealed class ReadOutsideCalendars : IRecurringJob
{
    private const int AtOnce = 40;

    // As far ahead as any schedule reaches.
    private const int DaysAhead = 731;

    public string Name => "scheduling.read-outside-calendars";

    public TimeSpan Every => TimeSpan.FromSeconds(30);

    public async Task RunAsync(IServiceProvider scope, CancellationToken ct)
    {
        var scopes = scope.GetRequiredService<IServiceScopeFactory>();
        var due = await ClaimAsync(scope.GetRequiredService<CarelineDb>(), scope.GetRequiredService<IOptions<SchedulingOptions>>().Value, ct);
        await Parallel.ForEachAsync(due, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = ct }, async (calendar, ct) =>
        {
            await using var own = scopes.CreateAsyncScope();
            await ReadAsync(own.ServiceProvider, calendar, ct);
        });
    }

    private static Task<List<OutsideCalendar>> ClaimAsync(CarelineDb db, SchedulingOptions options, CancellationToken ct)
    {
        var (now, next) = (db.Now, db.Now.AddMinutes(Math.Max(options.OutsideCalendarMinutes, 1)));
        return db.Set<OutsideCalendar>().FromSql(
            $"""
            UPDATE scheduling.outside_calendars SET next_read_at = {next}, version = version + 1 WHERE id = ANY (ARRAY(
                SELECT id FROM scheduling.outside_calendars WHERE next_read_at <= {now} ORDER BY next_read_at LIMIT {AtOnce} FOR UPDATE SKIP LOCKED))
            RETURNING *
            """).ToListAsync(ct);
    }

    private static async Task ReadAsync(IServiceProvider services, OutsideCalendar calendar, CancellationToken ct)
    {
        var db = services.GetRequiredService<CarelineDb>();
        var zone = await db.Set<DoctorRow>().Where(d => d.Id == calendar.DoctorId).Select(d => d.TimeZone).FirstAsync(ct);
        try
        {
            var address = calendar.Address(services.GetRequiredService<FieldCipher>()) ?? throw new UnusableCalendar("address_unreadable");
            var text = await services.GetRequiredService<CalendarFetch>().ReadAsync(address, ct);

            // What comes again moves into reach with each new day, although nothing was changed.
            var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{db.Now:yyyy-MM-dd} {zone} {text}"));
            var busy = BusyTimes.Read(text, zone, CalendarEntry.UidEnd, new Span(db.Now.AddDays(-1), db.Now.AddDays(DaysAhead)));
            await KeepAsync(db, calendar.Id, busy, hash, ct);
        }
        catch (UnusableCalendar unusable)
        {
            await ChangeAsync(db, calendar.Id, kept => kept.Failed(unusable.Reason, db.Now), ct);
        }
    }

    /// <summary>Replaces the busy time under the doctor's lock, and with it the version of the schedule: a booking that was found by the former one must notice.</summary>
    private static async Task KeepAsync(CarelineDb db, Guid id, BusyTime busy, byte[] hash, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var kept = await LockAsync(db, id, ct);
        if (kept is null)
        {
            return;
        }

        var isNew = kept.ContentHash is null || !kept.ContentHash.AsSpan().SequenceEqual(hash);
        kept.Read(busy, hash, db.Now);
        if (isNew)
        {
            await CalendarLocks.TakeAsync(db, kept.DoctorId, ct);
            (await db.Set<Schedule>().AsTracking().FirstAsync(s => s.DoctorId == kept.DoctorId, ct)).Touch(db.Now);
            var (starts, ends) = (busy.Spans.Select(s => s.Start).ToArray(), busy.Spans.Select(s => s.End).ToArray());
            await db.Database.ExecuteSqlAsync($"DELETE FROM scheduling.outside_busy WHERE calendar_id = {id}", ct);
            await db.Database.ExecuteSqlAsync(
                $"""
                INSERT INTO scheduling.outside_busy (calendar_id, doctor_id, starts_at, ends_at)
                SELECT {id}, {kept.DoctorId}, s, e FROM unnest({starts}, {ends}) AS b (s, e)
                """,
                ct);
        }

        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
    }

    private static async Task ChangeAsync(CarelineDb db, Guid id, Action<OutsideCalendar> change, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await LockAsync(db, id, ct) is { } kept)
        {
            change(kept);
            await db.SaveChangesAsync(ct);
            await transaction.CommitAsync(ct);
        }
    }

    private static Task<OutsideCalendar?> LockAsync(CarelineDb db, Guid id, CancellationToken ct) =>
        db.Set<OutsideCalendar>().FromSql($"SELECT * FROM scheduling.outside_calendars WHERE id = {id} FOR UPDATE").AsTracking().FirstOrDefaultAsync(ct);
}
