using Careline.Accounts.Contracts;

namespace Careline.Patients.Patients;

/// <summary>The record that goes with the role of a patient.</summary>
internal sealed class PatientProfile(CarelineDb db) : IRoleProfile
{
    public string Role => Roles.Patient;

    public Task<Guid> CreateAsync(AccountPerson person, CancellationToken ct)
    {
        var patient = Patient.OfAccount(db.NewId(), person, db.Now);
        db.Add(patient);
        return Task.FromResult(patient.Id);
    }

    public async Task UpdateAsync(Guid profileId, AccountPerson person, CancellationToken ct)
    {
        var patient = await db.Set<Patient>().AsTracking().SingleAsync(p => p.Id == profileId, ct);
        patient.Follow(person, db.Now);
    }

    public async Task<IReadOnlyDictionary<string, object?>> DescribeAsync(Guid profileId, CancellationToken ct)
    {
        var patient = await db.Set<Patient>().Where(p => p.Id == profileId)
            .Select(p => new { p.Number, p.Gender, p.BloodGroup, p.Language, p.City, p.Country, p.MedicalHistory }).SingleAsync(ct);
        return new Dictionary<string, object?>
        {
            ["patient_number"] = patient.Number,
            ["gender"] = EnumText<Gender>.Of(patient.Gender),
            ["blood_group"] = patient.BloodGroup,
            ["language"] = patient.Language,
            ["city"] = patient.City,
            ["country"] = patient.Country,
            ["medical_history"] = patient.MedicalHistory,
        };
    }
}
