using Careline.Accounts.Contracts;
using Careline.Patients.Contracts;
using Careline.Patients.Patients;
using Careline.Platform.Data;
using Careline.Platform.Security;
using Careline.Platform.Web;
using Microsoft.EntityFrameworkCore;

namespace Careline.Patients.Care;

/// <summary>What a caller who sees a patient may do with the record at this moment.</summary>
/// <param name="IsOwn">The caller is the patient.</param>
/// <param name="ReadsClinical">A relationship in force opens what is clinical.</param>
/// <param name="Treats">A doctor or nurse in a relationship that is more than an emergency look.</param>
/// <param name="IsAdmin">The caller runs the platform.</param>
internal sealed record PatientAccess(bool IsOwn, bool ReadsClinical, bool Treats, bool IsAdmin)
{
    /// <summary>May change what is clinical of the record itself.</summary>
    public bool WritesClinical => IsOwn || Treats;

    /// <exception cref="NotFound">The caller does not see the patient.</exception>
    public static async Task<PatientAccess> OfAsync(CarelineDb db, Actor actor, Guid patientId, CancellationToken ct)
    {
        var me = actor.AccountId;
        var isAdmin = actor.IsAdmin;
        var isClinician = actor.Is(Roles.Doctor) || actor.Is(Roles.Nurse);
        var clinical = CareRelationship.ClinicalFor(db, actor);
        var treating = CareRelationship.InForce(db, actor)
            .Where(r => isClinician && r.Reason != CareReason.BreakGlass && r.Reason != CareReason.Proxy).Select(r => r.PatientId);
        return await Patient.VisibleTo(db, actor).Where(p => p.Id == patientId)
            .Select(p => new PatientAccess(p.AccountId == me, clinical.Contains(p.Id), treating.Contains(p.Id), isAdmin))
            .FirstOrDefaultAsync(ct) ?? throw new NotFound();
    }

    /// <summary>The patient, and whoever cares at this moment.</summary>
    public void RequireClinicalReading() => Require(IsOwn || ReadsClinical);

    /// <summary>Doctors and nurses who care at this moment.</summary>
    public void RequireTreating() => Require(Treats);

    /// <summary>What patients know best themselves.</summary>
    public void RequireTreatingOrOwn() => Require(WritesClinical);

    /// <summary>What staff write for each other: never the patient.</summary>
    public void RequireStaffReading() => Require(ReadsClinical && !IsOwn);

    /// <summary>Names and numbers: the patient, carers, and the desk.</summary>
    public void RequireContactWriting() => Require(WritesClinical || !ReadsClinical);

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
