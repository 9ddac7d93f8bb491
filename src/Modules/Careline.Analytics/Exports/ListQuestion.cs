using Careline.Analytics.Reports;

namespace Careline.Analytics.Exports;

/// <summary>Which rows of a dataset are listed, one by one. Nothing clinical is among its columns.</summary>
/// <param name="Dataset">The name of a dataset.</param>
/// <param name="Filters">By the name of a dimension, the values that count; none that describes patients.</param>
/// <param name="Period">A stretch of days that moves with the calendar; or the two days.</param>
/// <param name="StartDate">The first day.</param>
/// <param name="EndDate">The last day, which is in it. At most five years.</param>
/// <param name="TimeZone">The IANA zone by whose clock days are meant.</param>
/// <param name="WithNames">Patients' names beside their numbers.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record ListQuestion(
    [Required, MaxLength(40)] string Dataset,
    [MaxLength(20)] IReadOnlyDictionary<string, IReadOnlyList<string>>? Filters = null,
    ReportPeriod? Period = null,
    DateOnly? StartDate = null,
    DateOnly? EndDate = null,
    [MaxLength(64)] string? TimeZone = null,
    bool WithNames = false) : IValidatableObject
{
    internal FactQuestion Facts => new(Dataset, Filters, Period, StartDate, EndDate, TimeZone);

    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        var faults = new List<ValidationResult>();
        var choice = Facts.Read((field, message) => faults.Add(new ValidationResult(message, [field])));

        // Rows show each patient: to be narrowed by what patients are like would tell it of each of them.
        if (choice?.Filters.FirstOrDefault(f => f.Dimension.DescribesPatients) is { Dimension: { } dimension })
        {
            faults.Add(new ValidationResult($"A list is not narrowed by {dimension.Name}.", [nameof(Filters)]));
        }

        return faults;
    }

    /// <summary>The columns of its rows.</summary>
    internal IReadOnlyList<ListColumn> ColumnsOf(Dataset dataset) => [.. dataset.Columns.Where(c => WithNames || !c.IsName)];
}
