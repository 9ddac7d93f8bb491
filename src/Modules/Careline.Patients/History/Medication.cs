using System.Linq.Expressions;
using Microsoft.Extensions.Validation;

namespace Careline.Patients.History;

/// <summary>A medicine the patient takes, whoever prescribed it.</summary>
/// <param name="Name">The medicine.</param>
/// <param name="Dosage">How much.</param>
/// <param name="Frequency">How often, in words.</param>
/// <param name="StartedOn">Since when.</param>
/// <param name="EndedOn">Until when.</param>
/// <param name="Status">active, inactive.</param>
[ValidatableType, JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record MedicationRequest(
    [Required, StringLength(200)] string Name,
    [StringLength(200)] string? Dosage = null,
    [StringLength(200)] string? Frequency = null,
    [Range(typeof(DateOnly), "1900-01-01", "2200-12-31")] DateOnly? StartedOn = null,
    [Range(typeof(DateOnly), "1900-01-01", "2200-12-31")] DateOnly? EndedOn = null,
    EntryStatus Status = EntryStatus.Active) : IValidatableObject
{
    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (EndedOn < StartedOn)
        {
            yield return new ValidationResult("Must not lie before the start.", [nameof(EndedOn)]);
        }
    }
}

/// <summary>A medicine the patient takes.</summary>
/// <param name="Id">The entry.</param>
/// <param name="Name">The medicine.</param>
/// <param name="Dosage">How much.</param>
/// <param name="Frequency">How often, in words.</param>
/// <param name="StartedOn">Since when.</param>
/// <param name="EndedOn">Until when.</param>
/// <param name="Status">active, inactive.</param>
/// <param name="RecordedBy">The account that recorded it.</param>
/// <param name="CreatedAt">When it was recorded.</param>
/// <param name="UpdatedAt">Last change.</param>
/// <param name="Version">Rises with each change.</param>
public sealed record MedicationResponse(
    Guid Id, string Name, string? Dosage, string? Frequency, DateOnly? StartedOn, DateOnly? EndedOn, EntryStatus Status,
    Guid RecordedBy, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, int Version) : IVersioned;

/// <summary>A line of the patient's medicine list; what Careline itself prescribes stands in prescriptions.</summary>
internal sealed class Medication : HistoryEntry, IHistoryEntry<Medication, MedicationRequest, MedicationResponse>
{
    public static HistoryNoun Noun { get; } =
        new("medications", "Medication", "medicine taken", a => a.RequireClinicalReading(), a => a.RequireTreatingOrOwn());

    public static Expression<Func<Medication, MedicationResponse>> Projection { get; } = m => new MedicationResponse(
        m.Id, m.Name, m.Dosage, m.Frequency, m.StartedOn, m.EndedOn, m.Status, m.RecordedBy, m.CreatedAt, m.UpdatedAt, m.Version);

    public string Name { get; private set; } = "";

    public string? Dosage { get; private set; }

    public string? Frequency { get; private set; }

    public DateOnly? StartedOn { get; private set; }

    public DateOnly? EndedOn { get; private set; }

    public EntryStatus Status { get; private set; }

    public MedicationRequest AsRequest() => new(Name, Dosage, Frequency, StartedOn, EndedOn, Status);

    public void Replace(MedicationRequest request) => (Name, Dosage, Frequency, StartedOn, EndedOn, Status) = request;

    internal sealed class Mapping : IEntityTypeConfiguration<Medication>
    {
        public void Configure(EntityTypeBuilder<Medication> builder) => Map(builder, "medications");
    }
}
