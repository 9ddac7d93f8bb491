namespace Careline.Files.Contracts;

/// <summary>A file as modules above join it, so that a list needs one statement: <c>db.Set&lt;FileRow&gt;()</c>. Released files are not among them.</summary>
public sealed class FileRow
{
    /// <summary>The file.</summary>
    public Guid Id { get; init; }

    /// <summary>Found out from the content.</summary>
    public string MediaType { get; init; } = "";

    /// <summary>Bytes.</summary>
    public long Size { get; init; }

    /// <summary>Of the content, lower-case hexadecimal.</summary>
    public string Sha256 { get; init; } = "";

    /// <summary>What the scanner says.</summary>
    public ScanStatus ScanStatus { get; init; }

    /// <summary>Whether <see cref="FileCopy.Thumbnail"/> can be opened.</summary>
    public bool HasThumbnail { get; init; }
}
