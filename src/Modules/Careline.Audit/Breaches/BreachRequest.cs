namespace Careline.Audit.Breaches;

/// <summary>What is known of a breach. Only its discovery and what happened are needed to file it: the rest is added as it becomes known.</summary>
/// <param name="DiscoveredAt">When the practice came to know of it; the law's clocks run from here. Not in the future.</param>
/// <param name="Description">What happened, in words, without names of patients: they stand in patient_ids.</param>
/// <param name="OccurredFrom">When it began.</param>
/// <param name="OccurredTo">When it ended.</param>
/// <param name="PeopleCategories">Whom it concerns, such as <c>patients</c>, <c>staff</c>.</param>
/// <param name="DataCategories">What was exposed, such as <c>names</c>, <c>diagnoses</c>.</param>
/// <param name="PeopleEstimate">About how many people.</param>
/// <param name="RecordsEstimate">About how many records.</param>
/// <param name="PatientIds">The patients, where they are known exactly.</param>
/// <param name="Consequences">What is likely to follow for the people concerned.</param>
/// <param name="MeasuresTaken">What was done against it.</param>
/// <param name="MeasuresProposed">What is going to be done.</param>
/// <param name="Advice">What the people concerned should do to protect themselves.</param>
/// <param name="ContactPoint">Whom to ask: name, phone, e-mail, postal address.</param>
/// <param name="WasEncrypted">Whether nobody can read what was exposed; null until it is known.</param>
/// <param name="RiskLevel">low, medium, high; null until it is assessed.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record BreachRequest(
    DateTimeOffset DiscoveredAt,
    [Required, StringLength(20_000)] string Description,
    DateTimeOffset? OccurredFrom = null,
    DateTimeOffset? OccurredTo = null,
    [MaxLength(50)] IReadOnlyList<string>? PeopleCategories = null,
    [MaxLength(50)] IReadOnlyList<string>? DataCategories = null,
    [Range(0, int.MaxValue)] int? PeopleEstimate = null,
    [Range(0, int.MaxValue)] int? RecordsEstimate = null,
    [MaxLength(BreachRequest.MostPatients)] IReadOnlyList<Guid>? PatientIds = null,
    [StringLength(20_000)] string? Consequences = null,
    [StringLength(20_000)] string? MeasuresTaken = null,
    [StringLength(20_000)] string? MeasuresProposed = null,
    [StringLength(20_000)] string? Advice = null,
    [StringLength(1000)] string? ContactPoint = null,
    bool? WasEncrypted = null,
    RiskLevel? RiskLevel = null) : IValidatableObject
{
    internal const int MostPatients = 100_000;

    internal static BreachRequest Of(Breach breach) => new(
        breach.DiscoveredAt,
        breach.Description,
        breach.OccurredFrom,
        breach.OccurredTo,
        breach.PeopleCategories,
        breach.DataCategories,
        breach.PeopleEstimate,
        breach.RecordsEstimate,
        breach.PatientIds,
        breach.Consequences,
        breach.MeasuresTaken,
        breach.MeasuresProposed,
        breach.Advice,
        breach.ContactPoint,
        breach.WasEncrypted,
        breach.RiskLevel);

    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (DiscoveredAt > validationContext.GetRequiredService<TimeProvider>().GetUtcNow())
        {
            yield return new ValidationResult("Must not lie in the future.", [nameof(DiscoveredAt)]);
        }

        if (OccurredFrom > DiscoveredAt)
        {
            yield return new ValidationResult("Must not be after the discovery.", [nameof(OccurredFrom)]);
        }

        if (OccurredTo < OccurredFrom)
        {
            yield return new ValidationResult("Must not be before its beginning.", [nameof(OccurredTo)]);
        }

        foreach (var fault in Categories.Faults((nameof(PeopleCategories), PeopleCategories), (nameof(DataCategories), DataCategories)))
        {
            yield return fault;
        }
    }
}
