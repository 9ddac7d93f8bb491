using Careline.Prescriptions.Safety.Rules;

namespace Careline.Prescriptions.Safety.Loading;

/// <summary>Reads the fields that all tables of rules have.</summary>
internal sealed class RuleReader
{
    private static readonly string[] _needed = ["advice", "source"];

    private readonly HashSet<string> _codes = new(StringComparer.Ordinal);

    /// <summary>The rule of a row; <c>none</c> in place of a severity where the table is told to know it.</summary>
    public SafetyRule Read(CsvRow row, bool mayBeNone = false) => Of(row, Severity(row, mayBeNone), Mechanism(row));

    /// <summary>The rule of a row whose severity and reason are the same for the whole table.</summary>
    public SafetyRule Of(CsvRow row, SafetySeverity? severity, string mechanism)
    {
        var code = row["code"];
        if (code.Length is 0 or > 64)
        {
            row.Fault("A rule needs a code of at most 64 characters.");
        }
        else if (!_codes.Add(code))
        {
            row.Fault($"The code '{code}' is used twice.");
        }

        foreach (var column in _needed.Where(column => row[column].Length == 0))
        {
            row.Fault($"The {column} is missing.");
        }

        return new SafetyRule(code, severity, mechanism, row["advice"], row["source"]);
    }

    public static AgeMark? Age(CsvRow row, string column)
    {
        if (row[column].Length == 0)
        {
            return null;
        }

        if (AgeMark.TryParse(row[column], out var mark))
        {
            return mark;
        }

        row.Fault($"'{row[column]}' is no age such as 28d, 6m or 12y.");
        return null;
    }

    public static decimal? Number(CsvRow row, string column)
    {
        if (row[column].Length == 0)
        {
            return null;
        }

        if (decimal.TryParse(row[column], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number > 0)
        {
            return number;
        }

        row.Fault($"'{row[column]}' is no number above 0.");
        return null;
    }

    private static string Mechanism(CsvRow row)
    {
        var mechanism = row["mechanism"];
        if (mechanism.Length == 0)
        {
            row.Fault("The mechanism is missing.");
        }

        return mechanism;
    }

    private static SafetySeverity? Severity(CsvRow row, bool mayBeNone)
    {
        if (mayBeNone && row["severity"] == "none")
        {
            return null;
        }

        if (EnumText<SafetySeverity>.TryParse(row["severity"], out var severity))
        {
            return severity;
        }

        row.Fault($"'{row["severity"]}' is no severity: {string.Join(", ", EnumText<SafetySeverity>.All)}{(mayBeNone ? " or none" : "")}.");
        return SafetySeverity.Contraindicated;
    }
}
