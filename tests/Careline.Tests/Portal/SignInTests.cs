using System.Net;
using Careline.Tests.Support;

namespace Careline.Tests.Portal;

/// <summary>Whoever signs in at the portal has a key, and the server the tokens.</summary>
public sealed class SignInTests(TestApp app) : IClassFixture<TestApp>
{
    [Fact]
    public async Task A_patient_signs_in_and_no_token_reaches_the_browser()
    {
        using var patient = await app.PatientAsync("Ama");
        using var visitor = new Visitor(app);

        await visitor.SignInAsync(patient.UserName);

        visitor.Path.ShouldBe("/home");
        visitor.Text.ShouldContain("Ama");
        visitor.Text.ShouldNotContain("eyJhbG");
        visitor.Cookies.Select(c => c.Name).ShouldBe(["careline", "careline-form"], ignoreOrder: true);
        visitor.Cookies.ShouldAllBe(c => c.HttpOnly && !c.Value.Contains("eyJ", StringComparison.Ordinal));
        visitor.Cookies["careline"]!.Value.Length.ShouldBe(43);
    }

    [Fact]
    public async Task What_the_database_keeps_of_a_sign_in_opens_nothing_without_the_browser()
    {
        using var patient = await app.PatientAsync();
        using var visitor = new Visitor(app);
        await visitor.SignInAsync(patient.UserName);
        var key = visitor.Cookies["careline"]!.Value;

        var kept = (string)(await app.SqlAsync("SELECT string_agg(encode(name, 'base64') || encode(content, 'escape'), ' ') FROM accounts.browser_sessions"))!;
        kept.ShouldNotContain(key);
        kept.ShouldNotContain("eyJhbG");
        kept.ShouldNotContain(patient.UserId.ToString());

        using var thief = new Visitor(app);
        thief.Take(new Cookie("careline", (string)(await app.SqlAsync("SELECT rtrim(translate(encode(name, 'base64'), '+/', '-_'), '=') FROM accounts.browser_sessions ORDER BY expires_at DESC LIMIT 1"))!));
        (await thief.OpenAsync("/chats")).Path.ShouldStartWith("/sign-in");
    }

    [Fact]
    public async Task A_wrong_password_is_said_beside_the_form_and_the_name_stays()
    {
        using var patient = await app.PatientAsync();
        using var visitor = new Visitor(app);

        await visitor.SignInAsync(patient.UserName, "not the password");

        visitor.Status.ShouldBe(400);
        visitor.Page.QuerySelector(".refusal[role=alert]")!.TextContent.Trim().ShouldNotBeEmpty();
        visitor.Page.QuerySelector("[name=username]")!.GetAttribute("value").ShouldBe(patient.UserName);
        visitor.Page.QuerySelector("[name=password]")!.HasAttribute("value").ShouldBeFalse();
        visitor.Cookies["careline"].ShouldBeNull();
    }

    [Fact]
    public async Task Whoever_is_not_signed_in_comes_back_to_where_the_link_led_and_never_elsewhere()
    {
        using var patient = await app.PatientAsync();
        using var visitor = new Visitor(app);
        (await visitor.OpenAsync("/chats?page=1")).Path.ShouldBe("/sign-in?next=%2Fchats%3Fpage%3D1");
        (await visitor.SubmitAsync("sign-in", ("username", patient.UserName), ("password", TestApp.Password))).Path.ShouldBe("/chats?page=1");

        foreach (var elsewhere in new[] { "https://example.test/", "//example.test/", "/\\example.test", "javascript:alert(1)", "/\tx" })
        {
            using var other = new Visitor(app);
            await other.OpenAsync("/sign-in?next=" + Uri.EscapeDataString(elsewhere));
            (await other.SubmitAsync("sign-in", ("username", patient.UserName), ("password", TestApp.Password))).Path.ShouldBe("/home");
        }
    }

    [Fact]
    public async Task Tokens_are_renewed_once_though_many_pages_ask_at_once()
    {
        using var patient = await app.PatientAsync();
        using var visitor = new Visitor(app);
        await visitor.SignInAsync(patient.UserName);
        app.Advance(TimeSpan.FromMinutes(14));

        var tabs = Enumerable.Range(0, 8).Select(_ =>
        {
            var tab = new Visitor(app);
            tab.Take(visitor.Cookies["careline"]!);
            return tab;
        }).ToList();
        await Task.WhenAll(tabs.Select(t => t.OpenAsync("/chats")));
        tabs.ShouldAllBe(t => t.Path == "/chats" && t.Status == 200);

        // The browser's own key has not changed: an answer that was lost on the line has lost nothing.
        for (var n = 0; n < 3; n++)
        {
            app.Advance(TimeSpan.FromMinutes(14));
            (await visitor.OpenAsync("/chats")).Path.ShouldBe("/chats");
        }

        tabs.ForEach(t => t.Dispose());
    }

    [Fact]
    public async Task Signing_out_ends_the_sign_in_itself()
    {
        using var patient = await app.PatientAsync();
        using var visitor = new Visitor(app);
        await visitor.SignInAsync(patient.UserName);
        var key = visitor.Cookies["careline"]!;
        (await patient.GetAsync("/api/auth/sessions/")).Rows.Count().ShouldBe(2);

        await visitor.OpenAsync("/sign-out");
        await visitor.SubmitAsync("sign-out");

        visitor.Path.ShouldBe("/?done=signed-out");
        (await patient.GetAsync("/api/auth/sessions/")).Rows.Count().ShouldBe(1);
        using var later = new Visitor(app);
        later.Take(key);
        (await later.OpenAsync("/chats")).Path.ShouldStartWith("/sign-in");
    }

    [Fact]
    public async Task A_sign_in_that_was_ended_elsewhere_is_over_at_the_next_page()
    {
        using var patient = await app.PatientAsync();
        using var visitor = new Visitor(app);
        await visitor.SignInAsync(patient.UserName);

        (await patient.PostAsync("/api/auth/logout/", new { everywhere = true })).Status.ShouldBeOneOf(200, 204);

        (await visitor.OpenAsync("/chats")).Path.ShouldStartWith("/sign-in");
        visitor.Cookies["careline"].ShouldBeNull();
    }

    [Fact]
    public async Task A_form_without_its_token_is_refused()
    {
        using var patient = await app.PatientAsync();
        using var visitor = new Visitor(app);
        await visitor.SignInAsync(patient.UserName);

        using var forged = new HttpRequestMessage(HttpMethod.Post, "/sign-out") { Content = new FormUrlEncodedContent([new("_handler", "sign-out")]) };
        (await visitor.AskAsync(forged)).Status.ShouldBe(400);
        (await visitor.OpenAsync("/chats")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Scripts_ask_only_for_this_site_and_only_what_is_open_to_them()
    {
        using var patient = await app.PatientAsync();
        using var visitor = new Visitor(app);
        await visitor.SignInAsync(patient.UserName);

        (await LiveAsync("/live/chats/")).ShouldBe(200);
        (await LiveAsync("/live/chats/", header: null)).ShouldBe(403);
        (await LiveAsync("/live/chats/", site: "cross-site")).ShouldBe(403);
        (await LiveAsync("/live/auth/refresh/")).ShouldBe(404);
        (await LiveAsync("/live/auth/passkeys/login/")).ShouldBe(404);
        (await LiveAsync("/live/chats/../auth/refresh/")).ShouldBe(404);
        (await LiveAsync("/live/users/")).ShouldBe(404);

        async Task<int> LiveAsync(string path, string? header = "1", string? site = null)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            if (header is not null)
            {
                request.Headers.Add("X-Careline-Live", header);
            }

            if (site is not null)
            {
                request.Headers.Add("Sec-Fetch-Site", site);
            }

            return (await visitor.AskAsync(request)).Status;
        }
    }

    [Fact]
    public async Task A_second_factor_is_asked_for_and_its_token_stays_out_of_the_page()
    {
        using var patient = await app.PatientAsync();
        var device = await AuthenticatorApp.EnrolAsync(app, patient);
        using var visitor = new Visitor(app);

        await visitor.SignInAsync(patient.UserName);
        visitor.Path.ShouldBe("/sign-in/second-factor");
        visitor.Text.ShouldNotContain("eyJhbG");
        (await visitor.OpenAsync("/chats")).Path.ShouldStartWith("/sign-in");

        await visitor.OpenAsync("/sign-in/second-factor");
        (await visitor.SubmitAsync("factor", ("code", "000000"))).Status.ShouldBe(400);
        app.Advance(TimeSpan.FromSeconds(31));
        await visitor.SubmitAsync("factor", ("code", device.CodeNow));
        visitor.Path.ShouldBe("/home");
    }
}
