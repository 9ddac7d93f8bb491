using Careline.Accounts.Contracts;
using Careline.Patients.Contracts;
using Careline.Platform.Data;
using Careline.Platform.Security;
using Careline.Platform.Web;
using Careline.Prescriptions.Contracts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Careline.Prescriptions.Prescriptions;

/// <summary>
/// A sheet of medicines for one patient. Written as a draft during the visit; once issued it is never changed: a correction is a new one that
/// supersedes it.
/// </summary>
internal sealed class Prescription : IVersioned, IVisible<Prescription>
{
    private Prescription()
    {
    }

    public Guid Id { get; private set; }

    public string Number { get; private set; } = null!;

    public Guid PatientId { get; private set; }

    public Guid DoctorId { get; private set; }

    public Guid? ConsultationId { get; private set; }

    public PrescriptionStatus Status { get; private set; }

    public DateTimeOffset? IssuedAt { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset UpdatedAt { get; private set; }

    public int Version { get; private set; } = 1;

    public List<PrescriptionLine> Lines { get; private set; } = [];

    public static Prescription Draft(Guid id, PrescribingVisit visit, DateTimeOffset now) => new()
    {
        Id = id,
        PatientId = visit.PatientId,
        DoctorId = visit.DoctorId,
        ConsultationId = visit.ConsultationId,
        Status = PrescriptionStatus.Draft,
        CreatedAt = now,
        UpdatedAt = now,
    };

    public PrescriptionLine Add(Guid lineId, MedicationOrder order, DateTimeOffset now)
    {
        MustBeDraft();
        var line = PrescriptionLine.Of(lineId, Lines.Count + 1, order, now);
        Lines.Add(line);
        UpdatedAt = now;
        return line;
    }

    public void Issue(DateTimeOffset now)
    {
        MustBeDraft();
        Status = PrescriptionStatus.Active;
        IssuedAt = UpdatedAt = now;
    }

    public void Withdraw(DateTimeOffset now)
    {
        MustBeDraft();
        Status = PrescriptionStatus.Cancelled;
        UpdatedAt = now;
        Lines.ForEach(line => line.Stop());
    }

    /// <summary>
    /// The doctor always sees what he prescribed. The patient, and whoever acts for her, see what was issued: a draft must not be taken to a
    /// pharmacy. Who cares for her now sees all.
    /// </summary>
    public static IQueryable<Prescription> VisibleTo(CarelineDb db, Actor actor)
    {
        var (patient, doctor, readsDrafts) = (actor.PatientId, actor.DoctorId, ClinicalCare.IsClinician(actor));
        var cared = ClinicalCare.PatientsOf(db, actor);
        var actedFor = ClinicalCare.OnlyActedForBy(db, actor);
        var all = db.Set<Prescription>();

        // One set of ids, so that the database starts from the few rows of this person and not from all.
        var visible = all.Where(p => p.DoctorId == doctor || (p.PatientId == patient && p.Status != PrescriptionStatus.Draft)).Select(p => p.Id)
            .Union(all.Where(p => cared.Contains(p.PatientId) && ((readsDrafts && !actedFor.Contains(p.PatientId)) || p.Status != PrescriptionStatus.Draft)).Select(p => p.Id));
        return all.Where(p => visible.Contains(p.Id));
    }

    private void MustBeDraft()
    {
        if (Status != PrescriptionStatus.Draft)
        {
            throw new RuleViolation("PRESCRIPTION_FINAL", "An issued prescription is not changed; write a new one that replaces it.");
        }
    }

    internal sealed class Mapping : IEntityTypeConfiguration<Prescription>
    {
        public void Configure(EntityTypeBuilder<Prescription> builder)
        {
            builder.ToTable("prescriptions", "prescriptions");
            builder.Property(p => p.Id).ValueGeneratedNever();
            builder.Property(p => p.Number).ValueGeneratedOnAdd();
            builder.HasMany(p => p.Lines).WithOne().HasForeignKey(l => l.PrescriptionId);
        }
    }
}
