namespace Careline.Patients.Patients;

/// <summary>What is said of a patient. Blood group and medical history are clinical: written by the patient and by those who care.</summary>
/// <param name="FirstName">Given name.</param>
/// <param name="LastName">Family name.</param>
/// <param name="Gender">male, female, other, unknown; M, F and O are read too.</param>
/// <param name="DateOfBirth">Not in the future.</param>
/// <param name="Phone">E.164.</param>
/// <param name="Email">E-mail address.</param>
/// <param name="Address">Postal address, free text.</param>
/// <param name="City">City.</param>
/// <param name="Country">ISO 3166-1 alpha-2 code.</param>
/// <param name="BloodGroup">Such as <c>O+</c>.</param>
/// <param name="Language">BCP 47.</param>
/// <param name="MedicalHistory">In words.</param>
/// <param name="PrimaryDoctorId">The doctor who keeps the whole in view.</param>
/// <param name="ClinicId">A clinic of the caller's at which the patient becomes known.</param>
/// <param name="IsActive">Closes or reopens the record; absent leaves it as it is.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record PatientRequest(
    [Required, StringLength(100)] string FirstName,
    [Required, StringLength(100)] string LastName,
    [property: JsonConverter(typeof(GenderReader))] Gender Gender = Gender.Unknown,
    [Range(typeof(DateOnly), "1900-01-01", "2200-12-31", ErrorMessage = "Must lie after the year 1899.")] DateOnly? DateOfBirth = null,
    [RegularExpression(@"^\+[1-9][0-9]{6,14}$", ErrorMessage = "Must be a phone number such as +2348012345678.")] string? Phone = null,
    [EmailAddress, StringLength(254)] string? Email = null,
    [StringLength(500)] string? Address = null,
    [StringLength(120)] string? City = null,
    [RegularExpression("^[A-Z]{2}$", ErrorMessage = "Must be a two-letter ISO 3166 code.")] string? Country = null,
    [RegularExpression(@"^(A|B|AB|O)[+-]$", ErrorMessage = "Must be one of A+, A-, B+, B-, AB+, AB-, O+, O-.")] string? BloodGroup = null,
    [RegularExpression(@"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$", ErrorMessage = "Must be a language tag such as en or pt-BR.")] string? Language = null,
    [StringLength(20_000)] string? MedicalHistory = null,
    Guid? PrimaryDoctorId = null,
    Guid? ClinicId = null,
    bool? IsActive = null) : IValidatableObject
{
    internal static PatientRequest Of(Patient patient, bool withClinical) => new(
        patient.FirstName,
        patient.LastName,
        patient.Gender,
        patient.DateOfBirth,
        patient.Phone,
        patient.Email,
        patient.Address,
        patient.City,
        patient.Country,
        withClinical ? patient.BloodGroup : null,
        patient.Language,
        withClinical ? patient.MedicalHistory : null,
        patient.PrimaryDoctorId);

    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        // A day ahead of UTC is already today somewhere.
        var latest = DateOnly.FromDateTime(validationContext.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime).AddDays(1);
        if (DateOfBirth > latest)
        {
            yield return new ValidationResult("Must not lie in the future.", [nameof(DateOfBirth)]);
        }
    }
}
