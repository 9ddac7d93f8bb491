using Careline.Labs.Contracts;
using Careline.Patients.Contracts;
using Careline.Prescriptions.Prescriptions;
using Careline.Vitals.Contracts;

namespace Careline.Prescriptions.Safety;

/// <summary>Gathers what the checks need to know of a patient, with a few queries, from the modules that know it.</summary>
internal sealed class PatientFactsReader(CarelineDb db, IClinicalHistory histories, IVitals vitals, ILatestResults results)
{
    private const int YoungestMother = 12;
    private const int OldestMother = 55;

    // Whoever comes for more of a medicine comes before it is used up.
    private const int RenewalDays = 14;

    // Kidneys get worse: what was measured longer ago is not known any more.
    private const int KidneyDays = 365;

    /// <summary>The facts and the medicines the patient takes; null where there is no such patient.</summary>
    public async Task<PatientReading?> ReadAsync(Guid patientId, Guid? excludingPrescriptionId, CancellationToken ct)
    {
        if (await histories.OfAsync(patientId, ct) is not { } history)
        {
            return null;
        }

        var today = DateOnly.FromDateTime(db.Now.UtcDateTime);

        // What a pharmacy has handed out whole is taken from then on, not over.
        var now = db.Now;
        var active = await db.Set<Prescription>().Where(p => p.PatientId == patientId && p.Id != excludingPrescriptionId
                && (p.Status == PrescriptionStatus.Active || (p.Status == PrescriptionStatus.Completed && (p.ValidUntil > now || p.Lines.Any(l => l.DurationDays != null)))))
            .SelectMany(p => p.Lines, (p, line) => new { p.IssuedAt, Line = line }).Where(row => row.Line.Status == LineStatus.Active).ToListAsync(ct);
        var current = active.Where(row => !IsOver(row.IssuedAt, row.Line.DurationDays))
            .Select(row => OrderedMedicine.Of(row.Line) with { MayBeContinued = row.IssuedAt is { } from && row.Line.DurationDays is { } days && from.AddDays(days) < db.Now.AddDays(RenewalDays) })
            .Concat(history.Medicines.Select(m => new OrderedMedicine(m.Name) { Id = m.Id, Dosage = m.Dosage, Frequency = m.Frequency, MayBeContinued = true })).ToList();
        var facts = new PatientFacts
        {
            Today = today,
            BirthDate = history.DateOfBirth,
            WeightKg = await WeightAsync(patientId, history.DateOfBirth, today, ct),

            KidneyFunction = await results.KidneyFunctionAsync(patientId, ct) is { } kidneys && kidneys.ObservedAt >= db.Now.AddDays(-KidneyDays) ? kidneys.Egfr : null,
            IsPregnant = Holds(history, today, IsPregnancy),
            IsBreastFeeding = Holds(history, today, IsBreastFeeding),
            Allergies = history.Allergies.Count == 0 ? null : [.. history.Allergies.Select(a => new AllergyFact(a.Substance, [], a.Code))],
        };
        return new PatientReading(facts, current);
    }

    // A course that has ended is not taken any more, although nobody closed its line.
    private bool IsOver(DateTimeOffset? issuedAt, int? days) => issuedAt is { } from && days is { } count && from.AddDays(count) < db.Now;

    /// <summary>The last weight, unless it is too old to reckon a dose by: three months for a child, a year for an adult.</summary>
    private async Task<decimal?> WeightAsync(Guid patientId, DateOnly? birthDate, DateOnly today, CancellationToken ct)
    {
        var since = db.Now.AddDays(birthDate is { } born && born.AddYears(18) <= today ? -365 : -90);
        return await vitals.Sets.Where(set => set.PatientId == patientId && set.RecordedAt >= since)
            .SelectMany(set => set.Observations, (set, one) => new { set.RecordedAt, one.Measure, one.Value })
            .Where(row => row.Measure == Measure.Weight && row.Value != null)
            .OrderByDescending(row => row.RecordedAt).Select(row => row.Value).FirstOrDefaultAsync(ct);
    }

    // A code says that it holds. Without one, it is ruled out only where the body rules it out; of a woman of childbearing age it is not known.
    private static bool? Holds(ClinicalHistory history, DateOnly today, Func<string, bool> isCode) =>
        history.ConditionCodes.Any(isCode) ? true
        : history.IsFemale == false ? false
        : history.DateOfBirth is { } born && (born.AddYears(YoungestMother) > today || born.AddYears(OldestMother + 1) <= today) ? false
        : null;

    // ICD-10: O10–O48 and O98–O99 in pregnancy, Z33, Z34 and Z35. Childbirth and what follows it (O60–O92) is over.
    private static bool IsPregnancy(string code) => code.StartsWith("Z33", StringComparison.Ordinal) || code.StartsWith("Z34", StringComparison.Ordinal)
        || code.StartsWith("Z35", StringComparison.Ordinal)
        || (code is ['O', >= '0' and <= '9', >= '0' and <= '9', ..] && int.Parse(code.AsSpan(1, 2), System.Globalization.CultureInfo.InvariantCulture) is >= 10 and <= 48 or 98 or 99);

    private static bool IsBreastFeeding(string code) => code.StartsWith("Z39.1", StringComparison.Ordinal) || code.StartsWith("O91", StringComparison.Ordinal)
        || code.StartsWith("O92", StringComparison.Ordinal);
}

/// <summary>A patient's facts, and the medicines that are taken already.</summary>
/// <param name="Facts">The facts.</param>
/// <param name="Current">Not yet resolved to ingredients.</param>
internal sealed record PatientReading(PatientFacts Facts, IReadOnlyList<OrderedMedicine> Current);
