namespace Careline.Consultations.Consultations;

/// <summary>What the doctor writes of a visit. Kept as sent, character for character.</summary>
public record ConsultationText
{
    internal const int MaxLength = 20_000;

    /// <summary>Why the patient comes, in the patient's words.</summary>
    [MaxLength(MaxLength)]
    public string? ChiefComplaint { get; init; }

    /// <summary>How the present illness developed.</summary>
    [MaxLength(MaxLength)]
    public string? HistoryOfPresentIllness { get; init; }

    /// <summary>Earlier illnesses that matter here.</summary>
    [MaxLength(MaxLength)]
    public string? MedicalHistory { get; init; }

    /// <summary>What the examination showed.</summary>
    [MaxLength(MaxLength)]
    public string? ExaminationFindings { get; init; }

    /// <summary>Tests ordered or looked at.</summary>
    [MaxLength(MaxLength)]
    public string? Investigations { get; init; }

    /// <summary>The doctor's judgement.</summary>
    [MaxLength(MaxLength)]
    public string? Assessment { get; init; }

    /// <summary>The diagnosis in words; coded ones are added one by one.</summary>
    [MaxLength(MaxLength)]
    public string? Diagnosis { get; init; }

    /// <summary>What is to be done.</summary>
    [MaxLength(MaxLength)]
    public string? TreatmentPlan { get; init; }

    /// <summary>What the patient is to do, and when to come back.</summary>
    [MaxLength(MaxLength)]
    public string? FollowUpInstructions { get; init; }

    /// <summary>When to look again.</summary>
    [Range(typeof(DateOnly), "1900-01-01", "2200-12-31", ParseLimitsInInvariantCulture = true, ConvertValueInInvariantCulture = true)]
    public DateOnly? ReviewDate { get; init; }

    /// <summary>For the assigned doctor's eyes only.</summary>
    [MaxLength(MaxLength)]
    public string? PrivateNotes { get; init; }
}

/// <summary>The whole document, in place of the present one: what is left out is emptied.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record ReplaceConsultationRequest : ConsultationText
{
    /// <summary>An empty document.</summary>
    [JsonConstructor]
    public ReplaceConsultationRequest()
    {
    }

    private ReplaceConsultationRequest(ConsultationText text)
        : base(text)
    {
    }

    internal static ReplaceConsultationRequest From(ConsultationText text) => new(text);
}
