namespace Careline.Labs.Contracts;

/// <summary>
/// What is known last of a patient's analytes, for modules above that judge by it: final results, whether the patient was shown them yet or not. Whoever asks
/// answers for who may know. What is not known is absent, and then whatever was to be judged by it is not checked.
/// </summary>
public interface ILatestResults
{
    /// <summary>The newest final result of each analyte, in the catalogue's unit; a code that names none, or of which there is none, is not among them.</summary>
    Task<IReadOnlyDictionary<string, LatestResult>> OfAsync(Guid patientId, IReadOnlyCollection<string> loincs, CancellationToken ct);

    /// <summary>
    /// The newest estimate of the glomerular filtration rate: as the laboratory reported it, or from the newest creatinine by CKD-EPI 2021 for an adult of known age
    /// and sex. Null where neither can be had, where a unit is not known, and where a value is none that a living person has.
    /// </summary>
    Task<KidneyFunction?> KidneyFunctionAsync(Guid patientId, CancellationToken ct);
}

/// <summary>A final result.</summary>
/// <param name="ResultId">The result.</param>
/// <param name="Value">In <paramref name="Unit"/>; null where it is no number, or one whose unit cannot be compared.</param>
/// <param name="Unit">UCUM unit.</param>
/// <param name="IsBound">The number is only a bound, such as <c>&gt; 90</c>.</param>
/// <param name="Answer">The answer of a coded test.</param>
/// <param name="ObservedAt">When it was measured.</param>
public sealed record LatestResult(Guid ResultId, decimal? Value, string? Unit, bool IsBound, string? Answer, DateTimeOffset ObservedAt);

/// <summary>How well somebody's kidneys filter.</summary>
/// <param name="Egfr">mL/min per 1.73 m².</param>
/// <param name="IsCalculated">From creatinine, here; otherwise reported by the laboratory.</param>
/// <param name="ObservedAt">When it was measured.</param>
/// <param name="ResultId">The result that it is from.</param>
public sealed record KidneyFunction(decimal Egfr, bool IsCalculated, DateTimeOffset ObservedAt, Guid ResultId);
