using Careline.Platform.Data;
using Careline.Platform.Web;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Careline.Scheduling.Appointments;

/// <summary>The free starts nearest to one that is taken.</summary>
internal static class NearestTimes
{
    /// <summary>How many are offered.</summary>
    public const int Offered = 3;

    // No appointment lasts longer than a day, which makes what is in the doctor's way one short stretch of an index.
    // Looks outwards from the wanted start in both directions, and no further than a doctor could sensibly be offered instead.
    private const string Free =
        """
        (SELECT s.starts_at FROM scheduling.time_slots s
        WHERE s.doctor_id = $1 AND s.deleted_at IS NULL AND s.starts_at >= greatest($2, $3) AND s.starts_at > $3 AND s.starts_at < $2 + interval '60 days'
            AND NOT EXISTS (SELECT FROM scheduling.appointments a WHERE a.doctor_id = $1 AND a.starts_at < s.ends_at AND a.ends_at > s.starts_at
                AND a.starts_at > s.starts_at - interval '24 hours' AND a.status IN ('requested', 'held', 'scheduled', 'confirmed', 'checked_in', 'in_progress'))
            AND NOT EXISTS (SELECT FROM scheduling.appointments a WHERE a.patient_id = $4 AND a.during && s.during
                AND a.status IN ('requested', 'held', 'scheduled', 'confirmed', 'checked_in', 'in_progress'))
        ORDER BY s.starts_at LIMIT 3)
        UNION ALL
        (SELECT s.starts_at FROM scheduling.time_slots s
        WHERE s.doctor_id = $1 AND s.deleted_at IS NULL AND s.starts_at < $2 AND s.starts_at > greatest($3, $2 - interval '60 days')
            AND NOT EXISTS (SELECT FROM scheduling.appointments a WHERE a.doctor_id = $1 AND a.starts_at < s.ends_at AND a.ends_at > s.starts_at
                AND a.starts_at > s.starts_at - interval '24 hours' AND a.status IN ('requested', 'held', 'scheduled', 'confirmed', 'checked_in', 'in_progress'))
            AND NOT EXISTS (SELECT FROM scheduling.appointments a WHERE a.patient_id = $4 AND a.during && s.during
                AND a.status IN ('requested', 'held', 'scheduled', 'confirmed', 'checked_in', 'in_progress'))
        ORDER BY s.starts_at DESC LIMIT 3)
        """;

    /// <summary>Of the free starts those nearest to the wanted one, the nearest first; of two equally near the earlier first.</summary>
    public static IReadOnlyList<DateTimeOffset> Nearest(DateTimeOffset wanted, IEnumerable<DateTimeOffset> free) =>
        [.. free.OrderBy(start => (start - wanted).Duration()).ThenBy(start => start).Take(Offered)];

    /// <summary>A refusal that offers the nearest free starts, found after the refused transaction was rolled back.</summary>
    public static RuleViolation Refuse(string code, string message, Guid doctorId, DateTimeOffset wanted, Guid patientId) =>
        new(code, message)
        {
            FindDetails = async (db, ct) => new Alternatives(await FindAsync(db, doctorId, wanted, patientId, ct)),
        };

    public static RuleViolation SlotTaken(Guid doctorId, DateTimeOffset wanted, Guid patientId) =>
        Refuse("SLOT_TAKEN", "This time is already taken. The nearest free times are offered instead.", doctorId, wanted, patientId);

    public static RuleViolation PatientBusy(Guid doctorId, DateTimeOffset wanted, Guid patientId) =>
        Refuse("PATIENT_BUSY", "The patient has another appointment at this time.", doctorId, wanted, patientId);

    private static async Task<IReadOnlyList<DateTimeOffset>> FindAsync(
        CarelineDb db, Guid doctorId, DateTimeOffset wanted, Guid patientId, CancellationToken ct)
    {
        await db.Database.OpenConnectionAsync(ct);
        try
        {
            await using var command = new NpgsqlCommand(Free, (NpgsqlConnection)db.Database.GetDbConnection());
            command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = doctorId });
            command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = wanted });
            command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = db.Now });
            command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = patientId });
            var free = new List<DateTimeOffset>();
            await using var rows = await command.ExecuteReaderAsync(ct);
            while (await rows.ReadAsync(ct))
            {
                free.Add(rows.GetFieldValue<DateTimeOffset>(0));
            }

            return Nearest(wanted, free);
        }
        finally
        {
            await db.Database.CloseConnectionAsync();
        }
    }
}

/// <summary>Free starts instead of the one that was refused.</summary>
/// <param name="Starts">The nearest first.</param>
internal sealed record Alternatives([property: System.Text.Json.Serialization.JsonPropertyName("alternatives")] IReadOnlyList<DateTimeOffset> Starts);
