using Careline.Tests.Support;

namespace Careline.Tests.Portal;

/// <summary>An installation behind a proxy, which says from where people come.</summary>
public sealed class ProxiedApp(TestCluster cluster) : TestApp(cluster)
{
    protected override IReadOnlyDictionary<string, string?> Settings { get; } = new Dictionary<string, string?> { ["Network:TrustedProxies:0"] = "127.0.0.1" };
}

/// <summary>The API sees through the portal to whoever visits it.</summary>
public sealed class VisitorAddressTests(ProxiedApp app) : IClassFixture<ProxiedApp>
{
    [Fact]
    public async Task Nobody_but_the_portal_is_believed_about_where_its_visitor_is()
    {
        using var person = await app.PatientAsync();
        foreach (var said in new[] { "203.0.113.9", $"{new string('0', 64)} 203.0.113.9 https" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/api/auth/login/") { Content = System.Net.Http.Json.JsonContent.Create(new { username = person.UserName, password = TestApp.Password }) };
            request.Headers.Add("X-Careline-Visitor", said);
            (await app.Anonymous.SendAsync(request, TestContext.Current.CancellationToken)).StatusCode.ShouldBe(System.Net.HttpStatusCode.OK);
        }

        (await app.SqlAsync("SELECT count(*) FROM accounts.sessions WHERE address = '203.0.113.9'")).ShouldBe(0L);
    }

    [Fact]
    public async Task A_sign_in_at_the_portal_comes_from_where_its_visitor_is_and_by_the_visitors_browser()
    {
        using var person = await app.PatientAsync();
        using var visitor = new Visitor(app, from: "203.0.113.7");

        await visitor.SignInAsync(person.UserName);

        visitor.Path.ShouldBe("/home");
        (await app.SqlAsync("SELECT count(*) FROM accounts.sessions WHERE account_id = $1 AND address = '203.0.113.7' AND user_agent = 'Visitor/1.0'", person.UserId)).ShouldBe(1L);
    }
}
