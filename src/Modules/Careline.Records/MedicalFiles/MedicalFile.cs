using Careline.Files.Contracts;
using Careline.Patients.Contracts;
using Careline.Records.Sharing;

namespace Careline.Records.MedicalFiles;

/// <summary>A document of a patient's record. Its content changes by new versions; the old ones stay readable to whoever reads the document.</summary>
internal sealed class MedicalFile : IVersioned, IVisible<MedicalFile>
{
    private MedicalFile()
    {
    }

    public Guid Id { get; private set; }

    public Guid PatientId { get; private set; }

    /// <summary>The newest content.</summary>
    public Guid FileId { get; private set; }

    public string FileName { get; private set; } = "";

    public RecordFileKind Kind { get; private set; }

    public string? Title { get; private set; }

    public string? Description { get; private set; }

    /// <summary>For the patient, its author and whom it is shared with by name only; not for whoever else cares.</summary>
    public bool IsPrivate { get; private set; }

    public Guid UploadedBy { get; private set; }

    /// <summary>Part of what the practice wrote: its author goes on reading it, and it outlives the wish to remove it.</summary>
    public bool IsByClinician { get; private set; }

    public int ContentVersion { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset UpdatedAt { get; private set; }

    public DateTimeOffset? RemovedAt { get; private set; }

    public Guid? RemovedBy { get; private set; }

    public string SearchText { get; private set; } = null!;

    public int Version { get; private set; } = 1;

    public static (MedicalFile File, MedicalFileVersion Version) Of(Guid id, Author author, KeptFile content, MedicalFileText text, DateTimeOffset now)
    {
        var file = new MedicalFile
        {
            Id = id,
            PatientId = author.PatientId,
            FileId = content.Id,
            FileName = content.FileName,
            UploadedBy = author.AccountId,
            IsByClinician = author.IsClinician,
            ContentVersion = 1,
            CreatedAt = now,
        };
        file.Replace(text, now);
        return (file, MedicalFileVersion.Of(file, author.AccountId, now));
    }

    public void Replace(MedicalFileText text, DateTimeOffset now)
    {
        (Kind, Title, Description, IsPrivate) = (text.Kind, text.Title, text.Description, text.IsPrivate);
        UpdatedAt = now;
    }

    /// <summary>Puts new content in the place of the present one, which stays as a version.</summary>
    public MedicalFileVersion Renew(KeptFile content, Guid by, DateTimeOffset now)
    {
        (FileId, FileName, UpdatedAt) = (content.Id, content.FileName, now);
        ContentVersion++;
        return MedicalFileVersion.Of(this, by, now);
    }

    public void Remove(Guid by, DateTimeOffset now) => (RemovedAt, RemovedBy, UpdatedAt) = (now, by, now);

    /// <summary>Only its author changes a document, and only while the record is open to them: afterwards what was written is for reading.</summary>
    /// <exception cref="PermissionDenied">It is another's, or the care has ended.</exception>
    public async Task RequireChangeByAsync(CarelineDb db, Actor actor, CancellationToken ct)
    {
        if (UploadedBy != actor.AccountId || await Author.FindAsync(db, actor, PatientId, ct) is null)
        {
            throw new PermissionDenied("Only who added a document changes it.");
        }
    }

    /// <summary>
    /// The patient's own; what a clinician added, for that clinician always; what is not private, for whoever reads the patient's record at this moment;
    /// one's own of a patient for whom one acts; and what was shared. Written as one set of ids, so that the database begins with the few rows of this person.
    /// </summary>
    public static IQueryable<MedicalFile> VisibleTo(CarelineDb db, Actor actor)
    {
        var (me, patient) = (actor.AccountId, actor.ProfileOf(Accounts.Contracts.Roles.Patient));
        var cared = ClinicalCare.PatientsOf(db, actor);
        var all = db.Set<MedicalFile>().Where(f => f.RemovedAt == null);
        var visible = all.Where(f => f.PatientId == patient || (f.UploadedBy == me && f.IsByClinician)).Select(f => f.Id)
            .Union(all.Where(f => cared.Contains(f.PatientId) && (!f.IsPrivate || f.UploadedBy == me)).Select(f => f.Id))
            .Union(Share.OpeningTo(db, actor));
        return all.Where(f => visible.Contains(f.Id));
    }

    internal sealed class Mapping : IEntityTypeConfiguration<MedicalFile>
    {
        public void Configure(EntityTypeBuilder<MedicalFile> builder)
        {
            builder.ToTable("medical_files", "records");
            builder.Property(f => f.Id).ValueGeneratedNever();
            builder.Property(f => f.SearchText).HasComputedColumnSql("search_text", stored: true);
        }
    }
}

/// <summary>What is said of a document.</summary>
internal sealed record MedicalFileText(RecordFileKind Kind, string? Title, string? Description, bool IsPrivate);
