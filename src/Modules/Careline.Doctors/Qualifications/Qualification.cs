using Careline.Platform.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

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
