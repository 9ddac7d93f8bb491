using System.Net.Mime;
using Microsoft.Net.Http.Headers;

namespace Careline.Files.Contracts;

/// <summary>An open file.</summary>
public sealed class FileReading : IAsyncDisposable
{
    private readonly bool _isScanned;

    internal FileReading(Stream content, string mediaType, string etag, ScanStatus scanStatus, bool isScanned)
    {
        (Content, MediaType, ETag, ScanStatus, _isScanned) = (content, mediaType, etag, scanStatus, isScanned);
    }

    /// <summary>The bytes: seekable, decrypted as they are read. A changed, shortened or rearranged store throws and never gives other bytes.</summary>
    public Stream Content { get; }

    /// <summary>How many bytes.</summary>
    public long Length => Content.Length;

    /// <summary>What they are.</summary>
    public string MediaType { get; }

    /// <summary>Strong, with its quotation marks: the same for the same bytes.</summary>
    public string ETag { get; }

    /// <summary>What the scanner says.</summary>
    public ScanStatus ScanStatus { get; }

    /// <summary>Whether the bytes may go to somebody: nothing was found, and where a scanner is configured it has looked.</summary>
    public bool IsServable => ScanStatus == ScanStatus.Clean || (!_isScanned && ScanStatus != ScanStatus.Infected);

    /// <summary>
    /// The answer that gives the bytes to a caller: to be saved and not shown, in no cache, with ranges (RFC 9110, 13 and 14). It closes the reading.
    /// </summary>
    /// <param name="fileName">What the file is called now; cleaned here once more.</param>
    /// <exception cref="RuleViolation">409 <c>NOT_SCANNED_YET</c>.</exception>
    /// <exception cref="PermissionDenied">403 <c>FILE_INFECTED</c>.</exception>
    public IResult AsAttachment(string fileName)
    {
        if (IsServable)
        {
            return new Attachment(this, Intake.FileNames.Clean(fileName));
        }

        Content.Dispose();
        throw ScanStatus == ScanStatus.Infected
            ? new PermissionDenied("The virus scanner found something in this file.", "FILE_INFECTED")
            : new RuleViolation("NOT_SCANNED_YET", "The virus scanner has not looked at this file yet. Try again shortly.");
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => Content.DisposeAsync();

    private sealed class Attachment(FileReading reading, string fileName) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            var headers = httpContext.Response.Headers;

            // Whatever a browser thinks of the content, it runs nothing and loads nothing.
            headers.ContentSecurityPolicy = "sandbox; default-src 'none'";
            headers.XContentTypeOptions = "nosniff";
            headers.CacheControl = "no-store";
            var type = reading.MediaType == MediaTypeNames.Text.Plain ? "text/plain; charset=utf-8" : reading.MediaType;
            await TypedResults.Stream(reading.Content, type, fileName, null, new EntityTagHeaderValue(reading.ETag), enableRangeProcessing: true)
                .ExecuteAsync(httpContext);
            await reading.DisposeAsync();
        }
    }
}
