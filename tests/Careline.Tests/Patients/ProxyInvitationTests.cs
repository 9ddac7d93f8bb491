using Careline.Tests.Support;

namespace Careline.Tests.Patients;

/// <summary>Who is asked to act for somebody, and who may accept.</summary>
public sealed class ProxyInvitationTests(SharedApp app) : IClassFixture<SharedApp>
{
    [Fact]
    public async Task An_invitation_says_nothing_of_the_address_and_is_accepted_once()
    {
        using var patient = await app.PatientAsync("Margaret");
        using var helper = await app.PatientAsync();
        using var other = await app.PatientAsync();
        object Ask(string email) => new { email, relation = "spouse", rights = (string[])["read"] };

        var known = await patient.PostAsync(patient.Proxies(), Ask($"{helper.UserName}@example.test"));
        var unknown = await patient.PostAsync(patient.Proxies(), Ask("nobody@example.test"));

        (known.Status, unknown.Status).ShouldBe((201, 201));
        (known.Data.GetProperty("status").GetString(), unknown.Data.GetProperty("status").GetString()).ShouldBe(("invited", "invited"));
        Shape(known).ShouldBe(Shape(unknown));
        var (id, token) = await app.InviteAsync(patient, patient.PatientId, ["read"]);
        (await app.SqlAsync("SELECT count(*) FROM patients.proxies p WHERE p::text LIKE '%' || $1 || '%'", token)).ShouldBe(0L);
        (await patient.AcceptAsync(token)).ErrorDetails.GetProperty("token").GetArrayLength().ShouldBe(1);
        (await helper.GetAsync($"/api/patients/{patient.PatientId}/")).Status.ShouldBe(404);
        (await helper.AcceptAsync(token)).Data.GetProperty("name").GetString()!.ShouldStartWith("Margaret");
        (await helper.AcceptAsync(token)).Status.ShouldBe(400);
        (await other.AcceptAsync(token)).Status.ShouldBe(400);
        (await helper.GetAsync($"/api/patients/{patient.PatientId}/")).Status.ShouldBe(200);
        (await other.GetAsync($"/api/patients/{patient.PatientId}/")).Status.ShouldBe(404);
        var row = (await patient.GetAsync(patient.Proxies())).Rows.Single(r => r.GetProperty("id").GetGuid() == id);
        (row.GetProperty("status").GetString(), row.GetProperty("user_id").GetGuid()).ShouldBe(("active", helper.UserId));
    }

    [Fact]
    public async Task Of_two_who_come_with_one_token_one_is_let_in()
    {
        using var patient = await app.PatientAsync();
        using var first = await app.PatientAsync();
        using var second = await app.PatientAsync();
        var (_, token) = await app.InviteAsync(patient, patient.PatientId, ["read", "book"]);

        var replies = await Task.WhenAll(first.AcceptAsync(token), second.AcceptAsync(token));

        replies.Select(r => r.Status).Order().ShouldBe([200, 400]);
    }

    [Fact]
    public async Task The_patient_is_told_of_whoever_accepts_without_a_name()
    {
        using var patient = await app.PatientAsync();
        using var helper = await app.PatientAsync("Helpful");

        await app.ActForAsync(helper, patient, ["read"]);

        var told = (await app.InboxAsync($"{patient.UserName}@example.test"))[0];
        told.ShouldStartWith("Somebody accepted to act for you");
        told.ShouldNotContain("Helpful");
    }

    [Fact]
    public async Task Only_so_many_are_asked()
    {
        using var patient = await app.PatientAsync();
        for (var i = 0; i < 10; i++)
        {
            (await patient.PostAsync(patient.Proxies(), new { email = $"p{i}@example.test", relation = "other", rights = (string[])["book"] })).Status.ShouldBe(201);
        }

        (await patient.PostAsync(patient.Proxies(), new { email = "p@example.test", relation = "other", rights = (string[])["book"] })).ErrorCode
            .ShouldBe("TOO_MANY_PROXIES");
    }

    private static string Shape(Reply reply) => string.Join(',', reply.Data.EnumerateObject().Select(p => $"{p.Name}:{p.Value.ValueKind}"));
}
