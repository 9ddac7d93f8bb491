using Careline.Platform.Data;
using Careline.Prescriptions.Medicines;

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
        var allergies = facts.Allergies ?? [];
        var named = newLines.Concat(current).Select(line => line.Named)
            .Concat(allergies.Select(allergy => new NamedMedicine(null, null, null, allergy.Text))).ToList();
        var resolved = await resolver.ResolveAsync(named, ct);
        var lines = newLines.Select((line, i) => line.As(resolved[i])).ToList();
        var taken = current.Select((line, i) => line.As(resolved[newLines.Count + i])).ToList();
        var known = facts.Allergies is null ? facts : facts with
        {
            Allergies = [.. allergies.Select((allergy, i) => allergy with { Ingredients = [.. resolved[newLines.Count + current.Count + i].Ingredients.Select(part => part.Name)] })],
        };
        return SafetyEngine.Check(known, lines, taken, await shelf.TablesAsync(db, ct));
    }
}
