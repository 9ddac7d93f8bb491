namespace Careline.Files;

/// <summary>The section <c>Files</c> of the settings.</summary>
public sealed class FilesOptions
{
    private const long Mebibyte = 1024 * 1024;

    /// <summary>Where encrypted files lie, or with S3 only those on their way; the folder <c>files</c> of the data folder unless set.</summary>
    public string? Folder { get; set; }

    /// <summary>The most bytes of a medical document.</summary>
    public long DocumentBytes { get; set; } = 25 * Mebibyte;

    /// <summary>The most bytes of a picture of a person or a place.</summary>
    public long PictureBytes { get; set; } = 5 * Mebibyte;

    /// <summary>The most bytes of a credential paper.</summary>
    public long PaperBytes { get; set; } = 10 * Mebibyte;

    /// <summary>What one person's files may take together.</summary>
    public long PersonBytes { get; set; } = 2048 * Mebibyte;

    /// <summary>What one clinic's files may take together.</summary>
    public long ClinicBytes { get; set; } = 200 * 1024 * Mebibyte;

    internal string FolderOrDefault => Folder is { Length: > 0 } folder ? folder : throw new InvalidOperationException("Files__Folder is not set.");
}
