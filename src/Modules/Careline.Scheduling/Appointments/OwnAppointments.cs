using Careline.Platform.Security;
using Careline.Platform.Web;
using Npgsql;

namespace Careline.Scheduling.Appointments;

/// <summary>
/// A patient's own list, newest first, as one prepared statement: what every patient's screen opens with. It says by hand what
/// <see cref="Appointment.VisibleTo"/> says of a patient who acts for nobody else; a test holds the two together.
/// </summary>
internal static class OwnAppointments
{
    // One row at least, so that the total and whether the patient is anybody's proxy are told beside an empty page too. Twenty rows are put in
    // order here: the database would copy each of them whole for that, and look at every clinic for those that are at none.
    private const string Newest =
        "SELECT " + Appointment.Columns +
        """
        , d.account_id, d.name, d.specializations, p.account_id, p.name,
            CASE WHEN a.clinic_id IS NOT NULL THEN (SELECT c.name FROM clinics.clinic_rows c WHERE c.id = a.clinic_id) END,
            (SELECT count(*) FROM scheduling.appointments t WHERE t.patient_id = $1 AND t.hidden_at IS NULL),
            EXISTS (SELECT FROM patients.proxy_rows x WHERE x.account_id = $4 AND x.can_book AND x."from" <= $5 AND (x.until IS NULL OR x.until > $5))
        FROM patients.patient_rows p LEFT JOIN (
            (SELECT * FROM scheduling.appointments WHERE patient_id = $1 AND hidden_at IS NULL
                ORDER BY created_at DESC, id DESC LIMIT $2 OFFSET $3) a
            JOIN doctors.doctor_rows d ON d.id = a.doctor_id) ON true
        WHERE p.id = $1
        """;

    /// <summary>The page; null for somebody's proxy, whose list is longer than this.</summary>
    public static async Task<Page<AppointmentView>?> ReadAsync(
        NpgsqlDataSource database, Actor actor, Guid patientId, DateTimeOffset now, ListQuery query, CancellationToken ct)
    {
        await using var command = database.CreateCommand(Newest);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = patientId });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = query.PageSize });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = query.Skip });
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = actor.AccountId });
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = now });
        var views = new List<AppointmentView>(query.PageSize);
        var total = 0L;
        await using var row = await command.ExecuteReaderAsync(ct);
        while (await row.ReadAsync(ct))
        {
            total = row.GetInt64(Appointment.ColumnCount + 6);
            if (row.GetBoolean(Appointment.ColumnCount + 7))
            {
                return null;
            }

            if (!row.IsDBNull(0))
            {
                views.Add(Read(row));
            }
        }

        views.Sort(NewestFirst);
        return new Page<AppointmentView>(views, total, query.Page, query.PageSize);
    }

    private static int NewestFirst(AppointmentView one, AppointmentView other)
    {
        var (a, b) = (one.Appointment, other.Appointment);
        return a.CreatedAt == b.CreatedAt ? b.Id.CompareTo(a.Id) : b.CreatedAt.CompareTo(a.CreatedAt);
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
