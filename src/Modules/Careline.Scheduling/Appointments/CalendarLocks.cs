using System.Buffers.Binary;
using Careline.Platform.Data;
using Microsoft.EntityFrameworkCore;
using Npgsql;

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

    /// <summary>Takes the locks until the transaction ends, and marks the doctor's shown free times as stale, in one round trip.</summary>
    public static async Task TakeAsync(CarelineDb db, Guid doctorId, Guid? patientId, CancellationToken ct)
    {
        await using var batch = new NpgsqlBatch((NpgsqlConnection)db.Database.GetDbConnection());
        batch.BatchCommands.Add(Lock(KeyOf(doctorId) ^ DoctorKind));
        if (patientId is { } patient)
        {
            batch.BatchCommands.Add(Lock(KeyOf(patient) ^ PatientKind));
        }

        batch.BatchCommands.Add(new NpgsqlBatchCommand("INSERT INTO scheduling.stale_listings (doctor_id) VALUES ($1)")
        {
            Parameters = { new NpgsqlParameter<Guid> { TypedValue = doctorId } },
        });
        await batch.ExecuteNonQueryAsync(ct);
    }

    private static NpgsqlBatchCommand Lock(long key) => new("SELECT pg_advisory_xact_lock($1)")
    {
        Parameters = { new NpgsqlParameter<long> { TypedValue = key } },
    };

    /// <summary>The random end of a version-7 id.</summary>
    private static long KeyOf(Guid id)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        return BinaryPrimitives.ReadInt64BigEndian(bytes[8..]);
    }
}
