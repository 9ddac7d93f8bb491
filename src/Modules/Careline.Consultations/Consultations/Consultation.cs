using Careline.Accounts.Contracts;
using Careline.Consultations.History;
using Careline.Patients.Contracts;
using Careline.Scheduling.Contracts;

namespace Careline.Consultations.Consultations;

/// <summary>
/// The clinical document of one appointment. Only the assigned doctor writes it, from planning until it is completed; from then on it is locked and
/// corrected by addenda.
/// </summary>
internal sealed class Consultation : IVersioned, IVisible<Consultation>
{
    private Consultation()
    {
    }

    public Guid Id { get; private set; }

    public Guid AppointmentId { get; private set; }

    public Guid PatientId { get; private set; }

    public Guid DoctorId { get; private set; }

    public ConsultationStatus Status { get; private set; }

    public string? ChiefComplaint { get; private set; }

    public string? HistoryOfPresentIllness { get; private set; }

    public string? MedicalHistory { get; private set; }

    public string? ExaminationFindings { get; private set; }

    public string? Investigations { get; private set; }

    public string? Assessment { get; private set; }

    public string? Diagnosis { get; private set; }

    public string? TreatmentPlan { get; private set; }

    public string? FollowUpInstructions { get; private set; }

    public DateOnly? ReviewDate { get; private set; }

    public string? PrivateNotes { get; private set; }

    public DateTimeOffset? StartedAt { get; private set; }

    public DateTimeOffset? EndedAt { get; private set; }

    public int? DurationMinutes { get; private set; }

    /// <summary>Who took the document up; null while it was only opened by the start of its appointment.</summary>
    public Guid? CreatedBy { get; private set; }

    /// <summary>Taken up when the appointment was over already, whose late news must not close it under the doctor's hands.</summary>
    public bool IsWrittenAfterwards { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset UpdatedAt { get; private set; }

    public DateTimeOffset? DeletedAt { get; private set; }

    public int Version { get; private set; } = 1;

    public bool IsOpen => Status is ConsultationStatus.Planned or ConsultationStatus.InProgress;

    public bool IsClosed => Status is ConsultationStatus.Completed or ConsultationStatus.Amended;

    public static Consultation Of(Guid id, AppointmentRow appointment, DateTimeOffset now) => new()
    {
        Id = id,
        AppointmentId = appointment.Id,
        PatientId = appointment.PatientId,
        DoctorId = appointment.DoctorId,
        Status = ConsultationStatus.Planned,
        CreatedAt = now,
        UpdatedAt = now,
    };

    /// <summary>The doctor makes the document his, whether it is new or was opened by the start of its appointment.</summary>
    public void TakeUp(Guid by, ConsultationText text, bool isVisitOver, DateTimeOffset now)
    {
        if (CreatedBy is not null)
        {
            throw new RuleViolation("CONSULTATION_EXISTS", "This appointment already has its consultation.", new { Id });
        }

        MustBeOpen();
        CreatedBy = by;
        IsWrittenAfterwards = isVisitOver;
        Write(text);
        UpdatedAt = now;
    }

    /// <summary>Puts the text in place of the present one and answers what that changed.</summary>
    public Revision Replace(Guid by, ConsultationText text, TimeProvider clock)
    {
        MustBeOpen();
        var before = Read();
        Write(text);
        CreatedBy ??= by;
        UpdatedAt = clock.GetUtcNow();
        return Revision.OfText(Id, by, before, Read(), clock);
    }

    public void Start(DateTimeOffset now)
    {
        if (Status != ConsultationStatus.Planned)
        {
            throw new RuleViolation("CONSULTATION_NOT_PLANNED", "Only a planned consultation can be started.");
        }

        Status = ConsultationStatus.InProgress;
        StartedAt = UpdatedAt = now;
    }

    public ConsultationCompleted Complete(DateTimeOffset now)
    {
        if (Status != ConsultationStatus.InProgress)
        {
            throw new RuleViolation("CONSULTATION_NOT_IN_PROGRESS", "Only a consultation in progress can be completed.");
        }

        Status = ConsultationStatus.Completed;
        EndedAt = UpdatedAt = now;
        DurationMinutes = (int)Math.Min(int.MaxValue, Math.Max(0, Math.Round((now - (StartedAt ?? now)).TotalMinutes)));
        return new ConsultationCompleted(Id, AppointmentId, DoctorId, PatientId);
    }

    public void Cancel(DateTimeOffset now)
    {
        MustBeOpen();
        Status = ConsultationStatus.Cancelled;
        EndedAt = StartedAt is null ? null : now;
        UpdatedAt = now;
    }

    /// <summary>Something was added to a closed document.</summary>
    public void Amend(DateTimeOffset now)
    {
        if (!IsClosed)
        {
            throw new RuleViolation("CONSULTATION_NOT_COMPLETED", "Addenda are for completed consultations: write into the document itself.");
        }

        Status = ConsultationStatus.Amended;
        UpdatedAt = now;
    }

    public void Delete(DateTimeOffset now)
    {
        if (Status != ConsultationStatus.Planned)
        {
            throw new RuleViolation("CONSULTATION_BEGUN", "Only a planned consultation can be deleted.");
        }

        DeletedAt = UpdatedAt = now;
    }

    /// <summary>A visit's document takes no more entries once it is closed or called off.</summary>
    public void MustBeOpen()
    {
        if (!IsOpen)
        {
            throw new RuleViolation("CONSULTATION_LOCKED", IsClosed
                ? "A completed consultation is locked: correct it with an addendum." : "A cancelled consultation is locked.");
        }
    }

    /// <summary>
    /// A patient, and who only acts for her, sees what was written from the moment the visit has begun: what was prepared may never be said.
    /// </summary>
    public async ValueTask<bool> ShowsTextToAsync(CarelineDb db, Actor actor, CancellationToken ct) => StartedAt is not null
        || (ClinicalCare.IsClinician(actor) && actor.PatientId != PatientId
            && (actor.DoctorId == DoctorId || !await ClinicalCare.OnlyActedForBy(db, actor).ContainsAsync(PatientId, ct)));

    /// <summary>The text without what is not for the reader: private notes are the assigned doctor's alone.</summary>
    public ConsultationText ReadAs(Actor actor) =>
        actor.DoctorId == DoctorId && actor.PatientId != PatientId ? Read() : Read() with { PrivateNotes = null };

    private ConsultationText Read() => new()
    {
        ChiefComplaint = ChiefComplaint,
        HistoryOfPresentIllness = HistoryOfPresentIllness,
        MedicalHistory = MedicalHistory,
        ExaminationFindings = ExaminationFindings,
        Investigations = Investigations,
        Assessment = Assessment,
        Diagnosis = Diagnosis,
        TreatmentPlan = TreatmentPlan,
        FollowUpInstructions = FollowUpInstructions,
        ReviewDate = ReviewDate,
        PrivateNotes = PrivateNotes,
    };

    private void Write(ConsultationText text)
    {
        ChiefComplaint = text.ChiefComplaint;
        HistoryOfPresentIllness = text.HistoryOfPresentIllness;
        MedicalHistory = text.MedicalHistory;
        ExaminationFindings = text.ExaminationFindings;
        Investigations = text.Investigations;
        Assessment = text.Assessment;
        Diagnosis = text.Diagnosis;
        TreatmentPlan = text.TreatmentPlan;
        FollowUpInstructions = text.FollowUpInstructions;
        ReviewDate = text.ReviewDate;
        PrivateNotes = text.PrivateNotes;
    }

    /// <summary>
    /// The assigned doctor, always: he wrote it. The patient. Whoever may read the patient's record at this moment. Written as one set of ids, so that
    /// the database starts from the few rows of this person and not from all consultations.
    /// </summary>
    public static IQueryable<Consultation> VisibleTo(CarelineDb db, Actor actor)
    {
        var (patient, doctor) = (actor.PatientId, actor.DoctorId);
        var cared = ClinicalCare.PatientsOf(db, actor);
        var all = db.Set<Consultation>().Where(c => c.DeletedAt == null);
        var visible = all.Where(c => c.DoctorId == doctor || c.PatientId == patient).Select(c => c.Id)
            .Union(all.Where(c => cared.Contains(c.PatientId)).Select(c => c.Id));
        return all.Where(c => visible.Contains(c.Id));
    }

    internal sealed class Mapping : IEntityTypeConfiguration<Consultation>
    {
        public void Configure(EntityTypeBuilder<Consultation> builder)
        {
            builder.ToTable("consultations", "consultations");
            builder.Property(c => c.Id).ValueGeneratedNever();
        }
    }
}
