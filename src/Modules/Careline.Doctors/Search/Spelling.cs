using System.Text;

namespace Careline.Doctors.Search;

/// <summary>
/// Words as they are compared: in small letters and without marks, since people type "Adebayo" and "Sarma" for Adébáyọ̀ and Śarmā. Hooked and crossed
/// letters, which Unicode takes for letters of their own, become their plain ones; an apostrophe joins ("Ma'aji", "D'Souza"), everything else parts.
/// Devanagari keeps its vowel signs, without which it would be other words, and loses the dot below.
/// </summary>
internal static class Spelling
{
    /// <summary>More than this of a word tells nothing.</summary>
    public const int MostLetters = 40;

    // What Unicode decomposes U+00C0 to U+024F and U+1E00 to U+1EFF into, in small letters; a dot where nothing is decomposed. Written out, since the
    // application runs without the culture data in which the framework would look it up.
    private const string Latin =
        "aaaaaa.ceeeeiiii.nooooo..uuuuy..aaaaaa.ceeeeiiii.nooooo..uuuuy.yaaaaaaccccccccdd..eeeeeeeeeegggggggghh..iiiiiiii" +
        "....jjkk.llllll....nnnnnn...oooooo..rrrrrrsssssssstttt..uuuuuuuuuuuuwwyyyzzzzzz................................." +
        "oo.............uu............................aaiioouuuuuuuuuu.aaaa....ggkkoooo..j...gg..nnaa....aaaaeeeeiiiioooo" +
        "rrrruuuusstt..hh......aaeeooooooooyy............................";

    private const string MoreLatin =
        "aabbbbbbccddddddddddeeeeeeeeeeffgghhhhhhhhhhiiiikkkkkkllllllllmmmmmmnnnnnnnnoooooooopppprrrrrrrrsssssssssstttttt" +
        "ttuuuuuuuuuuvvvvwwwwwwwwwwxxxxyyzzzzzzhtwy......aaaaaaaaaaaaaaaaaaaaaaaaeeeeeeeeeeeeeeeeiiiioooooooooooooooooooo" +
        "oooouuuuuuuuuuuuuuyyyyyyyy......";

    // Letters that Unicode does not decompose: of Hausa, Igbo, Yoruba and their neighbours; of French and the other European languages; and of
    // Devanagari, whose letters with a dot below and candrabindu become what people type.
    private const string Hooked =
        "ɓb ɗd ƙk ƴy ŋn ɛe ɔo əe ǝe ɩi ʋu œoe æae øo ßss łl đd ðd þth ıi ħh " +
        "\u0901\u0902 \u0929\u0928 \u0931\u0930 \u0934\u0933 \u0958\u0915 \u0959\u0916 \u095A\u0917 \u095B\u091C \u095C\u0921 \u095D\u0922 " +
        "\u095E\u092B \u095F\u092F";

    // What languages are called in English, and by those who speak them.
    private const string Languages =
        "aa Afar; ak Akan Twi; am Amharic; ar Arabic العربية; as Assamese; bm Bambara; bn Bengali Bangla বাংলা; de German Deutsch; " +
        "ee Ewe; en English; es Spanish Español; fa Persian Farsi; ff Fula Fulani Pulaar; fr French Français; gu Gujarati; ha Hausa; " +
        "hi Hindi हिन्दी; ig Igbo; it Italian Italiano; kn Kannada; lg Luganda Ganda; ln Lingala; ml Malayalam; mr Marathi मराठी; " +
        "ne Nepali; nl Dutch Nederlands; om Oromo; or Odia Oriya; pa Punjabi; pcm Pidgin Naija; pt Portuguese Português; " +
        "ru Russian Русский; rw Kinyarwanda; sn Shona; so Somali; sw Swahili Kiswahili; ta Tamil; te Telugu; ti Tigrinya; " +
        "tn Tswana Setswana; tr Turkish Türkçe; ur Urdu; wo Wolof; xh Xhosa; yo Yoruba; zh Chinese 中文; zu Zulu";

    private static readonly Dictionary<char, string> _plain = Hooked.Split(' ').ToDictionary(pair => pair[0], pair => pair[1..]);

    private static readonly Dictionary<string, string> _languages = Languages.Split("; ").Select(entry => entry.Split(' ', 2))
        .ToDictionary(entry => entry[0], entry => entry[1], StringComparer.OrdinalIgnoreCase);

    /// <summary>The different words of a text.</summary>
    public static HashSet<string> WordsOf(params IEnumerable<string?> texts)
    {
        var words = new HashSet<string>(StringComparer.Ordinal);
        var word = new StringBuilder();
        foreach (var text in texts.OfType<string>())
        {
            foreach (var marked in text)
            {
                var letter = Unmarked(char.ToLowerInvariant(marked));
                switch (letter)
                {
                    case '\'' or '\u2019' or '\u2018' or '\u02BC' or '\u02BB':
                    case >= '\u0300' and <= '\u036F' or '\u093C' or >= '\u1DC0' and <= '\u1DFF' or >= '\uFE20' and <= '\uFE2F':
                        break;
                    case var _ when IsOfWord(letter):
                        word.Append(_plain.GetValueOrDefault(letter, letter.ToString()));
                        break;
                    default:
                        Finish();
                        break;
                }
            }

            Finish();
        }

        return words;

        void Finish()
        {
            if (word.Length > 0)
            {
                words.Add(word.ToString(0, Math.Min(word.Length, MostLetters)));
                word.Clear();
            }
        }
    }

    /// <summary>What a language tag is called, in English and by those who speak it; nothing for what we do not know.</summary>
    public static string? NameOf(string languageTag) => _languages.GetValueOrDefault(languageTag.Split('-')[0]);

    /// <summary>A letter without its mark; itself where it has none.</summary>
    private static char Unmarked(char letter) => letter switch
    {
        < '\u00C0' => letter,
        < '\u0250' when Latin[letter - 0xC0] is not '.' and var plain => plain,
        >= '\u1E00' and < '\u1F00' when MoreLatin[letter - 0x1E00] is not '.' and var plain => plain,
        _ => letter,
    };

    private static bool IsOfWord(char letter) => char.IsLetterOrDigit(letter) || char.IsSurrogate(letter)
        || CharUnicodeInfo.GetUnicodeCategory(letter) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;
}
