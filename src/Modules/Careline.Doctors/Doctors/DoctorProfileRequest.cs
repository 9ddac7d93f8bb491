using System.Text.RegularExpressions;
using Careline.Platform.Time;

namespace Careline.Doctors.Doctors;

/// <summary>The price of a visit.</summary>
/// <param name="Amount">Minor units.</param>
/// <param name="Currency">ISO 4217 code.</param>
public sealed record FeeRequest(
    [Range(0L, 1_000_000_000L)] long Amount,
    [Required, RegularExpression("^[A-Z]{3}$", ErrorMessage = "Must be a three-letter ISO 4217 code.")] string Currency);

/// <summary>A place on earth (WGS 84).</summary>
/// <param name="Latitude">Degrees north.</param>
/// <param name="Longitude">Degrees east.</param>
public sealed record DoctorLocation([Range(-90.0, 90.0)] double Latitude, [Range(-180.0, 180.0)] double Longitude);

/// <summary>What doctors say of themselves. Names and contact data belong to the account.</summary>
/// <param name="TimeZone">IANA zone in which wall-clock times are meant.</param>
/// <param name="Bio">For patients to read.</param>
/// <param name="Specializations">Slugs, names or what people call them; absent leaves them as they are.</param>
/// <param name="Languages">BCP 47.</param>
/// <param name="Modalities">How patients are seen.</param>
/// <param name="ExperienceYears">Years in practice.</param>
/// <param name="Fee">Price of a visit.</param>
/// <param name="AcceptsPatients">Whether patients may book.</param>
/// <param name="ClinicIds">Clinics on whose staff the doctor is.</param>
/// <param name="PhotoUrl">A picture.</param>
/// <param name="LicenseNumber">Absent leaves it as it is; another number has to be verified again.</param>
/// <param name="LicenseCountry">Of the authority, ISO 3166-1 alpha-2; another country has to be verified again.</param>
/// <param name="Location">Where patients find the doctor, beside the clinics; others read only how far it is.</param>
public sealed partial record DoctorProfileRequest(
    [Required, StringLength(64)] string TimeZone = "UTC",
    [StringLength(4000)] string? Bio = null,
    [Length(1, 5)] IReadOnlyList<string>? Specializations = null,
    [MaxLength(20)] IReadOnlyList<string>? Languages = null,
    [MaxLength(4)] IReadOnlyList<Modality>? Modalities = null,
    [Range(0, 80)] int ExperienceYears = 0,
    FeeRequest? Fee = null,
    bool AcceptsPatients = true,
    [MaxLength(20)] IReadOnlyList<Guid>? ClinicIds = null,
    [Url, StringLength(500)] string? PhotoUrl = null,
    [StringLength(64, MinimumLength = 1)] string? LicenseNumber = null,
    [RegularExpression("^[A-Z]{2}$", ErrorMessage = "Must be a two-letter ISO 3166 code.")] string? LicenseCountry = null,
    DoctorLocation? Location = null) : IValidatableObject
{
    internal static DoctorProfileRequest Of(Doctor doctor) => new(
        doctor.TimeZone,
        doctor.Bio,
        null,
        doctor.Languages,
        [.. doctor.Modalities.Select(text => EnumText<Modality>.TryParse(text, out var modality) ? modality : default)],
        doctor.ExperienceYears,
        doctor.FeeAmount is { } amount ? new FeeRequest(amount, doctor.FeeCurrency!) : null,
        doctor.AcceptsPatients,
        doctor.ClinicIds,
        doctor.PhotoUrl,
        doctor.LicenseNumber,
        doctor.LicenseCountry,
        doctor.Latitude is { } latitude && doctor.Longitude is { } longitude ? new DoctorLocation(latitude, longitude) : null);

    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!ZonedTimes.IsKnown(TimeZone))
        {
            yield return new ValidationResult("Must be a zone of the IANA database, such as Africa/Lagos.", [nameof(TimeZone)]);
        }

        if (Languages is not null && Languages.Any(l => l is null || !LanguageTag().IsMatch(l)))
        {
            yield return new ValidationResult("Each is a language tag such as en or pt-BR.", [nameof(Languages)]);
        }

        if (Specializations is not null && Specializations.Any(s => string.IsNullOrWhiteSpace(s) || s.Length > 100))
        {
            yield return new ValidationResult("Each is 1 to 100 characters long.", [nameof(Specializations)]);
        }

        if (LicenseNumber is not null && string.IsNullOrWhiteSpace(LicenseNumber))
        {
            yield return new ValidationResult("May not be blank.", [nameof(LicenseNumber)]);
        }
    }

    [GeneratedRegex(@"\A[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}\z")]
    private static partial Regex LanguageTag();
}
