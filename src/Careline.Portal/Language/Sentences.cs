using System.Text.RegularExpressions;

namespace Careline.Portal.Language;

/// <summary>What the API says where it does not do what was asked: in sentences of its own, some of which hold numbers.</summary>
public static partial class Sentences
{
    // The framework names a field as its code does; whoever reads this sees the field.
    private static readonly (Regex Said, string Better)[] _better =
    [
        (Needed(), "This field is required."), (Mail(), "Enter a valid e-mail address."), (Between(), "Must be between {0} and {1}."), (FromTo(), "Must have {0} to {1} characters."),
        (Longest(), "At most {0} characters."),
    ];

    /// <summary>A sentence of the API in the reader's language; whole in English where a part of it has no words there.</summary>
    public static string Said(this Words words, string said)
    {
        if (words.Has(said))
        {
            return words[said];
        }

        foreach (var (pattern, better) in _better)
        {
            if (pattern.Match(said) is { Success: true } match)
            {
                return words[better, [.. match.Groups.Values.Skip(1).Select(g => g.Value)]];
            }
        }

        // A place instead of each number, and where that is unknown too, each sentence by itself.
        return Counted(words, said) ?? (End().Split(said) is { Length: > 1 } parts && parts.Select(p => Counted(words, p)).ToList() is var each && !each.Contains(null) ? string.Join(' ', each) : said);
    }

    private static string? Counted(Words words, string sentence)
    {
        if (words.Has(sentence))
        {
            return words[sentence];
        }

        var numbers = new List<object>();
        var open = Number().Replace(sentence, m =>
        {
            numbers.Add(m.Value);
            return $"{{{numbers.Count - 1}}}";
        });
        return numbers.Count > 0 && words.Has(open) ? words[open, [.. numbers]] : null;
    }

    [GeneratedRegex("^The \\w+ field is required\\.$")]
    private static partial Regex Needed();

    [GeneratedRegex("^The \\w+ field is not a valid e-mail address\\.$")]
    private static partial Regex Mail();

    [GeneratedRegex("^The field \\w+ must be between (\\S+) and (\\S+)\\.$")]
    private static partial Regex Between();

    [GeneratedRegex("^The field \\w+ must be a string with a minimum length of (\\d+) and a maximum length of (\\d+)\\.$")]
    private static partial Regex FromTo();

    [GeneratedRegex("^The field \\w+ must be a string(?: or array type)? with a maximum length of '?(\\d+)'?\\.$")]
    private static partial Regex Longest();

    [GeneratedRegex("(?<=\\.) (?=\\p{Lu})")]
    private static partial Regex End();

    [GeneratedRegex("\\d+(?:\\.\\d+)?")]
    private static partial Regex Number();
}
