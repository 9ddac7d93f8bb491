using System.Linq.Expressions;
using Microsoft.Extensions.Validation;

namespace Careline.Patients.History;

/// <summary>Whether a condition still holds.</summary>
public enum ConditionStatus
{
    /// <summary>It does.</summary>
    Active,

    /// <summary>It is over.</summary>
    Resolved,
}

/// <summary>A condition of the patient.</summary>
/// <param name="Text">In words.</param>
/// <param name="Code">ICD-10, such as <c>I10</c>.</param>
/// <param name="Status">active, resolved.</param>
/// <param name="OnsetOn">When it began.</param>
/// <param name="ResolvedOn">When it ended.</param>
[ValidatableType, JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record ConditionRequest(
    [Required, StringLength(500)] string Text,
    [RegularExpression(@"^[A-Z][0-9][0-9A-Z](\.[0-9A-Z]{1,4})?$", ErrorMessage = "Must be an ICD-10 code such as I10 or E11.9.")] string? Code = null,
    ConditionStatus Status = ConditionStatus.Active,
    [Range(typeof(DateOnly), "1900-01-01", "2200-12-31")] DateOnly? OnsetOn = null,
    [Range(typeof(DateOnly), "1900-01-01", "2200-12-31")] DateOnly? ResolvedOn = null) : IValidatableObject
{
    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (ResolvedOn < OnsetOn)
        {
            yield return new ValidationResult("Must not lie before the onset.", [nameof(ResolvedOn)]);
        }
    }
}

/// <summary>A condition of the patient.</summary>
/// <param name="Id">The entry.</param>
/// <param name="Text">In words.</param>
/// <param name="Code">ICD-10.</param>
/// <param name="Status">active, resolved.</param>
/// <param name="OnsetOn">When it began.</param>
/// <param name="ResolvedOn">When it ended.</param>
/// <param name="RecordedBy">The account that recorded it.</param>
/// <param name="CreatedAt">When it was recorded.</param>
/// <param name="UpdatedAt">Last change.</param>
/// <param name="Version">Rises with each change.</param>
public sealed record ConditionResponse(
    Guid Id, string Text, string? Code, ConditionStatus Status, DateOnly? OnsetOn, DateOnly? ResolvedOn,
    Guid RecordedBy, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, int Version) : IVersioned;

/// <summary>A problem of the patient's problem list, recorded by those who treat.</summary>
internal sealed class Condition : HistoryEntry, IHistoryEntry<Condition, ConditionRequest, ConditionResponse>
{
    public static HistoryNoun Noun { get; } =
        new("conditions", "Condition", "condition", a => a.RequireClinicalReading(), a => a.RequireTreating());

    public static Expression<Func<Condition, ConditionResponse>> Projection { get; } = c => new ConditionResponse(
        c.Id, c.Text, c.Code, c.Status, c.OnsetOn, c.ResolvedOn, c.RecordedBy, c.CreatedAt, c.UpdatedAt, c.Version);

    public string Text { get; private set; } = "";

    public string? Code { get; private set; }

    public ConditionStatus Status { get; private set; }

    public DateOnly? OnsetOn { get; private set; }

    public DateOnly? ResolvedOn { get; private set; }

    public ConditionRequest AsRequest() => new(Text, Code, Status, OnsetOn, ResolvedOn);

    public void Replace(ConditionRequest request) => (Text, Code, Status, OnsetOn, ResolvedOn) = request;

    internal sealed class Mapping : IEntityTypeConfiguration<Condition>, IEntityTypeConfiguration<PregnancyRow>
    {
        public void Configure(EntityTypeBuilder<Condition> builder) => Map(builder, "conditions");

        public void Configure(EntityTypeBuilder<PregnancyRow> builder) => builder.HasNoKey().ToView("pregnancy_rows", "patients");
    }
}
