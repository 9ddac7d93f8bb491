using System.Text.Json;
using Careline.Accounts.Contracts;
using Careline.Tests.Support;
using Npgsql;

namespace Careline.Tests.Audit;

/// <summary>The register of breaches says by when who is to be told, and keeps what was done.</summary>
public sealed class BreachTests(SharedApp app) : IClassFixture<SharedApp>
{
    private const string Path = "/api/audit/breaches/";

    [Fact]
    public async Task A_breach_says_by_when_the_authority_and_the_patients_are_to_be_told()
    {
        using var admin = await app.AdminAsync();
        var discovered = Instant(app.Now.AddHours(-10));

        var filed = await FileAsync(admin, discovered);

        (filed.GetProperty("notify_by").GetDateTimeOffset() - discovered).ShouldBe(TimeSpan.FromHours(72));
        (filed.GetProperty("patients_notify_by").GetDateTimeOffset() - discovered).ShouldBe(TimeSpan.FromDays(60));
        filed.GetProperty("hours_left").GetInt32().ShouldBe(61);
        filed.GetProperty("is_overdue").GetBoolean().ShouldBeFalse();
        Word(filed, "status").ShouldBe("open");
        var step = filed.GetProperty("history").EnumerateArray().Single();
        Word(step, "step").ShouldBe("filed");
        step.GetProperty("actor").GetProperty("name").GetString().ShouldBe($"Staff {admin.UserName}");
    }

    [Fact]
    public async Task It_is_overdue_after_72_hours_until_the_authority_is_told()
    {
        using var admin = await app.AdminAsync();
        var late = await FileAsync(admin, app.Now.AddHours(-73));
        late.GetProperty("is_overdue").GetBoolean().ShouldBeTrue();
        late.GetProperty("hours_left").GetInt32().ShouldBe(-2);

        var told = (await admin.PostAsync($"{Of(late)}notify/", new { who = "authority", note = "By the portal, number 17." })).Data;

        Word(told, "status").ShouldBe("notified");
        told.GetProperty("is_overdue").GetBoolean().ShouldBeFalse();
        told.GetProperty("hours_left").ValueKind.ShouldBe(JsonValueKind.Null);
        var step = told.GetProperty("history").EnumerateArray().Last();
        (Word(step, "step"), Word(step, "who"), Word(step, "note")).ShouldBe(("notified", "authority", "By the portal, number 17."));
    }

    [Fact]
    public async Task Patients_are_overdue_after_sixty_days_unless_the_risk_is_low_or_nobody_can_read_it()
    {
        using var admin = await app.AdminAsync();
        var late = await FileAsync(admin, app.Now.AddDays(-61));
        late.GetProperty("is_patients_notice_overdue").GetBoolean().ShouldBeTrue();

        (await admin.PatchAsync(Of(late), new { was_encrypted = true })).Data.GetProperty("is_patients_notice_overdue").GetBoolean().ShouldBeFalse();
        (await admin.PatchAsync(Of(late), new { was_encrypted = false, risk_level = "low" })).Data.GetProperty("is_patients_notice_overdue").GetBoolean().ShouldBeFalse();
        (await admin.PatchAsync(Of(late), new { risk_level = "high" })).Data.GetProperty("is_patients_notice_overdue").GetBoolean().ShouldBeTrue();
        var told = (await admin.PostAsync($"{Of(late)}notify/", new { who = "patients" })).Data;
        told.GetProperty("is_patients_notice_overdue").GetBoolean().ShouldBeFalse();
        Word(told, "status").ShouldBe("open");
    }

    [Fact]
    public async Task What_becomes_known_is_added_and_the_history_names_the_fields()
    {
        using var admin = await app.AdminAsync();
        using var patient = await app.PatientAsync();
        var filed = await FileAsync(admin, app.Now.AddHours(-1));

        var changed = await admin.PatchAsync(Of(filed), new { risk_level = "high", data_categories = new[] { "names", "diagnoses" }, patient_ids = new[] { patient.PatientId, patient.PatientId } });

        changed.Status.ShouldBe(200, changed.Text);
        changed.Data.GetProperty("patient_ids").EnumerateArray().Single().GetGuid().ShouldBe(patient.PatientId);
        changed.Data.GetProperty("patient_count").GetInt32().ShouldBe(1);
        var step = changed.Data.GetProperty("history").EnumerateArray().Last();
        step.GetProperty("fields").EnumerateArray().Select(f => f.GetString()).ShouldBe(["data_categories", "patient_ids", "risk_level"]);
        (await admin.PatchAsync(Of(filed), new { risk_level = "low" }, ("If-Match", "\"1\""))).Status.ShouldBe(412);
        (await admin.GetAsync($"/api/audit/?actor={admin.UserId}&action=ChangeBreach")).Rows.First().GetProperty("fields").GetArrayLength().ShouldBe(3);
    }

    [Fact]
    public async Task It_closes_once_and_says_why_nobody_was_told()
    {
        using var admin = await app.AdminAsync();
        var filed = await FileAsync(admin, app.Now.AddHours(-1));

        (await admin.PostAsync($"{Of(filed)}close/")).ErrorCode.ShouldBe("NOTICE_MISSING");
        var closed = (await admin.PostAsync($"{Of(filed)}close/", new { note = "The disk was found, unopened." })).Data;

        Word(closed, "status").ShouldBe("closed");
        closed.GetProperty("is_overdue").GetBoolean().ShouldBeFalse();
        foreach (var again in new[]
        {
            await admin.PostAsync($"{Of(filed)}close/", new { note = "Again." }),
            await admin.PostAsync($"{Of(filed)}notify/", new { who = "media" }),
            await admin.PatchAsync(Of(filed), new { risk_level = "low" }),
        })
        {
            again.ErrorCode.ShouldBe("BREACH_CLOSED");
        }
    }

    [Fact]
    public async Task It_closes_without_a_note_once_the_authority_and_patients_at_high_risk_were_told()
    {
        using var admin = await app.AdminAsync();
        var filed = await FileAsync(admin, app.Now.AddHours(-1));
        await admin.PatchAsync(Of(filed), new { risk_level = "high" });
        await admin.PostAsync($"{Of(filed)}notify/", new { who = "authority" });
        (await admin.PostAsync($"{Of(filed)}close/")).ErrorCode.ShouldBe("NOTICE_MISSING");
        await admin.PostAsync($"{Of(filed)}notify/", new { who = "patients" });

        (await admin.PostAsync($"{Of(filed)}close/")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Impossible_times_and_shapes_are_refused_by_name()
    {
        using var admin = await app.AdminAsync();
        var filed = await FileAsync(admin, app.Now.AddHours(-1));

        var faults = await admin.PostAsync(Path, new
        {
            discovered_at = app.Now.AddHours(1),
            description = "x",
            occurred_from = app.Now.AddHours(3),
            occurred_to = app.Now,
            data_categories = new[] { "" },
            people_categories = new[] { new string('x', 201) },
        });

        faults.Status.ShouldBe(400);
        faults.ErrorDetails.EnumerateObject().Select(e => e.Name).Order().ShouldBe(["data_categories", "discovered_at", "occurred_from", "occurred_to", "people_categories"]);
        (await admin.PostAsync(Path, new { description = "x" })).Status.ShouldBe(400);
        (await admin.PostAsync(Path, new { discovered_at = app.Now, description = "x", people_estimate = -1 })).Status.ShouldBe(400);
        (await admin.PatchAsync(Of(filed), new { discovered_at = app.Now.AddDays(1) })).Status.ShouldBe(400);
        (await admin.PostAsync($"{Of(filed)}notify/", new { who = "authority", at = app.Now.AddHours(1) })).Status.ShouldBe(400);
        (await admin.PostAsync($"{Of(filed)}notify/", new { who = "authority", at = app.Now.AddHours(-2) })).Status.ShouldBe(400);
        (await admin.PostAsync($"{Of(filed)}notify/", new { who = "friends" })).Status.ShouldBe(400);
        (await admin.GetAsync($"{Of(filed)}notice/?to=media")).Status.ShouldBe(400);
        (await admin.GetAsync($"{Path}?status=lost")).Status.ShouldBe(400);
        (await admin.GetAsync($"{Path}{Guid.CreateVersion7()}/")).Status.ShouldBe(404);
    }

    [Fact]
    public async Task The_list_is_narrowed_by_status_and_leaves_patients_and_history_out()
    {
        using var admin = await app.AdminAsync();
        var open = Id(await FileAsync(admin, app.Now.AddHours(-2)));
        var told = await FileAsync(admin, app.Now.AddHours(-1));
        await admin.PostAsync($"{Of(told)}notify/", new { who = "authority" });

        var listed = (await admin.GetAsync($"{Path}?status=open&page_size=100")).Rows.ToList();

        listed.ConvertAll(Id).ShouldContain(open);
        listed.ConvertAll(Id).ShouldNotContain(Id(told));
        listed.ShouldAllBe(r => r.GetProperty("patient_ids").ValueKind == JsonValueKind.Null && r.GetProperty("history").ValueKind == JsonValueKind.Null);
        (await admin.GetAsync($"{Path}?page_size=1")).Total.ShouldBeGreaterThan(1);
    }

    [Fact]
    public async Task Only_administrators_reach_it_and_no_access_log_tells_of_it()
    {
        using var patient = await app.PatientAsync();
        using var doctor = await app.DoctorAsync();
        using var nurse = await app.StaffAsync(Roles.Nurse);
        using var super = await app.SuperAdminAsync();
        var filed = (await super.PostAsync(Path, new { discovered_at = app.Now, description = "x", patient_ids = new[] { patient.PatientId } })).Data;

        foreach (var person in (Person[])[patient, doctor, nurse])
        {
            (await person.GetAsync(Path)).Status.ShouldBe(403);
            (await person.PostAsync(Path, new { discovered_at = app.Now, description = "x" })).Status.ShouldBe(403);
            (await person.GetAsync(Of(filed))).Status.ShouldBe(403);
            (await person.GetAsync($"{Of(filed)}notice/")).Status.ShouldBe(403);
            (await person.PatchAsync(Of(filed), new { risk_level = "low" })).Status.ShouldBe(403);
            (await person.PostAsync($"{Of(filed)}close/", new { note = "x" })).Status.ShouldBe(403);
        }

        (await app.Anonymous.AskAsync(Path)).Status.ShouldBe(401);
        (await super.GetAsync(Of(filed))).Status.ShouldBe(200);
        (await super.GetAsync($"/api/audit/?actor={super.UserId}&action=GetBreach")).Rows.Single().GetProperty("resource_id").GetGuid().ShouldBe(Id(filed));
        (await patient.GetAsync($"/api/patients/{patient.PatientId}/access-log/")).Text.ShouldNotContain("reach", Case.Insensitive);
    }

    [Theory]
    [InlineData("authority")]
    [InlineData("patients")]
    public async Task A_draft_of_what_is_barely_known_shows_every_gap(string to)
    {
        using var admin = await app.AdminAsync();
        var filed = await FileAsync(admin, app.Now.AddHours(-1));

        var draft = await admin.GetAsync($"{Of(filed)}notice/?to={to}");

        draft.Status.ShouldBe(200);
        draft.Text.ShouldStartWith("DRAFT.");
        draft.Text.Split("[STILL MISSING: ").Skip(1).Count().ShouldBe(to == "authority" ? 13 : 9);
    }

    [Fact]
    public async Task A_draft_of_what_is_wholly_known_holds_every_field_that_the_laws_list()
    {
        using var admin = await app.AdminAsync();
        using var patient = await app.PatientAsync();
        var filed = await admin.PostAsync(Path, new
        {
            discovered_at = "2026-01-05T10:30:00Z",
            description = "A laptop was stolen.",
            occurred_from = "2026-01-04T08:00:00Z",
            occurred_to = "2026-01-04T09:00:00Z",
            people_categories = new[] { "patients", "relatives" },
            data_categories = new[] { "names", "diagnoses" },
            people_estimate = 1200,
            records_estimate = 3400,
            patient_ids = new[] { patient.PatientId },
            consequences = "Unwanted calls.",
            measures_taken = "The account was locked.",
            measures_proposed = "Disks are encrypted.",
            advice = "Watch for calls.",
            contact_point = "Privacy office, +2348000000000",
            was_encrypted = false,
            risk_level = "high",
        });

        var authority = (await admin.GetAsync($"{Of(filed.Data)}notice/?to=authority")).Text;
        var patients = (await admin.GetAsync($"{Of(filed.Data)}notice/?to=patients")).Text;

        string[] both = ["A laptop was stolen.", "From 4 January 2026, 08:00 UTC to 4 January 2026, 09:00 UTC", "5 January 2026, 10:30 UTC", "names, diagnoses", "Unwanted calls.",
            "The account was locked.", "Disks are encrypted.", "Privacy office, +2348000000000", "No: it was not encrypted."];
        both.ShouldAllBe(words => authority.Contains(words) && patients.Contains(words));
        ((string[])["patients, relatives", "1,200", "3,400", "high", "Reasons for the delay"]).ShouldAllBe(words => authority.Contains(words));
        patients.ShouldContain("Watch for calls.");
        (authority + patients).ShouldNotContain(patient.PatientId.ToString());
    }

    [Fact]
    public async Task The_applications_role_corrects_the_register_but_never_removes_or_rewrites_history()
    {
        using var admin = await app.AdminAsync();
        await FileAsync(admin, app.Now.AddHours(-1));
        await using var connection = new NpgsqlConnection(app.ConnectionString + ";Options=-c role=careline_app");
        await connection.OpenAsync(TestContext.Current.CancellationToken);

        (await TryAsync("UPDATE audit.breaches SET version = version")).ShouldBeNull();
        foreach (var statement in (string[])["DELETE FROM audit.breaches", "UPDATE audit.breach_events SET note = ''", "DELETE FROM audit.breach_events",
            "UPDATE audit.events SET action = ''", "DELETE FROM audit.events", "UPDATE audit.seals SET position = 0"])
        {
            (await TryAsync(statement)).ShouldBe(PostgresErrorCodes.InsufficientPrivilege, statement);
        }

        async Task<string?> TryAsync(string statement)
        {
            try
            {
#pragma warning disable CA2100 // The statements above.
                await using var command = new NpgsqlCommand(statement, connection);
#pragma warning restore CA2100
                await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
                return null;
            }
            catch (PostgresException error)
            {
                return error.SqlState;
            }
        }
    }

    private static async Task<JsonElement> FileAsync(Person admin, DateTimeOffset discovered)
    {
        var reply = await admin.PostAsync(Path, new { discovered_at = discovered, description = "A disk is gone." });
        reply.Status.ShouldBe(201, reply.Text);
        return reply.Data;
    }

    private static Guid Id(JsonElement breach) => breach.GetProperty("id").GetGuid();

    private static string Of(JsonElement breach) => $"{Path}{Id(breach)}/";

    private static string? Word(JsonElement thing, string name) => thing.GetProperty(name).GetString();

    // PostgreSQL keeps microseconds.
    private static DateTimeOffset Instant(DateTimeOffset time) => new(time.UtcTicks - (time.UtcTicks % TimeSpan.TicksPerMicrosecond), TimeSpan.Zero);
}
