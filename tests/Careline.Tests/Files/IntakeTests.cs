using System.Text;
using Careline.Files.Contracts;
using Careline.Files.Intake;
using Careline.Platform.Web;
using Careline.Tests.Support;

namespace Careline.Tests.Files;

/// <summary>What is let in and what is not: honest files of every kind, and a table of hostile ones.</summary>
public sealed class IntakeTests(SharedApp app) : IClassFixture<SharedApp>
{
    private static readonly byte[] _script = "<script>alert(1)</script>"u8.ToArray();

    public static TheoryData<string, string?, Func<byte[]>> Honest { get; } = new()
    {
        { "a.pdf", "application/pdf", () => Samples.Pdf("<< /Type /Page >>") },
        { "a.pdf", null, () => Samples.Pdf("(a text that speaks of /JavaScript and \\( /Launch)", "<< /URI (https://example.test/Launch/JS) >>") },
        { "streams.pdf", null, () => Samples.Pdf($"<< /Length 9 >>\nstream\n{string.Concat(Enumerable.Repeat("x/JS/Launch e(\\ ", 9_000))}\nendstream", "<< /Type /Page >>") },
        { "long.txt", null, () => Samples.Text(string.Concat(Enumerable.Repeat("a€\U0001F600", 30_000))) },
        { "packed.PDF", "application/pdf", () => Samples.PdfOf(Samples.Packed("1 0 << /Type /Font /Note (/JS) >>")) },
        { "a.png", "image/png", () => Samples.Png() },
        { "a.jpg", "image/jpeg", () => Samples.Jpeg() },
        { "a.jpeg", "image/jpg", () => Samples.Jpeg((0xE0, [.. "JFIF\0"u8, 1, 2, 0, 0, 1, 0, 1, 0, 0])) },
        { "phone.jpg", "image/jpeg", () => [.. Samples.Jpeg(), .. Samples.Jpeg()] },
        { "a.webp", "image/webp", () => Samples.Webp() },
        { "a.gif", "image/gif", () => Samples.Gif() },
        { "a.txt", "text/plain; charset=UTF-8", () => Samples.Text("Größe: 172 cm < 180 cm\r\n\tGewicht: 68 kg") },
        { "a.txt", "application/octet-stream", () => Samples.Text("x") },
        { "a.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", () => Samples.Docx() },
        { "link.docx", null, () => Samples.Zip(Samples.DocxParts("""<Relationships><Relationship Id="1" Type="x/hyperlink" TargetMode="External" Target="https://example.test"/></Relationships>""")) },
        { "a.doc", "application/msword", () => Samples.Doc("WordDocument", "1Table") },
    };

    public static TheoryData<string, string, string?, Func<byte[]>, int, string> Hostile { get; } = new()
    {
        { "an SVG with a script", "a.svg", "image/svg+xml", () => [.. "<svg onload='alert(1)'>"u8, .. _script], 415, "UNSUPPORTED_MEDIA_TYPE" },
        { "an SVG called a picture", "a.png", "image/png", () => [.. "<svg xmlns='http://www.w3.org/2000/svg'/>"u8], 415, "UNSUPPORTED_MEDIA_TYPE" },
        { "a page", "a.html", "text/html", () => _script, 415, "UNSUPPORTED_MEDIA_TYPE" },
        { "a page called text", "a.txt", "text/plain", () => [.. "\r\n <!DOCTYPE html>"u8, .. _script], 415, "UNSUPPORTED_MEDIA_TYPE" },
        { "XML called text", "a.txt", "text/plain", () => [.. Encoding.UTF8.Preamble, .. "<?xml version='1.0'?><a/>"u8], 415, "UNSUPPORTED_MEDIA_TYPE" },
        { "text with NUL", "a.txt", "text/plain", () => [.. Enumerable.Repeat((byte)'a', 600), 0, 1], 415, "UNSUPPORTED_MEDIA_TYPE" },
        { "text that is no UTF-8", "a.txt", "text/plain", () => [.. "caf"u8, 0xE9, .. " noir"u8], 400, "FILE_BROKEN" },
        { "text cut in a character", "a.txt", "text/plain", () => [.. "caf"u8, 0xC3], 400, "FILE_BROKEN" },
        { "a program", "a.exe", "application/octet-stream", () => [.. "MZ\u0090"u8], 415, "UNSUPPORTED_MEDIA_TYPE" },
        { "a program called PDF", "a.pdf", "application/pdf", () => [.. "MZ"u8, .. new byte[600]], 415, "UNSUPPORTED_MEDIA_TYPE" },
        { "a picture sent as PDF", "a.png", "application/pdf", () => Samples.Png(), 415, "UNSUPPORTED_MEDIA_TYPE" },
        { "a picture named as another", "a.jpg", "image/jpeg", () => Samples.Png(), 415, "UNSUPPORTED_MEDIA_TYPE" },
        { "an archive", "a.zip", "application/zip", () => Samples.Zip(("a", [1])), 415, "UNSUPPORTED_MEDIA_TYPE" },
        { "no ending", "letter", "text/plain", () => [1], 415, "UNSUPPORTED_MEDIA_TYPE" },
        { "nothing", "a.txt", "text/plain", () => [], 400, "FILE_EMPTY" },

        { "50,000 x 50,000 pixels", "a.png", "image/png", () => Samples.PngOfSize(50_000, 50_000), 413, "PAYLOAD_TOO_LARGE" },
        { "2^31 x 1 pixels", "a.png", "image/png", () => Samples.PngOfSize(int.MaxValue, 1), 413, "PAYLOAD_TOO_LARGE" },
        { "60,000 x 60,000 pixels in a JPEG", "a.jpg", "image/jpeg", () => Replaced(Samples.Jpeg(), [0, 2, 0, 3], [0xEA, 0x60, 0xEA, 0x60]), 413, "PAYLOAD_TOO_LARGE" },
        { "65,535 x 65,535 pixels in a GIF", "a.gif", "image/gif", () => [.. Samples.Gif()[..6], 255, 255, 255, 255, .. Samples.Gif()[10..]], 413, "PAYLOAD_TOO_LARGE" },
        { "a PNG cut off", "a.png", "image/png", () => Samples.Png()[..^20], 400, "FILE_BROKEN" },
        { "a PNG with a changed byte", "a.png", "image/png", () => Changed(Samples.Png(), 45), 400, "FILE_BROKEN" },
        { "a PNG with a page behind", "a.png", "image/png", () => [.. Samples.Png(), .. _script], 400, "FILE_BROKEN" },
        { "a PNG without lines", "a.png", "image/png", () => Samples.PngOf(("IHDR", [0, 0, 0, 1, 0, 0, 0, 1, 8, 2, 0, 0, 0]), ("IEND", [])), 400, "FILE_BROKEN" },
        { "a JPEG cut off", "a.jpg", "image/jpeg", () => Samples.Jpeg()[..^2], 400, "FILE_BROKEN" },
        { "a JPEG with a page behind", "a.jpg", "image/jpeg", () => [.. Samples.Jpeg(), .. _script], 415, "UNSUPPORTED_MEDIA_TYPE" },
        { "a JPEG with an archive behind", "a.jpg", "image/jpeg", () => [.. Samples.Jpeg(), .. Samples.Zip(("a", [1]))], 415, "UNSUPPORTED_MEDIA_TYPE" },
        { "a GIF that is a script too", "a.gif", "image/gif", () => [.. "GIF89a/*"u8, .. new byte[8], .. "*/=1;alert(1)//"u8], 400, "FILE_BROKEN" },
        { "a small GIF with a script behind", "a.gif", "image/gif", () => [.. Samples.Gif(), .. "*/=1;alert(1)//"u8], 400, "FILE_BROKEN" },
        { "a WebP of another size", "a.webp", "image/webp", () => [.. Samples.Webp(), .. _script], 400, "FILE_BROKEN" },

        { "a PDF with leading junk", "a.pdf", "application/pdf", () => [.. "<html>"u8, .. Samples.Pdf()], 415, "UNSUPPORTED_MEDIA_TYPE" },
        { "a PDF that is a page too", "a.pdf", "application/pdf", () => Samples.Pdf("<< >>\n%<html><script>alert(1)</script></html>"), 415, "UNSUPPORTED_MEDIA_TYPE" },
        { "a PDF with a page behind", "a.pdf", "application/pdf", () => [.. Samples.Pdf(), .. _script], 400, "FILE_BROKEN" },
        { "a PDF cut off", "a.pdf", "application/pdf", () => Samples.Pdf("<< >>")[..^9], 400, "FILE_BROKEN" },
        { "a PDF with JavaScript", "a.pdf", "application/pdf", () => Samples.Pdf("<< /S /JavaScript /JS (app.alert\\(1\\)) >>"), 415, "UNSUPPORTED_MEDIA_TYPE" },
        { "JavaScript in other letters", "a.pdf", "application/pdf", () => Samples.Pdf("<</S/J#61vaScript/J#53(x)>>"), 415, "UNSUPPORTED_MEDIA_TYPE" },
        { "JavaScript in packed objects", "a.pdf", "application/pdf", () => Samples.PdfOf(Samples.Packed("1 0 << /S /JavaScript /JS (x) >>")), 415, "UNSUPPORTED_MEDIA_TYPE" },
        { "JavaScript in an open text", "a.pdf", "application/pdf", () => Samples.Pdf("(", "<</S/JavaScript/JS(x)>>"), 415, "UNSUPPORTED_MEDIA_TYPE" },
        { "JavaScript far within a stream", "a.pdf", "application/pdf", () => Samples.Pdf($"<< /Length 99 >>\nstream\n{string.Concat(Enumerable.Repeat("bytes/e ", 9_000))}xendstream /S\n/JavaScript >>\nendstream"), 415, "UNSUPPORTED_MEDIA_TYPE" },
        { "JavaScript after a stream", "a.pdf", "application/pdf", () => Samples.Pdf($"<< /Length 99 >>\nstream\n{new string('x', 70_000)}\nendstream", "<</S/JavaScript/JS(x)>>"), 415, "UNSUPPORTED_MEDIA_TYPE" },
        { "JavaScript within a stream", "a.pdf", "application/pdf", () => Samples.Pdf("<< /Length 99 >>\nstream\n9 0 obj <</S /JavaScript>> endobj\nendstream"), 415, "UNSUPPORTED_MEDIA_TYPE" },
        { "objects packed strangely", "a.pdf", "application/pdf", () => Samples.PdfOf(Samples.Packed("1 0 <<>>", "[/ASCII85Decode /FlateDecode]")), 415, "UNSUPPORTED_MEDIA_TYPE" },
        { "a PDF that starts a program", "a.pdf", "application/pdf", () => Samples.Pdf("<< /S /Launch /F (cmd.exe) >>"), 415, "UNSUPPORTED_MEDIA_TYPE" },
        { "a PDF with a file in it", "a.pdf", "application/pdf", () => Samples.Pdf("<< /Type /EmbeddedFile >>"), 415, "UNSUPPORTED_MEDIA_TYPE" },
        { "a PDF with a password", "a.pdf", "application/pdf", () => Samples.Pdf("<< /Encrypt 9 0 R >>"), 415, "UNSUPPORTED_MEDIA_TYPE" },
        { "packed objects that unpack to much", "a.pdf", "application/pdf", () => Samples.PdfOf(Samples.Packed(new string(' ', 10_000_000))), 413, "PAYLOAD_TOO_LARGE" },

        { "a zip bomb", "a.docx", null, () => Samples.Zip([.. Samples.DocxParts(), ("word/media/a", new byte[120_000_000])]), 413, "PAYLOAD_TOO_LARGE" },
        { "too many parts", "a.docx", null, () => Samples.Zip([.. Samples.DocxParts(), .. Enumerable.Range(0, 2_000).Select(i => ($"p{i}", (byte[])[]))]), 413, "PAYLOAD_TOO_LARGE" },
        { "an external entity", "a.docx", null, () => Samples.Docx(("word/styles.xml", "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><a>&x;</a>")), 400, "FILE_BROKEN" },
        { "a template from elsewhere", "a.docx", null, () => Samples.Docx(("word/_rels/settings.xml.rels", """<Relationships><Relationship Id="1" Type="x/attachedTemplate" TargetMode="External" Target="https://example.test/a.dotm"/></Relationships>""")), 415, "UNSUPPORTED_MEDIA_TYPE" },
        { "macros", "a.docx", null, () => Samples.Docx(("word/vbaProject.bin", "x")), 415, "UNSUPPORTED_MEDIA_TYPE" },
        { "a file within", "a.docx", null, () => Samples.Docx(("word/embeddings/oleObject1.xlsx", "x")), 415, "UNSUPPORTED_MEDIA_TYPE" },
        { "a name that leads out", "a.docx", null, () => Samples.Docx(("word/../../x", "x")), 400, "FILE_BROKEN" },
        { "an archive called a document", "a.docx", null, () => Samples.Zip(("a.txt", [1])), 415, "UNSUPPORTED_MEDIA_TYPE" },
        { "a document with a page behind", "a.docx", null, () => [.. Samples.Docx(), .. _script], 400, "FILE_BROKEN" },
        { "an old document with macros", "a.doc", null, () => Samples.Doc("WordDocument", "Macros"), 415, "UNSUPPORTED_MEDIA_TYPE" },
        { "an old spreadsheet", "a.doc", null, () => Samples.Doc("Workbook"), 415, "UNSUPPORTED_MEDIA_TYPE" },
        { "an old document cut off", "a.doc", null, () => Samples.Doc("WordDocument")[..600], 400, "FILE_BROKEN" },
    };

    [Theory]
    [MemberData(nameof(Honest))]
    public async Task An_honest_file_is_taken_in(string name, string? type, Func<byte[]> content)
    {
        var kept = await app.TakeInAsync(name, content(), type);

        (await app.ReadAsync(kept.Id))!.LongLength.ShouldBe(kept.Size);
    }

    [Theory]
    [MemberData(nameof(Hostile))]
    public async Task A_hostile_file_is_refused(string what, string name, string? type, Func<byte[]> content, int status, string code)
    {
        var bytes = content();
        var refused = await Should.ThrowAsync<Refusal>(() => app.TakeInAsync(name, bytes, type), what);

        (refused.Status, refused.Code).ShouldBe((status, code), refused.Message);
    }

    [Theory]
    [InlineData(FilePurpose.Picture, "a.pdf")]
    [InlineData(FilePurpose.Picture, "a.gif")]
    [InlineData(FilePurpose.CredentialPaper, "a.docx")]
    [InlineData(FilePurpose.CredentialPaper, "a.webp")]
    public async Task What_serves_one_purpose_may_not_serve_another(FilePurpose purpose, string name) =>
        (await Should.ThrowAsync<FileTypeRefused>(() => app.TakeInAsync(name, [1], null, purpose))).Status.ShouldBe(415);

    [Fact]
    public async Task Pictures_lose_where_and_with_what_they_were_taken_and_keep_which_way_is_up()
    {
        byte[] notes = Samples.CameraNotes(6);
        var pictures = new (string Name, byte[] Content)[]
        {
            ("a.jpg", Samples.Jpeg((0xE1, [.. "Exif\0\0"u8, .. notes]), (0xE1, [.. "http://ns.adobe.com/xap/1.0/\0"u8, .. Samples.Text()]), (0xED, Samples.Text()), (0xFE, Samples.Text()))),
            ("a.png", Samples.Png(extra: [("eXIf", notes), ("tEXt", Samples.Text()), ("iTXt", Samples.Text())])),
            ("a.webp", Samples.Webp(("EXIF", notes), ("XMP ", Samples.Text()))),
            ("a.gif", Samples.Gif(Samples.Text())),
        };
        foreach (var (name, content) in pictures)
        {
            Encoding.Latin1.GetString(content).ShouldContain(Samples.Marker);

            var bytes = (await app.ReadAsync((await app.TakeInAsync(name, content)).Id))!;

            var text = Encoding.Latin1.GetString(bytes);
            text.ShouldNotContain(Samples.Marker, Case.Sensitive, name);
            text.ShouldNotContain("GPS");
            (name == "a.gif" || text.Contains("MM\0*\0\0\0\b\0\u0001\u0001\u0012\0\u0003\0\0\0\u0001\0\u0006", StringComparison.Ordinal)).ShouldBeTrue(name);

            // What is kept is itself a whole picture.
            (await app.ReadAsync((await app.TakeInAsync(name, bytes)).Id)).ShouldBe(bytes, name);
        }
    }

    [Theory]
    [InlineData("../../etc/x.txt", "x.txt")]
    [InlineData("C:\\Users\\me\\x.txt", "x.txt")]
    [InlineData("a\0b\r\n.txt", "ab.txt")]
    [InlineData("gpj.\u202Etxt.exe.txt", "gpj.txt.exe.txt")]
    [InlineData("\u200Bx\u2066y\u2069.txt", "xy.txt")]
    [InlineData(".htaccess.txt", "htaccess.txt")]
    [InlineData("..", "file")]
    [InlineData("/", "file")]
    [InlineData(".txt", "txt")]
    [InlineData("a<b>:\"|?*;c.txt", "a_b_______c.txt")]
    [InlineData("befund\u2028 mai.txt", "befund  mai.txt")]
    [InlineData("Röntgen 日本.txt", "Röntgen 日本.txt")]
    public void A_name_is_cleaned(string name, string clean) => FileNames.Clean(name).ShouldBe(clean);

    [Fact]
    public void A_long_name_keeps_its_ending()
    {
        var clean = FileNames.Clean(new string('x', 253) + "\U0001F600\U0001F600.jpeg");

        clean.Length.ShouldBeLessThanOrEqualTo(255);
        clean.ShouldEndWith("xxx.jpeg");
        FileNames.Clean(clean).ShouldBe(clean);
        FileNames.Clean("\ud800x.txt").ShouldBe("_x.txt");
    }

    private static byte[] Changed(byte[] bytes, int at)
    {
        bytes[at] ^= 1;
        return bytes;
    }

    private static byte[] Replaced(byte[] bytes, byte[] what, byte[] with)
    {
        with.CopyTo(bytes, bytes.AsSpan().IndexOf(what));
        return bytes;
    }
}
