using Careline.Doctors.Contracts;
using Careline.Payments.Contracts;
using Npgsql;

namespace Careline.Scheduling.Appointments;

/// <summary>
/// A patient's own list, newest first, as one prepared statement: what every patient's screen opens with. It says by hand what
/// <see cref="Appointment.VisibleTo"/> says of a patient who acts for nobody else; a test holds the two together.
/// </summary>
internal static class OwnAppointments
{
    // Clinics are looked at only where there is one, and doctors not at all: this host knows them. What is the same in each row is asked once.
    private const string Newest =
        "SELECT " + Appointment.Columns +
        """
        , (SELECT p.name FROM patients.patient_rows p WHERE p.id = $1),
            CASE WHEN a.clinic_id IS NOT NULL THEN (SELECT c.name FROM clinics.clinic_rows c WHERE c.id = a.clinic_id) END,
            CASE WHEN a.service_id IS NOT NULL THEN (SELECT s.name FROM clinics.service_rows s WHERE s.id = a.service_id) END,
            (SELECT r.status FROM payments.payment_rows r WHERE r.subject_id = a.id AND r.kind = 'appointment' ORDER BY r.id DESC LIMIT 1),
            (SELECT count(*) FROM scheduling.appointments t WHERE t.patient_id = $1 AND t.hidden_at IS NULL),
            EXISTS (SELECT FROM patients.proxy_rows x WHERE x.account_id = $4 AND x.can_book AND x."from" <= $5 AND (x.until IS NULL OR x.until > $5))
        FROM scheduling.appointments a WHERE a.patient_id = $1 AND a.hidden_at IS NULL
        ORDER BY a.created_at DESC, a.id DESC LIMIT $2 OFFSET $3
        """;

    /// <summary>The page; null for an empty one, and for somebody's proxy, whose list is longer than this.</summary>
    public static async Task<Page<AppointmentView>?> ReadAsync(
        NpgsqlDataSource database, DatabaseTurns turns, IDoctorLookup doctors, Actor actor, Guid patientId, DateTimeOffset now, ListQuery query, CancellationToken ct)
    {
        var rows = new List<Row>(query.PageSize);
        var total = 0L;
        using (await turns.Reads.EnterAsync(ct))
        await using (var command = Command(database, actor, patientId, now, query))
        {
            await using var row = await command.ExecuteReaderAsync(ct);
            while (await row.ReadAsync(ct))
            {
                total = row.GetInt64(Appointment.ColumnCount + 4);
                if (row.GetBoolean(Appointment.ColumnCount + 5))
                {
                    return null;
                }

                rows.Add(Read(row));
            }
        }

        if (rows.Count == 0)
        {
            return null;
        }

        var seen = await doctors.FindAsync(rows.Select(r => r.Appointment.DoctorId), ct);
        return new Page<AppointmentView>(rows.ConvertAll(r => View(r, seen[r.Appointment.DoctorId], actor)), total, query.Page, query.PageSize);
    }

    private static NpgsqlCommand Command(NpgsqlDataSource database, Actor actor, Guid patientId, DateTimeOffset now, ListQuery query)
    {
        var command = database.CreateCommand(Newest);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = patientId });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = query.PageSize });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = query.Skip });
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = actor.AccountId });
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = now });
        return command;
    }

    private static Row Read(NpgsqlDataReader row)
    {
        const int Names = Appointment.ColumnCount;
        return new Row(
            Appointment.Read(row), row.GetString(Names), row.IsDBNull(Names + 1) ? null : row.GetString(Names + 1))
        {
            Service = row.IsDBNull(Names + 2) ? null : row.GetString(Names + 2),
            Payment = !row.IsDBNull(Names + 3) && EnumText<PaymentStatus>.TryParse(row.GetString(Names + 3), out var status) ? status : null,
        };
    }

    private static AppointmentView View(Row row, DoctorRow doctor, Actor patient) => new()
    {
        Appointment = row.Appointment,
        DoctorAccountId = doctor.AccountId,
        DoctorName = doctor.Name,
        DoctorSpecializations = doctor.Specializations,
        PatientAccountId = patient.AccountId,
        PatientName = row.PatientName,
        ClinicName = row.ClinicName,
        ServiceName = row.Service,
        PaymentStatus = row.Payment,
    };

    private readonly record struct Row(Appointment Appointment, string PatientName, string? ClinicName)
    {
        public string? Service { get; init; }

        public PaymentStatus? Payment { get; init; }
    }
}
