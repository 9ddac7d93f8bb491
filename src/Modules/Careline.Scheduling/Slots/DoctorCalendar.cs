using Careline.Doctors.Contracts;
using Careline.Hours.Contracts;
using Careline.Platform.Time;
using Careline.Scheduling.Availability;
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
/// A doctor's slots of some days and what occupies them: one statement by hand, since a day's slots are asked for more than anything else. For a
/// doctor who keeps working hours the times come from <see cref="DoctorTimes"/>.
/// </summary>
internal static class DoctorCalendar
{
    // No appointment lasts longer than a day, so one that reaches into the window began at most a day before it. A request for a part of a day has no
    // length, and a hold whose minutes are over keeps nobody away: so say all statements that ask what is in the way. Both parts come in the order of
    // their index; sorting what is nearly in order costs less here than a plan with one step more.
    private const string SlotsAndBusy =
        """
        SELECT id, starts_at, ends_at, clinic_id, version FROM scheduling.time_slots
        WHERE doctor_id = $1 AND starts_at >= $2 AND starts_at < $3 AND deleted_at IS NULL
        UNION ALL
        SELECT NULL, starts_at, ends_at, NULL, 0 FROM scheduling.appointments
        WHERE doctor_id = $1 AND starts_at > $4 AND starts_at < $5 AND ends_at > $2
            AND status IN ('requested', 'held', 'scheduled', 'confirmed', 'checked_in', 'in_progress')
            AND ends_at > starts_at AND (status <> 'held' OR expires_at > $6)
        """;

    /// <summary>The times that begin on some days of the doctor's zone, in order.</summary>
    public static async Task<IReadOnlyList<ListedSlot>> ReadAsync(
        NpgsqlDataSource database, DatabaseTurns turns, DoctorRow doctor, (DateOnly From, DateOnly To) days, DateTimeOffset now, CancellationToken ct)
    {
        var window = new Span(ZonedTimes.Day(days.From, doctor.TimeZone).From, ZonedTimes.Day(days.To, doctor.TimeZone).To);
        using var turn = await turns.Reads.EnterAsync(ct);
        return doctor.HasSchedule && await DoctorTimes.ReadAsync(database, doctor.Id, window, now, ct) is { } times
            ? [.. times.Find(window, now).Where(slot => slot.Span.Start >= window.Start && slot.Span.Start < window.End)]
            : await ReadAsync(database, doctor.Id, window, now, ct);
    }

    /// <summary>The slots that are offered one by one.</summary>
    private static async Task<IReadOnlyList<ListedSlot>> ReadAsync(NpgsqlDataSource database, Guid doctorId, Span window, DateTimeOffset now, CancellationToken ct)
    {
        var (slots, busy) = await ReadAsync(database, doctorId, window, window.End, now, ct);
        if (slots.Count > 0 && slots.Max(s => s.Span.End) is var end && end > window.End)
        {
            // The last one reaches into the next day, and so may what is in its way.
            (slots, busy) = await ReadAsync(database, doctorId, window, end, now, ct);
        }

        slots.Sort((one, other) => one.Span.Start.CompareTo(other.Span.Start));
        busy.Sort((one, other) => one.Start.CompareTo(other.Start));
        return Mark(slots, busy, now);
    }

    private static async Task<(List<ListedSlot> Slots, List<Span> Busy)> ReadAsync(
        NpgsqlDataSource database, Guid doctorId, Span window, DateTimeOffset busyUntil, DateTimeOffset now, CancellationToken ct)
    {
        await using var command = database.CreateCommand(SlotsAndBusy);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = doctorId });
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = window.Start });
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = window.End });
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = window.Start.AddHours(-24) });
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = busyUntil });
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = now });
        await using var rows = await command.ExecuteReaderAsync(ct);
        var (slots, busy) = (new List<ListedSlot>(), new List<Span>());
        while (await rows.ReadAsync(ct))
        {
            var span = new Span(rows.GetFieldValue<DateTimeOffset>(1), rows.GetFieldValue<DateTimeOffset>(2));
            if (rows.IsDBNull(0))
            {
                busy.Add(span);
            }
            else
            {
                slots.Add(new ListedSlot(rows.GetGuid(0), span, rows.IsDBNull(3) ? null : rows.GetGuid(3), rows.GetInt32(4), false));
            }
        }

        return (slots, busy);
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
}
