using Careline.Patients.Contracts;
using Careline.Vitals.Scores;
using Careline.Vitals.Targets;

namespace Careline.Vitals.Observations;

/// <summary>What must be known of a patient to judge a reading.</summary>
internal sealed record PatientFacts(DateOnly? BirthDate, bool IsPregnant, IReadOnlyList<VitalTarget> Targets)
{
    /// <summary>Known to be under 16.</summary>
    public bool IsChildAt(DateOnly today) => BirthDate is { } born && Age.IsUnder(born, News2.FromAge, today);

    /// <summary>Scale 2 where a doctor set the target of hypercapnic failure.</summary>
    public OxygenScale Scale => Targets.Any(t => t.IsForHypercapnicFailure) ? OxygenScale.Two : OxygenScale.One;

    public static async Task<PatientFacts> ReadAsync(CarelineDb db, Guid patientId, CancellationToken ct)
    {
        var known = await db.Set<PatientRow>().Where(p => p.Id == patientId)
            .Select(p => new { p.DateOfBirth, IsPregnant = db.Set<PregnancyRow>().Any(r => r.PatientId == p.Id) }).FirstOrDefaultAsync(ct);
        var targets = await VitalTarget.InForce(db, patientId).ToListAsync(ct);
        return new PatientFacts(known?.DateOfBirth, known?.IsPregnant ?? false, targets);
    }
}
