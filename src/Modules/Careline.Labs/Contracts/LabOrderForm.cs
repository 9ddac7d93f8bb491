using Microsoft.Extensions.Validation;

namespace Careline.Labs.Contracts;

/// <summary>What a doctor asks of a laboratory: single tests, panels, or both.</summary>
/// <param name="Tests">Codes or ids of tests.</param>
/// <param name="Panels">Codes or ids of panels.</param>
/// <param name="Priority">How soon; low and medium mean routine, high means urgent, stat means emergency.</param>
/// <param name="ClinicalQuestion">What is to be found out, as written.</param>
/// <param name="IsPregnant">Whether the patient is pregnant, where it is known: some reference ranges differ.</param>
/// <param name="ClinicId">The clinic whose laboratory does it; its nurses work on the order.</param>
#pragma warning disable ASP0029 // The validator's own attribute: the record is the body of a route in another module.
[ValidatableType]
#pragma warning restore ASP0029
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record LabOrderForm(
    [MaxLength(50)] IReadOnlyList<string>? Tests = null,
    [MaxLength(20)] IReadOnlyList<string>? Panels = null,
    [property: JsonConverter(typeof(LabPriorityReader))] LabPriority Priority = LabPriority.Routine,
    [MaxLength(4000)] string? ClinicalQuestion = null,
    bool? IsPregnant = null,
    Guid? ClinicId = null) : IValidatableObject
{
    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Tests is not { Count: > 0 } && Panels is not { Count: > 0 })
        {
            yield return new ValidationResult("Order at least one test or panel.", [nameof(Tests)]);
        }

        foreach (var (named, member) in new[] { (Tests, nameof(Tests)), (Panels, nameof(Panels)) })
        {
            if (named?.Any(word => string.IsNullOrWhiteSpace(word) || word.Length > 40) == true)
            {
                yield return new ValidationResult("Each is a code or an id.", [member]);
            }
        }
    }
}

/// <summary>How soon an order is to be done.</summary>
public enum LabPriority
{
    /// <summary>In its turn.</summary>
    Routine,

    /// <summary>Before others.</summary>
    Urgent,

    /// <summary>At once.</summary>
    Emergency,
}

/// <summary>Reads the words of other scales of urgency too.</summary>
internal sealed class LabPriorityReader : JsonConverter<LabPriority>
{
    public override LabPriority Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var text = reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
        return text?.ToUpperInvariant() switch
        {
            "LOW" or "MEDIUM" => LabPriority.Routine,
            "HIGH" => LabPriority.Urgent,
            "STAT" => LabPriority.Emergency,
            _ when EnumText<LabPriority>.TryParse(text, out var priority) => priority,
            _ => throw new JsonException($"Must be one of: {string.Join(", ", EnumText<LabPriority>.All)}."),
        };
    }

    public override void Write(Utf8JsonWriter writer, LabPriority value, JsonSerializerOptions options) => writer.WriteStringValue(EnumText<LabPriority>.Of(value));
}
