using System.Text.Json;
using Careline.Accounts.Contracts;
using Careline.Tests.Support;

namespace Careline.Tests.Audit;

/// <summary>Administrators read the audit; that they did is in it.</summary>
public sealed class ListEventsTests(SharedApp app) : IClassFixture<SharedApp>
{
    private const string Path = "/api/audit/";

    [Fact]
    public async Task An_administrator_reads_who_saw_what()
    {
        using var patient = await app.PatientAsync("Ada");
        using var admin = await app.AdminAsync();
        await patient.GetAsync("/api/patients/me/");

        var row = (await admin.GetAsync($"{Path}?patient={patient.PatientId}&action=GetOwnPatientRecord")).Rows.Single();

        row.GetProperty("actor").GetProperty("id").GetGuid().ShouldBe(patient.UserId);
        row.GetProperty("actor").GetProperty("name").GetString().ShouldBe($"Ada {patient.UserName}");
        row.GetProperty("actor").GetProperty("role").GetString().ShouldBe("patient");
        row.GetProperty("patient_ids").EnumerateArray().Single().GetGuid().ShouldBe(patient.PatientId);
        row.GetProperty("resource").GetString().ShouldBe("patient");
        row.GetProperty("resource_id").GetGuid().ShouldBe(patient.PatientId);
        (row.GetProperty("purpose").GetString(), row.GetProperty("outcome").GetString()).ShouldBe(("treatment", "success"));
        row.GetProperty("request_id").GetString().ShouldNotBeNullOrEmpty();
        row.GetProperty("fields").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task Nobody_but_administrators_reads_it()
    {
        foreach (var path in (string[])[Path, Path + "export/"])
        {
            using var patient = await app.PatientAsync();
            using var doctor = await app.DoctorAsync();
            using var super = await app.SuperAdminAsync();

            (await patient.GetAsync(path)).Status.ShouldBe(403);
            (await doctor.GetAsync(path)).Status.ShouldBe(403);
            foreach (var role in (string[])[Roles.Nurse, Roles.Pharmacist, Roles.Receptionist])
            {
                using var staff = await app.StaffAsync(role);
                (await staff.GetAsync(path)).Status.ShouldBe(403, role);
            }

            (await app.Anonymous.AskAsync(path)).Status.ShouldBe(401);
            (await super.GetAsync(path)).Status.ShouldBe(200);
        }
    }

    [Fact]
    public async Task Refusals_and_the_reading_itself_appear()
    {
        using var patient = await app.PatientAsync();
        using var stranger = await app.DoctorAsync();
        using var admin = await app.AdminAsync();
        (await stranger.GetAsync($"/api/patients/{patient.PatientId}/")).Status.ShouldBe(404);
        (await stranger.GetAsync(Path)).Status.ShouldBe(403);
        await admin.GetAsync($"{Path}?actor={stranger.UserId}");

        var refused = (await admin.GetAsync($"{Path}?actor={stranger.UserId}")).Rows.Take(2).ToList();
        refused.ConvertAll(r => r.GetProperty("outcome").GetString()).ShouldBe(["forbidden", "not_found"]);
        refused[1].GetProperty("resource_id").GetGuid().ShouldBe(patient.PatientId);
        var own = (await admin.GetAsync($"{Path}?actor={admin.UserId}&action=ListAuditEvents")).Rows.ToList();
        own.Count.ShouldBe(2);
        own.ShouldAllBe(r => r.GetProperty("purpose").GetString() == "operations");
    }

    [Fact]
    public async Task Following_the_cursor_shows_every_row_once_newest_first()
    {
        using var patient = await app.PatientAsync();
        using var admin = await app.AdminAsync();
        for (var i = 0; i < 7; i++)
        {
            await patient.GetAsync("/api/patients/me/");
        }

        var seen = new List<JsonElement>();
        var next = $"{Path}?actor={patient.UserId}&action=GetOwnPatientRecord&limit=3";
        for (var pages = 0; next is not null && pages < 5; pages++)
        {
            var reply = await admin.GetAsync(next);
            seen.AddRange(reply.Rows);
            next = reply.Json.GetProperty("meta").GetProperty("next").GetString();
            await patient.GetAsync("/api/patients/me/");
        }

        seen.Count.ShouldBe(7);
        seen.Select(r => r.GetProperty("id").GetGuid()).Distinct().Count().ShouldBe(7);
        seen.Select(r => r.GetProperty("at").GetDateTimeOffset()).ShouldBeInOrder(SortDirection.Descending);
        next.ShouldBeNull();
    }

    [Fact]
    public async Task Times_narrow_it_and_faults_are_named()
    {
        using var patient = await app.PatientAsync();
        using var admin = await app.AdminAsync();
        await patient.GetAsync("/api/patients/me/");
        var mine = $"{Path}?actor={patient.UserId}&action=GetOwnPatientRecord";

        (await admin.GetAsync($"{mine}&from={app.Now.AddHours(-1):yyyy-MM-ddTHH:mm:ssZ}&to={app.Now.AddHours(1):yyyy-MM-ddTHH:mm:ssZ}")).Rows.Count().ShouldBe(1);
        (await admin.GetAsync($"{mine}&to={app.Now.AddHours(-1):yyyy-MM-ddTHH:mm:ssZ}")).Rows.ShouldBeEmpty();
        (await admin.GetAsync($"{mine}&from={app.Now.AddDays(2):yyyy-MM-dd}")).Rows.ShouldBeEmpty();

        var faults = await admin.GetAsync($"{Path}?patient=x&from=yesterday&cursor=zzz&limit=101");
        faults.Status.ShouldBe(400);
        faults.ErrorDetails.EnumerateObject().Select(p => p.Name).Order().ShouldBe(["cursor", "from", "limit", "patient"]);
    }
}
