using System.Text;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Careline.Files.Contracts;

/// <summary>
/// A body of multipart/form-data with one file in the part <c>file</c>, read part by part (RFC 7578), so that no file is ever whole in memory. Text parts
/// may stand on either side of the file.
/// </summary>
public sealed class FileForm
{
    private const int MostParts = 20;

    // Its default of 4 KiB hands a large file on in tens of thousands of pieces.
    private const int BufferBytes = 64 * 1024;
    private const int LongestText = 16 * 1024;

    // What stands around the file in the body: boundaries, headers and texts.
    private const int Around = 256 * 1024;

    private readonly Dictionary<string, string> _texts = [];
    private readonly string? _first;

    private FileForm(string? first) => _first = first;

    /// <summary>What was taken in; null where there was no file.</summary>
    public KeptFile? Content { get; private set; }

    /// <summary>Reads the request to its end.</summary>
    /// <param name="http">The request.</param>
    /// <param name="takeIn">Takes the file in, told what was said before it.</param>
    /// <param name="first">A text that must stand before the file, where it stands at all: what decides whether the file is read.</param>
    /// <exception cref="Refusal">It is not what is expected.</exception>
    public static async Task<FileForm> ReadAsync(HttpContext http, Func<FileForm, Stream, FilePart, Task<KeptFile>> takeIn, string? first = null)
    {
        var form = new FileForm(first);
        var reader = new MultipartReader(BoundaryOf(http.Request), http.Request.Body, BufferBytes) { HeadersCountLimit = 10, HeadersLengthLimit = 4096 };
        try
        {
            for (var parts = 0; await reader.ReadNextSectionAsync(http.RequestAborted) is { } section; parts++)
            {
                if (parts == MostParts || !ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition))
                {
                    throw new InvalidInput("body", "The body is not multipart/form-data of the expected shape.");
                }

                await form.ReadAsync(section, disposition, takeIn);
            }
        }
        catch (Exception broken) when (broken is InvalidDataException or IOException and not BadHttpRequestException && broken.InnerException is not Refusal)
        {
            throw new InvalidInput("body", "The body is not multipart/form-data of the expected shape, or ends too early.");
        }

        return form;
    }

    /// <summary>Takes in a file that comes alone: a picture, a paper. Outside of a transaction, as <see cref="IFiles.TakeInAsync"/>.</summary>
    /// <exception cref="Refusal">There is none, or it is not taken in.</exception>
    public static async Task<KeptFile> TakeOneAsync(HttpContext http, IFiles files, FilePurpose purpose, FileOwner owner, CancellationToken ct)
    {
        CheckLength(http, files, purpose);
        var form = await ReadAsync(http, (_, content, part) => files.TakeInAsync(
            content, new FileOffer { FileName = part.FileName, MediaType = part.MediaType, Purpose = purpose, Owner = owner }, ct));
        return form.Content ?? throw new InvalidInput("file", "This field is required.");
    }

    /// <summary>Refuses what cannot fit by its declared length, before a byte of it is read.</summary>
    /// <exception cref="FileTooLarge">It is longer than the largest file.</exception>
    public static void CheckLength(HttpContext http, IFiles files, FilePurpose purpose)
    {
        if (http.Request.ContentLength > files.MostBytes(purpose) + Around)
        {
            throw new FileTooLarge("The file is larger than what is taken in.");
        }
    }

    /// <summary>A text that has been read so far.</summary>
    public string? Text(string name) => _texts.GetValueOrDefault(name);

    private async Task ReadAsync(
        MultipartSection section, ContentDispositionHeaderValue disposition, Func<FileForm, Stream, FilePart, Task<KeptFile>> takeIn)
    {
        var name = HeaderUtilities.RemoveQuotes(disposition.Name).Value ?? "";
        if (disposition.IsFileDisposition())
        {
            if (name != "file" || Content is not null)
            {
                throw new InvalidInput("file", "One file, in the part named file.");
            }

            var fileName = HeaderUtilities.RemoveQuotes(disposition.FileNameStar.HasValue ? disposition.FileNameStar : disposition.FileName).Value ?? "";
            Content = await takeIn(this, section.Body, new FilePart(fileName, section.ContentType));
            return;
        }

        if (name == _first && Content is not null)
        {
            throw new InvalidInput(name, "Must come before the file.");
        }

        _texts[name] = await TextOfAsync(name, section.Body);
    }

    private static async Task<string> TextOfAsync(string name, Stream body)
    {
        var bytes = new byte[LongestText + 1];
        var read = await body.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false);
        if (read > LongestText)
        {
            throw new InvalidInput(name, string.Create(CultureInfo.InvariantCulture, $"At most {LongestText} bytes."));
        }

        try
        {
            var text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes, 0, read);
            return text.Contains('\0', StringComparison.Ordinal) ? throw new InvalidInput(name, "Must not contain the character NUL.") : text;
        }
        catch (DecoderFallbackException)
        {
            throw new InvalidInput(name, "Must be text in UTF-8.");
        }
    }

    private static string BoundaryOf(HttpRequest request)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || !type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase))
        {
            throw new BadHttpRequestException("Unsupported media type.", StatusCodes.Status415UnsupportedMediaType);
        }

        return HeaderUtilities.RemoveQuotes(type.Boundary).Value is { Length: > 0 and <= 70 } boundary
            ? boundary : throw new InvalidInput("body", "The content type names no boundary.");
    }
}

/// <summary>What the sender says of the file, none of which is believed.</summary>
/// <param name="FileName">Its name.</param>
/// <param name="MediaType">Its type, if one was said.</param>
public sealed record FilePart(string FileName, string? MediaType);

/// <summary>Routes that take a file.</summary>
public static class FileRoutes
{
    /// <summary>The body is a form with a file: no transaction while it comes, no limit but ours, and the limit on uploads.</summary>
    /// <param name="route">The route.</param>
    /// <param name="texts">Names of the text parts beside the file.</param>
    public static RouteHandlerBuilder TakesForm(this RouteHandlerBuilder route, params string[] texts) =>
        route.WithOwnTransaction().LimitedAsUpload().AcceptsForm(texts).WithMetadata(new DisableRequestSizeLimitAttribute());
}
