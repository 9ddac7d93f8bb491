using Careline.Patients.Patients;

namespace Careline.Patients.Grants;

/// <summary>A doctor to whom a record is opened: the profile and its account.</summary>
internal sealed record GrantedDoctor(Guid DoctorId, Guid AccountId);

/// <summary>The patient's word that a doctor may open the record for a time. Ended, never removed.</summary>
internal sealed class AccessGrant
{
    private const int MostYears = 1;

    private AccessGrant()
    {
    }

    public Guid Id { get; private set; }

    public Guid PatientId { get; private set; }

    public Guid DoctorId { get; private set; }

    public Guid AccountId { get; private set; }

    public Guid GrantedBy { get; private set; }

    public string? Reason { get; private set; }

    public DateTimeOffset GrantedAt { get; private set; }

    public DateTimeOffset Until { get; private set; }

    public DateTimeOffset? EndedAt { get; private set; }

    /// <exception cref="InvalidInput">It would be over already, or last longer than a year.</exception>
    public static AccessGrant Give(Guid id, Guid patientId, GrantedDoctor doctor, GrantAccessRequest request, Guid by, DateTimeOffset now) => new()
    {
        Id = id,
        PatientId = patientId,
        DoctorId = doctor.DoctorId,
        AccountId = doctor.AccountId,
        GrantedBy = by,
        Reason = request.Reason,
        GrantedAt = now,
        Until = request.Until > now && request.Until <= now.AddYears(MostYears)
            ? request.Until : throw new InvalidInput("until", "Must lie in the future, and within a year."),
    };

    public void End(DateTimeOffset now) => EndedAt ??= now;

    /// <summary>
    /// Ends all that is open by a patient's choice: grants, and what modules above opened (<see cref="PatientRow.SharingEndedAt"/>).
    /// </summary>
    public static async Task EndAllAsync(CarelineDb db, Guid patientId, CancellationToken ct)
    {
        await EndAsync(db, (patientId, null), db.Now, ct);
        await db.Database.ExecuteSqlAsync($"UPDATE patients.patients SET sharing_ended_at = {db.Now} WHERE id = {patientId}", ct);
    }

    /// <summary>
    /// Ends what grants open, now or at a moment ahead: of a patient, of whoever gave them, or of both. By statement, since a doctor who is just being
    /// let in elsewhere must not be missed.
    /// </summary>
    public static async Task EndAsync(CarelineDb db, (Guid? Patient, Guid? GivenBy) whose, DateTimeOffset at, CancellationToken ct)
    {
        var now = db.Now;
        var end = at < now ? now : at;
        await db.Database.ExecuteSqlAsync(
            $"""
            UPDATE patients.care_relationships r SET ends_at = {end} FROM patients.access_grants g
            WHERE r.source_id = g.id AND r.account_id = g.account_id AND (r.ends_at IS NULL OR r.ends_at > {end})
                AND ({whose.Patient}::uuid IS NULL OR g.patient_id = {whose.Patient}) AND ({whose.GivenBy}::uuid IS NULL OR g.granted_by = {whose.GivenBy})
            """,
            ct);
        await db.Database.ExecuteSqlAsync(
            $"""
            UPDATE patients.access_grants SET until = CASE WHEN {end} > {now} THEN {end} ELSE until END, ended_at = CASE WHEN {end} > {now} THEN NULL ELSE {now} END
            WHERE ended_at IS NULL AND until > {end} AND ({whose.Patient}::uuid IS NULL OR patient_id = {whose.Patient})
                AND ({whose.GivenBy}::uuid IS NULL OR granted_by = {whose.GivenBy})
            """,
            ct);
    }

    /// <summary>The relationship that opens the record.</summary>
    public CareRelationshipOpening Opening() => new(PatientId, AccountId, CareReason.Grant, Id, Until);

    internal sealed class Mapping : IEntityTypeConfiguration<AccessGrant>
    {
        public void Configure(EntityTypeBuilder<AccessGrant> builder)
        {
            builder.ToTable("access_grants", "patients");
            builder.Property(g => g.Id).ValueGeneratedNever();
            builder.HasOne<Patient>().WithMany().HasForeignKey(g => g.PatientId);
        }
    }
}
