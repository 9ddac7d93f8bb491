using System.IO.Compression;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Careline.Accounts.Contracts;
using Careline.Tests.Support;
using static Careline.Tests.Records.Documents;

namespace Careline.Tests.Records;

/// <summary>Documents come in, are found, read and changed by those whose they are.</summary>
public sealed class MedicalFileTests(SharedApp app) : IClassFixture<SharedApp>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_document_is_added_described_and_given_back_byte_for_byte()
    {
        using var patient = await app.PatientAsync("Ada");
        const string Text = "Hämoglobin 13.2 g/dl\n\tnormal\n";

        var made = await patient.PostAsync(Route, Form(Text, "Bericht März.txt", ("title", " Blood "), ("description", "From the Harbour lab")));

        made.Status.ShouldBe(201, made.Text);
        var shown = await patient.GetAsync(At(made.Id));
        shown.Data.GetProperty("kind").GetString().ShouldBe("lab_report");
        shown.Data.GetProperty("title").GetString().ShouldBe(" Blood ");
        shown.Data.GetProperty("file_name").GetString().ShouldBe("Bericht März.txt");
        shown.Data.GetProperty("media_type").GetString().ShouldBe("text/plain");
        shown.Data.GetProperty("size").GetInt64().ShouldBe(Encoding.UTF8.GetByteCount(Text));
        shown.Data.GetProperty("sha256").GetString().ShouldBe(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Text))));
        shown.Data.GetProperty("patient_id").GetGuid().ShouldBe(patient.PatientId);
        shown.Data.GetProperty("uploaded_by").GetProperty("id").GetGuid().ShouldBe(patient.UserId);
        shown.Data.GetProperty("uploaded_by").GetProperty("name").GetString()!.ShouldStartWith("Ada");
        using var content = await patient.Client.GetAsync(At(made.Id, "content/"), Ct);
        (await content.Content.ReadAsStringAsync(Ct)).ShouldBe(Text);
        content.Content.Headers.ContentDisposition!.DispositionType.ShouldBe("attachment");
        content.Content.Headers.ContentDisposition.FileNameStar.ShouldBe("Bericht März.txt");
        content.Headers.CacheControl!.NoStore.ShouldBeTrue();
        content.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        content.Headers.GetValues("Content-Security-Policy").Single().ShouldContain("sandbox");
    }

    [Fact]
    public async Task A_part_is_given_where_a_part_is_asked_for_and_nothing_where_nothing_changed()
    {
        using var patient = await app.PatientAsync();
        var id = await patient.AddDocumentAsync("0123456789");
        using var ask = new HttpRequestMessage(HttpMethod.Get, At(id, "content/"));
        ask.Headers.Range = new RangeHeaderValue(2, 5);

        using var part = await patient.Client.SendAsync(ask, Ct);
        using var again = new HttpRequestMessage(HttpMethod.Get, At(id, "content/"));
        again.Headers.IfNoneMatch.Add(part.Headers.ETag!);
        using var unchanged = await patient.Client.SendAsync(again, Ct);

        ((int)part.StatusCode, await part.Content.ReadAsStringAsync(Ct)).ShouldBe((206, "2345"));
        part.Content.Headers.ContentRange!.ToString().ShouldBe("bytes 2-5/10");
        ((int)unchanged.StatusCode).ShouldBe(304);
    }

    [Fact]
    public async Task The_file_may_come_before_what_is_said_of_it()
    {
        using var patient = await app.PatientAsync();
        using var form = new MultipartFormDataContent
        {
            { new StringContent("first the file"), "file", "note.txt" },
            { new StringContent("other"), "kind" },
            { new StringContent("true"), "is_private" },
        };

        var made = await patient.PostAsync(Route, form);

        made.Status.ShouldBe(201, made.Text);
        made.Data.GetProperty("is_private").GetBoolean().ShouldBeTrue();
    }

    [Theory]
    [InlineData("report.txt", "kind", "nonsense", 400, "kind")]
    [InlineData("report.txt", "is_private", "perhaps", 400, "is_private")]
    [InlineData("report.exe", "title", "x", 415, null)]
    [InlineData("report.pdf", "title", "x", 415, null)]
    public async Task What_cannot_be_taken_is_refused_in_words_and_nothing_stays(string fileName, string name, string value, int status, string? field)
    {
        using var patient = await app.PatientAsync();

        var reply = await patient.PostAsync(Route, Form("Plain text", fileName, (name, value)));

        reply.Status.ShouldBe(status, reply.Text);
        if (field is not null)
        {
            reply.ErrorDetails.GetProperty(field).GetArrayLength().ShouldBe(1);
        }

        (await patient.GetAsync(Route)).Total.ShouldBe(0);
    }

    [Fact]
    public async Task A_body_of_another_shape_is_refused()
    {
        using var patient = await app.PatientAsync();
        using var empty = new MultipartFormDataContent { { new StringContent("lab_report"), "kind" } };
        using var cut = new StringContent("--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\r\nhalf", MediaTypeHeaderValue.Parse("multipart/form-data; boundary=b"));

        (await patient.PostAsync(Route, new { kind = "other" })).Status.ShouldBe(415);
        (await patient.PostAsync(Route, empty)).ErrorDetails.GetProperty("file").GetArrayLength().ShouldBe(1);
        (await patient.PostAsync(Route, cut)).Status.ShouldBe(400);
        (await patient.GetAsync(Route)).Total.ShouldBe(0);
    }

    [Fact]
    public async Task A_huge_file_is_refused_by_its_length_before_it_is_read()
    {
        using var patient = await app.PatientAsync();
        using var socket = new System.Net.Sockets.TcpClient(app.Address.Host, app.Address.Port);
        var head = $"POST {Route} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {patient.Access}\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: 1073741824\r\n\r\n";

        await socket.GetStream().WriteAsync(Encoding.ASCII.GetBytes(head), Ct);
        var answer = new byte[4096];
        var read = await socket.GetStream().ReadAsync(answer, Ct);

        Encoding.ASCII.GetString(answer, 0, read).ShouldStartWith("HTTP/1.1 413");
    }

    [Fact]
    public async Task What_is_said_of_a_document_is_replaced_and_merged_by_its_author_alone()
    {
        using var patient = await app.PatientAsync();
        using var doctor = await app.DoctorAsync();
        await app.TreatAsync(doctor, patient);
        var id = await patient.AddDocumentAsync();

        var replaced = await patient.PutAsync(At(id), new { kind = "xray", title = "Chest" });
        var merged = await patient.PatchAsync(At(id), new { description = "Two views" });
        var stale = await patient.PatchAsync(At(id), new { title = "Late" }, ("If-Match", "\"1\""));

        (replaced.Status, merged.Status, stale.Status).ShouldBe((200, 200, 412));
        merged.Data.GetProperty("title").GetString().ShouldBe("Chest");
        merged.Data.GetProperty("description").GetString().ShouldBe("Two views");
        (await doctor.PatchAsync(At(id), new { title = "Mine" })).Status.ShouldBe(403);
        (await patient.PatchAsync(At(id), new { kind = "nonsense" })).Status.ShouldBe(400);
        (await patient.PutAsync(At(id), new { kind = "xray", patient_id = Guid.CreateVersion7() })).Status.ShouldBe(400);
    }

    [Fact]
    public async Task New_content_takes_the_place_of_the_old_one_which_stays_readable()
    {
        using var patient = await app.PatientAsync();
        var id = await patient.AddDocumentAsync("first");

        var renewed = await patient.PostAsync(At(id, "versions/"), Form("second", "second.txt"));

        renewed.Data.GetProperty("content_version").GetInt32().ShouldBe(2);
        (await patient.Client.GetStringAsync(At(id, "content/"), Ct)).ShouldBe("second");
        (await patient.Client.GetStringAsync(At(id, "versions/1/content/"), Ct)).ShouldBe("first");
        (await patient.GetAsync(At(id, "versions/"))).Rows.Select(v => v.GetProperty("number").GetInt32()).ShouldBe([2, 1]);
        (await patient.GetAsync(At(id, "versions/3/content/"))).Status.ShouldBe(404);
    }

    [Fact]
    public async Task A_removed_document_is_gone_for_everybody()
    {
        using var patient = await app.PatientAsync();
        var id = await patient.AddDocumentAsync();

        (await patient.DeleteAsync(At(id))).Status.ShouldBe(204);

        (await patient.GetAsync(At(id))).Status.ShouldBe(404);
        (await patient.GetAsync(At(id, "content/"))).Status.ShouldBe(404);
        (await patient.DeleteAsync(At(id))).Status.ShouldBe(404);
        (await app.SqlAsync("SELECT count(*) FROM files.files f JOIN records.medical_files m ON m.file_id = f.id WHERE m.id = $1 AND f.released_at IS NOT NULL AND f.keep_until > m.removed_at", id)).ShouldBe(1L);
    }

    [Fact]
    public async Task The_list_is_narrowed_ordered_and_the_same_at_its_other_paths()
    {
        using var patient = await app.PatientAsync();
        var report = await patient.AddDocumentAsync("a", ("title", "Blood count"));
        var card = await patient.AddDocumentAsync("b", ("kind", "insurance_card"), ("title", "Alpha card"));

        async Task<List<Guid>> Ids(string path) => [.. (await patient.GetAsync(path)).Rows.Select(r => r.GetProperty("id").GetGuid())];

        (await Ids(Route)).ShouldBe([card, report]);
        (await Ids($"{Route}?kind=lab_report")).ShouldBe([report]);
        (await Ids($"{Route}?search=blood")).ShouldBe([report]);
        (await Ids($"{Route}?ordering=title")).ShouldBe([card, report]);
        (await Ids($"{Route}?uploaded_by={patient.UserId}&date_to={app.Now.UtcDateTime:yyyy-MM-dd}")).Count.ShouldBe(2);
        (await Ids($"{Route}?date_from={app.Now.UtcDateTime.AddDays(1):yyyy-MM-dd}")).ShouldBeEmpty();
        (await Ids("/api/records/")).ShouldBe([card, report]);
        (await Ids($"/api/patients/{patient.PatientId}/documents/")).ShouldBe([card, report]);
        (await patient.GetAsync($"{Route}?kind=nonsense")).Status.ShouldBe(400);
        (await patient.GetAsync($"{Route}?ordering=sha256")).Status.ShouldBe(400);
    }

    [Fact]
    public async Task Chosen_documents_come_as_one_archive_and_another_persons_make_it_404()
    {
        using var patient = await app.PatientAsync();
        using var other = await app.PatientAsync();
        var (one, two) = (await patient.AddDocumentAsync("one"), await patient.AddDocumentAsync("two"));
        var foreign = await other.AddDocumentAsync("foreign");

        using var bytes = new MemoryStream(await patient.Client.GetByteArrayAsync($"{Route}packet/?ids={one},{two}", Ct));
        using var archive = new ZipArchive(bytes);

        archive.Entries.Select(e => e.FullName).ShouldBe(["report.txt", "report (2).txt"]);
        using var reader = new StreamReader(archive.Entries[1].Open());
        (await reader.ReadToEndAsync(Ct)).ShouldBe("two");
        (await patient.GetAsync($"{Route}packet/?ids={one},{foreign}")).Status.ShouldBe(404);
        (await patient.GetAsync($"{Route}packet/")).Status.ShouldBe(400);
    }

    [Fact]
    public async Task A_browsers_link_opens_the_content_and_ends_with_the_right_to_it()
    {
        using var patient = await app.PatientAsync();
        var id = await patient.AddDocumentAsync("by link");

        var link = await patient.PostAsync(At(id, "links/"));
        var url = link.Data.GetProperty("url").GetString()!;

        (await app.Anonymous.GetStringAsync(url, Ct)).ShouldBe("by link");
        (await app.Anonymous.AskAsync(url[..^3] + "x/")).Status.ShouldBe(404);
        (await patient.DeleteAsync(At(id))).Status.ShouldBe(204);
        (await app.Anonymous.AskAsync(url)).Status.ShouldBe(404);
    }

    /// <summary>Who reads a document of a patient: what is said of it, the content; and who may add one.</summary>
    [Theory]
    [InlineData("patient", 200, 200, 201)]
    [InlineData("treating doctor", 200, 200, 201)]
    [InlineData("doctor", 404, 404, 404)]
    [InlineData("other patient", 404, 404, 404)]
    [InlineData("receptionist", 403, 403, 403)]
    [InlineData("pharmacist", 404, 404, 404)]
    [InlineData("admin", 403, 403, 403)]
    [InlineData("nobody", 401, 401, 401)]
    public async Task Everybody_is_answered_as_they_stand_to_the_patient(string who, int details, int content, int upload)
    {
        using var patient = await app.PatientAsync();
        var id = await patient.AddDocumentAsync();
        using var person = who switch
        {
            "treating doctor" or "doctor" => await app.DoctorAsync(),
            "receptionist" => await app.StaffAsync(Roles.Receptionist),
            "pharmacist" => await app.StaffAsync(Roles.Pharmacist),
            "admin" => await app.AdminAsync(),
            "other patient" => await app.PatientAsync(),
            _ => null,
        };
        if (who == "treating doctor")
        {
            await app.TreatAsync(person!, patient);
        }

        var client = who == "patient" ? patient.Client : person?.Client ?? app.Anonymous;

        (await client.AskAsync(At(id))).Status.ShouldBe(details);
        (await client.AskAsync(At(id, "content/"))).Status.ShouldBe(content);
        (await client.SendAsync("POST", $"/api/patients/{patient.PatientId}/documents/", Form())).Status.ShouldBe(upload);
        (await client.SendAsync("POST", Route, Form(texts: ("patient_id", patient.PatientId.ToString())))).Status.ShouldBe(upload);
        (await client.AskAsync(Route)).Text.ShouldNotContain(details == 200 ? "never" : id.ToString());
    }

    [Fact]
    public async Task What_is_private_is_for_the_patient_and_its_author()
    {
        using var patient = await app.PatientAsync();
        using var doctor = await app.DoctorAsync();
        using var colleague = await app.DoctorAsync();
        await app.TreatAsync(doctor, patient);
        await app.TreatAsync(colleague, patient);
        var own = await patient.AddDocumentAsync("mine", ("is_private", "true"));
        var theirs = await doctor.AddDocumentAsync("theirs", ("patient_id", patient.PatientId.ToString()), ("is_private", "true"));

        (await doctor.GetAsync(At(own))).Status.ShouldBe(404);
        (await doctor.GetAsync(At(theirs))).Status.ShouldBe(200);
        (await colleague.GetAsync(At(theirs))).Status.ShouldBe(404);
        (await patient.GetAsync(At(theirs))).Status.ShouldBe(200);
        (await colleague.GetAsync($"/api/patients/{patient.PatientId}/documents/")).Total.ShouldBe(0);
    }

    [Fact]
    public async Task A_doctor_whose_care_has_ended_reads_what_he_added_and_changes_it_no_more()
    {
        using var patient = await app.PatientAsync();
        using var doctor = await app.DoctorAsync();
        var grant = await app.TreatAsync(doctor, patient);
        var own = await doctor.AddDocumentAsync("letter", ("patient_id", patient.PatientId.ToString()));
        var patients = await patient.AddDocumentAsync();
        (await patient.DeleteAsync($"/api/patients/{patient.PatientId}/grants/{grant}/")).Status.ShouldBe(204);

        (await doctor.GetAsync(At(own, "content/"))).Status.ShouldBe(200);
        (await doctor.GetAsync(At(patients))).Status.ShouldBe(404);
        (await doctor.PatchAsync(At(own), new { title = "Later" })).Status.ShouldBe(403);
        (await doctor.DeleteAsync(At(own))).Status.ShouldBe(403);
        (await doctor.GetAsync($"/api/patients/{patient.PatientId}/documents/")).Total.ShouldBe(1);
    }

    [Fact]
    public async Task Each_reading_stands_in_the_patients_access_log()
    {
        using var patient = await app.PatientAsync();
        using var doctor = await app.DoctorAsync(firstName: "Reader");
        await app.TreatAsync(doctor, patient);
        var id = await patient.AddDocumentAsync();

        (await doctor.GetAsync(At(id, "content/"))).Status.ShouldBe(200);

        (await patient.GetAsync($"/api/patients/{patient.PatientId}/access-log/")).Rows
            .ShouldContain(r => r.GetProperty("action").GetString() == "Downloaded a document of yours"
                && r.GetProperty("actor").GetProperty("name").GetString()!.StartsWith("Reader", StringComparison.Ordinal));
    }
}
