using Npgsql;

namespace Careline.Clinics.Reviews;

/// <summary>A visit at a clinic that took place. Written by statement, read when somebody reviews.</summary>
internal sealed class ReviewableVisit
{
    public Guid AppointmentId { get; private set; }

    public Guid ClinicId { get; private set; }

    public Guid PatientId { get; private set; }

    public DateTimeOffset CompletedAt { get; private set; }

    internal sealed class Mapping : IEntityTypeConfiguration<ReviewableVisit>
    {
        public void Configure(EntityTypeBuilder<ReviewableVisit> builder)
        {
            builder.ToTable("reviewable_visits", "clinics");
            builder.HasKey(v => v.AppointmentId);
            builder.Property(v => v.AppointmentId).ValueGeneratedNever();
        }
    }
}

/// <inheritdoc />
internal sealed class ClinicReviews(CarelineDb db) : IClinicReviews
{
    public void Allow(CompletedClinicVisit visit) => db.Send(new NpgsqlBatchCommand(
        "INSERT INTO clinics.reviewable_visits (appointment_id, clinic_id, patient_id, completed_at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING")
    {
        Parameters =
        {
            new NpgsqlParameter<Guid> { TypedValue = visit.AppointmentId },
            new NpgsqlParameter<Guid> { TypedValue = visit.ClinicId },
            new NpgsqlParameter<Guid> { TypedValue = visit.PatientId },
            new NpgsqlParameter<DateTimeOffset> { TypedValue = db.Now },
        },
    });
}
