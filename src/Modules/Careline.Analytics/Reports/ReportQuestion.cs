namespace Careline.Analytics.Reports;

/// <summary>What a report counts, by what it tells it apart, and which facts it looks at. <c>GET vocabulary/</c> lists the names.</summary>
/// <param name="Dataset">The name of a dataset.</param>
/// <param name="Measures">What is counted, one to six.</param>
/// <param name="Dimensions">By what it is told apart, at most three.</param>
/// <param name="Filters">By the name of a dimension, the values that count. What describes patients narrows only what is told apart by it.</param>
/// <param name="Period">A stretch of days that moves with the calendar; or the two days.</param>
/// <param name="StartDate">The first day.</param>
/// <param name="EndDate">The last day, which is in it. At most five years.</param>
/// <param name="TimeZone">The IANA zone by whose clock days and hours are meant. Unless told, an appointment's own, and for payments the clinic's or else UTC.</param>
/// <param name="Ordering">A measure or dimension of the report, with '-' in front for descending; in the order of the dimensions unless told.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record ReportQuestion(
    [Required, MaxLength(40)] string Dataset,
    [Required, MinLength(1), MaxLength(6)] IReadOnlyList<string> Measures,
    [MaxLength(3)] IReadOnlyList<string>? Dimensions = null,
    [MaxLength(20)] IReadOnlyDictionary<string, IReadOnlyList<string>>? Filters = null,
    ReportPeriod? Period = null,
    DateOnly? StartDate = null,
    DateOnly? EndDate = null,
    [MaxLength(64)] string? TimeZone = null,
    [MaxLength(60)] string? Ordering = null) : IValidatableObject
{
    internal FactQuestion Facts => new(Dataset, Filters, Period, StartDate, EndDate, TimeZone);

    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        var faults = new List<ValidationResult>();
        Plan((field, message) => faults.Add(new ValidationResult(message, [field])));
        return faults;
    }

    /// <summary>The report in the words of the vocabulary; null, and at least one fault, where it cannot be asked.</summary>
    internal ReportPlan? Plan(Action<string, string> fault)
    {
        var isSound = true;
        if (Facts.Read(Note) is not { } facts)
        {
            return null;
        }

        var measures = Each(Measures, facts.Dataset.MeasureOf, nameof(Measures), facts.Dataset.Measures.Select(m => m.Name));
        var dimensions = Each(Dimensions ?? [], facts.Dataset.DimensionOf, nameof(Dimensions), facts.Dataset.Dimensions.Select(d => d.Name));
        if (measures.Any(m => m.Kind == ValueKind.Money) && facts.Dataset.DimensionOf("currency") is { } currency && !dimensions.Contains(currency))
        {
            dimensions.Add(currency);
        }

        // To be narrowed by, without being told apart by it, would show what the rest of a small group is by subtraction.
        if (facts.Filters.FirstOrDefault(f => f.Dimension.DescribesPatients && !dimensions.Contains(f.Dimension)) is { Dimension: { } hidden })
        {
            Note(nameof(Filters), $"Narrows by {hidden.Name} only where {hidden.Name} is among the dimensions.");
        }

        var order = Ordering?.TrimStart('-');
        if (order is not null && measures.All(m => m.Name != order) && dimensions.All(d => d.Name != order))
        {
            Note(nameof(Ordering), "Must be a measure or dimension of this report, with '-' in front for descending.");
        }

        return isSound ? new ReportPlan(this, facts, measures, dimensions) : null;

        List<T> Each<T>(IReadOnlyList<string> names, Func<string, T?> find, string field, IEnumerable<string> all)
            where T : class
        {
            var found = names.Select(name => name is null ? null : find(name)).ToList();
            if (found.Any(f => f is null))
            {
                Note(field, $"Must be among: {string.Join(", ", all)}.");
            }
            else if (found.Distinct().Count() < found.Count)
            {
                Note(field, "Each at most once.");
            }

            return [.. found.OfType<T>()];
        }

        void Note(string field, string message)
        {
            isSound = false;
            fault(field, message);
        }
    }
}

/// <summary>A report in the words of the vocabulary.</summary>
internal sealed record ReportPlan(ReportQuestion Question, FactChoice Facts, IReadOnlyList<Measure> Measures, IReadOnlyList<Dimension> Dimensions)
{
    /// <summary>It tells what patients are like.</summary>
    public bool DescribesPatients => Dimensions.Any(d => d.DescribesPatients);
}
