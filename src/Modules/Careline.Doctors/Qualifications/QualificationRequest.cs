using System.Linq.Expressions;
using Careline.Doctors.Credentials;
using Careline.Doctors.Doctors;
using Careline.Files.Contracts;

namespace Careline.Doctors.Qualifications;

/// <summary>A line of a doctor's professional life.</summary>
/// <param name="Title">The degree, the post, or the paper.</param>
/// <param name="Organization">The school, the employer, or the authority.</param>
/// <param name="Country">ISO 3166-1 alpha-2.</param>
/// <param name="Number">The paper's number.</param>
/// <param name="StartedOn">Begun, or issued.</param>
/// <param name="EndedOn">Ended, or expires; not before the beginning.</param>
/// <param name="Description">Free text.</param>
/// <param name="Type">What kind of paper; of credentials only.</param>
public sealed record QualificationRequest(
    [Required, StringLength(200)] string Title,
    [Required, StringLength(200)] string Organization,
    [RegularExpression("^[A-Z]{2}$", ErrorMessage = "Must be a two-letter ISO 3166 code.")] string? Country = null,
    [StringLength(100)] string? Number = null,
    DateOnly? StartedOn = null,
    DateOnly? EndedOn = null,
    [StringLength(2000)] string? Description = null,
    CredentialType Type = CredentialType.Other) : IValidatableObject
{
    internal static QualificationRequest Of(Qualification line) =>
        new(line.Title, line.Organization, line.Country, line.Number, line.StartedOn, line.EndedOn, line.Description, line.Type ?? CredentialType.Other);

    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (StartedOn?.Year < 1900 || StartedOn?.Year > 2200)
        {
            yield return new ValidationResult("Must lie between the years 1900 and 2200.", [nameof(StartedOn)]);
        }

        if (EndedOn?.Year > 2200 || EndedOn?.Year < 1900 || EndedOn < StartedOn)
        {
            yield return new ValidationResult("Must not lie before the beginning, nor past the year 2200.", [nameof(EndedOn)]);
        }
    }
}

/// <summary>A line of a doctor's professional life.</summary>
public sealed record QualificationResponse : IVersioned
{
    /// <summary>The line.</summary>
    public required Guid Id { get; init; }

    /// <summary>The degree, the post, or the paper.</summary>
    public required string Title { get; init; }

    /// <summary>The school, the employer, or the authority.</summary>
    public required string Organization { get; init; }

    /// <summary>ISO 3166-1 alpha-2.</summary>
    public required string? Country { get; init; }

    /// <summary>The paper's number.</summary>
    public required string? Number { get; init; }

    /// <summary>Begun, or issued.</summary>
    public required DateOnly? StartedOn { get; init; }

    /// <summary>Ended, or expires.</summary>
    public required DateOnly? EndedOn { get; init; }

    /// <summary>Free text.</summary>
    public required string? Description { get; init; }

    /// <summary>The doctor.</summary>
    public required Guid DoctorId { get; init; }

    /// <summary>What kind of paper; null but of credentials, as all that follows.</summary>
    public required CredentialType? Type { get; init; }

    /// <summary>Where the verification stands; a change of the credential or its paper asks for another.</summary>
    public required Verification? VerificationStatus { get; init; }

    /// <summary>When it was decided.</summary>
    public required DateTimeOffset? VerifiedAt { get; init; }

    /// <summary>What the administrator said.</summary>
    public required string? VerificationNote { get; init; }

    /// <summary>The copy of the paper, at <c>paper/</c>; null without one.</summary>
    public required CredentialPaper? Paper { get; init; }

    /// <inheritdoc />
    public required int Version { get; init; }

    internal static Expression<Func<Qualification, QualificationResponse>> Projection(CarelineDb db) => q => new QualificationResponse
    {
        Id = q.Id,
        DoctorId = q.DoctorId,
        Title = q.Title,
        Organization = q.Organization,
        Country = q.Country,
        Number = q.Number,
        StartedOn = q.StartedOn,
        EndedOn = q.EndedOn,
        Description = q.Description,
        Type = q.Type,
        VerificationStatus = q.Verification,
        VerifiedAt = q.VerifiedAt,
        VerificationNote = q.VerificationNote,
        Paper = q.FileId == null ? null : db.Set<FileRow>().Where(f => f.Id == q.FileId)
            .Select(f => new CredentialPaper(q.FileName!, f.MediaType, f.Size, f.ScanStatus)).FirstOrDefault(),
        Version = q.Version,
    };
}
