using Careline.Accounts.Contracts;
using Careline.Tests.Patients;
using Careline.Tests.Support;
using static Careline.Tests.Records.Documents;

namespace Careline.Tests.Records;

/// <summary>A document is opened on its patient's wish, and closed at once.</summary>
public sealed class SharingTests(SharedApp app) : IClassFixture<SharedApp>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_person_reads_what_was_shared_until_it_is_ended()
    {
        using var patient = await app.PatientAsync();
        using var friend = await app.PatientAsync();
        var (shared, kept) = (await patient.AddDocumentAsync("shared", ("is_private", "true")), await patient.AddDocumentAsync("kept"));

        var share = await patient.ShareAsync(shared, new { user_id = friend.UserId });

        share.Status.ShouldBe(201, share.Text);
        (await friend.Client.GetStringAsync(At(shared, "content/"), Ct)).ShouldBe("shared");
        (await friend.GetAsync(At(kept))).Status.ShouldBe(404);
        (await friend.GetAsync(Route)).Rows.Single().GetProperty("id").GetGuid().ShouldBe(shared);
        (await friend.PatchAsync(At(shared), new { title = "x" })).Status.ShouldBe(403);
        (await friend.GetAsync(At(shared, "shares/"))).Status.ShouldBe(403);
        (await patient.DeleteAsync(At(shared, $"shares/{share.Id}/"))).Status.ShouldBe(204);
        (await friend.GetAsync(At(shared))).Status.ShouldBe(404);
        (await patient.DeleteAsync(At(shared, $"shares/{share.Id}/"))).Status.ShouldBe(404);
    }

    [Fact]
    public async Task A_clinics_clinicians_read_what_was_shared_with_it_and_its_desk_does_not()
    {
        using var patient = await app.PatientAsync();
        var clinic = await app.ClinicAsync();
        using var pharmacist = await app.StaffAsync(Roles.Pharmacist, clinic);
        using var receptionist = await app.StaffAsync(Roles.Receptionist, clinic);
        using var elsewhere = await app.StaffAsync(Roles.Pharmacist, await app.ClinicAsync());
        var id = await patient.AddDocumentAsync();

        (await patient.ShareAsync(id, new { clinic_id = clinic })).Status.ShouldBe(201);

        (await pharmacist.GetAsync(At(id))).Status.ShouldBe(200);
        (await receptionist.GetAsync(At(id))).Status.ShouldBe(403);
        (await elsewhere.GetAsync(At(id))).Status.ShouldBe(404);
    }

    [Fact]
    public async Task A_private_document_is_opened_to_the_doctors_who_treat_and_to_no_other()
    {
        using var patient = await app.PatientAsync();
        using var treating = await app.DoctorAsync();
        using var other = await app.DoctorAsync();
        await app.TreatAsync(treating, patient);
        var id = await patient.AddDocumentAsync("private", ("is_private", "true"));
        (await treating.GetAsync(At(id))).Status.ShouldBe(404);

        (await patient.ShareAsync(id, new { care_role = "doctor" })).Status.ShouldBe(201);

        (await treating.GetAsync(At(id))).Status.ShouldBe(200);
        (await other.GetAsync(At(id))).Status.ShouldBe(404);
    }

    [Fact]
    public async Task A_link_opens_as_often_as_was_said_and_each_time_is_told_to_the_patient()
    {
        using var patient = await app.PatientAsync();
        var id = await patient.AddDocumentAsync("for anybody");
        var url = (await patient.ShareAsync(id, new { link = true, max_downloads = 2 })).Data.GetProperty("url").GetString()!;

        var opened = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => app.Anonymous.AskAsync(url)));

        opened.Count(r => r.Status == 200).ShouldBe(2);
        opened.Count(r => r.Status == 404).ShouldBe(4);
        opened.First(r => r.Status == 200).Text.ShouldBe("for anybody");
        var share = (await patient.GetAsync(At(id, "shares/"))).Rows.Single();
        (share.GetProperty("downloads").GetInt32(), share.GetProperty("is_open").GetBoolean()).ShouldBe((2, false));
        (await patient.GetAsync($"/api/patients/{patient.PatientId}/access-log/")).Rows
            .Count(r => r.GetProperty("action").GetString() == "Opened a document of yours by a link that was shared").ShouldBe(2);
        (await app.SqlAsync("SELECT count(*) FROM records.shares s WHERE s::text LIKE '%' || $1 || '%'", url.Split('/')[^2])).ShouldBe(0L);
    }

    [Fact]
    public async Task A_link_with_a_code_is_over_after_five_wrong_ones()
    {
        using var patient = await app.PatientAsync();
        var id = await patient.AddDocumentAsync("behind a code");
        var url = (await patient.ShareAsync(id, new { link = true, code = "4711" })).Data.GetProperty("url").GetString()!;

        (await app.Anonymous.AskAsync(url)).ErrorCode.ShouldBe("CODE_REQUIRED");
        (await app.Anonymous.AskAsync(url + "?code=4711")).Text.ShouldBe("behind a code");
        var wrong = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => app.Anonymous.AskAsync($"{url}?code=000{i}")));

        wrong.Count(r => r.ErrorCode == "CODE_INVALID").ShouldBe(5);
        wrong.Count(r => r.Status == 404).ShouldBe(15);
        (await app.Anonymous.AskAsync(url + "?code=4711")).Status.ShouldBe(404);
    }

    [Fact]
    public async Task Only_the_patient_decides_to_whom_a_document_goes()
    {
        using var patient = await app.PatientAsync();
        using var doctor = await app.DoctorAsync();
        using var friend = await app.PatientAsync();
        await app.TreatAsync(doctor, patient);
        var letter = await doctor.AddDocumentAsync("letter", ("patient_id", patient.PatientId.ToString()));

        (await doctor.ShareAsync(letter, new { user_id = friend.UserId })).Status.ShouldBe(403);
        (await friend.ShareAsync(letter, new { link = true })).Status.ShouldBe(404);
        (await patient.ShareAsync(letter, new { user_id = friend.UserId })).Status.ShouldBe(201);
    }

    [Theory]
    [InlineData("restriction")]
    [InlineData("consent withdrawn")]
    public async Task What_was_opened_by_choice_is_closed_with_a_restriction_and_without_the_consent(string by)
    {
        using var patient = await app.PatientAsync();
        using var friend = await app.PatientAsync();
        using var admin = await app.AdminAsync();
        const string Consents = "/api/patients/me/consents/";
        (await patient.PostAsync(Consents, new { kind = "data_sharing", version = 1 })).Status.ShouldBe(201);
        var id = await patient.AddDocumentAsync();
        (await patient.ShareAsync(id, new { user_id = friend.UserId })).Status.ShouldBe(201);
        var url = (await patient.ShareAsync(id, new { link = true })).Data.GetProperty("url").GetString()!;
        (await app.Anonymous.AskAsync(url)).Status.ShouldBe(200);

        if (by == "restriction")
        {
            var request = (await patient.PostAsync("/api/patients/me/data-requests/", new { kind = "restriction", reason = "Nobody else for now." })).Id;
            (await admin.PostAsync($"/api/data-requests/{request}/decide/", new { decision = "approved" })).Status.ShouldBe(200);
        }
        else
        {
            (await patient.PostAsync(Consents + "withdraw/", new { kind = "data_sharing" })).Status.ShouldBe(201);
        }

        (await friend.GetAsync(At(id))).Status.ShouldBe(404);
        (await app.Anonymous.AskAsync(url)).Status.ShouldBe(404);
        (await patient.GetAsync(At(id, "shares/"))).Rows.ShouldAllBe(s => !s.GetProperty("is_open").GetBoolean());
        (await patient.ShareAsync(id, new { user_id = friend.UserId })).Status.ShouldBe(201);
        (await friend.GetAsync(At(id))).Status.ShouldBe(200);
    }

    [Fact]
    public async Task What_was_opened_for_somebody_ends_with_the_right_by_which_it_was()
    {
        using var parent = await app.PatientAsync();
        using var aunt = await app.PatientAsync();
        using var admin = await app.AdminAsync();
        var (child, link) = await parent.DependantAsync();
        var id = await parent.AddDocumentAsync("of the child", ("patient_id", child.ToString()));
        (await parent.ShareAsync(id, new { user_id = aunt.UserId })).Status.ShouldBe(201);
        var url = (await parent.ShareAsync(id, new { link = true })).Data.GetProperty("url").GetString()!;
        (await app.Anonymous.AskAsync(url)).Text.ShouldBe("of the child");

        (await admin.PostAsync($"/api/patients/{child}/proxies/{link}/end/", new { reason = "Family court, case 9" })).Status.ShouldBe(204);

        (await aunt.GetAsync(At(id))).Status.ShouldBe(404);
        (await app.Anonymous.AskAsync(url)).Status.ShouldBe(404);

        // Were the same link in force it would be open; another one of the same person, from now on, does not bring it back.
        await app.SqlAsync("UPDATE patients.proxies SET ended_at = NULL WHERE id = $1", link);
        (await app.Anonymous.AskAsync(url)).Status.ShouldBe(200);
        await app.SqlAsync("UPDATE patients.proxies SET starts_at = $2 WHERE id = $1", link, app.Now);
        (await app.Anonymous.AskAsync(url)).Status.ShouldBe(404);
    }

    [Theory]
    [InlineData("""{}""", "user_id")]
    [InlineData("""{"link":true,"care_role":"doctor"}""", "user_id")]
    [InlineData("""{"care_role":"doctor","code":"4711"}""", "code")]
    [InlineData("""{"link":true,"expires_at":"2020-01-01T00:00:00Z"}""", "expires_at")]
    [InlineData("""{"link":true,"expires_at":"2199-01-01T00:00:00Z"}""", "expires_at")]
    [InlineData("""{"link":true,"code":"1"}""", "code")]
    [InlineData("""{"link":true,"max_downloads":0}""", "max_downloads")]
    [InlineData("""{"user_id":"00000000-0000-7000-8000-000000000000"}""", "user_id")]
    [InlineData("""{"clinic_id":"00000000-0000-7000-8000-000000000000"}""", "clinic_id")]
    public async Task What_cannot_be_shared_is_refused_in_words(string body, string field)
    {
        using var patient = await app.PatientAsync();
        var id = await patient.AddDocumentAsync();

        var reply = await patient.PostAsync(At(id, "share/"), body);

        reply.Status.ShouldBe(400, reply.Text);
        reply.ErrorDetails.GetProperty(field).GetArrayLength().ShouldBe(1);
    }
}
