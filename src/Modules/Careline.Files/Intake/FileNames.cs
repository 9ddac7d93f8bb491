using System.Text;

namespace Careline.Files.Intake;

/// <summary>What is kept of a file's name: a last part that no file system, header or reader takes for anything else.</summary>
internal static class FileNames
{
    public const int Longest = 255;

    private const string Nameless = "file";

    /// <summary>The name without path, control and direction characters, at most 255 characters, with its ending.</summary>
    public static string Clean(string name)
    {
        var last = name[(name.LastIndexOfAny(['/', '\\']) + 1)..];
        var clean = new StringBuilder(Math.Min(last.Length, Longest));
        foreach (var rune in last.EnumerateRunes())
        {
            clean.Append(Kept(rune));
        }

        // A leading dot hides a file, a trailing one some systems drop.
        var text = clean.ToString().Trim('.', ' ');
        var ending = EndingOf(text);
        return text.Length == 0 ? Nameless
            : text.Length == ending.Length ? Nameless + text
            : text.Length <= Longest ? text
            : Shortened(text[..^ending.Length], Longest - ending.Length) + ending;
    }

    /// <summary>The ending of a clean name, lower case with its dot; empty where there is none.</summary>
    public static string EndingOf(string name)
    {
        var dot = name.LastIndexOf('.');
        return dot < 0 || name.Length - dot > 10 ? "" : name[dot..].ToLowerInvariant();
    }

    // Format characters are those that turn the direction of writing, join, or cannot be seen: with them "exe.pdf" can look like "fdp.exe".
    private static string Kept(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned => "",
        UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => " ",
        _ when rune.Value is '<' or '>' or ':' or '"' or '|' or '?' or '*' or ';' or 0xFFFD => "_",
        _ => rune.ToString(),
    };

    private static string Shortened(string text, int most)
    {
        // Never through the middle of a character.
        var cut = char.IsHighSurrogate(text[most - 1]) ? most - 1 : most;
        return text[..cut].TrimEnd();
    }
}
