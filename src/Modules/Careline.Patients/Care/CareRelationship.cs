namespace Careline.Patients.Care;

/// <summary>Why, from when and until when somebody may open a patient's record. Ended, never removed.</summary>
internal sealed class CareRelationship
{
    private static readonly TimeSpan _afterRegistering = TimeSpan.FromDays(30);

    private CareRelationship()
    {
    }

    public Guid PatientId { get; private set; }

    public Guid AccountId { get; private set; }

    public CareReason Reason { get; private set; }

    /// <summary>The appointment, grant, proxy or registration from which it follows; with the account, the key.</summary>
    public Guid SourceId { get; private set; }

    public DateTimeOffset StartsAt { get; private set; }

    public DateTimeOffset? EndsAt { get; private set; }

    /// <summary>Whoever registers a patient has 30 days to complete the record.</summary>
    public static CareRelationship OfRegistration(Guid patientId, Guid accountId, DateTimeOffset now) => new()
    {
        PatientId = patientId,
        AccountId = accountId,
        Reason = CareReason.Registered,
        SourceId = patientId,
        StartsAt = now,
        EndsAt = now + _afterRegistering,
    };

    public static CareRelationship OfOpening(CareRelationshipOpening opening, DateTimeOffset now) => new()
    {
        PatientId = opening.PatientId,
        AccountId = opening.AccountId,
        Reason = opening.Reason,
        SourceId = opening.SourceId,
        StartsAt = now,
        EndsAt = opening.Until,
    };

    internal sealed class Mapping : IEntityTypeConfiguration<CareRelationship>, IEntityTypeConfiguration<CareRelationshipRow>
    {
        public void Configure(EntityTypeBuilder<CareRelationship> builder)
        {
            builder.ToTable("care_relationships", "patients");
            builder.HasKey(r => new { r.SourceId, r.AccountId });
        }

        public void Configure(EntityTypeBuilder<CareRelationshipRow> builder) => builder.HasNoKey().ToView("care_relationship_rows", "patients");
    }
}
