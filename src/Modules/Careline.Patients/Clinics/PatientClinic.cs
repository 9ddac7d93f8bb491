using Careline.Patients.Patients;

namespace Careline.Patients.Clinics;

/// <summary>How a clinic came to know a patient.</summary>
public enum PatientClinicSource
{
    /// <summary>The desk entered them.</summary>
    Registered,

    /// <summary>They have, or had, a visit there.</summary>
    Visited,
}

/// <summary>A clinic knows a patient: by registering or by booking there.</summary>
internal sealed class PatientClinic
{
    public Guid PatientId { get; private init; }

    public Guid ClinicId { get; private init; }

    public DateTimeOffset Since { get; private init; }

    public PatientClinicSource Source { get; private init; }

    public Guid? RegisteredBy { get; private init; }

    public static PatientClinic Of(Guid patientId, Guid clinicId, Guid registeredBy, DateTimeOffset now) =>
        new() { PatientId = patientId, ClinicId = clinicId, Source = PatientClinicSource.Registered, RegisteredBy = registeredBy, Since = now };

    internal sealed class Mapping : IEntityTypeConfiguration<PatientClinic>
    {
        public void Configure(EntityTypeBuilder<PatientClinic> builder)
        {
            builder.ToTable("patient_clinics", "patients");
            builder.HasKey(p => new { p.ClinicId, p.PatientId });
            builder.HasOne<Patient>().WithMany().HasForeignKey(p => p.PatientId);
        }
    }
}

/// <inheritdoc />
internal sealed class PatientClinics(CarelineDb db) : IPatientClinics
{
    public Task EnlistAsync(Guid patientId, Guid clinicId, CancellationToken ct) => db.Database.ExecuteSqlAsync(
        $"""
        INSERT INTO patients.patient_clinics (patient_id, clinic_id, since, source) VALUES ({patientId}, {clinicId}, {db.Now}, 'visited')
        ON CONFLICT ON CONSTRAINT patient_clinics_pk DO NOTHING
        """,
        ct);

    public Task RegisterAsync(Guid patientId, Guid clinicId, Guid by, CancellationToken ct) => db.Database.ExecuteSqlAsync(
        $"""
        INSERT INTO patients.patient_clinics (patient_id, clinic_id, since, source, registered_by) VALUES ({patientId}, {clinicId}, {db.Now}, 'registered', {by})
        ON CONFLICT ON CONSTRAINT patient_clinics_pk DO NOTHING
        """,
        ct);

    public Task ArriveAsync(ClinicVisit visit, CancellationToken ct) => Attendance.Of(visit, db.Now) is not { } there ? Task.CompletedTask
        : db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO patients.attendances (source_id, patient_id, clinic_id, starts_at, ends_at)
            VALUES ({there.SourceId}, {there.PatientId}, {there.ClinicId}, {there.StartsAt}, {there.EndsAt})
            ON CONFLICT (source_id) DO NOTHING
            """,
            ct);

    public Task LeaveAsync(Guid sourceId, CancellationToken ct)
    {
        var now = db.Now;
        return db.Database.ExecuteSqlAsync($"UPDATE patients.attendances SET ends_at = {now} WHERE source_id = {sourceId} AND ends_at > {now}", ct);
    }
}
