using System.Net.Http.Headers;
using System.Text;
using Careline.Tests.Support;
using static Careline.Tests.Records.Documents;

namespace Careline.Tests.Records;

/// <summary>Files come in pieces, as a client of tus 1.0 sends them over a line that breaks.</summary>
public sealed class ResumableUploadTests(SharedApp app) : IClassFixture<SharedApp>
{
    private const string Uploads = Route + "uploads/";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_has_come_stays_and_the_last_piece_makes_the_document()
    {
        using var patient = await app.PatientAsync();
        var at = await BeginAsync(patient, 10);

        var first = await AppendAsync(patient, at, 0, "01234");
        var asked = await patient.Client.SendAsync("HEAD", at, null, ("Tus-Resumable", "1.0.0"));
        var doubled = await AppendAsync(patient, at, 0, "01234");
        var last = await AppendAsync(patient, at, 5, "56789");

        (first.Status, Header(first, "Upload-Offset")).ShouldBe((204, "5"));
        (asked.Status, Header(asked, "Upload-Offset"), Header(asked, "Upload-Length")).ShouldBe((200, "5", "10"));
        doubled.Status.ShouldBe(409);
        (last.Status, Header(last, "Upload-Offset")).ShouldBe((204, "10"));
        var id = Guid.Parse(Header(last, "Upload-File-Id")!);
        (await patient.Client.GetStringAsync(At(id, "content/"), Ct)).ShouldBe("0123456789");
        (await patient.GetAsync(At(id))).Data.GetProperty("title").GetString().ShouldBe("Chest");
        Header(await patient.Client.SendAsync("HEAD", at, null, ("Tus-Resumable", "1.0.0")), "Upload-File-Id").ShouldBe(id.ToString());
        (await patient.GetAsync(Route)).Total.ShouldBe(1);
    }

    [Fact]
    public async Task An_upload_is_its_senders_alone()
    {
        using var patient = await app.PatientAsync();
        using var other = await app.PatientAsync();
        var at = await BeginAsync(patient, 10);

        (await other.Client.SendAsync("HEAD", at, null, ("Tus-Resumable", "1.0.0"))).Status.ShouldBe(404);
        (await AppendAsync(other, at, 0, "01234")).Status.ShouldBe(404);
        (await other.Client.SendAsync("DELETE", at, null, ("Tus-Resumable", "1.0.0"))).Status.ShouldBe(404);
        (await app.Anonymous.SendAsync("HEAD", at, null, ("Tus-Resumable", "1.0.0"))).Status.ShouldBe(401);
    }

    [Fact]
    public async Task An_upload_that_is_not_wanted_any_more_is_forgotten()
    {
        using var patient = await app.PatientAsync();
        var at = await BeginAsync(patient, 10);
        await AppendAsync(patient, at, 0, "01234");

        (await patient.Client.SendAsync("DELETE", at, null, ("Tus-Resumable", "1.0.0"))).Status.ShouldBe(204);

        (await patient.Client.SendAsync("HEAD", at, null, ("Tus-Resumable", "1.0.0"))).Status.ShouldBe(404);
    }

    [Fact]
    public async Task What_cannot_become_a_document_is_refused_before_it_comes()
    {
        using var patient = await app.PatientAsync();

        (await patient.PostAsync(Uploads, null, Headers(1L << 40))).Status.ShouldBe(413);
        (await patient.PostAsync(Uploads, null, Headers(10, fileName: "a.exe"))).Status.ShouldBe(415);
        (await patient.PostAsync(Uploads, null, Headers(10, kind: "nonsense"))).Status.ShouldBe(400);
        (await patient.PostAsync(Uploads, null, ("Tus-Resumable", "1.0.0"), ("Upload-Metadata", "kind"))).Status.ShouldBe(400);
        (await patient.PostAsync(Uploads, null, ("Upload-Length", "10"))).Status.ShouldBe(412);
        (await patient.PostAsync(Uploads, null, ("Tus-Resumable", "1.0.0"), ("Upload-Length", "10"), ("Upload-Metadata", "filename !!!"))).Status.ShouldBe(400);
    }

    [Fact]
    public async Task What_is_understood_is_told()
    {
        using var patient = await app.PatientAsync();

        var told = await patient.Client.SendAsync("OPTIONS", Uploads);

        told.Status.ShouldBe(204);
        (Header(told, "Tus-Version"), Header(told, "Tus-Extension")).ShouldBe(("1.0.0", "creation,expiration,termination"));
        long.Parse(Header(told, "Tus-Max-Size")!, System.Globalization.CultureInfo.InvariantCulture).ShouldBe(25L * 1024 * 1024);
    }

    internal static (string Name, string Value)[] Headers(long length, string fileName = "report.txt", string kind = "xray") =>
    [
        ("Tus-Resumable", "1.0.0"),
        ("Upload-Length", length.ToString(System.Globalization.CultureInfo.InvariantCulture)),
        ("Upload-Metadata", $"filename {Base64(fileName)},kind {Base64(kind)},title {Base64("Chest")}"),
    ];

    private static async Task<string> BeginAsync(Person person, long length)
    {
        var begun = await person.PostAsync(Uploads, null, Headers(length));
        begun.Status.ShouldBe(201, begun.Text);
        Header(begun, "Tus-Resumable").ShouldBe("1.0.0");
        Header(begun, "Upload-Expires").ShouldNotBeNull();
        return begun.Headers.Location!.ToString();
    }

    private static Task<Reply> AppendAsync(Person person, string at, long offset, string piece)
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(piece));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/offset+octet-stream");
        return person.Client.SendAsync(
            "PATCH", at, content, ("Tus-Resumable", "1.0.0"), ("Upload-Offset", offset.ToString(System.Globalization.CultureInfo.InvariantCulture)));
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private static string? Header(Reply reply, string name) => reply.Headers.TryGetValues(name, out var values) ? values.Single() : null;
}
