namespace Careline.Audit.Processing;

/// <summary>One use of personal data, as GDPR article 30(1) wants it recorded.</summary>
/// <param name="Name">Unique among those that are not removed.</param>
/// <param name="Purpose">What for.</param>
/// <param name="LawfulBasis">By which right, with the section of the law.</param>
/// <param name="PeopleCategories">Whose data, such as <c>patients</c>.</param>
/// <param name="DataCategories">Which data, such as <c>diagnoses</c>.</param>
/// <param name="Recipients">Who gets it.</param>
/// <param name="Transfers">To which other countries, under which safeguard; or none.</param>
/// <param name="Retention">How long.</param>
/// <param name="SecurityMeasures">How it is protected.</param>
/// <param name="ReviewDate">By when somebody looks at this again; null as long as nobody has.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record ProcessingActivityRequest(
    [Required, StringLength(200)] string Name,
    [Required, StringLength(4000)] string Purpose,
    [Required, StringLength(4000)] string LawfulBasis,
    [MinLength(1), MaxLength(50)] IReadOnlyList<string> PeopleCategories,
    [MinLength(1), MaxLength(50)] IReadOnlyList<string> DataCategories,
    [Required, StringLength(4000)] string Recipients,
    [Required, StringLength(4000)] string Transfers,
    [Required, StringLength(4000)] string Retention,
    [Required, StringLength(4000)] string SecurityMeasures,
    [Range(typeof(DateOnly), "1900-01-01", "2200-12-31", ErrorMessage = "Must lie between the years 1900 and 2200.")] DateOnly? ReviewDate = null) : IValidatableObject
{
    internal static ProcessingActivityRequest Of(ProcessingActivity activity) => new(
        activity.Name,
        activity.Purpose,
        activity.LawfulBasis,
        activity.PeopleCategories,
        activity.DataCategories,
        activity.Recipients,
        activity.Transfers,
        activity.Retention,
        activity.SecurityMeasures,
        activity.ReviewDate);

    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        Categories.Faults((nameof(PeopleCategories), PeopleCategories), (nameof(DataCategories), DataCategories));
}
