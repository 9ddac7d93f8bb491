using System.Text.Json;
using Careline.Accounts.Contracts;
using Careline.Tests.Patients;
using Careline.Tests.Support;

namespace Careline.Tests.Audit;

/// <summary>After a breach somebody must say who touched a patient, and whom an account read.</summary>
public sealed class ExposureTests(TestApp app) : IClassFixture<TestApp>
{
    private const string Path = "/api/audit/exposure/";

    [Fact]
    public async Task It_says_who_touched_a_patient_how_often_and_when()
    {
        using var patient = await app.PatientAsync();
        using var doctor = await app.DoctorAsync(firstName: "Grace");
        using var stranger = await app.DoctorAsync();
        using var admin = await app.AdminAsync();
        await app.OpenCareAsync(patient.PatientId, doctor);
        await doctor.GetAsync($"/api/patients/{patient.PatientId}/");
        await doctor.GetAsync($"/api/patients/{patient.PatientId}/");
        await doctor.GetAsync($"/api/patients/{patient.PatientId}/allergies/");
        await stranger.GetAsync($"/api/patients/{patient.PatientId}/");

        var rows = (await admin.GetAsync($"{Path}?patient={patient.PatientId}")).Rows.ToList();

        rows.ShouldNotContain(r => ActorOf(r) == stranger.UserId);
        var row = rows.Single(r => ActorOf(r) == doctor.UserId);
        row.GetProperty("actor").GetProperty("name").GetString()!.ShouldStartWith("Grace ");
        row.GetProperty("actor").GetProperty("role").GetString().ShouldBe("doctor");
        row.GetProperty("actions").EnumerateArray().Select(a => (a.GetProperty("action").GetString(), a.GetProperty("count").GetInt64()))
            .ShouldBe([("GetPatient", 2L), ("ListAllergy", 1L)]);
        (row.GetProperty("events").GetInt64(), row.GetProperty("addresses").GetInt32()).ShouldBe((3, 1));
        row.GetProperty("first_at").GetDateTimeOffset().ShouldBeLessThan(row.GetProperty("last_at").GetDateTimeOffset());
    }

    [Fact]
    public async Task It_says_whom_an_account_read()
    {
        using var first = await app.PatientAsync();
        using var second = await app.PatientAsync();
        using var doctor = await app.DoctorAsync();
        using var admin = await app.AdminAsync();
        foreach (var patient in (Person[])[first, second])
        {
            await app.OpenCareAsync(patient.PatientId, doctor);
            await doctor.GetAsync($"/api/patients/{patient.PatientId}/");
        }

        await doctor.GetAsync($"/api/patients/{first.PatientId}/allergies/");
        var whole = await admin.GetAsync($"{Path}?actor={doctor.UserId}");
        var last = await admin.GetAsync($"{Path}?actor={doctor.UserId}&page=2&page_size=1");

        whole.Rows.Select(PatientOf).ShouldBe([first.PatientId, second.PatientId]);
        whole.Rows.First().GetProperty("events").GetInt64().ShouldBe(2);
        whole.Rows.ShouldAllBe(r => r.GetProperty("actor").ValueKind == JsonValueKind.Null);
        (whole.Total, last.Total).ShouldBe((2, 2));
        last.Rows.Select(PatientOf).ShouldBe([second.PatientId]);
        var beyond = await admin.GetAsync($"{Path}?actor={doctor.UserId}&page=3&page_size=1");
        (beyond.Rows.Count(), beyond.Total).ShouldBe((0, 2));
    }

    [Fact]
    public async Task Times_narrow_it_and_the_end_does_not_belong_to_it()
    {
        using var admin = await app.AdminAsync();
        var (patient, actor) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        var start = new DateTimeOffset(2026, 1, 5, 8, 0, 0, TimeSpan.Zero);
        await AddAsync(patient, actor, start, start.AddHours(1), start.AddHours(2));

        foreach (var asked in (string[])[$"patient={patient}", $"actor={actor}"])
        {
            (await EventsAsync(admin, asked, "2026-01-05T08:00:00Z", "2026-01-05T10:00:00Z")).ShouldBe(2);
            (await EventsAsync(admin, asked, "2026-01-05T10:00:00Z", "2026-01-06")).ShouldBe(1);
            (await EventsAsync(admin, asked, "2026-01-06", "2026-01-07")).ShouldBe(0);
        }
    }

    [Fact]
    public async Task Only_administrators_ask_and_asking_is_recorded()
    {
        using var patient = await app.PatientAsync();
        using var doctor = await app.DoctorAsync();
        using var desk = await app.StaffAsync(Roles.Receptionist);
        using var admin = await app.AdminAsync();
        foreach (var person in (Person[])[patient, doctor, desk])
        {
            (await person.GetAsync($"{Path}?patient={patient.PatientId}")).Status.ShouldBe(403);
            (await person.GetAsync($"{Path}?actor={person.UserId}")).Status.ShouldBe(403);
        }

        (await app.Anonymous.AskAsync(Path)).Status.ShouldBe(401);
        (await admin.GetAsync($"{Path}?patient={patient.PatientId}")).Status.ShouldBe(200);
        (await admin.GetAsync($"{Path}?actor={doctor.UserId}")).Status.ShouldBe(200);
        (await admin.GetAsync($"/api/audit/?actor={admin.UserId}&action=ShowExposure")).Rows.Count().ShouldBe(2);
        (await patient.GetAsync($"/api/patients/{patient.PatientId}/access-log/")).Rows.Select(r => r.GetProperty("action").GetString()).ShouldContain("Looked at who opened your record");
    }

    [Fact]
    public async Task Asking_for_nobody_for_both_or_for_nonsense_is_refused()
    {
        using var admin = await app.AdminAsync();
        var id = Guid.CreateVersion7();

        foreach (var query in (string[])["", $"?patient={id}&actor={id}", "?patient=x", $"?actor={id}&from=yesterday"])
        {
            (await admin.GetAsync(Path + query)).Status.ShouldBe(400, query);
        }
    }

    [Fact]
    public async Task A_breach_is_filled_with_the_patients_whom_an_account_read()
    {
        using var admin = await app.AdminAsync();
        var (first, second, actor) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        var start = new DateTimeOffset(2026, 1, 5, 8, 0, 0, TimeSpan.Zero);
        await AddAsync(first, actor, start);
        await AddAsync(second, actor, start.AddDays(1));
        var breach = $"/api/audit/breaches/{(await admin.PostAsync("/api/audit/breaches/", new { discovered_at = app.Now, description = "A stolen session.", patient_ids = new[] { second } })).Id}/";

        var filled = await admin.PostAsync($"{breach}patients/", new { actor_id = actor, from = start, to = start.AddHours(1) });

        filled.Status.ShouldBe(200, filled.Text);
        filled.Data.GetProperty("patient_ids").EnumerateArray().Select(p => p.GetGuid()).ShouldBe([second, first]);
        filled.Data.GetProperty("history").EnumerateArray().Last().GetProperty("fields").EnumerateArray().Single().GetString().ShouldBe("patient_ids");
        (await admin.PostAsync($"{breach}patients/", new { actor_id = actor, from = start, to = start })).Status.ShouldBe(400);
        await admin.PostAsync($"{breach}close/", new { note = "Nothing left." });
        (await admin.PostAsync($"{breach}patients/", new { actor_id = actor, from = start, to = start.AddHours(1) })).ErrorCode.ShouldBe("BREACH_CLOSED");
    }

    private async Task AddAsync(Guid patient, Guid actor, params DateTimeOffset[] times)
    {
        foreach (var at in times)
        {
            await app.SqlAsync(
                """
                INSERT INTO audit.events (id, at, actor_id, roles, action, patient_ids, purpose, outcome, fields, request_id)
                VALUES ($1, $2, $3, '{doctor,patient}', 'GetPatient', ARRAY[$4]::uuid[], 'treatment', 'success', '{}', 'r')
                """,
                Guid.CreateVersion7(), at, actor, patient);
        }
    }

    private static async Task<long> EventsAsync(Person admin, string asked, string from, string to) =>
        (await admin.GetAsync($"{Path}?{asked}&from={from}&to={to}")).Rows.Sum(r => r.GetProperty("events").GetInt64());

    private static Guid ActorOf(JsonElement row) => row.GetProperty("actor").GetProperty("id").GetGuid();

    private static Guid PatientOf(JsonElement row) => row.GetProperty("patient_id").GetGuid();
}
