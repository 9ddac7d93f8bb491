using Careline.Accounts.Contracts;
using Careline.Doctors.Search;
using Careline.Doctors.Specializations;

namespace Careline.Doctors.Doctors;

/// <summary>The profile that goes with the role of a doctor.</summary>
internal sealed class DoctorProfile(CarelineDb db, DoctorIndex index) : IRoleProfile
{
    public string Role => Roles.Doctor;

    public async Task<Guid> CreateAsync(AccountPerson person, CancellationToken ct)
    {
        Require(person);
        var specialty = await Specialization.MeantByAsync(db, person.Specialization!, ct);
        var doctor = Doctor.Register(db.NewId(), person, [specialty], db.Now);
        db.Add(doctor);
        return doctor.Id;
    }

    public async Task UpdateAsync(Guid profileId, AccountPerson person, CancellationToken ct)
    {
        var doctor = await db.Set<Doctor>().AsTracking().SingleAsync(d => d.Id == profileId, ct);
        doctor.Follow(person, db.Now);
        index.Follow(db, profileId);
    }

    public async Task SetEnabledAsync(Guid profileId, bool isEnabled, CancellationToken ct)
    {
        var doctor = await db.Set<Doctor>().AsTracking().SingleAsync(d => d.Id == profileId, ct);
        doctor.SetEnabled(isEnabled, db.Now);
        index.Follow(db, profileId);
    }

    public Task<bool> IsTrustedAsync(Guid profileId, CancellationToken ct) =>
        db.Set<Doctor>().AnyAsync(d => d.Id == profileId && d.Verification == Verification.Verified, ct);

    public Task<Guid?> FindTrustedAccountAsync(Guid profileId, CancellationToken ct) => db.Set<Doctor>()
        .Where(d => d.Id == profileId && d.Verification == Verification.Verified).Select(d => (Guid?)d.AccountId).FirstOrDefaultAsync(ct);

    public async Task<IReadOnlyDictionary<string, object?>> DescribeAsync(Guid profileId, CancellationToken ct)
    {
        var doctor = await db.Set<Doctor>().SingleAsync(d => d.Id == profileId, ct);
        return new Dictionary<string, object?>
        {
            ["medical_license_number"] = doctor.LicenseNumber,
            ["specialization"] = doctor.SpecialtyText ?? doctor.Specializations.FirstOrDefault(),
            ["specializations"] = doctor.Specializations,
            ["verification_status"] = EnumText<Verification>.Of(doctor.Verification),
            ["is_verified"] = doctor.Verification == Verification.Verified,
            ["bio"] = doctor.Bio,
            ["time_zone"] = doctor.TimeZone,
            ["languages"] = doctor.Languages,
            ["experience_years"] = doctor.ExperienceYears,
            ["rating"] = doctor.Rating,
            ["review_count"] = doctor.ReviewCount,
        };
    }

    private static void Require(AccountPerson person)
    {
        var missing = new Dictionary<string, string[]>();
        if (string.IsNullOrWhiteSpace(person.MedicalLicenseNumber))
        {
            missing["medical_license_number"] = ["Doctors give the number of their licence."];
        }

        if (string.IsNullOrWhiteSpace(person.Specialization))
        {
            missing["specialization"] = ["Doctors give their specialty."];
        }

        if (missing.Count > 0)
        {
            throw new InvalidInput(missing);
        }
    }
}
