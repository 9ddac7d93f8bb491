namespace Careline.Patients.Contracts;

/// <summary>Administrative gender; M, F and O are read too.</summary>
public enum Gender
{
    /// <summary>Not said.</summary>
    Unknown,

    /// <summary>Male.</summary>
    Male,

    /// <summary>Female.</summary>
    Female,

    /// <summary>Another.</summary>
    Other,
}

/// <summary>Reads the letters of older interfaces too.</summary>
internal sealed class GenderReader : JsonConverter<Gender>
{
    public override Gender Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var text = reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
        return text?.ToUpperInvariant() switch
        {
            "M" => Gender.Male,
            "F" => Gender.Female,
            "O" => Gender.Other,
            _ when EnumText<Gender>.TryParse(text, out var gender) => gender,
            _ => throw new JsonException($"Must be one of: {string.Join(", ", EnumText<Gender>.All)}."),
        };
    }

    public override void Write(Utf8JsonWriter writer, Gender value, JsonSerializerOptions options) => writer.WriteStringValue(EnumText<Gender>.Of(value));
}
