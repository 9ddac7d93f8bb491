namespace Careline.Labs.Results;

/// <summary>One result as somebody enters it: a number with its unit, an answer, or words.</summary>
/// <param name="Test">Code or id of the test.</param>
/// <param name="Value">A number.</param>
/// <param name="Comparator">The sign before the number.</param>
/// <param name="Unit">UCUM unit of the number. One that Careline does not know is kept as it is written, and the number compared with nothing.</param>
/// <param name="Answer">One of the test's answers.</param>
/// <param name="Text">Words.</param>
/// <param name="State">Preliminary or final.</param>
/// <param name="IsCritical">Somebody has to act at once, whatever the range says.</param>
/// <param name="Note">What the laboratory adds.</param>
/// <param name="ObservedAt">When it was measured; now unless told.</param>
/// <param name="SubId">Tells several results of one test apart, such as two germs of one culture.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record ResultForm(
    [Required, MaxLength(40)] string Test,
    [Range(-1_000_000_000_000.0, 1_000_000_000_000.0)] decimal? Value = null,
    Comparator? Comparator = null,
    [MaxLength(40)] string? Unit = null,
    [MaxLength(100)] string? Answer = null,
    [MaxLength(20_000)] string? Text = null,
    ResultState State = ResultState.Final,
    bool IsCritical = false,
    [MaxLength(4000)] string? Note = null,
    DateTimeOffset? ObservedAt = null,
    [MaxLength(20)] string? SubId = null) : IValidatableObject
{
    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if ((Value is null ? 0 : 1) + (string.IsNullOrEmpty(Answer) ? 0 : 1) + (string.IsNullOrEmpty(Text) ? 0 : 1) != 1)
        {
            yield return new ValidationResult("Say exactly one of value, answer and text.", [nameof(Value)]);
        }

        if (Value is { Scale: > 9 })
        {
            yield return new ValidationResult("At most 9 digits after the point.", [nameof(Value)]);
        }

        if (Value is null && (Comparator is not null || Unit is not null))
        {
            yield return new ValidationResult("Goes with a value only.", [Comparator is not null ? nameof(Comparator) : nameof(Unit)]);
        }

        if (State is not (ResultState.Preliminary or ResultState.Final))
        {
            yield return new ValidationResult("Must be preliminary or final; a correction has a reason and a route of its own.", [nameof(State)]);
        }
    }

    internal Measured Measured => new(Value, Comparator, Unit, Answer, Text, IsCritical) { Note = Note };
}

/// <summary>Results of one order, entered together.</summary>
/// <param name="Results">From 1 to 200.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record EnterResultsRequest([MinLength(1), MaxLength(200)] IReadOnlyList<ResultForm> Results) : IValidatableObject
{
    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Results.Contains(null!))
        {
            yield return new ValidationResult("Must not hold null.", [nameof(Results)]);
        }
    }
}

/// <summary>A correction of a result.</summary>
/// <param name="Reason">Why it was wrong.</param>
/// <param name="Result">What is right; the test must be the same.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record CorrectResultRequest([Required, StringLength(2000, MinimumLength = 1)] string Reason, ResultForm Result);
