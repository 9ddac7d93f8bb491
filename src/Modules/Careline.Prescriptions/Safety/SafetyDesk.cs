using Careline.Prescriptions.Medicines;
using Careline.Prescriptions.Safety.Checks;

namespace Careline.Prescriptions.Safety;

/// <summary>
/// Checks medicines for a patient: gathers the facts, finds out what is in each medicine, and asks the engine. Who may prescribe for or read about the
/// patient is the caller's to decide.
/// </summary>
internal sealed class SafetyDesk(CarelineDb db, SafetyShelf shelf, MedicineResolver resolver, PatientFactsReader reader)
{
    /// <summary>
    /// Checks new lines for a patient against each other and against what the patient takes. The report's lines stand in the order of
    /// <paramref name="newLines"/> and carry their ids.
    /// </summary>
    /// <param name="patientId">The patient.</param>
    /// <param name="newLines">What is to be prescribed: every line of the draft, not only the one just added.</param>
    /// <param name="excludingPrescriptionId">A prescription whose lines do not count as taken: the one being written, or the one it supersedes.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<SafetyReport> CheckAsync(Guid patientId, IReadOnlyList<OrderedMedicine> newLines, Guid? excludingPrescriptionId, CancellationToken ct)
    {
        var reading = await reader.ReadAsync(patientId, excludingPrescriptionId, ct)
            ?? new PatientReading(new PatientFacts { Today = DateOnly.FromDateTime(db.Now.UtcDateTime) }, []);
        return await CheckAsync(reading.Facts, newLines, reading.Current, ct);
    }

    /// <summary>Checks lines against facts and current medicines that the caller knows.</summary>
    public async Task<SafetyReport> CheckAsync(
        PatientFacts facts, IReadOnlyList<OrderedMedicine> newLines, IReadOnlyList<OrderedMedicine> current, CancellationToken ct)
    {
        var allergies = (facts.Allergies ?? []).Select(allergy => (Whole: allergy, Parts: AllergyCheck.PartsOf(allergy.Text).ToList())).ToList();
        var named = newLines.Concat(current).Select(line => line.Named)
            .Concat(allergies.SelectMany(allergy => allergy.Parts.Select(Worded).Prepend(Worded(allergy.Whole.Text) with { AtcCode = allergy.Whole.Code }))).ToList();
        var resolved = new Queue<ResolvedMedicine>(await resolver.ResolveAsync(named, ct));
        var tables = await shelf.TablesAsync(db, ct);
        var lines = newLines.Select(line => line.As(OrIngredient(resolved.Dequeue(), line, tables))).ToList();
        var taken = current.Select(line => line.As(OrIngredient(resolved.Dequeue(), line, tables))).ToList();
        var known = allergies.SelectMany(allergy => Known(allergy.Whole, allergy.Parts, resolved)).ToList();
        return SafetyEngine.Check(facts with { Allergies = facts.Allergies is null ? null : known }, lines, taken, tables);
    }

    // The data knows ingredients that the catalogue does not offer: what was withdrawn, or comes only in combinations, is still taken by somebody.
    private static ResolvedMedicine OrIngredient(ResolvedMedicine resolved, OrderedMedicine line, SafetyTables tables)
    {
        var known = resolved is { Ingredients.Count: 0, Doubt: null }
            ? new[] { line.Name, line.GenericName }.OfType<string>().SelectMany(MedicineNames.KeysOf).Where(tables.Ids.ContainsKey).Select(key => tables.Names[tables.Ids[key]]).FirstOrDefault()
            : null;
        return known is null ? resolved : new ResolvedMedicine([new LineIngredient(known)], null);
    }

    private static NamedMedicine Worded(string text) => new(null, null, null, text);

    // Taken as a whole where the catalogue knows it so; otherwise part by part, so that one strange word hides nothing.
    private static IEnumerable<AllergyFact> Known(AllergyFact whole, List<string> parts, Queue<ResolvedMedicine> resolved)
    {
        var (all, each) = (Names(resolved.Dequeue()), parts.Select(_ => Names(resolved.Dequeue())).ToList());
        return all.Count > 0 || parts.Count == 0 || AllergyCheck.IsNone(whole) ? [whole with { Ingredients = all }] : parts.Zip(each, (part, names) => new AllergyFact(part, names, whole.Code));
    }

    private static IReadOnlyList<string> Names(ResolvedMedicine resolved) => [.. resolved.Ingredients.Select(ingredient => ingredient.Name)];
}
