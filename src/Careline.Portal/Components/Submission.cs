using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Careline.Portal.Components;

/// <summary>What somebody sent with a form. Fields left empty are null.</summary>
/// <param name="form">The form.</param>
public sealed class Submission(IFormCollection form)
{
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
    public object? Number(string name) => decimal.TryParse(this[name]?.Replace(',', '.'), NumberStyles.Number, CultureInfo.InvariantCulture, out var number)
        ? number == Math.Floor(number) ? (long)number : number : this[name];

    /// <summary>An amount of money typed in major units, as minor units with two places.</summary>
    public object? Minor(string name) => Number(name) switch { long whole => whole * 100, decimal part => (long)Math.Round(part * 100), var other => other };

    /// <summary>A file; null where none was chosen.</summary>
    public IFormFile? File(string name) => form.Files.GetFile(name) is { Length: > 0 } file ? file : null;
}
