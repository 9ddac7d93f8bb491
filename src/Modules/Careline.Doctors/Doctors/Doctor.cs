using Careline.Accounts.Contracts;
using Careline.Doctors.Specializations;

namespace Careline.Doctors.Doctors;

/// <summary>A practitioner. Listed and bookable once an administrator has verified the licence, while patients are accepted and the account may sign in.</summary>
internal sealed class Doctor : IVersioned, IVisible<Doctor>
{
    private Doctor()
    {
    }

    public Guid Id { get; private set; }

    public Guid AccountId { get; private set; }

    public string FirstName { get; private set; } = "";

    public string LastName { get; private set; } = "";

    public string Name { get; private set; } = null!;

    public string LicenseNumber { get; private set; } = "";

    public string? LicenseCountry { get; private set; }

    /// <summary>The truth behind doctors.doctor_specializations, which the database derives.</summary>
    public Guid[] SpecializationIds { get; private set; } = [];

    /// <summary>Names of the specialties, kept beside the ids so that the list reads one table.</summary>
    public string[] Specializations { get; private set; } = [];

    /// <summary>What the doctor wrote, where the managed list has no word for it.</summary>
    public string? SpecialtyText { get; private set; }

    public string TimeZone { get; private set; } = "UTC";

    public string? Bio { get; private set; }

    public string[] Languages { get; private set; } = [];

    public string[] Modalities { get; private set; } = [];

    public int ExperienceYears { get; private set; }

    public long? FeeAmount { get; private set; }

    public string? FeeCurrency { get; private set; }

    public decimal Rating { get; private set; }

    public int ReviewCount { get; private set; }

    public Verification Verification { get; private set; }

    public DateTimeOffset? VerificationAt { get; private set; }

    public Guid? VerificationBy { get; private set; }

    public string? VerificationNote { get; private set; }

    /// <summary>Until when the licence holds that was verified last; null where that is not known.</summary>
    public DateOnly? LicenseExpiresOn { get; private set; }

    /// <summary>The licence has run out, and the settings say that it matters.</summary>
    public bool LicenseLapsed { get; private set; }

    public bool AcceptsPatients { get; private set; } = true;

    /// <summary>Whether the account may sign in: nobody can be booked at a doctor who cannot.</summary>
    public bool IsEnabled { get; private set; } = true;

    public bool IsListed { get; private set; }

    public Guid[] ClinicIds { get; private set; } = [];

    /// <summary>Scheduling keeps working hours; told by it.</summary>
    public bool HasSchedule { get; private set; }

    public string? PhotoUrl { get; private set; }

    /// <summary>Where the doctor is found beside the clinics.</summary>
    public double? Latitude { get; private set; }

    public double? Longitude { get; private set; }

    public DateTimeOffset? NextFreeAt { get; private set; }

    public string SearchText { get; private set; } = null!;

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset UpdatedAt { get; private set; }

    public int Version { get; private set; } = 1;

    public static Doctor Register(Guid id, AccountPerson person, IReadOnlyList<Specialization> specialties, DateTimeOffset now)
    {
        var doctor = new Doctor { Id = id, AccountId = person.AccountId, LicenseNumber = person.MedicalLicenseNumber!, CreatedAt = now };
        doctor.Follow(person, now);
        doctor.Specialise(specialties, specialties.All(s => s.IsOther) ? person.Specialization : null);
        return doctor;
    }

    /// <summary>Takes over what the account says of its person.</summary>
    public void Follow(AccountPerson person, DateTimeOffset now)
    {
        FirstName = person.FirstName;
        LastName = person.LastName;
        UpdatedAt = now;
    }

    public void SetEnabled(bool isEnabled, DateTimeOffset now)
    {
        IsEnabled = isEnabled;
        UpdatedAt = now;
    }

    public void Specialise(IReadOnlyList<Specialization> specialties, string? text)
    {
        SpecializationIds = [.. specialties.Select(s => s.Id)];
        Specializations = [.. specialties.Select(s => s.Name)];
        SpecialtyText = text;
    }

    public void Replace(DoctorProfileRequest request, DateTimeOffset now)
    {
        TimeZone = request.TimeZone;
        Bio = request.Bio;
        Languages = [.. (request.Languages ?? []).Distinct()];
        Modalities = [.. (request.Modalities ?? []).Distinct().Select(EnumText<Modality>.Of)];
        ExperienceYears = request.ExperienceYears;
        FeeAmount = request.Fee?.Amount;
        FeeCurrency = request.Fee?.Currency;
        AcceptsPatients = request.AcceptsPatients;
        ClinicIds = [.. (request.ClinicIds ?? []).Distinct()];
        PhotoUrl = request.PhotoUrl;
        (Latitude, Longitude) = (request.Location?.Latitude, request.Location?.Longitude);
        UpdatedAt = now;
        Relicense(request.LicenseNumber ?? LicenseNumber, request.LicenseCountry);
    }

    /// <summary>The terms at a clinic changed; whether patients read of the clinic is for the doctor to say.</summary>
    public void PractiseAt(Guid clinicId, bool isListed, DateTimeOffset now) =>
        (ClinicIds, UpdatedAt) = (isListed ? [.. ClinicIds.Append(clinicId).Distinct()] : ClinicIds, now);

    public void LeaveClinic(Guid clinicId, DateTimeOffset now) => (ClinicIds, UpdatedAt) = ([.. ClinicIds.Where(c => c != clinicId)], now);

    /// <summary>An administrator decides on the licence; a decision can be changed.</summary>
    public DoctorVerificationDecided Decide(VerifyDoctorRequest request, Guid by, DateTimeOffset now)
    {
        Verification = request.Decision == VerificationDecision.Verified ? Verification.Verified : Verification.Rejected;
        VerificationAt = now;
        VerificationBy = by;
        VerificationNote = request.Note;
        return new DoctorVerificationDecided(Id, AccountId, Verification == Verification.Verified);
    }

    /// <summary>An administrator found until when the licence holds.</summary>
    public void SetLicense(DateOnly? expiresOn, DoctorsOptions options, DateTimeOffset now)
    {
        LicenseExpiresOn = expiresOn;
        LicenseLapsed = options.UnlistWithoutLicence && expiresOn < DateOnly.FromDateTime(now.UtcDateTime);
        UpdatedAt = now;
    }

    /// <summary>What was verified was that licence: another one is looked at before the doctor is listed again.</summary>
    private void Relicense(string number, string? country)
    {
        if (number == LicenseNumber && country == LicenseCountry)
        {
            return;
        }

        LicenseNumber = number;
        LicenseCountry = country;
        Verification = Verification.Pending;
        (VerificationAt, VerificationBy, VerificationNote) = (null, null, null);
    }

    /// <summary>Listed doctors are public; the doctor's own profile is the doctor's; administrators see all.</summary>
    public static IQueryable<Doctor> VisibleTo(CarelineDb db, Actor actor) => VisibleToAnyone(db, actor);

    public static IQueryable<Doctor> VisibleToAnyone(CarelineDb db, Actor? actor)
    {
        var doctors = db.Set<Doctor>();
        if (actor is { IsAdmin: true })
        {
            return doctors;
        }

        var me = actor?.AccountId;
        return doctors.Where(d => d.Verification == Verification.Verified || d.AccountId == me);
    }

    internal sealed class Mapping : IEntityTypeConfiguration<Doctor>, IEntityTypeConfiguration<DoctorRow>
    {
        public void Configure(EntityTypeBuilder<Doctor> builder)
        {
            builder.ToTable("doctors", "doctors");
            builder.Property(d => d.Id).ValueGeneratedNever();
            builder.Property(d => d.Name).ValueGeneratedOnAddOrUpdate();
            builder.Property(d => d.IsListed).ValueGeneratedOnAddOrUpdate();
            builder.Property(d => d.SearchText).ValueGeneratedOnAddOrUpdate();
            builder.Property(d => d.Rating).HasColumnType("numeric(3,2)");
        }

        public void Configure(EntityTypeBuilder<DoctorRow> builder)
        {
            // With a key, so that a list beside a doctor can be read inside a projection.
            builder.HasKey(d => d.Id);
            builder.ToView("doctor_rows", "doctors");
        }
    }
}
