using Careline.Doctors.Contracts;
using Careline.Hours.Contracts;
using Careline.Platform.Jobs;
using Careline.Platform.Time;
using Careline.Scheduling.Appointments;
using Careline.Scheduling.Availability;
using Careline.Scheduling.Notices;
using Careline.Scheduling.Slots;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Careline.Scheduling.Waitlist;

/// <summary>
/// Offers times that became free to those who wait, in the order of the line: one offer a transaction, under the locks of both calendars. An offer that ran out is
/// taken back first, so that its time goes to the next. Running twice does no harm: the offered time is kept by a row that the constraints guard.
/// </summary>
internal sealed class OfferTimes : IRecurringJob
{
    private const int MostDoctors = 100;
    private const int MostOffersOfDoctor = 50;
    private const int MostOfLine = 200;
    private const int MostEnded = 200;
    private const int TriesOfEntry = 4;

    // Who is told now must still be able to come.
    private static readonly TimeSpan _soonest = TimeSpan.FromMinutes(30);

    public string Name => "scheduling.offer-times";

    public TimeSpan Every => TimeSpan.FromSeconds(5);

    public async Task RunAsync(IServiceProvider scope, CancellationToken ct)
    {
        var db = scope.GetRequiredService<CarelineDb>();
        await TakeBackAsync(db, ct);
        var doctors = await db.Database.SqlQuery<Guid>($"SELECT DISTINCT doctor_id AS \"Value\" FROM scheduling.waitlist_looks LIMIT {MostDoctors}").ToListAsync(ct);
        foreach (var doctorId in doctors)
        {
            try
            {
                for (var offers = 0; offers < MostOffersOfDoctor && await OfferAsync(scope, db, doctorId, ct);)
                {
                    offers++;
                }
            }
            catch (Exception error) when (PostgresError.In(error)?.SqlState is PostgresErrorCodes.ExclusionViolation or PostgresErrorCodes.DeadlockDetected
                || error is DbUpdateConcurrencyException)
            {
                // The patient booked elsewhere, or left the line, at this moment. The wish for a look was rolled back with the rest: it is done again in a moment.
            }
        }
    }

    /// <summary>Ends offers that nobody answered and entries whose days have passed.</summary>
    private static async Task TakeBackAsync(CarelineDb db, CancellationToken ct)
    {
        db.Forget();
        var now = db.Now;
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var missed = await db.Set<WaitlistEntry>().FromSql(
            $"""
            SELECT * FROM scheduling.waitlist_entries WHERE status = 'offered' AND offer_expires_at <= {now}
            ORDER BY offer_expires_at LIMIT {MostEnded} FOR UPDATE SKIP LOCKED
            """).AsTracking().ToListAsync(ct);
        foreach (var entry in missed)
        {
            KeptTimes.LetGo(db, entry.HoldId!.Value, now);
            WaitlistLooks.Ask(db, entry.DoctorId);
            db.Add(entry.Miss(now));
        }

        await db.SaveChangesAsync(ct);

        // Yesterday by UTC is over in every zone but the last few hours of some; a day more costs nothing.
        var over = DateOnly.FromDateTime(now.UtcDateTime).AddDays(-1);
        await db.Database.ExecuteSqlAsync(
            $"UPDATE scheduling.waitlist_entries SET status = 'expired', updated_at = {now}, version = version + 1 WHERE status = 'waiting' AND end_date < {over}", ct);
        await transaction.CommitAsync(ct);
    }

    /// <summary>Makes one offer; false when there is none to make, or none that can be had at this moment.</summary>
    private static async Task<bool> OfferAsync(IServiceProvider scope, CarelineDb db, Guid doctorId, CancellationToken ct)
    {
        db.Forget();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await CalendarLocks.TakeAsync(db, doctorId, ct);

        // What asks for a look from now on is not seen here and stays.
        await db.Database.ExecuteSqlAsync($"DELETE FROM scheduling.waitlist_looks WHERE doctor_id = {doctorId}", ct);
        var offered = await db.Set<DoctorRow>().FirstOrDefaultAsync(d => d.Id == doctorId && d.IsBookable, ct) is { } doctor
            && await OfferFirstAsync(scope, db, doctor, ct);
        if (offered)
        {
            // There may be more.
            WaitlistLooks.Ask(db, doctorId);
            await db.SaveChangesAsync(ct);
        }

        await transaction.CommitAsync(ct);
        return offered;
    }

    private static async Task<bool> OfferFirstAsync(IServiceProvider scope, CarelineDb db, DoctorRow doctor, CancellationToken ct)
    {
        var (now, options) = (db.Now, scope.GetRequiredService<IOptions<SchedulingOptions>>().Value);
        var line = await db.Set<WaitlistEntry>().AsTracking().Where(e => e.DoctorId == doctor.Id && e.Status == WaitlistStatus.Waiting)
            .OrderBy(e => e.RankedAt).ThenBy(e => e.Id).Take(MostOfLine).ToListAsync(ct);
        if (line.Count == 0)
        {
            return false;
        }

        var free = await FreeAsync(db, doctor, line, now, ct);
        var ids = line.Select(e => e.Id).ToArray();
        var refused = (await db.Set<WaitlistRefusal>().Where(r => ids.Contains(r.EntryId)).ToListAsync(ct)).Select(r => (r.EntryId, r.StartsAt)).ToHashSet();
        var busy = await BusyAsync(db, free, line, ct);
        foreach (var entry in free.Count == 0 ? [] : line)
        {
            var fitting = free.Where(s => entry.Fits(s, doctor.TimeZone) && !refused.Contains((entry.Id, s.Span.Start))).Take(TriesOfEntry);
            foreach (var slot in fitting.Where(s => !busy[entry.PatientId].Any(b => b.Start < s.Span.End && s.Span.Start < b.End)).Take(1))
            {
                await OfferAsync(scope, db, doctor, entry, slot, now.AddMinutes(options.WaitlistOfferMinutes), ct);
                return true;
            }
        }

        return false;
    }

    private static async Task OfferAsync(
        IServiceProvider scope, CarelineDb db, DoctorRow doctor, WaitlistEntry entry, ListedSlot slot, DateTimeOffset until, CancellationToken ct)
    {
        var now = db.Now;
        var time = new VisitTime(slot.Span.Start, slot.Span.End, slot.Id, slot.ClinicId) { Modality = slot.Modality ?? entry.Modality };
        var (hold, happened) = Appointment.Keep(doctor, entry.PatientId, time, new Act(entry.CreatedBy, now), until < slot.Span.Start ? until : slot.Span.Start);
        await CalendarLocks.TakeAsync(db, doctor.Id, entry.PatientId, ct);
        CalendarLocks.EndStaleHolds(db, hold);
        db.Append(hold);
        db.Append(happened);
        await db.SendAsync(ct);
        entry.Offer(hold, now);
        await scope.GetRequiredService<VisitNotices>().ToPatientAsync(
            entry.PatientId, VisitNotices.Of("scheduling.waitlist_offer", hold.Id, (hold.StartsAt, hold.TimeZone), hold.ExpiresAt!.Value), ct);
        await db.SaveChangesAsync(ct);
    }

    /// <summary>The doctor's free times within the days that somebody waits for, read under the doctor's lock.</summary>
    private static async Task<IReadOnlyList<ListedSlot>> FreeAsync(CarelineDb db, DoctorRow doctor, List<WaitlistEntry> line, DateTimeOffset now, CancellationToken ct)
    {
        var (from, to) = (ZonedTimes.Day(line.Min(e => e.StartDate), doctor.TimeZone).From, ZonedTimes.Day(line.Max(e => e.EndDate), doctor.TimeZone).To);
        var stretch = new Span(from > now + _soonest ? from : now + _soonest, to);
        if (stretch.End <= stretch.Start)
        {
            return [];
        }

        if (doctor.HasSchedule)
        {
            return await DoctorTimes.ReadAsync(db, doctor.Id, stretch, null, ct) is { } times ? [.. times.Find(stretch, now).Where(s => s.IsAvailable)] : [];
        }

        var (start, end) = (stretch.Start, stretch.End);
        var slots = await db.Set<TimeSlot>().Where(s => s.DoctorId == doctor.Id && s.DeletedAt == null && s.StartsAt >= start && s.StartsAt < end)
            .OrderBy(s => s.StartsAt).Select(s => new { s.Id, s.StartsAt, s.EndsAt, s.ClinicId }).ToListAsync(ct);
        var (before, after) = (start.AddDays(-1), end.AddDays(1));
        var busy = await db.Set<Appointment>().Where(a => a.DoctorId == doctor.Id && a.StartsAt > before && a.StartsAt < after && Moves.Occupying.Contains(a.Status)
            && a.EndsAt > a.StartsAt && (a.Status != AppointmentStatus.Held || a.ExpiresAt > now)).OrderBy(a => a.StartsAt).Select(a => new { a.StartsAt, a.EndsAt }).ToListAsync(ct);
        return
        [
            .. DoctorCalendar.Mark(
                [.. slots.Select(s => new ListedSlot(s.Id, new Span(s.StartsAt, s.EndsAt), s.ClinicId, 1, false))],
                [.. busy.Select(b => new Span(b.StartsAt, b.EndsAt))],
                now).Where(s => s.IsAvailable),
        ];
    }

    /// <summary>When those who wait are with somebody, also elsewhere. Their calendars are not locked yet: the constraint has the last word.</summary>
    private static async Task<ILookup<Guid, Span>> BusyAsync(CarelineDb db, IReadOnlyList<ListedSlot> free, List<WaitlistEntry> line, CancellationToken ct)
    {
        var patients = free.Count == 0 ? [] : line.Select(e => e.PatientId).Distinct().ToArray();
        var (start, end) = free.Count == 0 ? default : (free.Min(s => s.Span.Start), free.Max(s => s.Span.End));
        var visits = await db.Set<Appointment>().Where(
            a => patients.Contains(a.PatientId) && Moves.Occupying.Contains(a.Status) && a.StartsAt < end && start < a.EndsAt && a.EndsAt > a.StartsAt)
            .Select(a => new { a.PatientId, a.StartsAt, a.EndsAt }).ToListAsync(ct);
        return visits.ToLookup(v => v.PatientId, v => new Span(v.StartsAt, v.EndsAt));
    }
}
