using Careline.Accounts.Contracts;
using Careline.Clinics.Contracts;
using Careline.Patients.Contracts;
using Careline.Prescriptions.Dispensing;
using Careline.Prescriptions.Signatures;

namespace Careline.Prescriptions.Prescriptions;

/// <summary>
/// A sheet of medicines for one patient. Written as a draft; once signed it is never changed: a correction is a new one that supersedes it.
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

    public string? GeneralAdvice { get; private set; }

    public string? DietAdvice { get; private set; }

    public string? FluidAdvice { get; private set; }

    public string? LifestyleAdvice { get; private set; }

    public DateOnly? NextVisit { get; private set; }

    public Guid? SupersedesId { get; private set; }

    /// <summary>When it was signed and became valid.</summary>
    public DateTimeOffset? IssuedAt { get; private set; }

    /// <summary>From then on nothing of it is handed out any more.</summary>
    public DateTimeOffset? ValidUntil { get; private set; }

    /// <summary>What the signature covers, byte for byte; null before it is signed and after the patient's data was erased.</summary>
    public string? SignedContent { get; private set; }

    public byte[]? Signature { get; private set; }

    /// <summary>By which whoever holds the paper asks whether it is true.</summary>
    public string? VerifyCode { get; private set; }

    public DateTimeOffset? EndedAt { get; private set; }

    public string? EndReason { get; private set; }

    /// <summary>What the last check said, as JSON; null for a sheet that is older than the checks.</summary>
    public string? Safety { get; private set; }

    public Guid? PharmacyId { get; private set; }

    public DateTimeOffset? SentAt { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset UpdatedAt { get; private set; }

    public int Version { get; private set; } = 1;

    public List<PrescriptionLine> Lines { get; private set; } = [];

    public static Prescription Draft(Guid id, Guid patientId, Guid doctorId, Guid? consultationId, DateTimeOffset now) => new()
    {
        Id = id,
        PatientId = patientId,
        DoctorId = doctorId,
        ConsultationId = consultationId,
        Status = PrescriptionStatus.Draft,
        CreatedAt = now,
        UpdatedAt = now,
    };

    /// <summary>A draft that says what this one says, for the same patient.</summary>
    public Prescription Again(Guid id, Guid doctorId, DateTimeOffset now)
    {
        var draft = Draft(id, PatientId, doctorId, null, now);
        draft.Replace(PrescriptionSheet.Of(this), now);
        return draft;
    }

    /// <summary>The draft of a correction: once it is signed, this one is superseded.</summary>
    public Prescription Correct(Guid id, DateTimeOffset now)
    {
        MustStand();
        var draft = Again(id, DoctorId, now);
        draft.SupersedesId = Id;
        return draft;
    }

    public PrescriptionLine Add(Guid lineId, MedicationOrder order, DateTimeOffset now)
    {
        MustBeDraft();
        if (Lines.Count == PrescriptionSheet.MostLines)
        {
            throw new RuleViolation("PRESCRIPTION_FULL", $"A prescription has at most {PrescriptionSheet.MostLines} medicines.");
        }

        var line = PrescriptionLine.Of(lineId, Lines.Count + 1, order, now);
        Lines.Add(line);
        UpdatedAt = now;
        return line;
    }

    public void Replace(PrescriptionSheet sheet, DateTimeOffset now)
    {
        MustBeDraft();
        GeneralAdvice = sheet.GeneralAdvice;
        DietAdvice = sheet.DietAdvice;
        FluidAdvice = sheet.FluidAdvice;
        LifestyleAdvice = sheet.LifestyleAdvice;
        NextVisit = sheet.NextVisit;
        UpdatedAt = now;
        Lines.Clear();
        foreach (var order in sheet.Lines)
        {
            Add(Ids.New(now), order, now);
        }
    }

    /// <summary>Keeps what a check said, in all and of each line.</summary>
    public void Note(string statement, Func<PrescriptionLine, SafetyCheck> stateOf)
    {
        MustBeDraft();
        Safety = statement;
        Lines.ForEach(line => line.Note(stateOf(line)));
    }

    public PrescriptionSigned Sign(SignedSheet signed, DateTimeOffset validUntil, DateTimeOffset now)
    {
        MustBeDraft();
        (SignedContent, Signature, VerifyCode) = (signed.Content, signed.Signature, signed.Code);
        Status = PrescriptionStatus.Active;
        IssuedAt = UpdatedAt = now;
        ValidUntil = validUntil;
        Lines.ForEach(line => line.Issue(now));
        return new PrescriptionSigned(Id, PatientId);
    }

    /// <summary>The draft is void.</summary>
    public void Withdraw(DateTimeOffset now)
    {
        MustBeDraft();
        End(PrescriptionStatus.Cancelled, null, now);
    }

    /// <summary>Not to be taken, and not to be handed out any more.</summary>
    public PrescriptionCancelled Cancel(string reason, DateTimeOffset now)
    {
        MustStand();
        End(PrescriptionStatus.Cancelled, reason, now);
        return new PrescriptionCancelled(Id, PatientId);
    }

    public void Supersede(DateTimeOffset now)
    {
        MustStand();
        End(PrescriptionStatus.Superseded, null, now);
    }

    /// <summary>All of it was handed out, or what was is taken back.</summary>
    public void Settle(bool isUsedUp, DateTimeOffset now)
    {
        Status = isUsedUp ? PrescriptionStatus.Completed : PrescriptionStatus.Active;
        EndedAt = isUsedUp ? now : null;
        UpdatedAt = now;
    }

    public void SendTo(Guid pharmacyId, DateTimeOffset now)
    {
        MustBeActive();
        (PharmacyId, SentAt, UpdatedAt) = (pharmacyId, now, now);
    }

    private void MustBeActive()
    {
        if (Status != PrescriptionStatus.Active)
        {
            throw NotActive();
        }
    }

    // What was handed out whole is still taken: a wrong dose can be stopped also then.
    private void MustStand()
    {
        if (Status is not (PrescriptionStatus.Active or PrescriptionStatus.Completed))
        {
            throw NotActive();
        }
    }

    private RuleViolation NotActive() => new("PRESCRIPTION_NOT_ACTIVE", $"This prescription is {EnumText<PrescriptionStatus>.Display(Status).ToLowerInvariant()}.");

    public void MustBeDraft()
    {
        if (Status != PrescriptionStatus.Draft)
        {
            throw new RuleViolation("PRESCRIPTION_FINAL", "A signed prescription is not changed; write a new one that replaces it.");
        }
    }

    /// <summary>
    /// The doctor always sees what he prescribed. The patient, and whoever acts for her, see what was issued: a draft must not be taken to a
    /// pharmacy. Who cares for her now sees all. The pharmacists of a clinic see what was sent there, and what they handed out.
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
        if (actor.Is(Roles.Pharmacist))
        {
            var pharmacies = PharmaciesOf(db, actor);
            visible = visible.Union(all.Where(p => p.PharmacyId != null && pharmacies.Contains(p.PharmacyId.Value)).Select(p => p.Id))
                .Union(db.Set<Dispense>().Where(d => pharmacies.Contains(d.ClinicId)).Select(d => d.PrescriptionId));
        }

        return all.Where(p => visible.Contains(p.Id));
    }

    /// <summary>The clinics where somebody is a pharmacist.</summary>
    public static IQueryable<Guid> PharmaciesOf(CarelineDb db, Actor actor)
    {
        var me = actor.AccountId;
        return db.Set<StaffRow>().Where(s => s.AccountId == me && s.Role == ClinicRole.Pharmacist).Select(s => s.ClinicId);
    }

    private void End(PrescriptionStatus status, string? reason, DateTimeOffset now)
    {
        (Status, EndReason) = (status, reason);
        EndedAt = UpdatedAt = now;
        Lines.ForEach(line => line.Stop());
    }

    internal sealed class Mapping : IEntityTypeConfiguration<Prescription>
    {
        public void Configure(EntityTypeBuilder<Prescription> builder)
        {
            builder.ToTable("prescriptions", "prescriptions");
            builder.Property(p => p.Id).ValueGeneratedNever();
            builder.Property(p => p.Number).ValueGeneratedOnAdd();
            builder.Property(p => p.Safety).HasColumnType("jsonb");
            builder.HasMany(p => p.Lines).WithOne().HasForeignKey(l => l.PrescriptionId);
        }
    }
}
