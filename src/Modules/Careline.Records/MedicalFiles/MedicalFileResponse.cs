using Careline.Audit.Contracts;
using Careline.Files.Contracts;

namespace Careline.Records.MedicalFiles;

/// <summary>A document of a record, without its content.</summary>
public sealed record MedicalFileResponse : IVersioned
{
    /// <summary>The document.</summary>
    public Guid Id { get; init; }

    /// <summary>What it is.</summary>
    public RecordFileKind Kind { get; init; }

    /// <summary>The same for people.</summary>
    public string KindDisplay => EnumText<RecordFileKind>.Display(Kind);

    /// <summary>What it is called.</summary>
    public string? Title { get; init; }

    /// <summary>What there is to say of it.</summary>
    public string? Description { get; init; }

    /// <summary>The name of the newest content, as it is offered for saving.</summary>
    public string FileName { get; init; } = "";

    /// <summary>Found out from the content.</summary>
    public string MediaType { get; init; } = "";

    /// <summary>Bytes of the newest content.</summary>
    public long Size { get; init; }

    /// <summary>SHA-256 of the newest content, lower-case hexadecimal.</summary>
    public string Sha256 { get; init; } = "";

    /// <summary>What the virus scanner says of it.</summary>
    public ScanStatus ScanStatus { get; init; }

    /// <summary>Whether <c>thumbnail/</c> has a small copy.</summary>
    public bool HasThumbnail { get; init; }

    /// <summary>Hidden from those in care; the patient, its author and whom it is shared with by name read it.</summary>
    public bool IsPrivate { get; init; }

    /// <summary>Whose record it is part of.</summary>
    public Guid PatientId { get; init; }

    /// <summary>Who added it.</summary>
    public Uploader UploadedBy { get; init; } = new(Guid.Empty, null);

    /// <summary>How many contents it has had; the newest is this number.</summary>
    public int ContentVersion { get; init; }

    /// <summary>When it was added.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it last changed.</summary>
    public DateTimeOffset UpdatedAt { get; init; }

    /// <inheritdoc />
    public int Version { get; init; }

    internal static IQueryable<MedicalFileResponse> From(CarelineDb db, IQueryable<MedicalFile> files) =>
        from f in files
        join c in db.Set<FileRow>() on f.FileId equals c.Id
        select new MedicalFileResponse
        {
            Id = f.Id,
            Kind = f.Kind,
            Title = f.Title,
            Description = f.Description,
            FileName = f.FileName,
            MediaType = c.MediaType,
            Size = c.Size,
            Sha256 = c.Sha256,
            ScanStatus = c.ScanStatus,
            HasThumbnail = c.HasThumbnail,
            IsPrivate = f.IsPrivate,
            PatientId = f.PatientId,
            UploadedBy = new Uploader(f.UploadedBy, null),
            ContentVersion = f.ContentVersion,
            CreatedAt = f.CreatedAt,
            UpdatedAt = f.UpdatedAt,
            Version = f.Version,
        };

    /// <summary>One document that the caller was found to see.</summary>
    internal static async Task<MedicalFileResponse> OneAsync(CarelineDb db, IActorNames names, Guid id, CancellationToken ct) =>
        (await NamedAsync([await From(db, db.Set<MedicalFile>().Where(f => f.Id == id)).SingleAsync(ct)], names, ct))[0];

    /// <summary>The rows with the names of who added them.</summary>
    internal static async Task<IReadOnlyList<MedicalFileResponse>> NamedAsync(
        IReadOnlyList<MedicalFileResponse> rows, IActorNames names, CancellationToken ct)
    {
        var known = await names.OfAsync([.. rows.Select(r => r.UploadedBy.Id).Distinct()], ct);
        return [.. rows.Select(r => r with { UploadedBy = new Uploader(r.UploadedBy.Id, known.GetValueOrDefault(r.UploadedBy.Id)) })];
    }
}

/// <summary>Who added something.</summary>
/// <param name="Id">The account.</param>
/// <param name="Name">The name; null once the account is gone.</param>
public sealed record Uploader(Guid Id, string? Name);
