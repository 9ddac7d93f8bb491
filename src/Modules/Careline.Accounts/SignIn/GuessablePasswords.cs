using System.Collections.Frozen;

namespace Careline.Accounts.SignIn;

/// <summary>
/// What is guessed first. A list of the most used passwords is a list of few ideas: a word or a name, a row of the keyboard, a count, each with
/// figures behind it, letters written as figures, or itself once more. The ideas are looked for, so that every list of their results is covered.
/// </summary>
internal static class GuessablePasswords
{
    private const int ShortestRun = 4;
    private const string Signs = "0123456789!@#$%^&*?+=~,;:'\"()";

    private static readonly string[] _rows =
        ["qwertyuiop", "asdfghjkl", "zxcvbnm", "qazwsxedcrfvtgbyhnujmikolp", "abcdefghijklmnopqrstuvwxyz", "01234567890", "1q2w3e4r5t6y7u8i9o0p", "1qaz2wsx3edc4rfv5tgb6yhn"];

    private static readonly FrozenSet<string> _words =
        """
        careline password passwort motdepasse contrasena parola senha passw0rd pass passcode passphrase secret secure security welcome hello letmein login logon signin access
        admin administrator root system user guest test tester testing demo default temp temporary change changeme changeit master manager office company business
        doctor nurse patient clinic hospital medical medicine health healthcare pharmacy dentist surgeon telehealth
        love lovely loveme iloveyou iloveu iloveyouforever loveyou loveyouforever forever mylove sweetheart darling honey baby babygirl babyboy princess prince queen king angel heart beautiful
        sunshine flower rainbow butterfly summer winter spring autumn monday tuesday wednesday thursday friday saturday sunday january february march april june july august september october november december
        football soccer baseball basketball hockey tennis cricket golf arsenal chelsea liverpool manchester manchesterunited barcelona realmadrid juventus
        dragon monkey tiger lion eagle horse dolphin shadow ninja samurai warrior knight wizard batman superman spiderman ironman pokemon pikachu naruto starwars minecraft
        computer internet samsung google facebook apple iphone android microsoft windows linux oracle cisco nokia yahoo gmail hotmail whatsapp instagram
        michael jennifer jordan jessica ashley daniel charlie thomas george robert andrew joshua matthew anthony william david james john maria anna sarah michelle nicole samantha amanda
        mustafa ibrahim mohammed muhammad ahmed fatima aisha chidi chioma emeka ngozi tunde funmi adaeze blessing goodluck favour grace faith hope charity mercy peace jesus jesuschrist jesuslovesme godisgood godislove god
        allah bismillah krishna ganesh hanuman india nigeria lagos abuja ghana kenya london paris america canada jamaica africa
        trustno trustnoone whatever nothing freedom hunter killer money dollar cash rich success winner champion lucky happy smile music guitar rock star starlight cookie chocolate banana orange cheese
        pepper ginger family mother father mama papa mummy daddy sister brother friend friends family
        """.Split((char[])[' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Whether a password is one of those ideas, or one of the given names with something behind it.</summary>
    public static bool Contains(string password, params IEnumerable<string?> names)
    {
        var plain = new string([.. password.ToLowerInvariant().Where(c => !char.IsWhiteSpace(c) && c is not ('-' or '_' or '.'))]);
        var own = names.Select(n => n?.ToLowerInvariant().Replace(" ", "", StringComparison.Ordinal).Split('@')[0]).Where(n => n is { Length: >= 4 }).ToHashSet();
        return Forms(plain).Any(form => form.Length == 0 || _words.Contains(form) || own.Contains(form) || IsRun(form));
    }

    // What is left when figures and signs are taken off its ends, one after another, as it is and with the letters that figures stand for, each
    // of them also as the part that it repeats: all of "nigeri@@123" but the last four is "nigeria".
    private static IEnumerable<string> Forms(string plain)
    {
        foreach (var text in (string[])[plain, plain.TrimStart([.. Signs])])
        {
            for (var length = text.Length; ; length--)
            {
                var stem = text[..length];
                yield return stem;
                yield return Repeated(stem);
                yield return Lettered(stem);
                yield return Repeated(Lettered(stem));
                if (length == 0 || !Signs.Contains(text[length - 1], StringComparison.Ordinal))
                {
                    break;
                }
            }
        }
    }

    private static string Lettered(string text) => string.Concat(text.Select(c => c switch
    {
        '0' => 'o',
        '1' or '!' or '|' => 'i',
        '3' => 'e',
        '4' or '@' => 'a',
        '5' or '$' => 's',
        '7' => 't',
        _ => c,
    }));

    private static string Repeated(string text)
    {
        for (var length = 1; length <= text.Length / 2; length++)
        {
            if (text.Length % length == 0 && string.Concat(Enumerable.Repeat(text[..length], text.Length / length)) == text)
            {
                return text[..length];
            }
        }

        return text;
    }

    // Rows of the keyboard, the alphabet and counting, in either direction, one after another; a single character repeated is one too.
    private static bool IsRun(string text)
    {
        if (text.Length == 1)
        {
            return true;
        }

        for (var at = 0; at < text.Length;)
        {
            var length = _rows.SelectMany(row => new[] { row, new string([.. row.Reverse()]) }).Max(row => Matching(text, at, row));
            if (length < Math.Min(ShortestRun, text.Length - at) || length == 0)
            {
                return false;
            }

            at += length;
        }

        return true;
    }

    private static int Matching(string text, int at, string row)
    {
        var start = row.IndexOf(text[at], StringComparison.Ordinal);
        var length = 0;
        while (start >= 0 && at + length < text.Length && start + length < row.Length && text[at + length] == row[start + length])
        {
            length++;
        }

        return length;
    }
}
