using Careline.Accounts.Contracts;
using Careline.Clinics.Contracts;
using Careline.Patients.Clinics;
using Careline.Patients.Proxies;

namespace Careline.Patients.Patients;

/// <summary>A person receiving care; may exist without a login.</summary>
internal sealed class Patient : IVersioned, IVisible<Patient>
{
    private Patient()
    {
    }

    public Guid Id { get; private set; }

    public Guid? AccountId { get; private set; }

    public string Number { get; private set; } = null!;

    public string FirstName { get; private set; } = "";

    public string LastName { get; private set; } = "";

    public string Name { get; private set; } = null!;

    public Gender Gender { get; private set; }

    public DateOnly? DateOfBirth { get; private set; }

    public string? Phone { get; private set; }

    public string? Email { get; private set; }

    public string? Address { get; private set; }

    public string? City { get; private set; }

    public string? Country { get; private set; }

    public string? BloodGroup { get; private set; }

    public string? Language { get; private set; }

    public string? MedicalHistory { get; private set; }

    public Guid? PrimaryDoctorId { get; private set; }

    public bool IsActive { get; private set; } = true;

    /// <summary>The patient asked that the record be used no further than the present treatment.</summary>
    public DateTimeOffset? RestrictedAt { get; private set; }

    /// <summary>What was opened by choice up to this moment is closed.</summary>
    public DateTimeOffset? SharingEndedAt { get; private set; }

    /// <summary>Nobody can tell any more who it was.</summary>
    public DateTimeOffset? ErasedAt { get; private set; }

    public Guid? CreatedBy { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset UpdatedAt { get; private set; }

    public string SearchText { get; private set; } = null!;

    public int Version { get; private set; } = 1;

    /// <summary>The record that goes with a new account.</summary>
    public static Patient OfAccount(Guid id, AccountPerson person, DateTimeOffset now)
    {
        var patient = new Patient { Id = id, AccountId = person.AccountId, CreatedBy = person.AccountId, Gender = Gender.Unknown, CreatedAt = now };
        patient.Follow(person, now);
        return patient;
    }

    /// <summary>A person registered by staff, without an account.</summary>
    public static Patient Register(Guid id, Guid by, PatientRequest request, bool withClinical, DateTimeOffset now)
    {
        var patient = new Patient { Id = id, CreatedBy = by, CreatedAt = now };
        patient.Replace(request, withClinical, now);
        return patient;
    }

    /// <summary>Takes over what the account says of its person; what it does not say stays as staff recorded it.</summary>
    public void Follow(AccountPerson person, DateTimeOffset now)
    {
        FirstName = person.FirstName;
        LastName = person.LastName;
        Email = person.Email ?? Email;
        Phone = person.Phone ?? Phone;
        DateOfBirth = person.DateOfBirth ?? DateOfBirth;
        Address = person.Address ?? Address;
        UpdatedAt = now;
    }

    /// <exception cref="PermissionDenied">Something clinical is said by somebody who may not write it.</exception>
    public void Replace(PatientRequest request, bool withClinical, DateTimeOffset now)
    {
        FirstName = request.FirstName;
        LastName = request.LastName;
        Gender = request.Gender;
        DateOfBirth = request.DateOfBirth;
        Phone = request.Phone;
        Email = request.Email;
        Address = request.Address;
        City = request.City;
        Country = request.Country;
        Language = request.Language;
        PrimaryDoctorId = request.PrimaryDoctorId;
        UpdatedAt = now;
        if (withClinical)
        {
            BloodGroup = request.BloodGroup;
            MedicalHistory = request.MedicalHistory;
        }
        else if (request.BloodGroup is not null || request.MedicalHistory is not null)
        {
            throw new PermissionDenied("Blood group and medical history are written by the patient and by those who care.");
        }
    }

    /// <summary>A closed record keeps all it holds.</summary>
    /// <exception cref="PermissionDenied">The actor is neither an administrator nor the member of staff who registered the patient.</exception>
    public void SetActive(bool isActive, Actor by, DateTimeOffset now)
    {
        if (!by.IsAdmin && (CreatedBy != by.AccountId || AccountId == by.AccountId || !Roles.AreStaff(by.Roles)))
        {
            throw new PermissionDenied("Only an administrator or who registered the patient may close or reopen the record.");
        }

        IsActive = isActive;
        UpdatedAt = now;
    }

    /// <summary>Used no further than the present treatment, or again as before.</summary>
    public void Restrict(bool isRestricted, DateTimeOffset now)
    {
        RestrictedAt = isRestricted ? RestrictedAt ?? now : null;
        UpdatedAt = now;
    }

    /// <summary>
    /// One's own record; administrators all; whoever has a relationship in force or acts for the patient; the nurses of the clinic where the patient
    /// is; the reception and the administrators of a clinic that knows the patient. A restricted record is the patient's and that of those in a
    /// relationship or in the present visit, nobody else's (GDPR art. 18). Written as one set of ids, so that the database starts from the caller's
    /// few relationships and not from all patients.
    /// </summary>
    public static IQueryable<Patient> VisibleTo(CarelineDb db, Actor actor)
    {
        var patients = db.Set<Patient>();
        if (actor.IsAdmin)
        {
            var opened = ClinicalCare.KnownTo(db, actor);
            return patients.Where(p => p.RestrictedAt == null || opened.Contains(p.Id));
        }

        var me = actor.AccountId;
        var mine = patients.Where(p => p.AccountId == me).Select(p => p.Id)
            .Union(ClinicalCare.KnownTo(db, actor))
            .Union(Proxy.InForce(db, actor).Select(l => l.PatientId))
            .Union(
                from staff in db.Set<StaffRow>()
                where staff.AccountId == me && (staff.Role == ClinicRole.Receptionist || staff.Role == ClinicRole.Administrator)
                join known in db.Set<PatientClinic>() on staff.ClinicId equals known.ClinicId
                join p in patients on known.PatientId equals p.Id
                where p.RestrictedAt == null
                select known.PatientId);
        return patients.Where(p => mine.Contains(p.Id));
    }

    internal sealed class Mapping : IEntityTypeConfiguration<Patient>, IEntityTypeConfiguration<PatientRow>
    {
        public void Configure(EntityTypeBuilder<Patient> builder)
        {
            builder.ToTable("patients", "patients");
            builder.Property(p => p.Id).ValueGeneratedNever();
            builder.Property(p => p.Number).ValueGeneratedOnAdd();
            builder.Property(p => p.Name).ValueGeneratedOnAddOrUpdate();
            builder.Property(p => p.SearchText).ValueGeneratedOnAddOrUpdate();
        }

        public void Configure(EntityTypeBuilder<PatientRow> builder)
        {
            // With a key, so that a list beside a patient can be read inside a projection.
            builder.HasKey(p => p.Id);
            builder.ToView("patient_rows", "patients");
        }
    }
}
