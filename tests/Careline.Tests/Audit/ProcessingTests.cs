using Careline.Accounts.Contracts;
using Careline.Tests.Support;

namespace Careline.Tests.Audit;

/// <summary>The record of processing activities begins with what Careline does, and the practice makes it its own.</summary>
public sealed class ProcessingTests(TestApp app) : IClassFixture<TestApp>
{
    private const string Path = "/api/audit/processing/";

    [Fact]
    public async Task It_begins_with_what_careline_does_and_no_review()
    {
        using var admin = await app.AdminAsync();

        var rows = (await admin.GetAsync($"{Path}?page_size=100")).Rows.ToList();

        string[] delivered = ["Accounts and sign-in", "Appointments", "Audit and registers", "Consultations and prescriptions", "Messages by mail and SMS"];
        rows.ConvertAll(r => r.GetProperty("name").GetString()).Intersect(delivered).ShouldBe(delivered);
        foreach (var row in rows.Where(r => delivered.Contains(r.GetProperty("name").GetString())))
        {
            row.GetProperty("review_date").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
            foreach (var field in (string[])["purpose", "lawful_basis", "recipients", "transfers", "retention", "security_measures"])
            {
                row.GetProperty(field).GetString().ShouldNotBeNullOrWhiteSpace(field);
            }

            row.GetProperty("people_categories").GetArrayLength().ShouldBePositive();
            row.GetProperty("data_categories").GetArrayLength().ShouldBePositive();
        }
    }

    [Fact]
    public async Task An_activity_is_entered_changed_replaced_and_removed()
    {
        using var admin = await app.AdminAsync();
        var entered = await admin.PostAsync(Path, Activity("Newsletter"));
        entered.Status.ShouldBe(201, entered.Text);
        entered.ETag.ShouldBe("\"1\"");
        var one = $"{Path}{entered.Id}/";

        var changed = await admin.PatchAsync(one, new { review_date = "2027-01-31", recipients = "The printer." }, ("If-Match", "\"1\""));
        changed.Data.GetProperty("review_date").GetString().ShouldBe("2027-01-31");
        changed.Data.GetProperty("purpose").GetString().ShouldBe("News.");
        changed.ETag.ShouldBe("\"2\"");
        (await admin.PutAsync(one, Activity("Newsletter"), ("If-Match", "\"1\""))).Status.ShouldBe(412);
        (await admin.PutAsync(one, Activity("Letters"))).Data.GetProperty("review_date").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
        (await admin.GetAsync(one)).Data.GetProperty("name").GetString().ShouldBe("Letters");
        (await admin.DeleteAsync(one)).Status.ShouldBe(204);

        (await admin.GetAsync(one)).Status.ShouldBe(404);
        (await admin.DeleteAsync(one)).Status.ShouldBe(404);
        (await admin.GetAsync($"{Path}?page_size=100")).Text.ShouldNotContain(entered.Id.ToString());
        (await app.SqlAsync("SELECT name FROM audit.processing_activities WHERE id = $1", entered.Id)).ShouldBe("Letters");
        var audited = (await admin.GetAsync($"/api/audit/?actor={admin.UserId}")).Rows.Where(r => r.GetProperty("resource").GetString() == "processing_activity")
            .Select(r => (r.GetProperty("action").GetString(), string.Join(',', r.GetProperty("fields").EnumerateArray().Select(f => f.GetString()))));
        audited.Where(r => r.Item1!.StartsWith("Change", StringComparison.Ordinal)).ShouldBe([("ChangeProcessingActivity", "recipients,review_date")]);
    }

    [Fact]
    public async Task A_name_is_unique_among_those_that_are_there()
    {
        using var admin = await app.AdminAsync();
        var first = await admin.PostAsync(Path, Activity("Research"));

        (await admin.PostAsync(Path, Activity("research"))).ErrorCode.ShouldBe("NAME_TAKEN");
        await admin.DeleteAsync($"{Path}{first.Id}/");
        (await admin.PostAsync(Path, Activity("research"))).Status.ShouldBe(201);
    }

    [Fact]
    public async Task What_the_law_wants_named_must_be_named()
    {
        using var admin = await app.AdminAsync();

        (await admin.PostAsync(Path, new { name = "Nothing" })).Status.ShouldBe(400);
        var faults = await admin.PostAsync(Path, new
        {
            name = "",
            purpose = "x",
            lawful_basis = "x",
            people_categories = Array.Empty<string>(),
            data_categories = new[] { " " },
            recipients = "x",
            transfers = "x",
            retention = "x",
            security_measures = "x",
        });
        faults.Status.ShouldBe(400);
        (await admin.PatchAsync($"{Path}{(await admin.PostAsync(Path, Activity("Named"))).Id}/", new { data_categories = new[] { " " } })).ErrorDetails.EnumerateObject().Single().Name.ShouldBe("data_categories");
    }

    [Fact]
    public async Task Only_administrators_reach_it()
    {
        using var patient = await app.PatientAsync();
        using var doctor = await app.DoctorAsync();
        using var nurse = await app.StaffAsync(Roles.Nurse);
        using var super = await app.SuperAdminAsync();
        var one = $"{Path}{(await super.PostAsync(Path, Activity("Closed"))).Id}/";

        foreach (var person in (Person[])[patient, doctor, nurse])
        {
            (await person.GetAsync(Path)).Status.ShouldBe(403);
            (await person.GetAsync(one)).Status.ShouldBe(403);
            (await person.PostAsync(Path, Activity("Mine"))).Status.ShouldBe(403);
            (await person.PutAsync(one, Activity("Mine"))).Status.ShouldBe(403);
            (await person.PatchAsync(one, new { name = "Mine" })).Status.ShouldBe(403);
            (await person.DeleteAsync(one)).Status.ShouldBe(403);
        }

        (await app.Anonymous.AskAsync(Path)).Status.ShouldBe(401);
        (await super.GetAsync(one)).Status.ShouldBe(200);
    }

    private static object Activity(string name) => new
    {
        name,
        purpose = "News.",
        lawful_basis = "Consent (GDPR art. 6(1)(a)).",
        people_categories = new[] { "patients" },
        data_categories = new[] { "e-mail addresses" },
        recipients = "Nobody.",
        transfers = "None.",
        retention = "Until withdrawn.",
        security_measures = "Access by role.",
    };
}
