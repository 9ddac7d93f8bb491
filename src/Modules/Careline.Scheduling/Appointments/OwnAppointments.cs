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
    // One row at least, so that the total and whether the patient is anybody's proxy are told beside an empty page too. The rows are put in order
    // here: a join promises none. Clinics are looked at only where there is one, and doctors not at all: this host knows them.
    private const string Newest =
        "SELECT " + Appointment.Columns +
        """
        , p.account_id, p.name,
            CASE WHEN a.clinic_id IS NOT NULL THEN (SELECT c.name FROM clinics.clinic_rows c WHERE c.id = a.clinic_id) END,
            CASE WHEN a.service_id IS NOT NULL THEN (SELECT s.name FROM clinics.service_rows s WHERE s.id = a.service_id) END,
            (SELECT r.status FROM payments.payment_rows r WHERE r.subject_id = a.id AND r.kind = 'appointment' ORDER BY r.id DESC LIMIT 1),
            (SELECT count(*) FROM scheduling.appointments t WHERE t.patient_id = $1 AND t.hidden_at IS NULL),
            EXISTS (SELECT FROM patients.proxy_rows x WHERE x.account_id = $4 AND x.can_book AND x."from" <= $5 AND (x.until IS NULL OR x.until > $5))
        FROM patients.patient_rows p LEFT JOIN (
            SELECT * FROM scheduling.appointments WHERE patient_id = $1 AND hidden_at IS NULL
            ORDER BY created_at DESC, id DESC LIMIT $2 OFFSET $3) a ON true
        WHERE p.id = $1
        """;

    /// <summary>The page; null for somebody's proxy, whose list is longer than this.</summary>
    public static async Task<Page<AppointmentView>?> ReadAsync(
        NpgsqlDataSource database, IDoctorLookup doctors, Actor actor, Guid patientId, DateTimeOffset now, ListQuery query, CancellationToken ct)
    {
        var rows = new List<Row>(query.PageSize);
        var total = 0L;
        await using (var command = Command(database, actor, patientId, now, query))
        {
            await using var row = await command.ExecuteReaderAsync(ct);
            while (await row.ReadAsync(ct))
            {
                total = row.GetInt64(Appointment.ColumnCount + 5);
                if (row.GetBoolean(Appointment.ColumnCount + 6))
                {
                    return null;
                }

                if (!row.IsDBNull(0))
                {
                    rows.Add(Read(row));
                }
            }
        }

        rows.Sort(NewestFirst);
        var seen = await doctors.FindAsync(rows.Select(r => r.Appointment.DoctorId), ct);
        return new Page<AppointmentView>(rows.ConvertAll(r => View(r, seen[r.Appointment.DoctorId])), total, query.Page, query.PageSize);
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

    private static int NewestFirst(Row one, Row other)
    {
        var (a, b) = (one.Appointment, other.Appointment);
        return a.CreatedAt == b.CreatedAt ? b.Id.CompareTo(a.Id) : b.CreatedAt.CompareTo(a.CreatedAt);
    }

    private static Row Read(NpgsqlDataReader row)
    {
        const int Names = Appointment.ColumnCount;
        return new Row(
            Appointment.Read(row), row.IsDBNull(Names) ? null : row.GetGuid(Names), row.GetString(Names + 1), row.IsDBNull(Names + 2) ? null : row.GetString(Names + 2))
        {
            Service = row.IsDBNull(Names + 3) ? null : row.GetString(Names + 3),
            Payment = !row.IsDBNull(Names + 4) && EnumText<PaymentStatus>.TryParse(row.GetString(Names + 4), out var status) ? status : null,
        };
    }

    private static AppointmentView View(Row row, DoctorRow doctor) => new()
    {
        Appointment = row.Appointment,
        DoctorAccountId = doctor.AccountId,
        DoctorName = doctor.Name,
        DoctorSpecializations = doctor.Specializations,
        PatientAccountId = row.PatientAccountId,
        PatientName = row.PatientName,
        ClinicName = row.ClinicName,
        ServiceName = row.Service,
        PaymentStatus = row.Payment,
    };

    private readonly record struct Row(Appointment Appointment, Guid? PatientAccountId, string PatientName, string? ClinicName)
    {
        public string? Service { get; init; }

        public PaymentStatus? Payment { get; init; }
    }
}
