using Careline.Platform.Web;
using Npgsql;

namespace Careline.Scheduling.Appointments;

/// <summary>
/// A patient's own list, newest first, as one prepared statement: what every patient's screen opens with. It says by hand what
/// <see cref="Appointment.VisibleTo"/> says of a patient; a test holds the two together.
/// </summary>
internal static class OwnAppointments
{
    private const string Newest =
        "SELECT " + Appointment.Columns +
        """
        , d.account_id, d.name, d.specializations, p.account_id, p.name, c.name,
            (SELECT count(*) FROM scheduling.appointments t WHERE t.patient_id = $1 AND t.hidden_at IS NULL)
        FROM (SELECT * FROM scheduling.appointments WHERE patient_id = $1 AND hidden_at IS NULL
            ORDER BY created_at DESC, id DESC LIMIT $2 OFFSET $3) a
        JOIN doctors.doctor_rows d ON d.id = a.doctor_id
        JOIN patients.patient_rows p ON p.id = $1
        LEFT JOIN clinics.clinic_rows c ON c.id = a.clinic_id
        ORDER BY a.created_at DESC, a.id DESC
        """;

    private const string Total = "SELECT count(*) FROM scheduling.appointments WHERE patient_id = $1 AND hidden_at IS NULL";

    public static async Task<Page<AppointmentView>> ReadAsync(NpgsqlDataSource database, Guid patientId, ListQuery query, CancellationToken ct)
    {
        await using var command = database.CreateCommand(Newest);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = patientId });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = query.PageSize });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = query.Skip });
        var views = new List<AppointmentView>(query.PageSize);
        var total = 0L;
        await using (var row = await command.ExecuteReaderAsync(ct))
        {
            while (await row.ReadAsync(ct))
            {
                views.Add(Read(row));
                total = row.GetInt64(Appointment.ColumnCount + 6);
            }
        }

        return new Page<AppointmentView>(views, views.Count == 0 ? await CountAsync(database, patientId, query, ct) : total, query.Page, query.PageSize);
    }

    /// <summary>A page beyond the end has no row to carry the total.</summary>
    private static async Task<long> CountAsync(NpgsqlDataSource database, Guid patientId, ListQuery query, CancellationToken ct)
    {
        if (query.Skip == 0)
        {
            return 0;
        }

        await using var command = database.CreateCommand(Total);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = patientId });
        return (long)(await command.ExecuteScalarAsync(ct))!;
    }

    private static AppointmentView Read(NpgsqlDataReader row)
    {
        const int Names = Appointment.ColumnCount;
        return new AppointmentView
        {
            Appointment = Appointment.Read(row),
            DoctorAccountId = row.GetGuid(Names),
            DoctorName = row.GetString(Names + 1),
            DoctorSpecializations = row.GetFieldValue<string[]>(Names + 2),
            PatientAccountId = row.IsDBNull(Names + 3) ? null : row.GetGuid(Names + 3),
            PatientName = row.GetString(Names + 4),
            ClinicName = row.IsDBNull(Names + 5) ? null : row.GetString(Names + 5),
        };
    }
}
