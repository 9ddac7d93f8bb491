using System.Text.RegularExpressions;
using Careline.Labs.Results;
using Careline.Labs.Units;

namespace Careline.Labs.Imports;

/// <summary>One observation as a message says it, with the patient and the order that stand above it.</summary>
internal sealed partial record SentObservation
{
    /// <summary>Which of the message's OBX segments it is, from 1; the first, where several lines make one text.</summary>
    public int Position { get; init; }

    public IReadOnlyList<string> PatientNumbers { get; init; } = [];

    public string PatientName { get; init; } = "";

    public DateOnly? BirthDate { get; init; }

    public IReadOnlyList<string> OrderNumbers { get; init; } = [];

    public IReadOnlyList<string> Accessions { get; init; } = [];

    public string Code { get; init; } = "";

    public string CodeName { get; init; } = "";

    public IReadOnlyList<string> Loincs { get; init; } = [];

    public string SubId { get; init; } = "";

    public string Type { get; init; } = "";

    public string Value { get; init; } = "";

    public string? Unit { get; init; }

    public string? Range { get; init; }

    public string? Flags { get; init; }

    public string Status { get; init; } = "";

    public string Time { get; init; } = "";

    public string? Note { get; init; }

    /// <summary>Whether it says only that there will be a result.</summary>
    public bool IsPending => Status is "I" or "O";

    /// <summary>How far the result is (HL7 table 0085); null where a word is not understood.</summary>
    public ResultState? State => Status switch
    {
        "F" => ResultState.Final,
        "P" or "R" or "S" => ResultState.Preliminary,
        "C" => ResultState.Corrected,
        "X" or "D" or "W" => ResultState.Cancelled,
        _ => null,
    };

    /// <summary>The system that sent it says that somebody has to act at once.</summary>
    public bool IsCritical => new Reading { SenderFlags = Flags, Flag = Interpretation.NotJudged }.IsCritical;

    public bool IsText => Type is "TX" or "FT" or "ST";

    /// <summary>What was measured; null where the value cannot be read as its type says.</summary>
    public Measured? Measured()
    {
        var measured = Type switch
        {
            "NM" => Number(Value),
            "SN" => Number(Value.Replace(" ", "", StringComparison.Ordinal)) ?? Words(Value),
            "ST" => Number(Value) ?? Words(Value),
            "TX" or "FT" or "CE" or "CWE" or "CNE" or "CF" or "IS" or "ID" or "DT" or "TM" or "TS" or "DTM" => Words(Value),
            _ => null,
        };
        return measured is null ? null : measured with { Note = Note, SenderFlags = Flags, SenderRange = Range };
    }

    private Measured? Number(string text)
    {
        var match = NumberWithSign().Match(text);
        if (!match.Success || !decimal.TryParse(match.Groups[2].ValueSpan, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)
            || Math.Abs(value) > UnitConversion.Largest || value.Scale > 9)
        {
            return null;
        }

        Comparator? sign = match.Groups[1].Value switch
        {
            "<" => Comparator.LessThan,
            "<=" => Comparator.AtMost,
            ">" => Comparator.GreaterThan,
            ">=" => Comparator.AtLeast,
            _ => null,
        };
        return new Measured(value, sign, Unit, null, null, false);
    }

    private static Measured? Words(string text) => text.Length == 0 ? null : new Measured(null, null, null, null, text, false);

    [GeneratedRegex(@"^\s*(<=|>=|<|>)?\s*([+-]?[0-9]{1,20}(?:\.[0-9]{0,20})?)\s*$")]
    private static partial Regex NumberWithSign();
}
