using System.Text.Json;
using Careline.Analytics.Exports;
using Careline.Platform.Data;
using Careline.Platform.Privacy;
using Careline.Tests.Scheduling;
using Careline.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Careline.Tests.Analytics;

public sealed class ExportTests(SharedApp app) : IClassFixture<SharedApp>
{
    private const string Path = "/api/analytics/exports/";

    private static readonly object _visits = new { dataset = "appointments", start_date = "2026-01-01", end_date = "2026-12-31" };

    [Fact]
    public async Task A_list_is_made_in_the_background_and_had_by_its_owner_alone()
    {
        using var doctor = await app.DoctorAsync();
        using var admin = await app.AdminAsync();
        var patient = (await app.PatientsAsync(1))[0];
        await app.VisitAsync(doctor, patient);
        await app.VisitAsync(doctor, patient, "no_show");

        var export = await ReadyAsync(doctor, new { format = "csv", list = _visits });

        (export.GetProperty("rows_done").GetInt64(), export.GetProperty("rows_total").GetInt64()).ShouldBe((2, 2));
        var rows = Csv(await FileAsync(doctor, export));
        rows.Select(r => r["status"]).ShouldBe(["completed", "no_show"]);
        rows.ShouldAllBe(r => r["patient_number"].StartsWith("PAT-", StringComparison.Ordinal) && !r.ContainsKey("patient_name"));
        foreach (var other in new[] { admin, await app.DoctorAsync() })
        {
            (await other.GetAsync($"{Path}{Id(export)}/")).Status.ShouldBe(404);
            (await other.GetAsync($"{Path}{Id(export)}/file/")).Status.ShouldBe(404);
            (await other.GetAsync(Path)).Text.ShouldNotContain(Id(export));
        }
    }

    [Fact]
    public async Task It_holds_what_its_owner_may_see_and_names_where_they_are_asked_for()
    {
        using var doctor = await app.DoctorAsync();
        using var other = await app.DoctorAsync();
        var (clinic, head) = await app.RunClinicAsync();
        var patient = (await app.PatientsAsync(1))[0];
        await app.VisitAsync(doctor, patient, clinic: clinic);
        await app.VisitAsync(doctor, patient);
        await app.VisitAsync(other, patient, clinic: clinic);
        await app.VisitAsync(other, patient, "cancelled", clinic: clinic);
        await app.SqlAsync("UPDATE scheduling.appointments SET hidden_at = updated_at WHERE doctor_id = $1 AND status = 'cancelled'", other.DoctorId);
        var asked = Visits.Merge(_visits, new { with_names = true });

        var rows = Csv(await FileAsync(head, await ReadyAsync(head, new { format = "csv", list = asked })));

        rows.Count.ShouldBe(2);
        rows.ShouldAllBe(r => r["clinic"] == "Harbour Clinic" && r["patient_name"] == "Quiet Person");
        Csv(await FileAsync(doctor, await ReadyAsync(doctor, new { format = "csv", list = asked }))).Count.ShouldBe(2);
        head.Dispose();
    }

    [Fact]
    public async Task Making_and_taking_are_recorded_with_what_it_was_how_much_and_of_whom()
    {
        using var doctor = await app.DoctorAsync();
        var patients = await app.PatientsAsync(2);
        foreach (var patient in patients)
        {
            await app.VisitAsync(doctor, patient);
        }

        var export = await ReadyAsync(doctor, new { format = "ndjson", list = Visits.Merge(_visits, new { filters = new { status = new[] { "completed" } } }) });
        await FileAsync(doctor, export);

        (await AuditAsync("OrderExport", "fields")).ShouldBe(new[] { "appointments", "filter:status" });
        (await AuditAsync("DownloadExport", "fields")).ShouldBe(new[] { "appointments", "filter:status", "rows:2" });
        ((Guid[])(await AuditAsync("DownloadExport", "patient_ids"))!).Order().ShouldBe(patients.Order());

        Task<object?> AuditAsync(string action, string column) => app.SqlAsync($"SELECT {column} FROM audit.events WHERE actor_id = $1 AND action = $2 AND resource_id = $3", doctor.UserId, action, Guid.Parse(Id(export)));
    }

    [Theory]
    [InlineData("csv")]
    [InlineData("xlsx")]
    [InlineData("pdf")]
    [InlineData("ndjson")]
    public async Task A_report_is_a_file_of_each_kind_and_its_ranges_are_served(string format)
    {
        using var doctor = await app.DoctorAsync();
        var patient = (await app.PatientsAsync(1))[0];
        foreach (var status in new[] { "completed", "completed", "cancelled" })
        {
            await app.VisitAsync(doctor, patient, status);
        }

        var export = await ReadyAsync(doctor, new { format, report = Visits.Question(new { dimensions = new[] { "status", "doctor" } }, "appointments", "completion_rate") });

        var file = await FileAsync(doctor, export);
        file.Length.ShouldBe((int)export.GetProperty("size").GetInt64());
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{Path}{Id(export)}/file/");
        request.Headers.Range = new(1, 4);
        using var part = await doctor.Client.SendAsync(request, TestContext.Current.CancellationToken);
        (await part.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)).ShouldBe(file[1..5]);
        part.Content.Headers.ContentDisposition!.DispositionType.ShouldBe("attachment");
        var head = System.Text.Encoding.Latin1.GetString(file[..4]);
        head.ShouldBe(format switch { "csv" => "ï»¿\"", "xlsx" => "PK\u0003\u0004", "pdf" => "%PDF", _ => "{\"st" });
        if (format == "pdf")
        {
            using var folder = TestFolder.Create();
            await File.WriteAllBytesAsync(System.IO.Path.Combine(folder.Careline.Path, "r.pdf"), file, TestContext.Current.CancellationToken);
            var text = await Programs.RunAsync("pdftotext", "-layout", System.IO.Path.Combine(folder.Careline.Path, "r.pdf"), "-");
            foreach (var word in new[] { "Appointments, Completion rate", "2026-01-01 to 2026-12-31", "cancelled", "completed", "100" })
            {
                text.ShouldContain(word);
            }
        }
    }

    [Fact]
    public async Task A_kept_report_is_made_as_it_is_now_and_only_for_who_may_see_it()
    {
        using var doctor = await app.DoctorAsync();
        using var other = await app.DoctorAsync();
        var kept = (await doctor.PostAsync("/api/analytics/reports/", Visits.Merge(new { name = "Visits", question = Visits.Question() }, null).ToJsonString())).Id;

        (await other.PostAsync(Path, new { format = "csv", report_id = kept })).Status.ShouldBe(404);
        Csv(await FileAsync(doctor, await ReadyAsync(doctor, new { format = "csv", report_id = kept }))).Single()["appointments"].ShouldBe("0");
    }

    [Theory]
    [InlineData("{\"format\": \"docx\"}", "format")]
    [InlineData("{\"format\": \"csv\"}", "report")]
    [InlineData("{\"format\": \"pdf\", \"list\": {\"dataset\": \"appointments\", \"period\": \"today\"}}", "format")]
    [InlineData("{\"format\": \"csv\", \"list\": {\"dataset\": \"appointments\"}}", "list.period")]
    [InlineData("{\"format\": \"csv\", \"list\": {\"dataset\": \"appointments\", \"period\": \"today\", \"filters\": {\"sex\": [\"female\"]}}}", "list.filters")]
    [InlineData("{\"format\": \"csv\", \"report\": {\"dataset\": \"appointments\", \"measures\": [\"x\"], \"period\": \"today\"}}", "report.measures")]
    public async Task What_cannot_be_made_is_refused_by_field(string body, string field)
    {
        using var doctor = await app.DoctorAsync();

        var refused = await doctor.PostAsync(Path, body);

        refused.Status.ShouldBe(400, refused.Text);
        (field == "format" && body.Contains("docx", StringComparison.Ordinal) || refused.ErrorDetails.TryGetProperty(field, out _)).ShouldBeTrue(refused.Text);
    }

    [Fact]
    public async Task Who_has_no_figures_has_no_exports()
    {
        using var nurse = await app.StaffAsync("nurse", await app.ClinicAsync());
        using var patient = await app.PatientAsync();

        (await nurse.PostAsync(Path, new { format = "csv", list = _visits })).Status.ShouldBe(403);
        (await patient.PostAsync(Path, new { format = "csv", list = _visits })).Status.ShouldBe(403);
    }

    [Fact]
    public async Task What_waits_is_called_off_and_made_again_at_wish()
    {
        using var doctor = await app.DoctorAsync();
        var id = await WaitingAsync(doctor);

        (await doctor.PostAsync($"{Path}{id}/retry/")).ErrorCode.ShouldBe("EXPORT_NOT_FAILED");
        (await doctor.GetAsync($"{Path}{id}/file/")).ErrorCode.ShouldBe("EXPORT_NOT_READY");
        (await doctor.PostAsync($"{Path}{id}/cancel/")).Word("status").ShouldBe("cancelled");
        (await doctor.PostAsync($"{Path}{id}/cancel/")).ErrorCode.ShouldBe("EXPORT_ENDED");
        (await doctor.PostAsync($"{Path}{id}/retry/")).Word("status").ShouldBe("queued");
        await EndedAsync(doctor, id, "ready");
    }

    [Fact]
    public async Task Five_wait_at_once_and_no_more_however_many_ask()
    {
        using var doctor = await app.DoctorAsync();
        for (var i = 0; i < 4; i++)
        {
            await WaitingAsync(doctor);
        }

        await app.SqlAsync("CREATE OR REPLACE FUNCTION public.far() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN NEW.due_at := NEW.due_at + interval ''1 day''; RETURN NEW; END'");
        await app.SqlAsync($"CREATE TRIGGER far BEFORE INSERT ON analytics.exports FOR EACH ROW WHEN (NEW.account_id = '{doctor.UserId}') EXECUTE FUNCTION public.far()");
        var replies = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => doctor.PostAsync(Path, new { format = "csv", list = _visits })));
        await app.SqlAsync("DROP TRIGGER far ON analytics.exports");

        replies.Count(r => r.Status == 201).ShouldBe(1);
        replies.Where(r => r.Status != 201).ShouldAllBe(r => r.ErrorCode == "TOO_MANY_EXPORTS");
    }

    [Fact]
    public async Task What_a_host_died_over_is_made_by_another()
    {
        using var doctor = await app.DoctorAsync();
        var id = await WaitingAsync(doctor);
        await app.SqlAsync("UPDATE analytics.exports SET status = 'running', claim = gen_random_uuid(), tries = 1, rows_done = 17, due_at = $2 WHERE id = $1", id, app.Now.AddSeconds(-1));

        var export = await EndedAsync(doctor, id, "ready");

        export.GetProperty("rows_done").GetInt64().ShouldBe(0);
    }

    [Fact]
    public async Task What_killed_three_hosts_is_given_up_until_somebody_asks_again()
    {
        using var doctor = await app.DoctorAsync();
        var id = await WaitingAsync(doctor);
        await app.SqlAsync("UPDATE analytics.exports SET status = 'running', claim = gen_random_uuid(), tries = 3, due_at = $2 WHERE id = $1", id, app.Now.AddSeconds(-1));

        (await EndedAsync(doctor, id, "failed")).GetProperty("failure").GetString().ShouldBe("gave_up");
        await doctor.PostAsync($"{Path}{id}/retry/");
        await EndedAsync(doctor, id, "ready");
    }

    [Theory]
    [InlineData("claim = gen_random_uuid()", "running")]
    [InlineData("status = 'cancelled', claim = NULL, due_at = NULL", "cancelled")]
    public async Task A_host_that_lost_its_claim_or_was_called_off_finishes_nothing(string change, string status)
    {
        using var doctor = await app.DoctorAsync();
        var id = await WaitingAsync(doctor);
        await app.SqlAsync("UPDATE analytics.exports SET status = 'running', claim = gen_random_uuid() WHERE id = $1", id);
        await using var scope = app.Services.CreateAsyncScope();
        var export = await app.LookAsync(db => db.Set<Export>().FirstAsync(e => e.Id == id));
        await app.SqlAsync($"UPDATE analytics.exports SET {change} WHERE id = $1", id);

        await scope.ServiceProvider.GetRequiredService<ExportWork>().DoAsync(export, TestContext.Current.CancellationToken);

        var after = await app.LookAsync(db => db.Set<Export>().FirstAsync(e => e.Id == id));
        (after.Status.ToString().ToLowerInvariant(), after.FileId).ShouldBe((status, null));
        await app.SqlAsync("UPDATE analytics.exports SET status = 'cancelled', due_at = NULL WHERE id = $1", id);
    }

    [Fact]
    public async Task Many_hosts_at_once_make_each_file_once()
    {
        using var doctor = await app.DoctorAsync();
        var ids = new List<Guid>();
        for (var i = 0; i < 8; i++)
        {
            ids.Add(await WaitingAsync(doctor));
        }

        await app.SqlAsync("UPDATE analytics.exports SET due_at = $2 WHERE account_id = $1", doctor.UserId, app.Now);
        var worker = app.Services.GetRequiredService<ExportWorker>();
        await Task.WhenAll(Enumerable.Range(0, 4).Select(async _ =>
        {
            while (await worker.WorkAsync(TestContext.Current.CancellationToken))
            {
            }
        }));

        foreach (var id in ids)
        {
            await EndedAsync(doctor, id, "ready");
        }

        (await app.SqlAsync("SELECT max(tries) FROM analytics.exports WHERE account_id = $1", doctor.UserId)).ShouldBe(1);
        (await app.SqlAsync("SELECT count(*) FROM files.files WHERE person_id = $1", doctor.UserId)).ShouldBe(8L);
    }

    [Fact]
    public async Task An_erasure_deletes_the_files_that_name_the_person_and_no_others()
    {
        using var doctor = await app.DoctorAsync();
        var patients = await app.PatientsAsync(2);
        var exports = new List<JsonElement>();
        foreach (var (i, patient) in patients.Index())
        {
            var at = new DateTimeOffset(2026, 6, 1 + i, 9, 0, 0, TimeSpan.Zero);
            await app.VisitAsync(doctor, patient, at: at);
            var day = DateOnly.FromDateTime(at.UtcDateTime).Text();
            exports.Add(await ReadyAsync(doctor, new { format = "csv", list = new { dataset = "appointments", start_date = day, end_date = day } }));
        }

        await using (var scope = app.Services.CreateAsyncScope())
        {
            var db = scope.ServiceProvider.GetRequiredService<CarelineDb>();
            await using var transaction = await db.Database.BeginTransactionAsync(TestContext.Current.CancellationToken);
            foreach (var records in scope.ServiceProvider.GetServices<IPersonalRecords>().Where(r => r.Schema == "analytics"))
            {
                await records.EraseAsync(new PersonKeys { PatientId = patients[0] }, TestContext.Current.CancellationToken);
            }

            await transaction.CommitAsync(TestContext.Current.CancellationToken);
        }

        (await doctor.GetAsync($"{Path}{Id(exports[0])}/file/")).ErrorCode.ShouldBe("EXPORT_EXPIRED");
        (await FileAsync(doctor, exports[1])).Length.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Whose_rights_ended_meanwhile_gets_no_file()
    {
        var (clinic, head) = await app.RunClinicAsync();
        var id = await WaitingAsync(head);
        await app.SqlAsync("UPDATE clinics.staff SET left_at = joined_at WHERE clinic_id = $1 AND account_id = $2", clinic, head.UserId);
        await app.SqlAsync("UPDATE analytics.exports SET due_at = $2 WHERE id = $1", id, app.Now);

        (await EndedAsync(head, id, "failed")).GetProperty("failure").GetString().ShouldBe("not_allowed");
        head.Dispose();
    }

    /// <summary>An export that no host takes until the test wants it.</summary>
    private async Task<Guid> WaitingAsync(Person owner)
    {
        var id = Guid.CreateVersion7();
        await app.SqlAsync(
            """
            INSERT INTO analytics.exports (id, account_id, content, dataset, question, format, with_bom, is_scheduled, status, rows_done, is_truncated, patient_ids, due_at, tries, requested_at, version)
            VALUES ($1, $2, 'list', 'appointments', '{"dataset": "appointments", "period": "this_year"}', 'csv', true, false, 'queued', 0, false, ARRAY[]::uuid[], $3, 0, $4, 1)
            """, id, owner.UserId, app.Now.AddDays(1), app.Now);
        return id;
    }

    private static async Task<JsonElement> ReadyAsync(Person owner, object body)
    {
        var ordered = await owner.PostAsync(Path, body);
        ordered.Status.ShouldBe(201, ordered.Text);
        return await EndedAsync(owner, ordered.Id, "ready");
    }

    private static async Task<JsonElement> EndedAsync(Person owner, Guid id, string status)
    {
        JsonElement export = default;
        await Eventually.HoldsAsync(async () =>
        {
            export = (await owner.GetAsync($"{Path}{id}/")).Data;
            return export.GetProperty("status").GetString() is not ("queued" or "running");
        });
        export.GetProperty("status").GetString().ShouldBe(status, export.ToString());
        return export;
    }

    private static string Id(JsonElement export) => export.GetProperty("id").GetString()!;

    private static Task<byte[]> FileAsync(Person owner, JsonElement export) => owner.Client.GetByteArrayAsync($"{Path}{Id(export)}/file/", TestContext.Current.CancellationToken);

    private static List<Dictionary<string, string>> Csv(byte[] file)
    {
        var rows = CsvText.Read(file);
        return [.. rows.Skip(1).Select(row => rows[0].Zip(row).ToDictionary(p => p.First, p => p.Second))];
    }
}
