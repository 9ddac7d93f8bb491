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

    /// <summary>The virus scanner.</summary>
    public FilesScannerOptions Scanner { get; set; } = new();

    /// <summary>Where encrypted files lie instead of in a folder.</summary>
    public FilesBucketOptions S3 { get; set; } = new();
}

/// <summary>The section <c>Files:Scanner</c>.</summary>
public sealed class FilesScannerOptions
{
    /// <summary>Where clamd listens: <c>unix:/run/clamav/clamd.ctl</c> or <c>tcp:127.0.0.1:3310</c>. Nothing is scanned unless set.</summary>
    public string? Address { get; set; }

    /// <summary>How long it may take for one file.</summary>
    public int TimeoutSeconds { get; set; } = 120;
}

/// <summary>The section <c>Files:S3</c>: a bucket of Amazon S3 or of something that speaks its protocol.</summary>
public sealed class FilesBucketOptions
{
    /// <summary>The bucket. Files lie in a folder unless set.</summary>
    public string? Bucket { get; set; }

    /// <summary>Of what is not Amazon's, such as <c>https://s3.clinic.example</c>.</summary>
    public string? Endpoint { get; set; }

    /// <summary>Such as <c>eu-west-1</c>.</summary>
    public string Region { get; set; } = "us-east-1";

    /// <summary>The name of the access key.</summary>
    public string? AccessKey { get; set; }

    /// <summary>The access key itself.</summary>
    public string? SecretKey { get; set; }

    /// <summary>Before each name in the bucket, where others use it too.</summary>
    public string Prefix { get; set; } = "";
}
