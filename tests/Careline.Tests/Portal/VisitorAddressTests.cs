using Careline.Tests.Support;

namespace Careline.Tests.Portal;

/// <summary>The API sees through the portal to whoever visits it.</summary>
public sealed class VisitorAddressTests(SharedApp app) : IClassFixture<SharedApp>
{
    [Fact]
    public async Task Nobody_but_the_portal_is_believed_about_where_its_visitor_is()
    {
        var name = (await app.PatientAsync()).UserName;
        foreach (var said in new[] { "203.0.113.9", $"{new string('0', 64)} 203.0.113.9 https" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/api/auth/login/") { Content = System.Net.Http.Json.JsonContent.Create(new { username = name, password = TestApp.Password }) };
            request.Headers.Add("X-Careline-Visitor", said);
            (await app.Anonymous.SendAsync(request, TestContext.Current.CancellationToken)).StatusCode.ShouldBe(System.Net.HttpStatusCode.OK);
        }

        (await app.SqlAsync("SELECT count(*) FROM accounts.sessions WHERE address LIKE '203.0.113%'")).ShouldBe(0L);
    }

    [Fact]
    public async Task The_list_of_sessions_names_the_visitors_browser()
    {
        using var patient = await app.PatientAsync();
        using var visitor = new Visitor(app);
        await visitor.OpenAsync("/sign-in");
        await visitor.SignInAsync(patient.UserName);

        (await app.SqlAsync("SELECT count(*) FROM accounts.sessions WHERE account_id = $1 AND address = '127.0.0.1'", patient.UserId)).ShouldBe(2L);
    }
}
