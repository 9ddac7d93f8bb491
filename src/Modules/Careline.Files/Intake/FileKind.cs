using System.Net.Http.Headers;
using Careline.Files.Formats;

namespace Careline.Files.Intake;

/// <summary>A kind of content that can be taken in, and how it is recognised.</summary>
/// <param name="MediaType">Its name.</param>
/// <param name="Endings">Of file names, with the dot.</param>
/// <param name="Begins">Whether content begins like this kind.</param>
/// <param name="Check">
/// Reads the whole content and throws where it is not of this kind through and through: <see cref="InvalidDataException"/> for what is broken, a refusal for
/// what is not let in. A kind that is cleaned writes what is kept of it to its second stream.
/// </param>
internal sealed record FileKind(string MediaType, string[] Endings, FileKind.Beginning Begins, Action<Stream, Stream> Check)
{
    /// <summary>How many bytes of the beginning tell kinds apart.</summary>
    public const int BeginningBytes = 512;

    public delegate bool Beginning(ReadOnlySpan<byte> bytes);

    private static readonly FileKind _pdf = new("application/pdf", [".pdf"], b => b.StartsWith("%PDF-"u8), (content, _) => Pdf.Check(content));
    private static readonly FileKind _png = new("image/png", [".png"], b => b.StartsWith(Png.Signature), Png.Clean) { IsPicture = true };
    private static readonly FileKind _jpeg = new("image/jpeg", [".jpg", ".jpeg"], b => b.StartsWith(Jpeg.Signature), Jpeg.Clean) { IsPicture = true };
    private static readonly FileKind _webp = new("image/webp", [".webp"], Webp.Begins, Webp.Clean) { IsPicture = true };
    private static readonly FileKind _gif = new("image/gif", [".gif"], Gif.Begins, Gif.Clean) { IsPicture = true };
    private static readonly FileKind _text = new("text/plain", [".txt"], PlainText.Begins, (content, _) => PlainText.Check(content));

    private static readonly FileKind _doc = new("application/msword", [".doc"], Doc.Begins, (content, _) => Doc.Check(content));
    private static readonly FileKind _docx =
        new("application/vnd.openxmlformats-officedocument.wordprocessingml.document", [".docx"], Docx.Begins, (content, _) => Docx.Check(content));

    private static readonly Dictionary<FilePurpose, FileKind[]> _ofPurpose = new()
    {
        [FilePurpose.MedicalDocument] = [_pdf, _png, _jpeg, _webp, _gif, _text, _doc, _docx],
        [FilePurpose.Picture] = [_png, _jpeg, _webp],
        [FilePurpose.CredentialPaper] = [_pdf, _png, _jpeg],
    };

    /// <summary>What Careline itself makes: recognised by nothing, since it is never taken in.</summary>
    public static FileKind Made(string mediaType) => new(mediaType, [], _ => false, (_, _) => throw new InvalidDataException());

    /// <summary>Whether it is a picture: cleaned of where and with what it was taken, and copied at smaller sizes.</summary>
    public bool IsPicture { get; private init; }

    /// <summary>The kind that a name and a declared type agree upon.</summary>
    /// <exception cref="FileTypeRefused">They do not, or it is not taken in for this purpose.</exception>
    public static FileKind Of(FilePurpose purpose, string cleanName, string? declared)
    {
        var kinds = _ofPurpose[purpose];
        var ending = FileNames.EndingOf(cleanName);
        var kind = Array.Find(kinds, k => k.Endings.Contains(ending))
            ?? throw new FileTypeRefused($"Only files of these kinds are taken in: {string.Join(", ", kinds.SelectMany(k => k.Endings))}.");
        return kind.IsDeclaredAs(declared)
            ? kind : throw new FileTypeRefused($"The name ends with {ending}, but the file was sent as another type than {kind.MediaType}.");
    }

    /// <summary>Whether a picture of this type has smaller copies.</summary>
    public static bool IsPictureType(string mediaType) => _ofPurpose[FilePurpose.MedicalDocument].Any(k => k.IsPicture && k.MediaType == mediaType);

    /// <exception cref="FileTypeRefused">The content is of another kind.</exception>
    public void CheckBeginning(ReadOnlySpan<byte> bytes)
    {
        if (!Begins(bytes))
        {
            throw new FileTypeRefused($"The content is not {MediaType}, as the file's name says.");
        }
    }

    // Nothing declared, or nothing but "bytes", contradicts nothing.
    private bool IsDeclaredAs(string? declared)
    {
        if (string.IsNullOrWhiteSpace(declared))
        {
            return true;
        }

        return MediaTypeHeaderValue.TryParse(declared, out var type)
            && (MediaType.Equals(type.MediaType, StringComparison.OrdinalIgnoreCase)
                || "application/octet-stream".Equals(type.MediaType, StringComparison.OrdinalIgnoreCase)
                || (this == _jpeg && "image/jpg".Equals(type.MediaType, StringComparison.OrdinalIgnoreCase)))
            && (type.CharSet is null || type.CharSet.Trim('"').ToLowerInvariant() is "utf-8" or "us-ascii");
    }
}
