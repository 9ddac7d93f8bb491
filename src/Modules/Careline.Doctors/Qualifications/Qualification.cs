using Careline.Doctors.Credentials;
using Careline.Doctors.Doctors;

namespace Careline.Doctors.Qualifications;

/// <summary>A line of a doctor's professional life: something learned, a post held, a paper of a licence.</summary>
internal sealed class Qualification : IVersioned
{
    private Qualification()
    {
    }

    public Guid Id { get; private set; }

    public Guid DoctorId { get; private set; }

    public QualificationKind Kind { get; private set; }

    public string Title { get; private set; } = "";

    public string Organization { get; private set; } = "";

    public string? Country { get; private set; }

    public string? Number { get; private set; }

    public DateOnly? StartedOn { get; private set; }

    public DateOnly? EndedOn { get; private set; }

    public string? Description { get; private set; }

    /// <summary>What kind of paper; of credentials only, as the rest of it.</summary>
    public CredentialType? Type { get; private set; }

    public Verification? Verification { get; private set; }

    public DateTimeOffset? VerifiedAt { get; private set; }

    public Guid? VerifiedBy { get; private set; }

    public string? VerificationNote { get; private set; }

    public Guid? FileId { get; private set; }

    public string? FileName { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset UpdatedAt { get; private set; }

    public DateTimeOffset? RemovedAt { get; private set; }

    public int Version { get; private set; } = 1;

    public static Qualification Add(Guid id, Guid doctorId, QualificationKind kind, QualificationRequest request, DateTimeOffset now)
    {
        var line = new Qualification { Id = id, DoctorId = doctorId, Kind = kind, CreatedAt = now };
        line.Replace(request, now);
        return line;
    }

    public void Replace(QualificationRequest request, DateTimeOffset now)
    {
        if (Kind == QualificationKind.Credential && !Says(request))
        {
            AskAnew();
            Type = request.Type;
        }

        Title = request.Title;
        Organization = request.Organization;
        Country = request.Country;
        Number = request.Number;
        StartedOn = request.StartedOn;
        EndedOn = request.EndedOn;
        Description = request.Description;
        UpdatedAt = now;
    }

    public void Remove(DateTimeOffset now) => RemovedAt ??= now;

    /// <summary>An administrator decides on a credential; a decision can be changed.</summary>
    public void Decide(VerifyDoctorRequest request, Guid by, DateTimeOffset now)
    {
        Verification = request.Decision == VerificationDecision.Verified ? Doctors.Verification.Verified : Doctors.Verification.Rejected;
        (VerifiedAt, VerifiedBy, VerificationNote, UpdatedAt) = (now, by, request.Note, now);
    }

    /// <summary>Takes a copy of the paper, or none, and answers the one before, which nobody needs any more.</summary>
    public Guid? LeavePaper(Guid? fileId, string? fileName, DateTimeOffset now)
    {
        var former = FileId;
        AskAnew();
        (FileId, FileName, UpdatedAt) = (fileId, fileName, now);
        return former;
    }

    /// <summary>What was verified was what it said then.</summary>
    private void AskAnew()
    {
        Verification = Doctors.Verification.Pending;
        (VerifiedAt, VerifiedBy, VerificationNote) = (null, null, null);
    }

    private bool Says(QualificationRequest request) => (Type, Title, Organization, Country, Number, StartedOn, EndedOn)
        == (request.Type, request.Title, request.Organization, request.Country, request.Number, request.StartedOn, request.EndedOn);

    internal sealed class Mapping : IEntityTypeConfiguration<Qualification>
    {
        public void Configure(EntityTypeBuilder<Qualification> builder)
        {
            builder.ToTable("qualifications", "doctors");
            builder.Property(q => q.Id).ValueGeneratedNever();
        }
    }
}

/// <summary>Which list a line stands in.</summary>
internal enum QualificationKind
{
    Education,
    Experience,
    Credential,
}
