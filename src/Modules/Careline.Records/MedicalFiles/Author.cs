using Careline.Accounts.Contracts;
using Careline.Patients.Contracts;

namespace Careline.Records.MedicalFiles;

/// <summary>Somebody who may add documents to a patient's record at this moment: the patient, who acts for the patient, and doctors and nurses who treat.</summary>
internal sealed record Author(Guid PatientId, Guid AccountId, bool IsClinician)
{
    /// <summary>The caller as an author about a patient; the caller's own record where none is named.</summary>
    /// <exception cref="InvalidInput">No patient is named, and the caller is none.</exception>
    /// <exception cref="Refusal">No such patient for this caller, or not for writing.</exception>
    public static async Task<Author> OfAsync(CarelineDb db, Actor actor, Guid? patientId, CancellationToken ct)
    {
        var patient = patientId ?? actor.PatientId ?? throw new InvalidInput("patient_id", "Say about whom the document is, before the file.");

        // An emergency opens for reading only.
        return await FindAsync(db, actor, patient, ct)
            ?? throw (await ClinicalCare.PatientsOf(db, actor).ContainsAsync(patient, ct) ? new PermissionDenied() : ClinicalCare.Refuse(actor));
    }

    /// <summary>The caller as an author about a patient; null if the caller may not write about them at this moment.</summary>
    public static async Task<Author?> FindAsync(CarelineDb db, Actor actor, Guid patientId, CancellationToken ct)
    {
        var isClinician = patientId != actor.PatientId && await ClinicalCare.TreatedBy(db, actor).ContainsAsync(patientId, ct);
        return isClinician || patientId == actor.PatientId || await ProxyRow.InForce(db, actor).AnyAsync(p => p.PatientId == patientId && p.CanRead, ct)
            ? new Author(patientId, actor.AccountId, isClinician) : null;
    }

    /// <summary>
    /// Whether the caller decides to whom a patient's documents are opened: the patient, or who acts in everything for a patient who has no account.
    /// </summary>
    public static async Task<bool> SpeaksForAsync(CarelineDb db, Actor actor, Guid patientId, CancellationToken ct) =>
        patientId == actor.PatientId
        || await ProxyRow.InForce(db, actor).AnyAsync(
            p => p.PatientId == patientId && p.CanRead && p.CanBook && db.Set<PatientRow>().Any(r => r.Id == patientId && r.AccountId == null), ct);
}
