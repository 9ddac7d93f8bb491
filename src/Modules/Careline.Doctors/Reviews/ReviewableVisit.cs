using Npgsql;

namespace Careline.Doctors.Reviews;

/// <summary>A visit that took place. Written by statement, read when somebody reviews.</summary>
internal sealed class ReviewableVisit
{
    public Guid AppointmentId { get; private set; }

    public Guid DoctorId { get; private set; }

    public Guid PatientId { get; private set; }

    public DateTimeOffset CompletedAt { get; private set; }

    internal sealed class Mapping : IEntityTypeConfiguration<ReviewableVisit>
    {
        public void Configure(EntityTypeBuilder<ReviewableVisit> builder)
        {
            builder.ToTable("reviewable_visits", "doctors");
            builder.HasKey(v => v.AppointmentId);
            builder.Property(v => v.AppointmentId).ValueGeneratedNever();
        }
    }
}

/// <inheritdoc />
internal sealed class DoctorReviews(CarelineDb db) : IDoctorReviews
{
    public void Allow(CompletedVisit visit) => db.Send(new NpgsqlBatchCommand(
        "INSERT INTO doctors.reviewable_visits (appointment_id, doctor_id, patient_id, completed_at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING")
    {
        Parameters =
        {
            new NpgsqlParameter<Guid> { TypedValue = visit.AppointmentId },
            new NpgsqlParameter<Guid> { TypedValue = visit.DoctorId },
            new NpgsqlParameter<Guid> { TypedValue = visit.PatientId },
            new NpgsqlParameter<DateTimeOffset> { TypedValue = db.Now },
        },
    });
}
