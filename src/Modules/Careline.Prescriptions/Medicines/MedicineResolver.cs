using Careline.Prescriptions.Safety;

namespace Careline.Prescriptions.Medicines;

/// <summary>How a medicine is named by somebody: by any of these, or several.</summary>
/// <param name="MedicineId">The catalogue's row.</param>
/// <param name="AtcCode">WHO ATC code.</param>
/// <param name="GenericName">The ingredient.</param>
/// <param name="Name">As written.</param>
internal sealed record NamedMedicine(Guid? MedicineId, string? AtcCode, string? GenericName, string? Name);

/// <summary>What a medicine was found to be.</summary>
/// <param name="Ingredients">Empty where it is not known.</param>
/// <param name="Doubt">What does not fit together.</param>
internal sealed record ResolvedMedicine(IReadOnlyList<LineIngredient> Ingredients, string? Doubt)
{
    public static ResolvedMedicine Unknown { get; } = new([], null);
}

/// <summary>
/// Finds out what is in a medicine, exactly: by the catalogue's row, by a code that means one thing, or by one of its names. What is not found is
/// unknown, and what means several things is too.
/// </summary>
internal sealed class MedicineResolver(CarelineDb db)
{
    private const string Contradiction = "its name, its generic name and its code mean different medicines; all of them were checked";
    private const string Ambiguous = "the name stands for medicines of different composition";

    /// <summary>What each of them is, in the same order, with two queries for all.</summary>
    public async Task<IReadOnlyList<ResolvedMedicine>> ResolveAsync(IReadOnlyList<NamedMedicine> named, CancellationToken ct)
    {
        var keys = named.SelectMany(n => Texts(n)).SelectMany(text => MedicineNames.KeysOf(text).Concat(MedicineNames.PartsOf(text).SelectMany(MedicineNames.KeysOf)))
            .Distinct().ToArray();
        var ids = named.Select(n => n.MedicineId).OfType<Guid>().Distinct().ToArray();
        var codes = named.Select(n => n.AtcCode).OfType<string>().Where(code => code.Length == 7).Distinct().ToArray();
        var offered = Medicine.Offered(db);
        var byName = (await (
                from name in db.Set<MedicineName>()
                where keys.Contains(name.Key)
                join m in offered on name.MedicineId equals m.Id
                select new { name.Key, Found = new Found(m.Id, m.Kind, m.Ingredients, m.IngredientStrengths, m.AtcCodes) }).ToListAsync(ct))
            .ToLookup(row => row.Key, row => row.Found);
        var direct = ids.Length + codes.Length == 0 ? [] : await offered
            .Where(m => ids.Contains(m.Id) || (m.Kind == MedicineKind.Generic && m.AtcCodes.Any(code => codes.Contains(code))))
            .Select(m => new Found(m.Id, m.Kind, m.Ingredients, m.IngredientStrengths, m.AtcCodes)).ToListAsync(ct);
        return [.. named.Select(n => Resolve(n, byName, direct))];
    }

    private static IEnumerable<string> Texts(NamedMedicine named) => new[] { named.Name, named.GenericName }.OfType<string>();

    private static ResolvedMedicine Resolve(NamedMedicine named, ILookup<string, Found> byName, List<Found> direct)
    {
        // What names it most narrowly comes first: its strengths are the ones that count.
        var answers = new List<ResolvedMedicine?>
        {
            named.MedicineId is { } id ? One([.. direct.Where(found => found.Id == id)]) : null,
            named.Name is { } name ? ByText(name, byName) : null,
            named.GenericName is { } generic ? ByText(generic, byName) : null,
            named.AtcCode is { } code ? One([.. direct.Where(found => found.AtcCodes.Contains(code))]) : null,
        }.OfType<ResolvedMedicine>().ToList();
        var known = answers.Where(answer => answer.Ingredients.Count > 0).ToList();
        if (known.Count == 0)
        {
            return answers.FirstOrDefault() ?? ResolvedMedicine.Unknown;
        }

        if (known.TrueForAll(answer => Set(answer.Ingredients.Select(i => i.Name)).SetEquals(known[0].Ingredients.Select(i => i.Name))))
        {
            return known[0];
        }

        return new ResolvedMedicine([.. known.SelectMany(answer => answer.Ingredients).DistinctBy(i => i.Name, StringComparer.OrdinalIgnoreCase)], Contradiction);
    }

    private static ResolvedMedicine? ByText(string text, ILookup<string, Found> byName)
    {
        foreach (var key in MedicineNames.KeysOf(text).Where(byName.Contains))
        {
            return One([.. byName[key]]);
        }

        // "Amoxicillin and clavulanic acid": every part must be known, and be one ingredient.
        var parts = MedicineNames.PartsOf(text).Select(part => MedicineNames.KeysOf(part).Where(byName.Contains).Select(key => One([.. byName[key]])).FirstOrDefault()).ToList();
        return parts.Count > 1 && parts.TrueForAll(part => part is { Ingredients.Count: 1, Doubt: null })
            ? new ResolvedMedicine([.. parts.SelectMany(part => part!.Ingredients).Select(i => i with { Strength = null })], null)
            : null;
    }

    private static ResolvedMedicine? One(IReadOnlyList<Found> found)
    {
        if (found.Count == 0)
        {
            return null;
        }

        var first = Set(found[0].Ingredients);
        if (found.Any(other => !first.SetEquals(other.Ingredients)))
        {
            return new ResolvedMedicine([], Ambiguous);
        }

        // Several products of the same composition: the strength in one unit is known only if it is the same in all.
        var strengths = found[0].Strengths.Select((strength, i) => found.All(other => other.Ingredients.SequenceEqual(found[0].Ingredients) && other.Strengths[i] == strength) && strength.Length > 0 ? strength : null);
        return new ResolvedMedicine([.. found[0].Ingredients.Zip(strengths, (name, strength) => new LineIngredient(name, strength))], null);
    }

    private static HashSet<string> Set(IEnumerable<string> names) => names.ToHashSet(StringComparer.OrdinalIgnoreCase);

    private sealed record Found(Guid Id, MedicineKind Kind, string[] Ingredients, string[] Strengths, string[] AtcCodes);
}
