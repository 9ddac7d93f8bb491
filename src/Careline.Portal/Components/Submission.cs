using System.Globalization;
using System.Text.RegularExpressions;
using Careline.Portal.Language;

namespace Careline.Portal.Components;

/// <summary>What somebody sent with a form. Fields left empty are null.</summary>
/// <param name="form">The form.</param>
public sealed partial class Submission(IFormCollection form)
{
    private const decimal MostExact = 1_000_000_000_000_000;
    private const decimal MostReadable = 1_000_000_000_000_000_000_000m;

    /// <summary>By which a repetition of the same form is known.</summary>
    public string Key => form["_key"].ToString();

    /// <summary>The version of the thing that the form showed.</summary>
    public string? Version => this["_version"];

    /// <summary>A field, without blanks around it.</summary>
    public string? this[string name] => form[name].ToString().Trim() is { Length: > 0 } text ? text : null;

    /// <summary>A field exactly as it was typed, such as a password.</summary>
    public string Exactly(string name) => form[name].ToString();

    /// <summary>Whether a box is ticked, or a button with this name was pressed.</summary>
    public bool Is(string name) => this[name] is not null;

    /// <summary>All values of a field that may have several.</summary>
    public IReadOnlyList<string> All(string name) => [.. form[name].Where(v => !string.IsNullOrWhiteSpace(v)).Select(v => v!.Trim())];

    /// <summary>A number; text that is none is passed on, for the API to say what is wrong with it.</summary>
    public object? Number(string name) => this[name] is { } text && Read(text) is { } number
        ? number == Math.Floor(number) && Math.Abs(number) <= MostExact ? (long)number : number : this[name];

    /// <summary>An amount of money typed in major units, as minor units; what is none, or finer than the currency, is passed on for the API to say what is wrong with it.</summary>
    public object? Minor(string name, string? currency) =>
        this[name] is { } text && Read(text) * Currencies.Scale(currency?.ToUpperInvariant() ?? "") is { } minor && minor == Math.Floor(minor) && Math.Abs(minor) <= MostExact ? (long)minor : this[name];

    // A comma sets decimals apart here and thousands there: 1,500 may be either, and nobody may pay or be given the one for the other.
    private static decimal? Read(string text)
    {
        var plain = Thousands().IsMatch(text) ? text.Replace(",", "", StringComparison.Ordinal) : DecimalComma().IsMatch(text) ? text.Replace(',', '.') : text;
        return decimal.TryParse(plain, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && Math.Abs(number) < MostReadable ? number : null;
    }

    [GeneratedRegex(@"^-?\d{1,3}((,\d{3}){2,}(\.\d+)?|,\d{3}\.\d+)$")]
    private static partial Regex Thousands();

    [GeneratedRegex(@"^-?(0,\d+|\d+,(\d{1,2}|\d{4,}))$")]
    private static partial Regex DecimalComma();

    /// <summary>A file; null where none was chosen.</summary>
    public IFormFile? File(string name) => form.Files.GetFile(name) is { Length: > 0 } file ? file : null;
}
