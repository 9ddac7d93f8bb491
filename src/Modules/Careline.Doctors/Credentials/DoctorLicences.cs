using Careline.Doctors.Doctors;

namespace Careline.Doctors.Credentials;

internal sealed class DoctorLicences(CarelineDb db) : IDoctorLicences
{
    public Task<DoctorLicence?> OfAsync(Guid doctorId, CancellationToken ct)
    {
        var today = DateOnly.FromDateTime(db.Now.UtcDateTime);
        return (
            from d in db.Set<Doctor>()
            join row in db.Set<DoctorRow>() on d.Id equals row.Id
            where d.Id == doctorId
            select new DoctorLicence(
                row.Name, d.LicenseNumber, d.LicenseCountry,
                d.Verification == Verification.Verified && d.IsEnabled && (d.LicenseExpiresOn == null || d.LicenseExpiresOn >= today))).FirstOrDefaultAsync(ct);
    }
}
