using Careline.Files.Contracts;
using Careline.Records.MedicalFiles;

namespace Careline.Records.Contracts;

/// <summary>A document of a patient's record as modules above name it: what it is called and how large it is, nothing of what it says.</summary>
public sealed class DocumentRow
{
    /// <summary>The document.</summary>
    public Guid Id { get; init; }

    /// <summary>Whose record it is part of.</summary>
    public Guid PatientId { get; init; }

    /// <summary>The name of its newest content.</summary>
    public string FileName { get; init; } = "";

    /// <summary>Found out from the content.</summary>
    public string MediaType { get; init; } = "";

    /// <summary>Bytes.</summary>
    public long Size { get; init; }

    /// <summary>What the virus scanner says.</summary>
    public ScanStatus ScanStatus { get; init; }

    /// <summary>Not for whoever else cares.</summary>
    public bool IsPrivate { get; init; }

    /// <summary>All that were not removed: for naming those that somebody may see already.</summary>
    public static IQueryable<DocumentRow> All(CarelineDb db) => Rows(db, db.Set<MedicalFile>().Where(f => f.RemovedAt == null));

    /// <summary>Those that the actor may see at this moment.</summary>
    public static IQueryable<DocumentRow> VisibleTo(CarelineDb db, Actor actor) => Rows(db, MedicalFile.VisibleTo(db, actor));

    private static IQueryable<DocumentRow> Rows(CarelineDb db, IQueryable<MedicalFile> files) =>
        from f in files
        join content in db.Set<FileRow>() on f.FileId equals content.Id
        select new DocumentRow
        {
            Id = f.Id,
            PatientId = f.PatientId,
            FileName = f.FileName,
            MediaType = content.MediaType,
            Size = content.Size,
            ScanStatus = content.ScanStatus,
            IsPrivate = f.IsPrivate,
        };
}
