using Careline.Accounts.Contracts;
using Careline.Patients.Contracts;
using Careline.Platform.Data;
using Careline.Platform.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

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

    /// <summary>The patients for whom somebody has a relationship at this moment, of whatever reason.</summary>
    public static IQueryable<CareRelationship> InForce(CarelineDb db, Actor actor)
    {
        var me = actor.AccountId;
        var now = db.Now;
        return db.Set<CareRelationship>().Where(r => r.AccountId == me && r.StartsAt <= now && (r.EndsAt == null || now < r.EndsAt));
    }

    /// <summary>
    /// The patients whose clinical record the actor may read through a relationship. A receptionist who registered a patient has a relationship
    /// too, and an administrator may; only care, the patient's own word or an emergency opens what is clinical.
    /// </summary>
    public static IQueryable<Guid> ClinicalFor(CarelineDb db, Actor actor)
    {
        var inForce = InForce(db, actor);
        return (actor.Is(Roles.Doctor) || actor.Is(Roles.Nurse)
            ? inForce
            : inForce.Where(r => r.Reason == CareReason.Proxy || r.Reason == CareReason.BreakGlass)).Select(r => r.PatientId);
    }

    /// <summary>The same without those for whom the actor only acts: a nurse reads as a daughter what any daughter reads.</summary>
    public static IQueryable<Guid> ClinicalAsStaffFor(CarelineDb db, Actor actor)
    {
        var isClinician = actor.Is(Roles.Doctor) || actor.Is(Roles.Nurse);
        return InForce(db, actor).Where(r => r.Reason != CareReason.Proxy && (isClinician || r.Reason == CareReason.BreakGlass)).Select(r => r.PatientId);
    }

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
