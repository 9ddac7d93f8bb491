namespace Careline.Files.Contracts;

/// <summary>A file that somebody would like to leave with us: what is said of it, none of which is believed.</summary>
public sealed record FileOffer
{
    /// <summary>The file's name at its sender, of which the last part is kept, cleaned. Its ending must agree with the content.</summary>
    public required string FileName { get; init; }

    /// <summary>The declared type, <c>image/png</c>; null or <c>application/octet-stream</c> where the sender says none.</summary>
    public string? MediaType { get; init; }

    /// <summary>How many bytes will come; null where the sender does not say. With it, what is too large is refused before it is read.</summary>
    public long? Length { get; init; }

    /// <summary>What it is for, which decides kinds and size.</summary>
    public required FilePurpose Purpose { get; init; }

    /// <summary>Whose quota it counts towards.</summary>
    public required FileOwner Owner { get; init; }
}

/// <summary>Whose quota a file counts towards.</summary>
/// <param name="PersonId">The person: one and the same id for everything of theirs. A patient's record counts by the patient's id.</param>
/// <param name="ClinicId">The clinic that keeps it, if one does.</param>
public sealed record FileOwner(Guid PersonId, Guid? ClinicId = null);

/// <summary>A file that Careline makes.</summary>
/// <param name="FileName">What it is called.</param>
/// <param name="MediaType">What it is.</param>
/// <param name="Owner">Whose quota it counts towards.</param>
public sealed record MadeFile(string FileName, string MediaType, FileOwner Owner);

/// <summary>What a file is for: decides which kinds are taken in, and how large.</summary>
public enum FilePurpose
{
    /// <summary>PDF, PNG, JPEG, WebP, GIF, plain text, DOC, DOCX; 25 MB unless set otherwise.</summary>
    MedicalDocument,

    /// <summary>A picture of a person or a place: PNG, JPEG, WebP; 5 MB.</summary>
    Picture,

    /// <summary>PDF, PNG, JPEG; 10 MB.</summary>
    CredentialPaper,

    /// <summary>Made by Careline itself, by <see cref="IFiles.MakeAsync"/>; never taken in.</summary>
    Export,
}

/// <summary>A file that was taken in.</summary>
/// <param name="Id">The file.</param>
/// <param name="FileName">
/// The cleaned name: no path, no control or direction characters, at most 255. Files does not keep it: whoever has the document does.
/// </param>
/// <param name="MediaType">Found out from the content.</param>
/// <param name="Size">Bytes that are kept; fewer than were sent where a picture's position and device were taken out.</param>
/// <param name="Sha256">Of the bytes that are kept, lower-case hexadecimal.</param>
/// <param name="ScanStatus">As of now.</param>
public sealed record KeptFile(Guid Id, string FileName, string MediaType, long Size, string Sha256, ScanStatus ScanStatus);

/// <summary>What the virus scanner says of a file.</summary>
public enum ScanStatus
{
    /// <summary>No scanner was configured when it came. It is served while that is so.</summary>
    NotScanned,

    /// <summary>The scanner has not looked yet; not served.</summary>
    Pending,

    /// <summary>Nothing was found.</summary>
    Clean,

    /// <summary>Something was found: never served again. <see cref="FileFoundInfected"/> is announced.</summary>
    Infected,

    /// <summary>The scanner could not say; it is asked again, with growing pauses. Not served.</summary>
    Failed,
}

/// <summary>Which bytes of a file are asked for.</summary>
public enum FileCopy
{
    /// <summary>What was taken in.</summary>
    Original,

    /// <summary>A picture at the size of a screen, at most 1,600 pixels wide or high; the original where that is no larger, or no copy can be made.</summary>
    Screen,

    /// <summary>A picture of at most 256 pixels; only of pictures, and soon after they came.</summary>
    Thumbnail,
}
