namespace Careline.Patients.Contracts;

/// <summary>What prescribing needs to know of a patient's history. For clinical modules only; the caller decides who may ask.</summary>
public interface IClinicalHistory
{
    /// <summary>What holds of the patient today; null where there is no such patient.</summary>
    Task<ClinicalHistory?> OfAsync(Guid patientId, CancellationToken ct);
}

/// <summary>What holds of a patient today.</summary>
/// <param name="DateOfBirth">Birth date.</param>
/// <param name="IsFemale">By administrative gender; null where it is another or not known.</param>
/// <param name="Allergies">Active allergies and intolerances.</param>
/// <param name="ConditionCodes">ICD-10 codes of active conditions.</param>
/// <param name="Medicines">What the patient takes, whoever prescribed it.</param>
public sealed record ClinicalHistory(
    DateOnly? DateOfBirth,
    bool? IsFemale,
    IReadOnlyList<RecordedAllergy> Allergies,
    IReadOnlyList<string> ConditionCodes,
    IReadOnlyList<MedicineTaken> Medicines);

/// <summary>An allergy or intolerance.</summary>
/// <param name="Substance">What, in words.</param>
/// <param name="Code">In a code system, if known.</param>
public sealed record RecordedAllergy(string Substance, string? Code);

/// <summary>A medicine the patient takes.</summary>
/// <param name="Id">The entry.</param>
/// <param name="Name">The medicine.</param>
/// <param name="Dosage">How much.</param>
/// <param name="Frequency">How often.</param>
public sealed record MedicineTaken(Guid Id, string Name, string? Dosage, string? Frequency);
