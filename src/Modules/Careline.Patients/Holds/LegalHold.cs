using Careline.Patients.Patients;

namespace Careline.Patients.Holds;

/// <summary>A record must not be erased, since a court or an authority may ask for it. Ended, never removed.</summary>
internal sealed class LegalHold
{
    private LegalHold()
    {
    }

    public Guid Id { get; private set; }

    public Guid PatientId { get; private set; }

    public string Reason { get; private set; } = "";

    public Guid PlacedBy { get; private set; }

    public DateTimeOffset PlacedAt { get; private set; }

    public Guid? LiftedBy { get; private set; }

    public DateTimeOffset? LiftedAt { get; private set; }

    public static LegalHold Place(Guid id, Guid patientId, string reason, Guid by, DateTimeOffset now) =>
        new() { Id = id, PatientId = patientId, Reason = reason, PlacedBy = by, PlacedAt = now };

    public void Explain(string reason) => Reason = reason;

    public void Lift(Guid by, DateTimeOffset now) => (LiftedBy, LiftedAt) = (by, now);

    internal sealed class Mapping : IEntityTypeConfiguration<LegalHold>
    {
        public void Configure(EntityTypeBuilder<LegalHold> builder)
        {
            builder.ToTable("legal_holds", "patients");
            builder.Property(h => h.Id).ValueGeneratedNever();
            builder.HasOne<Patient>().WithMany().HasForeignKey(h => h.PatientId);
        }
    }
}
