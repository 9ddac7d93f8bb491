using Careline.Scheduling.Availability;
using Careline.Scheduling.Contracts;
using Npgsql;

namespace Careline.Scheduling.Slots;

/// <summary>A time as lists show it; one without an id is computed and stored nowhere.</summary>
internal readonly record struct ListedSlot(Guid? Id, Span Span, Guid? ClinicId, int Version, bool IsAvailable)
{
    /// <summary>Why it cannot be booked, where working hours are kept.</summary>
    public Obstacle Obstacle { get; init; }

    /// <summary>The only way to meet then, if there is but one.</summary>
    public Modality? Modality { get; init; }
}

/// <summary>
/// A doctor's slots around some days and what occupies them: one round trip by hand, since a day's slots are asked for more than anything else. For a
/// doctor who keeps working hours the first row says so, and the times come from <see cref="DoctorTimes"/>.
/// </summary>
internal sealed class DoctorCalendar
{
    // The widest offsets of any zone: the day's bounds are known only with the doctor's zone, which comes with the same answer.
    private static readonly TimeSpan _earliest = TimeSpan.FromHours(-15);
    private static readonly TimeSpan _latest = TimeSpan.FromHours(13);

    private const string Doctor = "SELECT account_id, time_zone, is_bookable, has_schedule FROM doctors.doctor_rows WHERE id = $1";

    private const string Slots =
        """
        SELECT id, starts_at, ends_at, clinic_id, version FROM scheduling.time_slots
        WHERE doctor_id = $1 AND starts_at >= $2 AND starts_at < $3 AND deleted_at IS NULL ORDER BY starts_at
        """;

    // No appointment lasts longer than a day, so one that reaches into the window began at most a day before it. A request for a part of a day has no
    // length, and a hold whose minutes are over keeps nobody away: so say all statements that ask what is in the way.
    private const string Busy =
        """
        SELECT starts_at, ends_at FROM scheduling.appointments
        WHERE doctor_id = $1 AND starts_at > $2 - interval '24 hours' AND starts_at < $3 + interval '24 hours'
            AND status IN ('requested', 'held', 'scheduled', 'confirmed', 'checked_in', 'in_progress')
            AND ends_at > starts_at AND (status <> 'held' OR expires_at > $4)
        ORDER BY starts_at
        """;

    public required Guid AccountId { get; init; }

    public required string TimeZone { get; init; }

    public required bool IsBookable { get; init; }

    /// <summary>All slots of the window, in order; wider than the days asked for by the widest offsets of zones.</summary>
    public required IReadOnlyList<ListedSlot> Around { get; set; }

    /// <summary>The calendar around some days, or null when there is no such doctor.</summary>
    public static async Task<DoctorCalendar?> ReadAsync(
        NpgsqlDataSource database, Guid doctorId, (DateOnly From, DateOnly To) days, DateTimeOffset now, CancellationToken ct)
    {
        var from = new DateTimeOffset(days.From, TimeOnly.MinValue, TimeSpan.Zero) + _earliest;
        var to = new DateTimeOffset(days.To.AddDays(1), TimeOnly.MinValue, TimeSpan.Zero) + _latest;
        var (calendar, hasSchedule) = await ReadAsync(database, doctorId, new Span(from, to), now, ct);
        if (hasSchedule && await DoctorTimes.ReadAsync(database, doctorId, new Span(from, to), now, ct) is { } times)
        {
            calendar!.Around = times.Find(new Span(from, to), now);
        }

        return calendar;
    }

    /// <summary>The slots offered one by one; left out where the doctor's row tells of a schedule, by which they are to be read.</summary>
    private static async Task<(DoctorCalendar? Calendar, bool HasSchedule)> ReadAsync(
        NpgsqlDataSource database, Guid doctorId, Span window, DateTimeOffset now, CancellationToken ct)
    {
        await using var batch = database.CreateBatch();
        batch.BatchCommands.Add(Command(Doctor, doctorId));
        batch.BatchCommands.Add(Command(Slots, doctorId, window.Start, window.End));
        batch.BatchCommands.Add(Command(Busy, doctorId, window.Start, window.End, now));
        await using var rows = await batch.ExecuteReaderAsync(ct);
        if (!await rows.ReadAsync(ct))
        {
            return (null, false);
        }

        var calendar = new DoctorCalendar { AccountId = rows.GetGuid(0), TimeZone = rows.GetString(1), IsBookable = rows.GetBoolean(2), Around = [] };
        if (rows.GetBoolean(3))
        {
            return (calendar, true);
        }

        await rows.NextResultAsync(ct);
        var slots = new List<ListedSlot>();
        while (await rows.ReadAsync(ct))
        {
            slots.Add(new ListedSlot(rows.GetGuid(0), SpanAt(rows, 1), rows.IsDBNull(3) ? null : rows.GetGuid(3), rows.GetInt32(4), false));
        }

        await rows.NextResultAsync(ct);
        var busy = new List<Span>();
        while (await rows.ReadAsync(ct))
        {
            busy.Add(SpanAt(rows, 0));
        }

        calendar.Around = Mark(slots, busy, now);
        return (calendar, false);
    }

    /// <summary>Marks what is available: it lies ahead and nothing that occupies time overlaps it. Both lists are in order.</summary>
    public static IReadOnlyList<ListedSlot> Mark(IReadOnlyList<ListedSlot> slots, IReadOnlyList<Span> busy, DateTimeOffset now)
    {
        var marked = new ListedSlot[slots.Count];
        var next = 0;
        for (var i = 0; i < marked.Length; i++)
        {
            var span = slots[i].Span;
            while (next < busy.Count && busy[next].End <= span.Start)
            {
                next++;
            }

            marked[i] = slots[i] with { IsAvailable = span.Start > now && (next == busy.Count || !busy[next].Overlaps(span)) };
        }

        return marked;
    }

    private static Span SpanAt(NpgsqlDataReader rows, int column) =>
        new(rows.GetFieldValue<DateTimeOffset>(column), rows.GetFieldValue<DateTimeOffset>(column + 1));

    private static NpgsqlBatchCommand Command(string sql, Guid doctorId, params ReadOnlySpan<DateTimeOffset> moments)
    {
#pragma warning disable CA2100 // One of the three constants above.
        var command = new NpgsqlBatchCommand(sql) { Parameters = { new NpgsqlParameter<Guid> { TypedValue = doctorId } } };
#pragma warning restore CA2100
        foreach (var moment in moments)
        {
            command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = moment });
        }

        return command;
    }
}
