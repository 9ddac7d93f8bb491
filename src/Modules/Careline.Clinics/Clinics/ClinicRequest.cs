using Careline.Platform.Time;

namespace Careline.Clinics.Clinics;

/// <summary>Whether a clinic works.</summary>
public enum ClinicStatus
{
    /// <summary>Open.</summary>
    Active,

    /// <summary>Closed for a while or for good.</summary>
    Inactive,
}

/// <summary>Where a clinic sees people.</summary>
public enum ClinicKind
{
    /// <summary>At its place.</summary>
    Physical,

    /// <summary>At a distance.</summary>
    Virtual,

    /// <summary>In both ways.</summary>
    Both,
}

/// <summary>A place on earth.</summary>
/// <param name="Latitude">Degrees north.</param>
/// <param name="Longitude">Degrees east.</param>
public sealed record ClinicLocation([Range(-90.0, 90.0)] double Latitude, [Range(-180.0, 180.0)] double Longitude);

/// <summary>What is said of a clinic.</summary>
/// <param name="Name">The name; another one has to be verified again.</param>
/// <param name="TimeZone">IANA zone, such as <c>Africa/Lagos</c>.</param>
/// <param name="Address">Street and number.</param>
/// <param name="City">City.</param>
/// <param name="Country">ISO 3166-1 alpha-2 code; another one has to be verified again.</param>
/// <param name="Phone">E.164.</param>
/// <param name="Email">Address for people.</param>
/// <param name="Location">Where it stands.</param>
/// <param name="Status">Whether it works.</param>
/// <param name="IsPharmacy">Whether it hands out medicines.</param>
/// <param name="Kind">Where it sees people.</param>
/// <param name="Description">For patients to read.</param>
/// <param name="RegistrationNumber">Of the register or licence by which it works; another one has to be verified again.</param>
/// <param name="Website">Its page.</param>
public sealed record ClinicRequest(
    [Required, StringLength(200, MinimumLength = 1)] string Name,
    [Required, StringLength(64)] string TimeZone,
    [StringLength(500)] string? Address = null,
    [StringLength(120)] string? City = null,
    [RegularExpression("^[A-Z]{2}$", ErrorMessage = "Must be a two-letter ISO 3166 code.")] string? Country = null,
    [RegularExpression(@"^\+[1-9][0-9]{6,14}$", ErrorMessage = "Must be a phone number such as +2348012345678.")] string? Phone = null,
    [EmailAddress, StringLength(254)] string? Email = null,
    ClinicLocation? Location = null,
    ClinicStatus Status = ClinicStatus.Active,
    bool IsPharmacy = false,
    ClinicKind Kind = ClinicKind.Physical,
    [StringLength(4000)] string? Description = null,
    [StringLength(64, MinimumLength = 1)] string? RegistrationNumber = null,
    [RegularExpression(@"^https?://\S{1,490}$", ErrorMessage = "Must be an address such as https://example.org.")] string? Website = null) : IValidatableObject
{
    internal static ClinicRequest Of(Clinic clinic) => new(
        clinic.Name,
        clinic.TimeZone,
        clinic.Address,
        clinic.City,
        clinic.Country,
        clinic.Phone,
        clinic.Email,
        clinic.Latitude is { } latitude && clinic.Longitude is { } longitude ? new ClinicLocation(latitude, longitude) : null,
        clinic.Status,
        clinic.IsPharmacy,
        clinic.Kind,
        clinic.Description,
        clinic.RegistrationNumber,
        clinic.Website);

    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!ZonedTimes.IsKnown(TimeZone))
        {
            yield return new ValidationResult("Must be a zone of the IANA database, such as Africa/Lagos.", [nameof(TimeZone)]);
        }

        if (string.IsNullOrWhiteSpace(Name))
        {
            yield return new ValidationResult("May not be blank.", [nameof(Name)]);
        }

        if (RegistrationNumber is not null && string.IsNullOrWhiteSpace(RegistrationNumber))
        {
            yield return new ValidationResult("May not be blank.", [nameof(RegistrationNumber)]);
        }
    }
}
