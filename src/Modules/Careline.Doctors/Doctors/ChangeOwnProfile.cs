using System.ComponentModel.DataAnnotations;
using System.Text.RegularExpressions;
using Careline.Accounts.Contracts;
using Careline.Audit.Contracts;
using Careline.Clinics.Contracts;
using Careline.Doctors.Specializations;
using Careline.Platform.Data;
using Careline.Platform.Security;
using Careline.Platform.Time;
using Careline.Platform.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Careline.Doctors.Doctors;

/// <summary>The price of a visit.</summary>
/// <param name="Amount">Minor units.</param>
/// <param name="Currency">ISO 4217 code.</param>
public sealed record FeeRequest(
    [Range(0L, 1_000_000_000L)] long Amount,
    [Required, RegularExpression("^[A-Z]{3}$", ErrorMessage = "Must be a three-letter ISO 4217 code.")] string Currency);

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
    [RegularExpression("^[A-Z]{2}$", ErrorMessage = "Must be a two-letter ISO 3166 code.")] string? LicenseCountry = null) : IValidatableObject
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
        doctor.LicenseCountry);

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

internal static class ChangeOwnProfile
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPut("/me/", Replace).Named("ReplaceOwnDoctorProfile", "Replaces the caller's own profile as a doctor.").ForRoles(Roles.Doctor);
        routes.MapPatch("/me/", Change).Named("ChangeOwnDoctorProfile", "Changes some of the caller's own profile as a doctor.")
            .ForRoles(Roles.Doctor).AcceptsMerge<DoctorProfileRequest>();
    }

    private static async Task<Answer<DoctorResponse>> Replace(
        DoctorProfileRequest request, IfMatch ifMatch, Actor actor, CarelineDb db, AuditTrail trail, CancellationToken ct)
    {
        var doctor = await LoadAsync(db, actor, ifMatch, ct);
        return await SaveAsync(db, actor, doctor, request, trail, ct);
    }

    private static async Task<Answer<DoctorResponse>> Change(
        Merge<DoctorProfileRequest> patch, IfMatch ifMatch, Actor actor, CarelineDb db, AuditTrail trail, CancellationToken ct)
    {
        var doctor = await LoadAsync(db, actor, ifMatch, ct);
        return await SaveAsync(db, actor, doctor, await patch.OntoAsync(DoctorProfileRequest.Of(doctor)), trail, ct);
    }

    private static async Task<Doctor> LoadAsync(CarelineDb db, Actor actor, IfMatch ifMatch, CancellationToken ct)
    {
        var id = actor.DoctorId;
        var doctor = await db.Set<Doctor>().AsTracking().FirstOrDefaultAsync(d => d.Id == id, ct) ?? throw new NotFound();
        ifMatch.Check(doctor);
        return doctor;
    }

    private static async Task<Answer<DoctorResponse>> SaveAsync(
        CarelineDb db, Actor actor, Doctor doctor, DoctorProfileRequest request, AuditTrail trail, CancellationToken ct)
    {
        await RequireStaffAsync(db, actor, doctor, request, ct);
        doctor.Replace(request, db.Now);
        if (request.Specializations is { } texts)
        {
            var meant = new List<Specialization>();
            foreach (var text in texts)
            {
                meant.Add(await Specialization.MeantByAsync(db, text, ct));
            }

            doctor.Specialise([.. meant.DistinctBy(s => s.Id)], texts.Zip(meant).FirstOrDefault(pair => pair.Second.IsOther).First);
        }

        trail.About("doctor", doctor.Id).Because("operations");
        await db.SaveChangesAsync(ct);
        return Answer.Ok(await GetDoctor.ReadAsync(db, actor, doctor.Id, ct), "Profile changed.");
    }

    /// <summary>A clinic says who works there; a doctor only says which of these clinics patients read.</summary>
    private static async Task RequireStaffAsync(CarelineDb db, Actor actor, Doctor doctor, DoctorProfileRequest request, CancellationToken ct)
    {
        var me = actor.AccountId;
        var added = (request.ClinicIds ?? []).Except(doctor.ClinicIds).ToArray();
        if (added.Length > 0
            && await db.Set<StaffRow>().Where(s => s.AccountId == me && added.Contains(s.ClinicId)).Select(s => s.ClinicId).Distinct().CountAsync(ct)
                < added.Length)
        {
            throw new InvalidInput("clinic_ids", "You are not on the staff of one of these clinics.");
        }
    }
}
