using System.Globalization;
using System.Text;
using Careline.Files.Contracts;
using Careline.Platform.Data;
using Careline.Platform.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Careline.Records.MedicalFiles;

/// <summary>
/// Reads an upload part by part (RFC 7578), so that no file is ever whole in memory. Text parts may stand on either side of the file, but for
/// <c>patient_id</c>, which must come before it: whoever may not add to a record is refused before the file is read.
/// </summary>
internal sealed class MultipartUpload
{
    private const int MostParts = 20;

    // Its default of 4 KiB hands a large file on in tens of thousands of pieces.
    private const int BufferBytes = 64 * 1024;
    private const int LongestText = 16 * 1024;

    private readonly Dictionary<string, string> _texts = [];

    /// <summary>What was taken in; null where there was no file.</summary>
    public KeptFile? Content { get; private set; }

    /// <summary>Reads the request to its end.</summary>
    /// <param name="http">The request.</param>
    /// <param name="takeIn">Takes the file in, told what was said before it.</param>
    /// <exception cref="Refusal">It is not what is expected.</exception>
    public static async Task<MultipartUpload> ReadAsync(HttpContext http, Func<MultipartUpload, Stream, FilePart, Task<KeptFile>> takeIn)
    {
        var upload = new MultipartUpload();
        var reader = new MultipartReader(BoundaryOf(http.Request), http.Request.Body, BufferBytes) { HeadersCountLimit = 10, HeadersLengthLimit = 4096 };
        try
        {
            for (var parts = 0; await reader.ReadNextSectionAsync(http.RequestAborted) is { } section; parts++)
            {
                if (parts == MostParts || !ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition))
                {
                    throw new InvalidInput("body", "The body is not multipart/form-data of the expected shape.");
                }

                await upload.ReadAsync(section, disposition, takeIn);
            }
        }
        catch (Exception broken) when (broken is InvalidDataException or IOException and not BadHttpRequestException && broken.InnerException is not Refusal)
        {
            throw new InvalidInput("body", "The body is not multipart/form-data of the expected shape, or ends too early.");
        }

        return upload;
    }

    /// <summary>The patient that was named before the file, if one was.</summary>
    public Guid? PatientId => Text("patient_id") is not { } text ? null
        : Guid.TryParse(text, out var id) ? id : throw new InvalidInput("patient_id", "Must be a UUID.");

    /// <summary>What is said of the document.</summary>
    /// <exception cref="InvalidInput">Naming every fault.</exception>
    public MedicalFileText Read() => Read(Text);

    /// <summary>What is said of a document by named texts.</summary>
    /// <exception cref="InvalidInput">Naming every fault.</exception>
    public static MedicalFileText Read(Func<string, string?> text)
    {
        var faults = new Dictionary<string, string[]>();
        var kind = RecordFileKind.Other;
        if (text("kind") is not { } named)
        {
            faults["kind"] = ["This field is required."];
        }
        else if (!EnumText<RecordFileKind>.TryParse(named, out kind))
        {
            faults["kind"] = [$"Must be one of: {string.Join(", ", EnumText<RecordFileKind>.All)}."];
        }

        var isPrivate = text("is_private")?.ToLowerInvariant() switch
        {
            null or "false" or "0" => false,
            "true" or "1" or "on" => true,
            _ => Fault(faults, "is_private", "Must be true or false."),
        };
        var said = new MedicalFileText(
            kind,
            Bounded(faults, "title", text("title"), MedicalFileRequest.LongestTitle),
            Bounded(faults, "description", text("description"), MedicalFileRequest.LongestDescription),
            isPrivate);
        return faults.Count == 0 ? said : throw new InvalidInput(faults);
    }

    private string? Text(string name) => _texts.GetValueOrDefault(name);

    private async Task ReadAsync(
        MultipartSection section, ContentDispositionHeaderValue disposition, Func<MultipartUpload, Stream, FilePart, Task<KeptFile>> takeIn)
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

        if (name == "patient_id" && Content is not null)
        {
            throw new InvalidInput("patient_id", "Must come before the file.");
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

    private static string? Bounded(Dictionary<string, string[]> faults, string name, string? text, int most)
    {
        if (text?.Length > most)
        {
            faults[name] = [string.Create(CultureInfo.InvariantCulture, $"At most {most} characters.")];
        }

        return text is { Length: 0 } ? null : text;
    }

    private static bool Fault(Dictionary<string, string[]> faults, string name, string message)
    {
        faults[name] = [message];
        return false;
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
internal sealed record FilePart(string FileName, string? MediaType);
