using Careline.Patients.Patients;

namespace Careline.Patients.Care;

/// <summary>Somebody opened a record for a reason of their own. Never changed and never removed: the patient reads it.</summary>
internal sealed class EmergencyAccess
{
    private static readonly TimeSpan _length = TimeSpan.FromMinutes(60);

    private EmergencyAccess()
    {
    }

    public Guid Id { get; private init; }

    public Guid PatientId { get; private init; }

    public Guid AccountId { get; private init; }

    /// <summary>In clear only until the job has sealed what an earlier release wrote.</summary>
    public string? Reason { get; private set; }

    public byte[]? SealedReason { get; private set; }

    public DateTimeOffset OpenedAt { get; private init; }

    public DateTimeOffset ExpiresAt { get; private init; }

    public static EmergencyAccess Open(Guid id, Guid patientId, Actor by, byte[] sealedReason, DateTimeOffset now) => new()
    {
        Id = id,
        PatientId = patientId,
        AccountId = by.AccountId,
        SealedReason = sealedReason,
        OpenedAt = now,
        ExpiresAt = now + _length,
    };

    public static string PlaceOf(Guid id) => $"patients.break_glass.sealed_reason:{id}";

    public void Seal(byte[] reason) => (Reason, SealedReason) = (null, reason);

    /// <summary>What was given as the reason; null once the patient was erased, and where it cannot be read.</summary>
    public async Task<(string? Text, bool IsReadable)> ReasonAsync(PersonCipher cipher, CancellationToken ct) =>
        SealedReason is { } value ? await cipher.TryOpenAsync(PatientId, value, PlaceOf(Id), ct) : (Reason, true);

    /// <summary>The relationship that opens the record, for reading only.</summary>
    public CareRelationshipOpening Opening() => new(PatientId, AccountId, CareReason.BreakGlass, Id, ExpiresAt);

    internal sealed class Mapping : IEntityTypeConfiguration<EmergencyAccess>
    {
        public void Configure(EntityTypeBuilder<EmergencyAccess> builder)
        {
            builder.ToTable("break_glass", "patients");
            builder.Property(e => e.Id).ValueGeneratedNever();
            builder.HasOne<Patient>().WithMany().HasForeignKey(e => e.PatientId);
        }
    }
}
