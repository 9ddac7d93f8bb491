using Npgsql;

namespace Careline.Scheduling.Appointments;

/// <summary>Frees times that were kept for what is now decided, by statements of the next save: before what takes them, in the order of the calls.</summary>
internal static class KeptTimes
{
    // The event takes the appointment's id: an appointment expires once.
    private const string Free =
        """
        freed AS (
            UPDATE scheduling.appointments SET status = 'expired', ended_at = $2, updated_at = $2, version = version + 1
            WHERE id IN (SELECT hold_id FROM kept) AND status = 'held' AND hidden_at IS NOT NULL
            RETURNING id, doctor_id, starts_at),
        listed AS (INSERT INTO scheduling.stale_listings (doctor_id) SELECT doctor_id FROM freed)
        INSERT INTO scheduling.appointment_events (id, appointment_id, kind, from_status, to_status, from_start, to_start, at)
        SELECT id, id, 'expired', 'held', 'expired', starts_at, starts_at, $2 FROM freed
        """;

    private const string One = "WITH kept AS (SELECT $1::uuid AS hold_id), " + Free;

    private const string OfProposal =
        """
        WITH kept AS (
            UPDATE scheduling.reschedule_proposals SET status = 'superseded', answered_at = $2, version = version + 1
            WHERE appointment_id = $1 AND status = 'open' RETURNING hold_id),
        """ + Free;

    /// <summary>Frees one time that is kept.</summary>
    public static void LetGo(CarelineDb db, Guid holdId, DateTimeOffset now) => db.Send(Command(One, holdId, now));

    /// <summary>Ends the proposal that an appointment may have, and frees its time: the appointment was moved, called off or begun.</summary>
    public static void LetGoOfProposal(CarelineDb db, Appointment appointment) => db.Send(Command(OfProposal, appointment.Id, appointment.UpdatedAt));

    private static NpgsqlBatchCommand Command(string sql, Guid id, DateTimeOffset now)
    {
#pragma warning disable CA2100 // One of the constants above.
        return new NpgsqlBatchCommand(sql)
#pragma warning restore CA2100
        {
            Parameters = { new NpgsqlParameter<Guid> { TypedValue = id }, new NpgsqlParameter<DateTimeOffset> { TypedValue = now } },
        };
    }
}
