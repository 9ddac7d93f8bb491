using System.Text.Json;
using Careline.Tests.Support;

namespace Careline.Tests.Patients;

/// <summary>Who acts for whom, how far, and until when.</summary>
public sealed class ProxyTests(TestApp app) : IClassFixture<TestApp>
{
    [Fact]
    public async Task A_parent_registers_a_child_and_acts_for_it_until_its_eighteenth_birthday()
    {
        using var parent = await app.PatientAsync();
        var born = DateOnly.FromDateTime(app.Now.UtcDateTime).AddYears(-18).AddDays(2);

        var (child, _) = await parent.DependantAsync(born.ToString("yyyy-MM-dd", null));

        var listed = (await parent.GetAsync("/api/patients/me/dependants/")).Rows.Single();
        listed.GetProperty("id").GetGuid().ShouldBe(child);
        listed.GetProperty("rights").ToString().ShouldBe("""["read","book"]""");
        listed.GetProperty("is_dependant").GetBoolean().ShouldBeTrue();
        listed.GetProperty("valid_until").GetDateTimeOffset().ShouldBe(new DateTimeOffset(born.AddYears(18).ToDateTime(TimeOnly.MinValue), TimeSpan.Zero));
        (await parent.GetAsync("/api/patients/")).Total.ShouldBe(2);
        (await parent.GetAsync($"/api/patients/{child}/allergies/")).Status.ShouldBe(200);
        app.Advance(TimeSpan.FromDays(2));
        using var later = await app.SignInAsync(parent.UserName);
        (await later.GetAsync($"/api/patients/{child}/")).Status.ShouldBe(404);
        (await later.GetAsync("/api/patients/me/dependants/")).Total.ShouldBe(0);
    }

    [Fact]
    public async Task Who_speaks_for_a_dependant_keeps_its_contact_data_and_nothing_clinical()
    {
        using var parent = await app.PatientAsync();
        var (child, _) = await parent.DependantAsync();
        var path = $"/api/patients/{child}/";

        (await parent.PatchAsync(path, new { phone = "+2348012345678" })).Status.ShouldBe(200);
        (await parent.PostAsync(path + "emergency-contacts/", new { name = "Ada", phone = "+2348012345678" })).Status.ShouldBe(201);
        (await parent.PatchAsync(path, new { blood_group = "A+" })).Status.ShouldBe(403);
        (await parent.PatchAsync(path, new { date_of_birth = "2026-01-01" })).Status.ShouldBe(403);
        (await parent.PatchAsync(path, new { is_active = false })).Status.ShouldBe(403);
        (await parent.DeleteAsync(path)).Status.ShouldBe(403);
        (await parent.PostAsync(path + "allergies/", new { substance = "Latex" })).Status.ShouldBe(403);
        (await parent.GetAsync(path + "notes/")).Status.ShouldBe(403);
        (await parent.GetAsync(path + "access-log/")).Status.ShouldBe(403);
    }

    [Fact]
    public async Task An_invitation_ends_by_time_and_by_being_withdrawn()
    {
        using var patient = await app.PatientAsync();
        using var helper = await app.PatientAsync();
        var (withdrawn, first) = await app.InviteAsync(patient, patient.PatientId, ["read"]);
        var (_, late) = await app.InviteAsync(patient, patient.PatientId, ["read"]);
        var (_, over) = await app.InviteAsync(patient, patient.PatientId, ["read"], until: app.Now.AddMinutes(5));

        (await patient.DeleteAsync($"{patient.Proxies()}{withdrawn}/")).Status.ShouldBe(204);
        (await helper.AcceptAsync(first)).Status.ShouldBe(400);
        app.Advance(TimeSpan.FromMinutes(5));
        (await helper.AcceptAsync(over)).Status.ShouldBe(400);
        app.Advance(TimeSpan.FromMinutes(25));
        using var later = await app.SignInAsync(helper.UserName);
        (await later.AcceptAsync(late)).Status.ShouldBe(400);
    }

    [Fact]
    public async Task An_administrator_ends_a_link_with_a_reason_and_nobody_is_left_unaware()
    {
        using var patient = await app.PatientAsync();
        using var disputed = await app.PatientAsync();
        using var other = await app.PatientAsync();
        using var admin = await app.AdminAsync();
        var link = $"{patient.Proxies()}{await app.ActForAsync(disputed, patient, ["read"])}/";
        await app.ActForAsync(other, patient, ["book"]);
        const string Reason = "Family court, case 7";

        (await admin.PostAsync(link + "end/", new { })).Status.ShouldBe(400);
        (await admin.DeleteAsync(link)).Status.ShouldBe(403);
        (await disputed.PostAsync(link + "end/", new { reason = Reason })).Status.ShouldBe(403);
        (await patient.PostAsync(link + "end/", new { reason = Reason })).Status.ShouldBe(403);
        (await admin.PostAsync(link + "end/", new { reason = Reason })).Status.ShouldBe(204);

        (await admin.PostAsync(link + "end/", new { reason = Reason })).Status.ShouldBe(404);
        (await disputed.GetAsync($"/api/patients/{patient.PatientId}/")).Status.ShouldBe(404);
        (await other.GetAsync($"/api/patients/{patient.PatientId}/")).Status.ShouldBe(200);
        foreach (var person in new[] { patient, disputed, other })
        {
            var told = (await app.InboxAsync($"{person.UserName}@example.test"))[0];
            told.ShouldStartWith("An administrator ended");
            told.ShouldNotContain("case 7");
        }

        var seen = (await patient.GetAsync($"/api/patients/{patient.PatientId}/access-log/")).Rows
            .Where(r => r.TryGetProperty("reason", out var reason) && reason.GetString() == Reason).ToList();
        seen.Single().GetProperty("action").GetString().ShouldBe("Ended that somebody acts for you");
        (await patient.GetAsync("/api/patients/me/export/")).Text.ShouldContain(Reason);
        (await disputed.GetAsync("/api/patients/me/export/")).Text.ShouldNotContain(Reason);
    }

    [Fact]
    public async Task Who_gives_up_a_link_leaves_those_it_gave_standing()
    {
        using var parent = await app.PatientAsync();
        using var friend = await app.PatientAsync();
        var (child, link) = await parent.DependantAsync();
        (await friend.AcceptAsync((await app.InviteAsync(parent, child, ["read", "book"])).Token)).Status.ShouldBe(200);

        (await parent.DeleteAsync($"/api/patients/{child}/proxies/{link}/")).Status.ShouldBe(204);

        (await parent.GetAsync($"/api/patients/{child}/allergies/")).Status.ShouldBe(404);
        (await friend.GetAsync($"/api/patients/{child}/allergies/")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task With_a_link_end_those_that_it_gave_and_who_acted_by_them_is_told()
    {
        using var parent = await app.PatientAsync();
        using var friend = await app.PatientAsync();
        using var friends = await app.PatientAsync();
        using var otherParent = await app.PatientAsync();
        using var doctor = await app.DoctorAsync();
        using var admin = await app.AdminAsync();
        var (child, link) = await parent.DependantAsync();
        var (other, _) = await otherParent.DependantAsync();
        await AcceptAsync(parent, friend, child);
        await AcceptAsync(friend, friends, child);
        await AcceptAsync(otherParent, friend, other);
        var (_, unanswered) = await app.InviteAsync(friend, child, ["read"]);
        (await friends.PostAsync($"/api/patients/{child}/grants/", new { doctor_id = doctor.DoctorId, until = app.Now.AddDays(9) })).Status.ShouldBe(201);
        foreach (var person in new[] { friend, friends, doctor })
        {
            (await person.GetAsync($"/api/patients/{child}/allergies/")).Status.ShouldBe(200);
        }

        (await admin.PostAsync($"/api/patients/{child}/proxies/{link}/end/", new { reason = "Family court, case 8" })).Status.ShouldBe(204);

        foreach (var person in new[] { friend, friends, doctor })
        {
            (await person.GetAsync($"/api/patients/{child}/allergies/")).Status.ShouldBe(404);
        }

        (await friends.AcceptAsync(unanswered)).Status.ShouldBe(400);
        (await friend.GetAsync($"/api/patients/{other}/allergies/")).Status.ShouldBe(200);
        foreach (var person in new[] { friend, friends })
        {
            (await app.InboxAsync($"{person.UserName}@example.test")).ShouldContain(text => text.StartsWith("Whoever asked you to act"));
        }

        var request = (await otherParent.PostAsync("/api/patients/me/data-requests/", new { kind = "erasure", reason = "Please." })).Id;
        (await admin.PostAsync($"/api/data-requests/{request}/decide/", new { decision = "approved" })).Status.ShouldBe(200);
        (await friend.GetAsync($"/api/patients/{other}/allergies/")).Status.ShouldBe(404);

        async Task AcceptAsync(Person by, Person who, Guid patient) =>
            (await who.AcceptAsync((await app.InviteAsync(by, patient, ["read", "book"])).Token)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_right_given_up_or_over_closes_what_it_opened()
    {
        using var patient = await app.PatientAsync();
        using var helper = await app.PatientAsync();
        var path = $"/api/patients/{patient.PatientId}/";
        var id = await app.ActForAsync(helper, patient, ["read", "book"], app.Now.AddMinutes(10));
        var link = $"{patient.Proxies()}{id}/";
        (await helper.GetAsync(path + "allergies/")).Status.ShouldBe(200);

        (await patient.PatchAsync(link, new { rights = (string[])["book"] })).Status.ShouldBe(200);
        (await helper.GetAsync(path + "allergies/")).Status.ShouldBe(403);
        var contact = await helper.GetAsync(path);
        contact.Data.GetProperty("name").GetString().ShouldNotBeNull();
        contact.Data.GetProperty("allergies").ValueKind.ShouldBe(JsonValueKind.Null);
        (await helper.PatchAsync(path, new { phone = "+2348012345678" })).Status.ShouldBe(403);

        (await patient.PatchAsync(link, new { rights = (string[])["read"] })).Status.ShouldBe(200);
        (await helper.GetAsync(path + "allergies/")).Status.ShouldBe(200);
        app.Advance(TimeSpan.FromMinutes(10));
        (await helper.GetAsync(path)).Status.ShouldBe(404);
        (await patient.GetAsync(patient.Proxies())).Rows.Single().GetProperty("status").GetString().ShouldBe("expired");

        (await patient.PatchAsync(link, new { valid_until = (string?)null })).Status.ShouldBe(200);
        (await helper.GetAsync(path + "allergies/")).Status.ShouldBe(200);
        (await helper.DeleteAsync(link)).Status.ShouldBe(204);
        (await helper.GetAsync(path)).Status.ShouldBe(404);
        (await helper.DeleteAsync(link)).Status.ShouldBe(404);
        (await patient.GetAsync(patient.Proxies())).Total.ShouldBe(0);
    }

    [Fact]
    public async Task A_proxy_of_one_reads_nothing_of_another_and_hands_nothing_on()
    {
        using var patient = await app.PatientAsync();
        using var other = await app.PatientAsync();
        using var helper = await app.PatientAsync();
        var id = await app.ActForAsync(helper, patient, ["read", "book"]);
        var mine = await app.ActForAsync(helper, other, ["book"]);

        (await helper.GetAsync($"/api/patients/{other.PatientId}/allergies/")).Status.ShouldBe(403);
        (await helper.PostAsync(patient.Proxies(), new { email = "friend@example.test", relation = "other", rights = (string[])["read"] })).Status.ShouldBe(403);
        (await helper.PatchAsync($"{other.Proxies()}{mine}/", new { rights = (string[])["read", "book"] })).Status.ShouldBe(403);
        (await helper.PatchAsync($"{other.Proxies()}{id}/", new { rights = (string[])["book"] })).Status.ShouldBe(404);
        (await other.DeleteAsync($"{other.Proxies()}{id}/")).Status.ShouldBe(404);
        (await other.DeleteAsync($"{patient.Proxies()}{id}/")).Status.ShouldBe(404);
    }

    [Fact]
    public async Task Who_speaks_for_a_child_invites_others_and_ends_only_their_links()
    {
        using var mother = await app.PatientAsync();
        using var father = await app.PatientAsync();
        var (child, ofMother) = await mother.DependantAsync();
        var path = $"/api/patients/{child}/proxies/";
        var (ofFather, token) = await app.InviteAsync(mother, child, ["read", "book"], "carer");

        var accepted = await father.AcceptAsync(token);

        accepted.Data.GetProperty("valid_until").GetDateTimeOffset().ShouldBe(new DateTimeOffset(2038, 5, 1, 0, 0, 0, TimeSpan.Zero));
        (await father.GetAsync(path)).Total.ShouldBe(2);
        (await father.DeleteAsync($"{path}{ofMother}/")).Status.ShouldBe(403);
        (await father.PatchAsync($"{path}{ofMother}/", new { rights = (string[])["book"] })).Status.ShouldBe(403);
        (await mother.PatchAsync($"{path}{ofMother}/", new { valid_until = "2060-01-01T00:00:00Z" })).Status.ShouldBe(403);
        var longer = await mother.PatchAsync($"{path}{ofFather}/", new { valid_until = "2060-01-01T00:00:00Z" });
        longer.Data.GetProperty("valid_until").GetDateTimeOffset().Year.ShouldBe(2038);
        (await mother.DeleteAsync($"{path}{ofFather}/")).Status.ShouldBe(204);
        (await father.GetAsync($"/api/patients/{child}/")).Status.ShouldBe(404);
    }

    [Fact]
    public async Task Staff_do_not_see_who_acts_for_whom_and_administrators_do()
    {
        using var patient = await app.PatientAsync();
        using var doctor = await app.DoctorAsync();
        using var admin = await app.AdminAsync();
        using var helper = await app.PatientAsync();
        await app.OpenCareAsync(patient.PatientId, doctor);
        var id = await app.ActForAsync(helper, patient, ["read"]);

        (await doctor.GetAsync(patient.Proxies())).Status.ShouldBe(403);
        (await doctor.DeleteAsync($"{patient.Proxies()}{id}/")).Status.ShouldBe(403);
        (await admin.GetAsync(patient.Proxies())).Rows.Single().GetProperty("email").ValueKind.ShouldBe(JsonValueKind.Null);
        (await admin.DeleteAsync($"{patient.Proxies()}{id}/")).Status.ShouldBe(403);
        (await doctor.PostAsync("/api/patients/me/dependants/", new { })).Status.ShouldBe(403);
    }

    [Fact]
    public async Task A_nurse_reads_of_her_mother_what_a_daughter_reads()
    {
        using var mother = await app.PatientAsync();
        using var nurse = await app.StaffAsync("nurse");
        using var doctor = await app.DoctorAsync();
        await app.OpenCareAsync(mother.PatientId, doctor);
        var path = $"/api/patients/{mother.PatientId}/";
        (await doctor.PostAsync(path + "notes/", new { content = "Difficult daughter" })).Status.ShouldBe(201);
        await app.ActForAsync(nurse, mother, ["read", "book"]);

        (await nurse.GetAsync(path)).Data.GetProperty("note_count").ValueKind.ShouldBe(JsonValueKind.Null);
        (await nurse.GetAsync(path + "notes/")).Status.ShouldBe(403);
        (await nurse.GetAsync(path + "conditions/")).Status.ShouldBe(200);
        (await nurse.PostAsync(path + "conditions/", new { text = "Asthma" })).Status.ShouldBe(403);
        (await doctor.GetAsync(path)).Data.GetProperty("note_count").GetInt32().ShouldBe(1);
    }

    [Fact]
    public async Task A_later_agreement_with_the_same_person_replaces_the_earlier()
    {
        using var patient = await app.PatientAsync();
        using var helper = await app.PatientAsync();
        await app.ActForAsync(helper, patient, ["read", "book"]);

        await app.ActForAsync(helper, patient, ["book"]);

        (await patient.GetAsync(patient.Proxies())).Total.ShouldBe(1);
        (await helper.GetAsync($"/api/patients/{patient.PatientId}/allergies/")).Status.ShouldBe(403);
    }

    [Fact]
    public async Task What_makes_no_sense_is_refused()
    {
        using var patient = await app.PatientAsync();
        object Ask(string email = "a@example.test", string relation = "carer", string[]? rights = null, string? until = null) =>
            new { email, relation, rights = rights ?? ["read"], valid_until = until };

        (await patient.PostAsync(patient.Proxies(), Ask(rights: []))).ErrorDetails.GetProperty("rights").GetArrayLength().ShouldBe(1);
        (await patient.PostAsync(patient.Proxies(), Ask(rights: ["write"]))).Status.ShouldBe(400);
        (await patient.PostAsync(patient.Proxies(), Ask(email: "nobody"))).Status.ShouldBe(400);
        (await patient.PostAsync(patient.Proxies(), Ask(relation: "king"))).Status.ShouldBe(400);
        (await patient.PostAsync(patient.Proxies(), Ask(until: "2020-01-01T00:00:00Z"))).ErrorDetails.GetProperty("valid_until").GetArrayLength().ShouldBe(1);
        (await patient.PostAsync("/api/patients/me/dependants/", new { first_name = "A", last_name = "B", gender = "male", relation = "parent" })).Status.ShouldBe(400);
        (await patient.PostAsync(
            "/api/patients/me/dependants/",
            new { first_name = "A", last_name = "B", date_of_birth = "2199-01-01", gender = "male", relation = "parent" }))
            .ErrorDetails.GetProperty("date_of_birth").GetArrayLength().ShouldBe(1);
    }
}
