using Careline.Accounts.Contracts;

namespace Careline.Patients.Contracts;

/// <summary>Who pays for what a patient gets.</summary>
public static class PatientPayer
{
    /// <summary>Whoever asks, where that is the patient or somebody who acts for the patient; else the patient's own account, if there is one.</summary>
    public static async Task<Guid?> OfAsync(CarelineDb db, Actor actor, Guid patientId, CancellationToken ct) =>
        actor.PatientId == patientId || await ProxyRow.InForce(db, actor).AnyAsync(p => p.PatientId == patientId, ct)
            ? actor.AccountId
            : await db.Set<PatientRow>().Where(p => p.Id == patientId).Select(p => p.AccountId).FirstOrDefaultAsync(ct);
}
