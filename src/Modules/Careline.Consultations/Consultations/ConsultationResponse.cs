using Careline.Consultations.Addenda;
using Careline.Consultations.Diagnoses;
using Careline.Consultations.Notes;
using Careline.Prescriptions.Contracts;
using Careline.Vitals.Contracts;

namespace Careline.Consultations.Consultations;

/// <summary>A consultation in a list.</summary>
public record ConsultationOverview : IVersioned
{
    /// <summary>The consultation.</summary>
    public Guid Id { get; init; }

    /// <summary>Its appointment.</summary>
    public Guid AppointmentId { get; init; }

    /// <summary>The appointment's human number.</summary>
    public string AppointmentNumber { get; init; } = "";

    /// <summary>When the visit was appointed for.</summary>
    public DateTimeOffset AppointmentStart { get; init; }

    /// <summary>Where it stands.</summary>
    public ConsultationStatus Status { get; init; }

    /// <summary>The same for people.</summary>
    public string StatusDisplay => EnumText<ConsultationStatus>.Display(Status);

    /// <summary>The assigned doctor.</summary>
    public ConsultationDoctor Doctor { get; init; } = new();

    /// <summary>The patient.</summary>
    public ConsultationPatient Patient { get; init; } = new();

    /// <summary>Why the patient comes.</summary>
    public string? ChiefComplaint { get; init; }

    /// <summary>The diagnosis in words.</summary>
    public string? Diagnosis { get; init; }

    /// <summary>When to look again.</summary>
    public DateOnly? ReviewDate { get; init; }

    /// <summary>When the visit began.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>How long it took.</summary>
    public int? DurationMinutes { get; init; }

    /// <summary>When the document was opened.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was last written.</summary>
    public DateTimeOffset UpdatedAt { get; init; }

    /// <inheritdoc />
    public int Version { get; init; }
}

/// <summary>The whole document. A patient sees its text from the moment the visit has begun, and never the private notes.</summary>
public sealed record ConsultationResponse : ConsultationOverview
{
    internal ConsultationResponse(ConsultationOverview overview, ConsultationText text)
        : base(overview)
    {
        HistoryOfPresentIllness = text.HistoryOfPresentIllness;
        MedicalHistory = text.MedicalHistory;
        ExaminationFindings = text.ExaminationFindings;
        Investigations = text.Investigations;
        Assessment = text.Assessment;
        TreatmentPlan = text.TreatmentPlan;
        FollowUpInstructions = text.FollowUpInstructions;
        PrivateNotes = text.PrivateNotes;
    }

    /// <summary>How the present illness developed.</summary>
    public string? HistoryOfPresentIllness { get; init; }

    /// <summary>Earlier illnesses that matter here.</summary>
    public string? MedicalHistory { get; init; }

    /// <summary>What the examination showed.</summary>
    public string? ExaminationFindings { get; init; }

    /// <summary>Tests ordered or looked at.</summary>
    public string? Investigations { get; init; }

    /// <summary>The doctor's judgement.</summary>
    public string? Assessment { get; init; }

    /// <summary>What is to be done.</summary>
    public string? TreatmentPlan { get; init; }

    /// <summary>What the patient is to do.</summary>
    public string? FollowUpInstructions { get; init; }

    /// <summary>Absent for everybody but the assigned doctor.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? PrivateNotes { get; init; }

    /// <summary>The newest hundred sets of vital signs, oldest first; <c>vital-signs/</c> pages through all.</summary>
    public IReadOnlyList<VitalSetRow> VitalSigns { get; init; } = [];

    /// <summary>The newest hundred medicines.</summary>
    public IReadOnlyList<PrescriptionLineRow> Prescriptions { get; init; } = [];

    /// <summary>The newest hundred notes.</summary>
    public IReadOnlyList<ConsultationNoteResponse> Notes { get; init; } = [];

    /// <summary>The newest hundred diagnoses.</summary>
    public IReadOnlyList<DiagnosisResponse> Diagnoses { get; init; } = [];

    /// <summary>The newest hundred addenda.</summary>
    public IReadOnlyList<AddendumResponse> Addenda { get; init; } = [];
}

/// <summary>The doctor of a consultation.</summary>
public sealed record ConsultationDoctor
{
    /// <summary>The doctor.</summary>
    public Guid Id { get; init; }

    /// <summary>The doctor's account.</summary>
    public Guid UserId { get; init; }

    /// <summary>The name.</summary>
    public string Name { get; init; } = "";

    /// <summary>Specialties.</summary>
    public string[] Specializations { get; init; } = [];
}

/// <summary>The patient of a consultation.</summary>
public sealed record ConsultationPatient
{
    /// <summary>The patient.</summary>
    public Guid Id { get; init; }

    /// <summary>The human number.</summary>
    public string Number { get; init; } = "";

    /// <summary>The name.</summary>
    public string Name { get; init; } = "";

    /// <summary>Birth date.</summary>
    public DateOnly? DateOfBirth { get; init; }
}

/// <summary>Who wrote an entry.</summary>
public sealed record ConsultationAuthor
{
    /// <summary>The account.</summary>
    public Guid UserId { get; init; }

    /// <summary>The name, where the author is a doctor.</summary>
    public string? Name { get; init; }
}
