using Careline.Doctors.Contracts;
using Npgsql;

namespace Careline.Scheduling.Appointments;

/// <summary>Reads an appointment from a hand-written statement; what answers show, without what only rules need.</summary>
internal sealed partial class Appointment
{
    /// <summary>The columns of <c>a</c>, in the order of <see cref="Read"/>.</summary>
    public const string Columns =
        """
        a.id, a.number, a.doctor_id, a.patient_id, a.clinic_id, a.starts_at, a.ends_at, a.time_zone, a.status, a.visit_type, a.modality, a.urgency,
        a.reason, a.symptoms, a.notes, a.contact_phone, a.fee_amount, a.fee_currency, a.created_at, a.updated_at, a.version, a.service_id
        """;

    public const int ColumnCount = 22;

    public static Appointment Read(NpgsqlDataReader row) => new()
    {
        Id = row.GetGuid(0),
        Number = row.GetString(1),
        DoctorId = row.GetGuid(2),
        PatientId = row.GetGuid(3),
        ClinicId = row.IsDBNull(4) ? null : row.GetGuid(4),
        StartsAt = row.GetFieldValue<DateTimeOffset>(5),
        EndsAt = row.GetFieldValue<DateTimeOffset>(6),
        TimeZone = row.GetString(7),
        Status = Parse<AppointmentStatus>(row.GetString(8)),
        VisitType = Parse<VisitType>(row.GetString(9)),
        Modality = Parse<Modality>(row.GetString(10)),
        Urgency = Parse<Urgency>(row.GetString(11)),
        Reason = TextAt(row, 12),
        Symptoms = TextAt(row, 13),
        Notes = TextAt(row, 14),
        ContactPhone = TextAt(row, 15),
        FeeAmount = row.IsDBNull(16) ? null : row.GetInt64(16),
        FeeCurrency = TextAt(row, 17),
        CreatedAt = row.GetFieldValue<DateTimeOffset>(18),
        UpdatedAt = row.GetFieldValue<DateTimeOffset>(19),
        Version = row.GetInt32(20),
        ServiceId = row.IsDBNull(21) ? null : row.GetGuid(21),
    };

    private static string? TextAt(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static T Parse<T>(string text)
        where T : struct, Enum =>
        EnumText<T>.TryParse(text, out var value) ? value : throw new InvalidOperationException($"'{text}' is no {typeof(T).Name}.");
}
