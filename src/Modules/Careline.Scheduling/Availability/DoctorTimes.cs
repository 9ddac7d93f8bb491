using Careline.Doctors.Contracts;
using Careline.Hours.Contracts;
using Careline.Scheduling.Slots;
using Npgsql;

namespace Careline.Scheduling.Availability;

/// <summary>On which terms a doctor is booked.</summary>
internal sealed record BookingTerms(
    BookingPolicy Booking, BookingPolicy Rescheduling, TimeSpan CancellationNotice, LateCancellation Late, int LateFeePercent);

/// <summary>
/// The times of a doctor who keeps working hours, with all that <see cref="SlotFinder"/> needs to tell them, read in one round trip. Doctors without hours
/// are read by statements of their own, which know nothing of this.
/// </summary>
internal sealed class DoctorTimes
{
    private const string Schedule =
        """
        SELECT time_zone, slot_minutes, buffer_before_minutes, buffer_after_minutes, minimum_notice_minutes, horizon_days, daily_limit,
            booking_policy, reschedule_policy, cancellation_notice_minutes, late_cancellation, late_fee_percent, version
        FROM scheduling.schedules WHERE doctor_id = $1
        """;

    private const string Rules =
        """
        SELECT r.weekday, r.start_time, r.end_time, r.clinic_id, r.modality,
            CASE WHEN r.clinic_id IS NOT NULL THEN (SELECT p.slot_minutes FROM doctors.practice_rows p WHERE p.doctor_id = $1 AND p.clinic_id = r.clinic_id) END
        FROM scheduling.weekly_rules r WHERE r.doctor_id = $1
        """;

    // Days are the zone's, which comes with the same answer: two to either side are enough for any, and for what reaches over midnight.
    private const string Exceptions =
        """
        SELECT kind, first_day, last_day, start_time, end_time FROM scheduling.schedule_exceptions
        WHERE doctor_id = $1 AND last_day >= $2::date - 2 AND first_day <= $3::date + 2 AND removed_at IS NULL
        """;

    // No slot and no appointment lasts longer than a day.
    private const string Slots =
        """
        SELECT id, starts_at, ends_at, clinic_id, version FROM scheduling.time_slots
        WHERE doctor_id = $1 AND starts_at > $2 - interval '24 hours' AND starts_at < $3 + interval '24 hours' AND deleted_at IS NULL
        """;

    // Two days to either side: what lasts a day, what pauses reach over, and whole local days for the daily limit. A visit that is over still counts for it.
    private const string Visits =
        """
        SELECT starts_at, ends_at, local_date, status <> 'completed' FROM scheduling.appointments
        WHERE doctor_id = $1 AND starts_at > $2 - interval '48 hours' AND starts_at < $3 + interval '48 hours' AND id <> $4
            AND status IN ('requested', 'held', 'scheduled', 'confirmed', 'checked_in', 'in_progress', 'completed')
            AND ends_at > starts_at AND (status <> 'held' OR expires_at > $5)
        """;

    // What calendars elsewhere say. A holiday lasts longer than a day: it is found by its end.
    private const string Outside =
        """
        SELECT starts_at, ends_at FROM scheduling.outside_busy
        WHERE doctor_id = $1 AND ends_at > $2 - interval '48 hours' AND starts_at < $3 + interval '48 hours'
        """;

    private DoctorTimes(WorkingHours hours, BookingTerms terms, int version)
    {
        (Hours, Terms, Version) = (hours, terms, version);
    }

    public WorkingHours Hours { get; private set; }

    public BookingTerms Terms { get; }

    /// <summary>Of the schedule: a time that was found by another one may be gone.</summary>
    public int Version { get; }

    private TakenTime Taken { get; set; } = new([], [], new Dictionary<DateOnly, int>());

    /// <summary>The times that begin in a stretch, which lies within the one that was read.</summary>
    public IReadOnlyList<ListedSlot> Find(Span stretch, DateTimeOffset now) => SlotFinder.Find(Hours, stretch, Taken, now);

    /// <summary>What a stretch of time needs; null for a doctor without a schedule.</summary>
    public static async Task<DoctorTimes?> ReadAsync(NpgsqlDataSource database, Guid doctorId, Span stretch, DateTimeOffset now, CancellationToken ct)
    {
        await using var batch = database.CreateBatch();
        return await ReadAsync(batch, doctorId, stretch, (Guid.Empty, now), ct);
    }

    /// <summary>The same within the present transaction, if there is one; an appointment that is being moved does not stand in its own way.</summary>
    public static async Task<DoctorTimes?> ReadAsync(CarelineDb db, Guid doctorId, Span stretch, Guid? moving, CancellationToken ct)
    {
        await db.Database.OpenConnectionAsync(ct);
        try
        {
            await using var batch = new NpgsqlBatch((NpgsqlConnection)db.Database.GetDbConnection());
            return await ReadAsync(batch, doctorId, stretch, (moving ?? Guid.Empty, db.Now), ct);
        }
        finally
        {
            await db.Database.CloseConnectionAsync();
        }
    }

    private static async Task<DoctorTimes?> ReadAsync(
        NpgsqlBatch batch, Guid doctorId, Span stretch, (Guid Moving, DateTimeOffset Now) seen, CancellationToken ct)
    {
        var (moving, now) = seen;
        var doctor = Parameter(doctorId);
        batch.BatchCommands.Add(new NpgsqlBatchCommand(Schedule) { Parameters = { doctor } });
        batch.BatchCommands.Add(new NpgsqlBatchCommand(Rules) { Parameters = { doctor.Clone() } });
        var days = (From: DateOnly.FromDateTime(stretch.Start.UtcDateTime), To: DateOnly.FromDateTime(stretch.End.UtcDateTime));
        batch.BatchCommands.Add(new NpgsqlBatchCommand(Exceptions) { Parameters = { doctor.Clone(), Parameter(days.From), Parameter(days.To) } });
        batch.BatchCommands.Add(new NpgsqlBatchCommand(Slots) { Parameters = { doctor.Clone(), Parameter(stretch.Start), Parameter(stretch.End) } });
        batch.BatchCommands.Add(
            new NpgsqlBatchCommand(Visits) { Parameters = { doctor.Clone(), Parameter(stretch.Start), Parameter(stretch.End), Parameter(moving), Parameter(now) } });
        batch.BatchCommands.Add(new NpgsqlBatchCommand(Outside) { Parameters = { doctor.Clone(), Parameter(stretch.Start), Parameter(stretch.End) } });
        await using var row = await batch.ExecuteReaderAsync(ct);
        if (!await row.ReadAsync(ct))
        {
            return null;
        }

        var times = new DoctorTimes(HoursOf(row), TermsOf(row), row.GetInt32(12));
        var rules = await NextAsync(row, RuleOf, ct);
        var exceptions = await NextAsync(row, ExceptionOf, ct);
        var slots = await NextAsync(
            row, r => new ListedSlot(r.GetGuid(0), SpanAt(r, 1), r.IsDBNull(3) ? null : r.GetGuid(3), r.GetInt32(4), false), ct);
        var visits = await NextAsync(row, r => (Span: SpanAt(r, 0), Day: r.GetFieldValue<DateOnly>(2), Occupies: r.GetBoolean(3)), ct);
        var elsewhere = await NextAsync(row, r => SpanAt(r, 0), ct);
        times.Hours = times.Hours with { Rules = rules, Exceptions = exceptions };
        times.Taken = new TakenTime(
            slots, [.. visits.Where(v => v.Occupies).Select(v => v.Span), .. elsewhere], visits.CountBy(v => v.Day).ToDictionary());
        return times;
    }

    private static WorkingHours HoursOf(NpgsqlDataReader row) => new()
    {
        TimeZone = row.GetString(0),
        SlotMinutes = row.GetInt32(1),
        BufferBeforeMinutes = row.GetInt32(2),
        BufferAfterMinutes = row.GetInt32(3),
        MinimumNoticeMinutes = row.GetInt32(4),
        HorizonDays = row.GetInt32(5),
        DailyLimit = row.IsDBNull(6) ? null : row.GetInt32(6),
    };

    private static BookingTerms TermsOf(NpgsqlDataReader row) => new(
        Parse<BookingPolicy>(row, 7),
        Parse<BookingPolicy>(row, 8),
        TimeSpan.FromMinutes(row.GetInt32(9)),
        Parse<LateCancellation>(row, 10),
        row.GetInt32(11));

    private static VisitHours RuleOf(NpgsqlDataReader row) => new(
        Parse<DayOfWeek>(row, 0),
        row.GetFieldValue<TimeOnly>(1),
        row.GetFieldValue<TimeOnly>(2),
        row.IsDBNull(3) ? null : row.GetGuid(3),
        row.IsDBNull(4) ? null : Parse<Modality>(row, 4))
    {
        SlotMinutes = row.IsDBNull(5) ? null : row.GetInt32(5),
    };

    private static SpecialDays ExceptionOf(NpgsqlDataReader row) => new(
        Parse<ExceptionKind>(row, 0),
        row.GetFieldValue<DateOnly>(1),
        row.GetFieldValue<DateOnly>(2),
        row.IsDBNull(3) ? null : row.GetFieldValue<TimeOnly>(3),
        row.IsDBNull(4) ? null : row.GetFieldValue<TimeOnly>(4));

    private static async Task<List<T>> NextAsync<T>(NpgsqlDataReader rows, Func<NpgsqlDataReader, T> read, CancellationToken ct)
    {
        await rows.NextResultAsync(ct);
        var all = new List<T>();
        while (await rows.ReadAsync(ct))
        {
            all.Add(read(rows));
        }

        return all;
    }

    private static Span SpanAt(NpgsqlDataReader rows, int column) =>
        new(rows.GetFieldValue<DateTimeOffset>(column), rows.GetFieldValue<DateTimeOffset>(column + 1));

    private static T Parse<T>(NpgsqlDataReader row, int column)
        where T : struct, Enum =>
        EnumText<T>.TryParse(row.GetString(column), out var value) ? value : throw new InvalidOperationException($"No {typeof(T).Name}.");

    private static NpgsqlParameter<T> Parameter<T>(T value) => new() { TypedValue = value };
}
