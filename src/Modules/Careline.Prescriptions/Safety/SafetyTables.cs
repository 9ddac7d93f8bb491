using System.Collections.Frozen;
using Careline.Prescriptions.Medicines;
using Careline.Prescriptions.Safety.Loading;
using Careline.Prescriptions.Safety.Rules;

namespace Careline.Prescriptions.Safety;

/// <summary>
/// The safety data, ready to be asked: ingredients are numbers, rules about classes are spread out over pairs of ingredients. Never changed once
/// loaded.
/// </summary>
internal sealed class SafetyTables
{
    /// <summary>The release of the data.</summary>
    public required string Version { get; init; }

    /// <summary>What is wrong with the files; a kind whose file is faulty is among <see cref="Missing"/>.</summary>
    public required IReadOnlyList<TableFault> Faults { get; init; }

    /// <summary>The kinds of check that cannot be made, since their data is missing or broken.</summary>
    public required FrozenSet<SafetyKind> Missing { get; init; }

    /// <summary>Some of the site's own rules could not be read.</summary>
    public bool LacksSiteRules { get; init; }

    public required IReadOnlyList<string> Names { get; init; }

    public required FrozenDictionary<string, int> Ids { get; init; }

    /// <summary>By the pair of ingredients (<see cref="Pair"/>), the worst rule of each.</summary>
    public required FrozenDictionary<long, SafetyRule> Interactions { get; init; }

    /// <summary>What an allergy may be called, to the number of the allergen: an ingredient's own number or, above those, a class's.</summary>
    public required FrozenDictionary<string, int> Allergens { get; init; }

    /// <summary>By allergen and ingredient, in this order.</summary>
    public required FrozenDictionary<long, SafetyRule> Allergies { get; init; }

    /// <summary>Of each ingredient the classes of which one should be enough.</summary>
    public required IReadOnlyList<SafetyRule[]> Duplicates { get; init; }

    public required IReadOnlyList<DoseLimit[]> Doses { get; init; }

    public required IReadOnlyList<AgeRule[]> Ages { get; init; }

    public required IReadOnlyList<KidneyRule[]> Kidneys { get; init; }

    /// <summary>Null where the data does not say whether it harms.</summary>
    public required IReadOnlyList<SafetyRule?> Pregnancy { get; init; }

    public required IReadOnlyList<SafetyRule?> BreastFeeding { get; init; }

    /// <summary>The classes that rules may name.</summary>
    public required FrozenSet<string> Groups { get; init; }

    /// <summary>How many rules about interactions there are, before they are spread out.</summary>
    public required int InteractionRules { get; init; }

    public bool Lacks(SafetyKind kind) => Missing.Contains(kind) || Missing.Contains(SafetyKind.Everything);

    /// <summary>The number of an ingredient by one of its exact names; -1 where the data does not know it.</summary>
    public int IdOf(string ingredient) => Ids.GetValueOrDefault(MedicineNames.Key(ingredient), -1);

    /// <summary>Whether a rule may name it: an ingredient, or the class <c>@group</c>.</summary>
    public bool Knows(string term) => term.StartsWith('@') ? Groups.Contains(term[1..]) : IdOf(term) >= 0;

    public static long Pair(int a, int b) => a < b ? Ordered(a, b) : Ordered(b, a);

    public static long Ordered(int first, int second) => ((long)first << 32) | (uint)second;

    /// <summary>Reads the data from a folder, with what the site added.</summary>
    public static SafetyTables Load(string folder, SiteRules? site = null) => new TableLoader(folder).Load(site ?? SiteRules.None);
}
