using Careline.Doctors.Contracts;
using Careline.Hours.Contracts;
using Careline.Scheduling.Availability;
using Careline.Scheduling.Slots;
using Npgsql;

namespace Careline.Scheduling.Appointments;

/// <summary>The free starts nearest to one that is taken.</summary>
internal static class NearestTimes
{
    /// <summary>How many are offered.</summary>
    public const int Offered = 3;

    private const string TakenCode = "SLOT_TAKEN";
    private const string TakenMessage = "This time is already taken. The nearest free times are offered instead.";

    // Of so many free times on either side three are left for nearly every patient; the others are looked for further out.
    private const int Near = 8;
    private const int Far = 200;

    // What is in the doctor's way is one look into the index of the constraint that keeps appointments apart. Looks outwards from the wanted start in both
    // directions, and no further than a doctor could sensibly be offered instead.
    private const string FreeOfDoctor =
        """
        (SELECT s.starts_at, s.ends_at FROM scheduling.time_slots s
        WHERE s.doctor_id = $1 AND s.deleted_at IS NULL AND s.starts_at >= greatest($2, $3) AND s.starts_at > $3 AND s.starts_at < $2 + interval '60 days'
            AND NOT EXISTS (SELECT FROM scheduling.appointments a WHERE a.doctor_id = $1 AND a.during && tstzrange(s.starts_at, s.ends_at, '[)')
                AND a.status IN ('requested', 'held', 'scheduled', 'confirmed', 'checked_in', 'in_progress') AND (a.status <> 'held' OR a.expires_at > $3))
        ORDER BY s.starts_at LIMIT $4)
        UNION ALL
        (SELECT s.starts_at, s.ends_at FROM scheduling.time_slots s
        WHERE s.doctor_id = $1 AND s.deleted_at IS NULL AND s.starts_at < $2 AND s.starts_at > greatest($3, $2 - interval '60 days')
            AND NOT EXISTS (SELECT FROM scheduling.appointments a WHERE a.doctor_id = $1 AND a.during && tstzrange(s.starts_at, s.ends_at, '[)')
                AND a.status IN ('requested', 'held', 'scheduled', 'confirmed', 'checked_in', 'in_progress') AND (a.status <> 'held' OR a.expires_at > $3))
        ORDER BY s.starts_at DESC LIMIT $4)
        """;

    private const string BusyOfPatient =
        """
        SELECT a.starts_at, a.ends_at FROM scheduling.appointments a WHERE a.patient_id = $1 AND a.during && tstzrange($2, $3, '[)')
            AND a.status IN ('requested', 'held', 'scheduled', 'confirmed', 'checked_in', 'in_progress')
            AND (a.status <> 'held' OR a.expires_at > $4)
        """;

    /// <summary>Of the free starts those nearest to the wanted one, the nearest first; of two equally near the earlier first.</summary>
    public static IReadOnlyList<DateTimeOffset> Nearest(DateTimeOffset wanted, IEnumerable<DateTimeOffset> free) =>
        [.. free.OrderBy(start => (start - wanted).Duration()).ThenBy(start => start).Take(Offered)];

    /// <summary>A refusal that offers the nearest free starts, found after the refused transaction was rolled back.</summary>
    public static RuleViolation Refuse(string code, string message, DoctorRow doctor, DateTimeOffset wanted, Guid patientId) =>
        new(code, message)
        {
            FindDetails = async (db, ct) => new Alternatives(await FindAsync(db, doctor, wanted, patientId, ct)),
        };

    public static RuleViolation SlotTaken(DoctorRow doctor, DateTimeOffset wanted, Guid patientId) =>
        Refuse(TakenCode, TakenMessage, doctor, wanted, patientId);

    /// <summary>The same with starts that are known already.</summary>
    public static RuleViolation SlotTaken(IReadOnlyList<DateTimeOffset> starts) => new(TakenCode, TakenMessage, new Alternatives(starts));

    public static RuleViolation PatientBusy(DoctorRow doctor, DateTimeOffset wanted, Guid patientId) =>
        Refuse("PATIENT_BUSY", "The patient has another appointment at this time.", doctor, wanted, patientId);

    /// <summary>The doctor's free times around a wanted one, the nearest few on either side.</summary>
    public static Task<IReadOnlyList<Span>> OfDoctorAsync(CarelineDb db, DoctorRow doctor, DateTimeOffset wanted, int onEitherSide = Near) =>
        doctor.HasSchedule
            ? ComputeAsync(db, doctor.Id, wanted, onEitherSide)
            : ReadAsync(db, FreeOfDoctor, [Of(doctor.Id), Of(wanted), Of(db.Now), Of(onEitherSide)], CancellationToken.None);

    /// <summary>The nearest starts of a doctor's free times at which the patient is free too; null when more of them must be looked at to say.</summary>
    public static async Task<IReadOnlyList<DateTimeOffset>?> OfPatientAsync(
        CarelineDb db, DateTimeOffset wanted, IReadOnlyList<Span> free, Guid patientId, CancellationToken ct)
    {
        if (free.Count == 0)
        {
            return [];
        }

        var (from, until) = (free.Min(time => time.Start), free.Max(time => time.End));
        var busy = await ReadAsync(db, BusyOfPatient, [Of(patientId), Of(from), Of(until), Of(db.Now)], ct);
        var starts = Nearest(wanted, free.Where(time => !busy.Any(time.Overlaps)).Select(time => time.Start));
        return starts.Count == Offered || free.Count < Near ? starts : null;
    }

    private static async Task<IReadOnlyList<DateTimeOffset>> FindAsync(
        CarelineDb db, DoctorRow doctor, DateTimeOffset wanted, Guid patientId, CancellationToken ct) =>
        await OfPatientAsync(db, wanted, await OfDoctorAsync(db, doctor, wanted), patientId, ct)
        ?? await OfPatientAsync(db, wanted, await OfDoctorAsync(db, doctor, wanted, Far), patientId, ct)
        ?? [];

    // A week to either side is enough for nearly every doctor with working hours; the reach is that of the statement for explicit slots.
    private static async Task<IReadOnlyList<Span>> ComputeAsync(CarelineDb db, Guid doctorId, DateTimeOffset wanted, int onEitherSide)
    {
        var now = db.Now;
        var latest = now.AddYears(SlotDesk.HorizonYears);
        var middle = wanted < now ? now : wanted > latest ? latest : wanted;
        foreach (var days in (int[])[7, 60])
        {
            var stretch = new Span(middle.AddDays(-days) > now ? middle.AddDays(-days) : now, middle.AddDays(days));
            if (await DoctorTimes.ReadAsync(db, doctorId, stretch, null, CancellationToken.None) is not { } times)
            {
                return [];
            }

            var free = times.Find(stretch, now).Where(s => s.IsAvailable).Select(s => s.Span).ToList();
            var (after, before) = (free.FindAll(s => s.Start >= wanted), free.FindAll(s => s.Start < wanted));
            if (days == 60 || (after.Count >= onEitherSide && before.Count >= onEitherSide))
            {
                return [.. after.Take(onEitherSide), .. before.TakeLast(onEitherSide)];
            }
        }

        return [];
    }

    private static NpgsqlParameter<T> Of<T>(T value) => new() { TypedValue = value };

    private static async Task<IReadOnlyList<Span>> ReadAsync(CarelineDb db, string sql, NpgsqlParameter[] parameters, CancellationToken ct)
    {
        await db.Database.OpenConnectionAsync(ct);
        try
        {
#pragma warning disable CA2100 // One of the constants above.
            await using var command = new NpgsqlCommand(sql, (NpgsqlConnection)db.Database.GetDbConnection());
#pragma warning restore CA2100
            command.Parameters.AddRange(parameters);
            var times = new List<Span>();
            await using var rows = await command.ExecuteReaderAsync(ct);
            while (await rows.ReadAsync(ct))
            {
                times.Add(new Span(rows.GetFieldValue<DateTimeOffset>(0), rows.GetFieldValue<DateTimeOffset>(1)));
            }

            return times;
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
