using System.Linq.Expressions;
using Microsoft.Extensions.Validation;

namespace Careline.Patients.History;

/// <summary>How badly the body answers.</summary>
public enum AllergySeverity
{
    /// <summary>A nuisance.</summary>
    Mild,

    /// <summary>Needs treatment.</summary>
    Moderate,

    /// <summary>Endangers life.</summary>
    Severe,
}

/// <summary>Something the patient does not tolerate.</summary>
/// <param name="Substance">What.</param>
/// <param name="Code">In a code system, if known.</param>
/// <param name="Reaction">What happens.</param>
/// <param name="Severity">How badly.</param>
/// <param name="Status">active, inactive.</param>
/// <param name="NotedOn">Since when it is known.</param>
[ValidatableType, JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record AllergyRequest(
    [Required, StringLength(200)] string Substance,
    [StringLength(64)] string? Code = null,
    [StringLength(1000)] string? Reaction = null,
    AllergySeverity? Severity = null,
    EntryStatus Status = EntryStatus.Active,
    [Range(typeof(DateOnly), "1900-01-01", "2200-12-31")] DateOnly? NotedOn = null);

/// <summary>Something the patient does not tolerate.</summary>
/// <param name="Id">The entry.</param>
/// <param name="Substance">What.</param>
/// <param name="Code">In a code system, if known.</param>
/// <param name="Reaction">What happens.</param>
/// <param name="Severity">How badly.</param>
/// <param name="Status">active, inactive.</param>
/// <param name="NotedOn">Since when it is known.</param>
/// <param name="RecordedBy">The account that recorded it.</param>
/// <param name="CreatedAt">When it was recorded.</param>
/// <param name="UpdatedAt">Last change.</param>
/// <param name="Version">Rises with each change.</param>
public sealed record AllergyResponse(
    Guid Id, string Substance, string? Code, string? Reaction, AllergySeverity? Severity, EntryStatus Status, DateOnly? NotedOn,
    Guid RecordedBy, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, int Version) : IVersioned;

/// <summary>An allergy or intolerance. Prescribing reads it, so patients may record their own.</summary>
internal sealed class Allergy : HistoryEntry, IHistoryEntry<Allergy, AllergyRequest, AllergyResponse>
{
    public static HistoryNoun Noun { get; } =
        new("allergies", "Allergy", "allergy", a => a.RequireClinicalReading(), a => a.RequireTreatingOrOwn());

    public static Expression<Func<Allergy, AllergyResponse>> Projection { get; } = a => new AllergyResponse(
        a.Id, a.Substance, a.Code, a.Reaction, a.Severity, a.Status, a.NotedOn, a.RecordedBy, a.CreatedAt, a.UpdatedAt, a.Version);

    public string Substance { get; private set; } = "";

    public string? Code { get; private set; }

    public string? Reaction { get; private set; }

    public AllergySeverity? Severity { get; private set; }

    public EntryStatus Status { get; private set; }

    public DateOnly? NotedOn { get; private set; }

    public AllergyRequest AsRequest() => new(Substance, Code, Reaction, Severity, Status, NotedOn);

    public void Replace(AllergyRequest request) => (Substance, Code, Reaction, Severity, Status, NotedOn) = request;

    internal sealed class Mapping : IEntityTypeConfiguration<Allergy>
    {
        public void Configure(EntityTypeBuilder<Allergy> builder) => Map(builder, "allergies");
    }
}
