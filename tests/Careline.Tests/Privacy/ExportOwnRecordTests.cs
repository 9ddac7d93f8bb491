using System.Text.Json;
using Careline.Tests.Architecture;
using Careline.Tests.Support;

namespace Careline.Tests.Privacy;

/// <summary>
/// A person takes away everything that is held about them, and nothing about anybody else. Compares the whole database with what was exported, so with an application
/// of its own.
/// </summary>
public sealed class ExportOwnRecordTests(TestApp app) : IClassFixture<TestApp>
{
    private const string Path = "/api/patients/me/export/";

    [Fact]
    public async Task It_holds_every_row_that_refers_to_the_person_and_none_of_another()
    {
        using var own = await FullRecord.MakeAsync(app, "Quillfeather");
        using var other = await FullRecord.MakeAsync(app, "Wintergreen");

        var export = await own.Patient.GetAsync(Path);
        var walk = await SchemaWalk.TakeAsync(app);

        export.Status.ShouldBe(200, export.Text);
        var seen = 0;
        var offenders = new List<string>();
        foreach (var table in walk.RowsOf([own.Patient.UserId.ToString(), own.Patient.PatientId.ToString(), own.Email, own.Phone]))
        {
            foreach (var row in table.Where(_ => !Withheld.Tables.ContainsKey(table.Key.Name)))
            {
                seen++;
                offenders.AddRange(Missing(table.Key, row, export.Json));
            }
        }

        offenders.ShouldBeNone("Each row that refers to the person is exported, or its table is withheld for a reviewed reason.", seen, 60);
        foreach (var foreign in other.Identifying.Append(other.Patient.UserId.ToString()).Append(other.Patient.PatientId.ToString()))
        {
            export.Text.ShouldNotContain(foreign, Case.Insensitive);
        }
    }

    [Fact]
    public async Task A_table_that_can_name_a_person_is_exported_or_withheld_for_a_reason()
    {
        using var own = await FullRecord.MakeAsync(app, "Larkspur");

        var export = (await own.Patient.GetAsync(Path)).Json;
        var personal = (await SchemaWalk.TakeAsync(app)).Personal();
        var exported = export.EnumerateObject().Where(s => s.Value.ValueKind == JsonValueKind.Object && s.Name != "person")
            .SelectMany(s => s.Value.EnumerateObject().Select(t => (Name: $"{s.Name}.{t.Name}", Rows: t.Value.GetArrayLength()))).ToList();

        personal.Except(exported.Select(t => t.Name)).Except(Withheld.Tables.Keys).Select(t => $"{t} names people: export it by IPersonalRecords, or say in Withheld why not.")
            .Concat(Withheld.Tables.Keys.Intersect(exported.Select(t => t.Name)).Select(t => $"{t} is exported and said to be withheld."))
            .Concat(exported.Where(t => t.Rows == 0 && !Withheld.OfStaff.Contains(t.Name)).Select(t => $"{t.Name} is empty: {nameof(FullRecord)} must put something in it."))
            .ShouldBeNone("No table that names people is forgotten.", personal.Count, 25);
    }

    [Fact]
    public async Task Private_notes_staff_notes_and_credentials_stay()
    {
        using var own = await FullRecord.MakeAsync(app, "Tamarisk");

        var export = await own.Patient.GetAsync(Path);

        export.Text.ShouldContain("Tamarisk wheezes loudly");
        foreach (var hidden in (string[])["private thought", "afraid of needles", "password_hash", "\"secret\"", "private_notes"])
        {
            export.Text.ShouldNotContain(hidden);
        }
    }

    [Fact]
    public async Task It_is_a_file_and_not_an_envelope()
    {
        using var patient = await app.PatientAsync("Sorrel");

        using var answer = await patient.Client.GetAsync(Path, TestContext.Current.CancellationToken);

        answer.Content.Headers.ContentDisposition!.DispositionType.ShouldBe("attachment");
        answer.Content.Headers.ContentDisposition.FileName!.Trim('"').ShouldBe($"careline-record-{app.Now:yyyy-MM-dd}.json");
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/json");
        var file = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement;
        file.GetProperty("format").GetString().ShouldBe("careline-record/1");
        file.GetProperty("person").GetProperty("patient_id").GetGuid().ShouldBe(patient.PatientId);
        file.TryGetProperty("success", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task The_page_shows_the_same_and_runs_nothing_that_anybody_wrote()
    {
        using var patient = await app.PatientAsync("Sorrel");
        await patient.PatchAsync("/api/auth/profile/", new { bio = "<script>alert('x')</script>", address = "1 <b>Bold</b> & Sons \U0001F3E0" });

        using var answer = await patient.Client.GetAsync(Path + "?format=html", TestContext.Current.CancellationToken);
        var page = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        answer.Content.Headers.ContentType!.ToString().ShouldBe("text/html; charset=utf-8");
        answer.Content.Headers.ContentDisposition!.DispositionType.ShouldBe("attachment");
        page.ShouldStartWith("<!DOCTYPE html>");
        page.TrimEnd().ShouldEndWith("</html>");
        page.ShouldContain("Sorrel");
        page.ShouldContain("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;");
        page.ShouldNotContain("<script");
        page.ShouldNotContain("<b>Bold");
        page.ShouldNotContain("src=");
        page.ShouldNotContain("http");
    }

    [Fact]
    public async Task Taking_it_away_is_recorded_and_told_to_the_patient()
    {
        using var patient = await app.PatientAsync();
        using var admin = await app.AdminAsync();

        (await patient.GetAsync(Path)).Status.ShouldBe(200);

        (await admin.GetAsync($"/api/audit/?patient={patient.PatientId}&action=ExportOwnRecord")).Rows.Single().GetProperty("actor").GetProperty("id").GetGuid().ShouldBe(patient.UserId);
        (await patient.GetAsync($"/api/patients/{patient.PatientId}/access-log/")).Rows.Select(r => r.GetProperty("action").GetString()).ShouldContain("Took away a copy of everything held about you");
    }

    [Fact]
    public async Task A_doctor_takes_away_the_own_profile_and_nothing_of_patients()
    {
        using var record = await FullRecord.MakeAsync(app, "Bergamot");
        (await record.Doctor.PostAsync($"/api/doctors/{record.Doctor.DoctorId}/education/", new { title = "MBBS", organization = "Lagos" })).Status.ShouldBe(201);

        var export = await record.Doctor.GetAsync(Path);

        export.Json.GetProperty("doctors").GetProperty("doctors").GetArrayLength().ShouldBe(1);
        export.Json.GetProperty("doctors").GetProperty("qualifications").GetArrayLength().ShouldBe(1);
        export.Json.GetProperty("consultations").GetProperty("consultations").GetArrayLength().ShouldBe(0);
        export.Text.ShouldNotContain("Bergamot");
    }

    [Fact]
    public async Task It_needs_a_sign_in_and_a_known_format()
    {
        using var patient = await app.PatientAsync();

        (await app.Anonymous.AskAsync(Path)).Status.ShouldBe(401);
        (await patient.GetAsync(Path + "?format=pdf")).Status.ShouldBe(400);
        (await patient.GetAsync(Path.TrimEnd('/'))).Status.ShouldBe(200);
    }

    private static IEnumerable<string> Missing(SchemaWalk.Table table, JsonElement row, JsonElement export)
    {
        var (schema, name) = (table.Name.Split('.')[0], table.Name.Split('.')[1]);
        if (!export.TryGetProperty(schema, out var module) || !module.TryGetProperty(name, out var rows))
        {
            return [$"{table.Name} holds a row of the person and is not exported."];
        }

        var keys = table.Columns.Where(c => c.IsKey).Select(c => c.Name).ToList();
        var found = rows.EnumerateArray().FirstOrDefault(r => keys.All(k => r.GetProperty(k).ToString() == row.GetProperty(k).ToString()));
        return found.ValueKind == JsonValueKind.Undefined
            ? [$"{table.Name}: the row {string.Join(", ", keys.Select(k => row.GetProperty(k)))} is not exported."]
            : table.Columns.Where(c => !(c.IsGenerated && c.Name != "name") && c.Name != "version" && !Withheld.Columns.ContainsKey($"{table.Name}.{c.Name}"))
                .Where(c => !found.TryGetProperty(c.Name, out var value) || (c.Type is "text" or "uuid" && value.ToString() != row.GetProperty(c.Name).ToString()))
                .Select(c => $"{table.Name}.{c.Name} is not exported as it stands.");
    }
}
