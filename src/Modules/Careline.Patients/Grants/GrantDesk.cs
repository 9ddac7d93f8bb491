using Careline.Patients.Care;
using Careline.Patients.Proxies;

namespace Careline.Patients.Grants;

/// <summary>Who opens and closes a record by the patient's word: the patient, and who reads for the patient. Administrators do not.</summary>
internal static class GrantDesk
{
    /// <summary>Goes on when the caller may, and answers until when: who acts until a day opens nothing beyond it.</summary>
    /// <exception cref="PermissionDenied">The caller sees the patient for another reason.</exception>
    public static async Task<DateTimeOffset?> CheckAsync(CarelineDb db, Actor actor, Guid patientId, CancellationToken ct)
    {
        if ((await PatientAccess.OfAsync(db, actor, patientId, ct)).IsOwn)
        {
            return null;
        }

        var links = Proxy.InForce(db, actor).Where(p => p.PatientId == patientId && p.CanRead);
        return await links.Select(p => new { p.ValidUntil }).FirstOrDefaultAsync(ct) is { } link ? link.ValidUntil : throw new PermissionDenied();
    }
}
