using System.Buffers.Binary;
using Careline.Doctors.Contracts;
using Npgsql;
using NpgsqlTypes;

namespace Careline.Scheduling.Appointments;

/// <summary>
/// What is about to occupy time takes the doctor's lock and then the patient's, always in that order: two exclusion constraints alone deadlock
/// under churn. The locks only make writers queue; whether the time is free is decided by the constraints, so nothing is looked up again here.
/// </summary>
internal static class CalendarLocks
{
    // The two kinds of key live apart, so that a doctor's and a patient's lock never meet.
    private const long DoctorKind = 0x44_4F_43;
    private const long PatientKind = 0x50_41_54;

    /// <summary>Lets the next save begin by taking the doctor's lock, kept until the transaction ends, and by marking the doctor's shown free times as stale.</summary>
    public static void Take(CarelineDb db, Guid doctorId)
    {
        db.Send(
            new NpgsqlBatchCommand("SELECT pg_advisory_xact_lock($1)") { Parameters = { Parameter(KeyOf(doctorId) ^ DoctorKind) } },
            static _ => { });
        db.Send(new NpgsqlBatchCommand("INSERT INTO scheduling.stale_listings (doctor_id) VALUES ($1)") { Parameters = { Parameter(doctorId) } });
    }

    /// <summary>The same at once, for a caller who looks at the calendar before it saves.</summary>
    public static Task TakeAsync(CarelineDb db, Guid doctorId, CancellationToken ct)
    {
        Take(db, doctorId);
        return db.SendAsync(ct);
    }

    /// <summary>The same with the patient's lock.</summary>
    public static Task TakeAsync(CarelineDb db, Guid doctorId, Guid patientId, CancellationToken ct)
    {
        Take(db, doctorId);
        db.Send(
            new NpgsqlBatchCommand("SELECT pg_advisory_xact_lock($1)") { Parameters = { Parameter(KeyOf(patientId) ^ PatientKind) } },
            static _ => { });
        return db.SendAsync(ct);
    }

    /// <summary>
    /// The same for a time that is about to be occupied, with the patient's lock. Once both are held nobody can withdraw or move the slot: one that
    /// was withdrawn since it was looked up is found to be no longer offered.
    /// </summary>
    public static void TakeFor(CarelineDb db, Appointment appointment, DoctorRow doctor, int? scheduleVersion)
    {
        db.Send(
            new NpgsqlBatchCommand("SELECT pg_advisory_xact_lock($1), pg_advisory_xact_lock($2)")
            {
                Parameters = { Parameter(KeyOf(appointment.DoctorId) ^ DoctorKind), Parameter(KeyOf(appointment.PatientId) ^ PatientKind) },
            },
            static _ => { });
        var mark = new NpgsqlBatchCommand(
            """
            INSERT INTO scheduling.stale_listings (doctor_id) SELECT $1
            WHERE $2 IS NULL OR EXISTS (SELECT FROM scheduling.time_slots WHERE id = $2 AND starts_at = $3 AND (ends_at = $4 OR $5) AND deleted_at IS NULL)
            RETURNING doctor_id
            """)
        {
            Parameters =
            {
                Parameter(appointment.DoctorId),
                new NpgsqlParameter { Value = appointment.TimeSlotId is { } slotId ? slotId : DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid },
                Parameter(appointment.StartsAt),
                Parameter(appointment.EndsAt),

                // A service lasts as long as it does, whatever the slot.
                new NpgsqlParameter<bool> { TypedValue = appointment.ServiceId is not null },
            },
        };
        db.Send(mark, answer =>
        {
            if (!answer.HasRows)
            {
                throw NearestTimes.SlotTaken(doctor, appointment.StartsAt, appointment.PatientId);
            }
        });
        if (scheduleVersion is { } version)
        {
            CheckSchedule(db, appointment, doctor, version);
        }
    }

    /// <summary>
    /// Ends holds of the doctor whose minutes are over and that stand in the way of a time, before it is written. The event takes the appointment's id: an
    /// appointment expires once.
    /// </summary>
    public static void EndStaleHolds(CarelineDb db, Appointment appointment) => db.Send(new NpgsqlBatchCommand(
        """
        WITH ended AS (
            UPDATE scheduling.appointments SET status = 'expired', ended_at = $4, hidden_at = $4, updated_at = $4, version = version + 1
            WHERE doctor_id = $1 AND starts_at < $3 AND ends_at > $2 AND starts_at > $2 - interval '24 hours' AND status = 'held' AND expires_at <= $4 AND id <> $5
            RETURNING id, starts_at)
        INSERT INTO scheduling.appointment_events (id, appointment_id, kind, from_status, to_status, from_start, to_start, at)
        SELECT id, id, 'expired', 'held', 'expired', starts_at, starts_at, $4 FROM ended
        """)
    {
        Parameters =
        {
            Parameter(appointment.DoctorId), Parameter(appointment.StartsAt), Parameter(appointment.EndsAt), Parameter(db.Now), Parameter(appointment.Id),
        },
    });

    /// <summary>Lets the next save refuse what a patient has too much of already. Under the patient's lock the count is true.</summary>
    public static void CheckFewer(CarelineDb db, Appointment appointment, int most, RuleViolation refusal) => db.Send(
        new NpgsqlBatchCommand(
            """
            SELECT FROM (SELECT count(*) AS open FROM scheduling.appointments
                WHERE patient_id = $1 AND status = $2 AND expires_at > $3 AND hidden_at IS NULL AND id <> $5) c WHERE c.open >= $4
            """)
        {
            Parameters =
            {
                Parameter(appointment.PatientId), Parameter(EnumText<AppointmentStatus>.Of(appointment.Status)), Parameter(db.Now), Parameter((long)most), Parameter(appointment.Id),
            },
        },
        answer =>
        {
            if (answer.HasRows)
            {
                throw refusal;
            }
        });

    /// <summary>Under the locks a schedule cannot change and a day cannot fill up: a time that was found by an earlier one, or on a day since full, is gone.</summary>
    private static void CheckSchedule(CarelineDb db, Appointment appointment, DoctorRow doctor, int version)
    {
        var check = new NpgsqlBatchCommand(
            """
            SELECT FROM scheduling.schedules s WHERE s.doctor_id = $1 AND s.version = $2 AND (s.daily_limit IS NULL OR s.daily_limit > (
                SELECT count(*) FROM scheduling.appointments a WHERE a.doctor_id = $1 AND a.id <> $3 AND a.local_date = $4
                    AND a.starts_at > $5 - interval '48 hours' AND a.starts_at < $5 + interval '48 hours'
                    AND a.status IN ('requested', 'held', 'scheduled', 'confirmed', 'checked_in', 'in_progress', 'completed')
                    AND a.ends_at > a.starts_at AND (a.status <> 'held' OR a.expires_at > $6)))
            """)
        {
            Parameters =
            {
                Parameter(appointment.DoctorId), Parameter(version), Parameter(appointment.Id), Parameter(appointment.LocalDate), Parameter(appointment.StartsAt), Parameter(db.Now),
            },
        };
        db.Send(check, answer =>
        {
            if (!answer.HasRows)
            {
                throw NearestTimes.SlotTaken(doctor, appointment.StartsAt, appointment.PatientId);
            }
        });
    }

    private static NpgsqlParameter<T> Parameter<T>(T value) => new() { TypedValue = value };

    /// <summary>The random end of a version-7 id.</summary>
    private static long KeyOf(Guid id)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        return BinaryPrimitives.ReadInt64BigEndian(bytes[8..]);
    }
}
