using System.Text.RegularExpressions;
using Careline.Tests.Support;

namespace Careline.Tests.Consultations;

/// <summary>The page on which a visit is held: small, of our own files alone, and the same for everybody. What it does is run by two browsers in bench/faults/visit.</summary>
public sealed partial class VisitPageTests(SharedApp app) : IClassFixture<SharedApp>
{
    [Fact]
    public async Task The_page_loads_nothing_but_our_own_files_and_runs_nothing_that_stands_in_it()
    {
        var (page, headers) = await ReadAsync($"/visit/{Guid.CreateVersion7()}");

        var policy = headers.GetValues("Content-Security-Policy").Single();
        policy.ShouldContain("default-src 'none'");
        policy.ShouldContain("script-src 'self';");
        policy.ShouldContain($"connect-src 'self' ws://{app.Address.Authority};");
        policy.ShouldNotContain("unsafe");
        headers.GetValues("Permissions-Policy").Single().ShouldContain("camera=(self)");
        headers.GetValues("Cache-Control").Single().ShouldContain("no-store");
        Inline().Matches(page).ShouldBeEmpty();
        page.ShouldNotContain("style=");
        Handler().Matches(page).ShouldBeEmpty();
        Address().Matches(page).Select(m => m.Groups[1].Value).Where(a => a != "data:,").ShouldAllBe(a => a.StartsWith("/visit/assets/", StringComparison.Ordinal));
        (await ReadAsync($"/visit/{Guid.CreateVersion7()}")).Text.ShouldBe(page);
    }

    [Fact]
    public async Task Page_scripts_and_style_together_are_under_sixty_kilobytes()
    {
        var texts = new List<string> { (await ReadAsync($"/visit/{Guid.CreateVersion7()}")).Text };
        foreach (var name in new[] { "visit.css", "visit.js", "api.js", "peers.js", "chat.js" })
        {
            texts.Add((await ReadAsync($"/visit/assets/{name}")).Text);
        }

        texts.Sum(t => t.Length).ShouldBeInRange(20_000, 60_000);

        // A token in an address would stay in histories and logs; a script from elsewhere would be somebody else's.
        texts.ShouldAllBe(t => !t.Contains("?token=", StringComparison.Ordinal) && !t.Contains("https://", StringComparison.Ordinal) && !t.Contains("innerHTML", StringComparison.Ordinal));
        (await app.Anonymous.AskAsync("/visit/assets/visit.html.bak")).Status.ShouldBe(404);
        (await app.Anonymous.AskAsync("/visit/not-an-id")).Status.ShouldBe(404);
    }

    [Fact]
    public async Task Everything_to_fill_in_or_press_has_a_name()
    {
        var page = (await ReadAsync($"/visit/{Guid.CreateVersion7()}")).Text;

        page.ShouldContain("<html lang=\"en\">");
        foreach (Match field in Field().Matches(page))
        {
            var id = field.Groups[1].Value;
            (page.Contains($"for=\"{id}\"", StringComparison.Ordinal) || page.Contains($"<label class=\"tick\"><input id=\"{id}\"", StringComparison.Ordinal)).ShouldBeTrue($"{id} has no label");
        }

        Field().Count(page).ShouldBeGreaterThan(8);
        EmptyButton().Matches(page).ShouldBeEmpty();
    }

    private async Task<(string Text, System.Net.Http.Headers.HttpResponseHeaders Headers)> ReadAsync(string path)
    {
        using var answer = await app.Anonymous.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
        ((int)answer.StatusCode).ShouldBe(200);
        return (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), answer.Headers);
    }

    [GeneratedRegex("<script(?![^>]*src=)")]
    private static partial Regex Inline();

    [GeneratedRegex("\\son[a-z]+=")]
    private static partial Regex Handler();

    [GeneratedRegex("(?:src|href)=\"([^\"]+)\"")]
    private static partial Regex Address();

    [GeneratedRegex("<(?:input|textarea|select) id=\"([a-z-]+)\"")]
    private static partial Regex Field();

    [GeneratedRegex("<button[^>]*></button>")]
    private static partial Regex EmptyButton();
}
