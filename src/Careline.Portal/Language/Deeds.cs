namespace Careline.Portal.Language;

/// <summary>What was done with a record, in the words of its log: these name any of the API's things, so what is done and with what are translated apart.</summary>
public static class Deeds
{
    private const string Refused = "Was refused: {0}";

    /// <summary>What can be done with a thing.</summary>
    internal static IReadOnlyList<string> Shapes { get; } =
    [
        "Looked at your {0}", "Exported your {0}", "Added to your {0}", "Changed your {0}", "Removed from your {0}", "Cancelled your {0}",
    ];

    /// <summary>A deed in the reader's language; whole in English where a part of it has no words there.</summary>
    public static string Of(string deed, Words words)
    {
        var start = Refused[..^"{0}".Length];
        if (!deed.StartsWith(start, StringComparison.Ordinal) || deed.Length == start.Length)
        {
            return Translated(deed, words) ?? deed;
        }

        var tried = Translated(char.ToUpperInvariant(deed[start.Length]) + deed[(start.Length + 1)..], words);
        return tried is null || !words.Has(Refused) ? deed : words[Refused, char.ToLowerInvariant(tried[0]) + tried[1..]];
    }

    private static string? Translated(string deed, Words words)
    {
        if (words.Has(deed))
        {
            return words[deed];
        }

        foreach (var shape in Shapes)
        {
            var start = shape[..^"{0}".Length];
            if (deed.StartsWith(start, StringComparison.Ordinal))
            {
                var thing = deed[start.Length..];
                return words.Has(shape) && words.Has(thing) ? words[shape, words[thing]] : null;
            }
        }

        return null;
    }
}
