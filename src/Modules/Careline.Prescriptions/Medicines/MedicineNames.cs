using System.Text;
using System.Text.RegularExpressions;

namespace Careline.Prescriptions.Medicines;

/// <summary>
/// How names of medicines are compared: exactly, but without regard to case, punctuation, strength, dose form, salt and spelling. Never by
/// likeness: a medicine that is guessed is a medicine that is confused.
/// </summary>
internal static partial class MedicineNames
{
    private static readonly HashSet<string> _salts = new(StringComparer.Ordinal)
    {
        "hydrochloride", "hcl", "dihydrochloride", "monohydrochloride", "hydrobromide", "hbr", "sodium", "disodium", "potassium", "calcium", "magnesium", "sulfate", "phosphate",
        "diphosphate", "acetate", "maleate", "fumarate", "hemifumarate", "tartrate", "bitartrate", "succinate", "mesylate", "mesilate", "dimesylate", "besylate", "besilate", "tosylate", "citrate",
        "lactate", "gluconate", "nitrate", "bromide", "chloride", "oxalate", "malate", "pamoate", "embonate", "xinafoate", "furoate", "valerate", "propionate", "dipropionate",
        "decanoate", "enanthate", "cypionate", "palmitate", "stearate", "ethylsuccinate", "estolate", "axetil", "proxetil", "pivoxil", "medoxomil", "cilexetil", "etexilate", "mofetil", "marboxil",
        "disoproxil", "alafenamide", "monohydrate", "dihydrate", "trihydrate", "hemihydrate", "anhydrous", "erbumine", "arginine", "lysine", "tromethamine", "trometamol", "meglumine",
        "hyclate", "hemisuccinate", "isetionate", "isethionate", "hydrate", "base",
    };

    private static readonly HashSet<string> _forms = new(StringComparer.Ordinal)
    {
        "tablet", "tablets", "tab", "tabs", "capsule", "capsules", "cap", "caps", "syrup", "suspension", "susp", "injection", "inj", "cream", "ointment", "drops", "inhaler", "suppository",
        "suppositories", "oral", "solution", "soln", "iv", "im", "sc", "po", "powder", "sachet", "vial", "ampoule", "amp", "gel", "lotion", "spray", "eye", "ear", "nasal", "topical", "rectal", "vaginal",
        "dispersible", "effervescent", "chewable", "soluble", "xr", "sr", "er", "mr", "cr", "xl", "la", "ec", "generic",
    };

    /// <summary>The keys under which a name may be known, the most literal first.</summary>
    public static IReadOnlyList<string> KeysOf(string name)
    {
        var literal = Key(name);
        var plain = Without(Amount().Replace(Spelled(name), " "), _forms);
        return [.. WithoutSalts(literal).Concat(WithoutSalts(plain)).Where(key => key.Length > 0).Distinct()];
    }

    /// <summary>The parts of a name that lists several ingredients; empty where it names one.</summary>
    public static IReadOnlyList<string> PartsOf(string name)
    {
        var parts = Joint().Split(Amount().Replace(Spelled(name), " ")).Select(part => part.Trim()).ToArray();
        return parts.Length > 1 && parts.All(part => part.Length > 0) ? parts : [];
    }

    /// <summary>A name as it is compared.</summary>
    public static string Key(string name) => Collapse(Spelled(name));

    // One salt less at each step: "tenofovir alafenamide fumarate" is known by its second.
    private static IEnumerable<string> WithoutSalts(string key)
    {
        for (var words = key.Split(' ', StringSplitOptions.RemoveEmptyEntries); words.Length > 0; words = words[..^1])
        {
            yield return string.Join(' ', words);
            if (words.Length == 1 || !_salts.Contains(words[^1]))
            {
                yield break;
            }
        }
    }

    private static string Without(string text, HashSet<string> words) =>
        string.Join(' ', Collapse(text).Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(word => !words.Contains(word)));

    // British and older spellings that follow a rule; the others are synonyms in the table of medicines.
    private static string Spelled(string name) => name.ToLowerInvariant().Replace("sulph", "sulf", StringComparison.Ordinal)
        .Replace("oestr", "estr", StringComparison.Ordinal).Replace("cephal", "cefal", StringComparison.Ordinal).Replace("cephr", "cefr", StringComparison.Ordinal)
        .Replace("aluminum", "aluminium", StringComparison.Ordinal);

    private static string Collapse(string text)
    {
        var key = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (char.IsLetterOrDigit(c))
            {
                key.Append(c);
            }
            else if (c != '\'' && key.Length > 0 && key[^1] != ' ')
            {
                key.Append(' ');
            }
        }

        return key.ToString().TrimEnd();
    }

    [GeneratedRegex(@"\b[0-9]+([.,][0-9]+)*\s*(mg|g|gm|mcg|µg|μg|ug|micrograms?|milligrams?|ml|iu|units?|mmol|%)?(\s*/\s*[0-9]*\s*(ml|g|dose|actuation|tablet|h|hr))?(?![a-z0-9])")]
    private static partial Regex Amount();

    [GeneratedRegex(@"\s*(?:[/+&,]|\band\b|\bwith\b|(?<=[a-z]{4})-(?=[a-z]{4}))\s*")]
    private static partial Regex Joint();
}
