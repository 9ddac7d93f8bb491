using Careline.Doctors.Doctors;
using Careline.Doctors.Practices;
using Careline.Doctors.Qualifications;
using Careline.Platform.Privacy;

namespace Careline.Doctors.Privacy;

/// <summary>A doctor's own profile and professional life. What a doctor wrote about patients is the patients'.</summary>
internal sealed class DoctorRecords(CarelineDb db) : IPersonalRecords
{
    public string Schema => "doctors";

    public IEnumerable<PersonalTable> Export(PersonKeys person)
    {
        var doctor = person.DoctorId;
        yield return new PersonalTable("doctors", db.Set<Doctor>().Where(d => d.Id == doctor).Select(d => new
        {
            d.Id,
            d.AccountId,
            d.FirstName,
            d.LastName,
            d.Name,
            d.LicenseNumber,
            d.LicenseCountry,
            d.SpecializationIds,
            d.Specializations,
            d.SpecialtyText,
            d.TimeZone,
            d.Bio,
            d.Languages,
            d.Modalities,
            d.ExperienceYears,
            d.FeeAmount,
            d.FeeCurrency,
            d.Rating,
            d.ReviewCount,
            d.Verification,
            d.VerificationAt,
            d.VerificationBy,
            d.VerificationNote,
            d.LicenseExpiresOn,
            d.LicenseLapsed,
            d.AcceptsPatients,
            d.IsEnabled,
            d.IsListed,
            d.ClinicIds,
            d.HasSchedule,
            d.PhotoUrl,
            d.Latitude,
            d.Longitude,
            d.NextFreeAt,
            d.CreatedAt,
            d.UpdatedAt,
        }).AsAsyncEnumerable());
        yield return new PersonalTable("qualifications", db.Set<Qualification>().Where(q => q.DoctorId == doctor).OrderBy(q => q.Id).Select(q => new
        {
            q.Id,
            q.DoctorId,
            q.Kind,
            q.Title,
            q.Organization,
            q.Country,
            q.Number,
            q.StartedOn,
            q.EndedOn,
            q.Description,
            q.CreatedAt,
            q.UpdatedAt,
            q.RemovedAt,
            q.Type,
            q.Verification,
            q.VerifiedAt,
            q.VerifiedBy,
            q.VerificationNote,
            q.FileId,
            q.FileName,
        }).AsAsyncEnumerable());
        yield return new PersonalTable("practices", db.Set<Practice>().Where(p => p.DoctorId == doctor).OrderBy(p => p.Id)
            .Select(p => new { p.Id, p.DoctorId, p.ClinicId, p.SpecializationIds, p.AcceptsPatients, p.SlotMinutes, p.CreatedAt, p.UpdatedAt }).AsAsyncEnumerable());
        yield return new PersonalTable("practice_fees", (
            from f in db.Set<PracticeFee>()
            join p in db.Set<Practice>() on f.PracticeId equals p.Id
            where p.DoctorId == doctor
            select new { f.PracticeId, f.Modality, f.Amount, f.Currency }).AsAsyncEnumerable());
        foreach (var table in ReviewRecords.Export(db, person))
        {
            yield return table;
        }
    }

    // Those who answer for what they wrote about patients are not erased: an account that is a doctor's is refused before this. Patients leave reviews.
    public Task EraseAsync(PersonKeys person, CancellationToken ct) => ReviewRecords.EraseAsync(db, person, ct);

    public Task RemoveKeptAsync(Guid patientId, CancellationToken ct) => ReviewRecords.RemoveKeptAsync(db, patientId, ct);
}
