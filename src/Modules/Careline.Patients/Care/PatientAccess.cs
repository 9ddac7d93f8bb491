using Careline.Accounts.Contracts;
using Careline.Patients.Patients;
using Careline.Patients.Proxies;

namespace Careline.Patients.Care;

/// <summary>What a caller who sees a patient may do with the record at this moment.</summary>
/// <param name="IsOwn">The caller is the patient.</param>
/// <param name="ReadsClinical">Care, acting for the patient or an emergency opens what is clinical.</param>
/// <param name="Treats">A doctor or nurse who cares, by more than an emergency look.</param>
/// <param name="IsAdmin">The caller runs the platform.</param>
/// <param name="ReadsAsStaff">What is clinical is open for another reason than that the caller acts for the patient.</param>
/// <param name="IsProxy">The caller acts for the patient.</param>
/// <param name="SpeaksForDependant">The caller acts in everything for a patient who has no account.</param>
internal sealed record PatientAccess(
    bool IsOwn, bool ReadsClinical, bool Treats, bool IsAdmin, bool ReadsAsStaff, bool IsProxy, bool SpeaksForDependant)
{
    /// <summary>May change what is clinical of the record itself.</summary>
    public bool WritesClinical => IsOwn || Treats;

    /// <summary>The patient, or who acts in everything for a patient who cannot sign in.</summary>
    public bool SpeaksForPatient => IsOwn || SpeaksForDependant;

    /// <exception cref="NotFound">The caller does not see the patient.</exception>
    public static async Task<PatientAccess> OfAsync(CarelineDb db, Actor actor, Guid patientId, CancellationToken ct)
    {
        var me = actor.AccountId;
        var isAdmin = actor.IsAdmin;
        var clinical = ClinicalCare.PatientsOf(db, actor);
        var treating = ClinicalCare.TreatedBy(db, actor);
        var asStaff = ClinicalCare.ReadAsStaffBy(db, actor);
        var links = Proxy.InForce(db, actor);
        return await Patient.VisibleTo(db, actor).Where(p => p.Id == patientId)
            .Select(p => new PatientAccess(
                p.AccountId == me,
                clinical.Contains(p.Id),
                treating.Contains(p.Id),
                isAdmin,
                asStaff.Contains(p.Id),
                links.Any(l => l.PatientId == p.Id),
                p.AccountId == null && links.Any(l => l.PatientId == p.Id && l.CanRead && l.CanBook)))
            .FirstOrDefaultAsync(ct) ?? throw new NotFound();
    }

    /// <summary>The patient, and whoever cares at this moment.</summary>
    public void RequireClinicalReading() => Require(IsOwn || ReadsClinical);

    /// <summary>Doctors and nurses who care at this moment.</summary>
    public void RequireTreating() => Require(Treats);

    /// <summary>What patients know best themselves.</summary>
    public void RequireTreatingOrOwn() => Require(WritesClinical);

    /// <summary>What staff write for each other: never the patient, nor who acts for the patient.</summary>
    public void RequireStaffReading() => Require(ReadsAsStaff && !IsOwn);

    /// <summary>Names and numbers: the patient, carers, and the desk; who acts for somebody with an account leaves that to them.</summary>
    public void RequireContactWriting() => Require(WritesClinical || SpeaksForDependant || (!ReadsClinical && !IsProxy));

    /// <summary>Who bills, who cares, the patient, and who reads for the patient; an administrator and who only books see the last four.</summary>
    public bool ReadsInsuranceNumbers => WritesClinical || SpeaksForDependant || (IsProxy ? ReadsClinical : !ReadsClinical && !IsAdmin);

    /// <summary>Who acts for whom is the family's business.</summary>
    public void RequireSeeingProxies() => RequireOwnOr(IsProxy || IsAdmin);

    /// <summary>To let somebody else act for the patient.</summary>
    public void RequireSpeakingForPatient() => RequireOwnOr(SpeaksForDependant);

    /// <summary>The patient, or who else is allowed; an emergency changes nothing about it.</summary>
    public void RequireOwnOr(bool allowed)
    {
        if (!IsOwn && !allowed)
        {
            throw new PermissionDenied();
        }
    }

    private void Require(bool allowed)
    {
        if (!allowed)
        {
            throw IsAdmin && !ReadsClinical
                ? new PermissionDenied("Clinical content needs a recorded reason: break the glass first.", "BREAK_GLASS_REQUIRED")
                : new PermissionDenied();
        }
    }
}
