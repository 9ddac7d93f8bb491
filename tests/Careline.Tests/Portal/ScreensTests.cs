using System.IO.Compression;
using System.Net;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Careline.Portal.Language;
using Careline.Tests.Architecture;
using Careline.Tests.Host;
using Careline.Tests.Platform;

namespace Careline.Tests.Portal;

/// <summary>
/// Every screen that each of the demo people can reach by links, as they find it: it answers, is built as those who cannot see it need it, and is small enough for a weak
/// line.
/// </summary>
public sealed partial class ScreensTests(DemoPractice app, ProductionApp production) : IClassFixture<DemoPractice>, IClassFixture<ProductionApp>
{
    // What a line of 50 kbit/s carries in five seconds, and in ten (30 KB and 60 KB).
    private const int MostOfTheFirst = 30_000;
    private const int MostOfAny = 60_000;

    // Of each kind of screen a few are looked at: a list of a hundred leads to a hundred that are alike.
    private const int MostAlike = 3;

    [Theory]
    [InlineData(null, 8)]
    [InlineData("amara.nwosu", 25)]
    [InlineData("adaeze.okafor", 15)]
    [InlineData("ngozi.eze", 5)]
    [InlineData("amina.bello", 5)]
    [InlineData("tunde.adeyemi", 8)]
    [InlineData("folake.williams", 20)]
    [InlineData("admin", 20)]
    public async Task Every_screen_answers_and_is_whole(string? who, int atLeast)
    {
        using var visitor = new Visitor(app);
        await (who is null ? visitor.OpenAsync("/") : visitor.SignInAsync(who, who == "admin" ? "admin123" : "careline-demo"));
        var faults = new List<string>();

        var kinds = await WalkAsync(visitor, path => faults.AddRange(FaultsOf(visitor).Select(f => $"{path}: {f}")));

        faults.ShouldBeEmpty(string.Join('\n', faults.Take(40)));
        kinds.ShouldBeGreaterThanOrEqualTo(atLeast);
    }

    [Fact]
    public async Task Every_text_on_a_patients_screens_has_words_in_every_language()
    {
        var ours = string.Join('\n', House.Files("src/Careline.Portal", "*.razor").Concat(House.Files("src/Careline.Portal", "*.cs")).Select(f => f.Text));
        using var visitor = new Visitor(app);
        visitor.Take(new Cookie(Reader.LanguageCookie, Words.Pseudo));
        await visitor.SignInAsync("amara.nwosu", "careline-demo");
        var said = new HashSet<string>(StringComparer.Ordinal);

        await WalkAsync(visitor, _ => said.UnionWith(Bracketed().Matches(visitor.Text).Select(m => WebUtility.HtmlDecode(m.Groups[1].Value))));

        // What is not in our sources is people's, or the API's.
        var texts = said.Where(t => t.Length > 0 && ours.Contains($"\"{t.Replace("\"", "\\\"", StringComparison.Ordinal)}\"", StringComparison.Ordinal)).ToList();
        Words.Languages.Where(l => l.Tag != "en").SelectMany(l => texts.Where(t => !Words.TextsOf(l.Tag).ContainsKey(t)).Select(t => $"{l.Tag}: {t}"))
            .ShouldBeNone("A patient reads everything in the language of their choice.", texts.Count, 300);
    }

    [Theory]
    [InlineData("en", 1, "1 doctor")]
    [InlineData("en", 2, "2 doctors")]
    [InlineData("sw", 1, "daktari 1")]
    [InlineData("fr", 0, "0 médecins")]
    public void One_of_something_is_said_as_one(string language, int count, string said) => new Words(language)["{0} doctors", count].ShouldBe(said);

    // From where the visitor is along every link, some of each kind.
    private static async Task<int> WalkAsync(Visitor visitor, Action<string> look)
    {
        var waiting = new Queue<string>([visitor.Path]);
        var met = new Dictionary<string, int>(StringComparer.Ordinal);
        var known = new HashSet<string>(StringComparer.Ordinal) { visitor.Path };
        while (waiting.TryDequeue(out var path))
        {
            await visitor.OpenAsync(path);
            look(path);
            foreach (var link in visitor.Page.QuerySelectorAll<IHtmlAnchorElement>("a[href]").Select(a => a.GetAttribute("href")!.Split('#')[0]).Where(IsScreen))
            {
                var kind = Kind().Replace(link.Split('?')[0], "{id}");
                if (known.Add(link) && (met[kind] = met.GetValueOrDefault(kind) + 1) <= MostAlike)
                {
                    waiting.Enqueue(link);
                }
            }
        }

        return met.Count;
    }

    [Fact]
    public async Task The_first_screen_with_all_that_it_needs_is_small()
    {
        using var visitor = new Visitor(app);
        foreach (var first in new[] { "/", "/home" })
        {
            await visitor.OpenAsync(first);
            var bytes = Compressed(visitor.Text);
            foreach (var asset in visitor.Page.QuerySelectorAll("link[rel=stylesheet], link[rel=icon], link[rel=manifest], script[src]").Select(e => e.GetAttribute("href") ?? e.GetAttribute("src")!))
            {
                bytes += await SizeAsync(asset);
            }

            bytes.ShouldBeLessThanOrEqualTo(MostOfTheFirst, first);
            await visitor.SignInAsync("amara.nwosu", "careline-demo");
        }
    }

    [Fact]
    public async Task Scripts_and_style_are_kept_for_ever_and_compressed()
    {
        using var visitor = new Visitor(app);
        await visitor.OpenAsync("/");
        var sheet = visitor.Page.QuerySelector("link[rel=stylesheet]")!.GetAttribute("href")!;

        using var request = new HttpRequestMessage(HttpMethod.Get, sheet);
        request.Headers.Add("Accept-Encoding", "br");
        await visitor.AskAsync(request);

        visitor.Answer.Headers.CacheControl!.ToString().ShouldContain("immutable");
        visitor.Answer.Content.Headers.ContentEncoding.ShouldBe(["br"]);
        (await SizeAsync(sheet)).ShouldBeLessThan(8_000);
        (await visitor.OpenAsync("/assets/../appsettings.json")).Status.ShouldBe(404);
        (await visitor.OpenAsync("/assets/nothing.js")).Status.ShouldBe(404);
        (await visitor.OpenAsync("/favicon.ico")).Answer.Content.Headers.ContentType!.MediaType.ShouldBe("image/svg+xml");
    }

    [Fact]
    public async Task Developers_see_all_that_pages_are_made_of_and_nobody_else_does()
    {
        using var developer = new Visitor(app);
        await developer.OpenAsync("/dev/components");
        FaultsOf(developer).ShouldBeEmpty();
        await developer.SubmitAsync("everything", ("text", "<b>bold</b>"));
        developer.Page.QuerySelector("#everything-text-fault")!.TextContent.ShouldBe("A field says what is wrong with it.");
        developer.Page.QuerySelector("#everything-text")!.GetAttribute("value").ShouldBe("<b>bold</b>");

        using var visitor = new Visitor(production);
        (await visitor.OpenAsync("/dev/components")).Status.ShouldBe(404);
    }

    private static IEnumerable<string> FaultsOf(Visitor visitor)
    {
        var (page, text) = (visitor.Page, visitor.Text);
        if (visitor.Status != 200)
        {
            yield return $"answers {visitor.Status}";
            yield break;
        }

        var policy = visitor.Answer.Headers.TryGetValues("Content-Security-Policy", out var policies) ? policies.Single() : "";
        if (!policy.Contains("default-src 'none'", StringComparison.Ordinal) || policy.Contains("unsafe", StringComparison.Ordinal))
        {
            yield return "lets a browser load or run what is not ours";
        }

        if (visitor.Answer.Headers.CacheControl?.NoStore != true)
        {
            yield return "may be kept by a cache";
        }

        if (page.QuerySelectorAll("h1").Length != 1)
        {
            yield return "has not one heading of the first level";
        }

        if (page.Title is not { Length: > 3 })
        {
            yield return "has no title";
        }

        foreach (var field in page.QuerySelectorAll("input:not([type=hidden]), select, textarea").Where(f => f.Id is null || page.QuerySelector($"label[for='{f.Id}']") is null).Where(f => f.Closest("label") is null && !f.HasAttribute("aria-label") && !f.HasAttribute("aria-labelledby")))
        {
            yield return $"the field {field.GetAttribute("name")} has no label";
        }

        foreach (var id in page.QuerySelectorAll("[id]").GroupBy(e => e.Id).Where(g => g.Count() > 1))
        {
            yield return $"two things are called {id.Key}";
        }

        foreach (var form in page.QuerySelectorAll("form[method=post]").Where(f => f.QuerySelector("[name=__RequestVerificationToken]") is null))
        {
            yield return "a form has no token";
        }

        if (page.QuerySelectorAll("script:not([src]), style, [style], [onclick], [onload]").Length > 0)
        {
            yield return "something runs or is styled that stands in the page";
        }

        if (Token().IsMatch(text))
        {
            yield return "shows a token";
        }

        if (page.Body!.TextContent is var said && Raw().Match(said) is { Success: true } raw)
        {
            yield return $"shows people what is for machines: {raw.Value}";
        }

        if (Compressed(text) is var bytes && bytes > MostOfAny)
        {
            yield return $"has {bytes} bytes";
        }
    }

    private static bool IsScreen(string link) => link.StartsWith('/') && !link.StartsWith("/files/", StringComparison.Ordinal) && !link.StartsWith("/language/", StringComparison.Ordinal)
        && !link.StartsWith("/api/", StringComparison.Ordinal) && !link.StartsWith("/health", StringComparison.Ordinal);

    private async Task<int> SizeAsync(string asset)
    {
        using var visitor = new Visitor(app);
        using var request = new HttpRequestMessage(HttpMethod.Get, asset);
        request.Headers.Add("Accept-Encoding", "br");
        await visitor.AskAsync(request);
        return (int)visitor.Answer.Content.Headers.ContentLength!.Value;
    }

    private static int Compressed(string text)
    {
        using var into = new MemoryStream();
        using (var brotli = new BrotliStream(into, CompressionLevel.Fastest, leaveOpen: true))
        {
            brotli.Write(System.Text.Encoding.UTF8.GetBytes(text));
        }

        return (int)into.Length;
    }

    [GeneratedRegex("⟦(.*?)⟧", RegexOptions.Singleline)]
    private static partial Regex Bracketed();

    // Two parts of JSON in base64 with a dot between them (RFC 7519).
    [GeneratedRegex("eyJ[A-Za-z0-9_-]{10,}\\.eyJ")]
    private static partial Regex Token();

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22}|[0-9]{4}-[0-9]{2}-[0-9]{2}:[^/]*")]
    private static partial Regex Kind();

    // An id, an enumeration's word, an instant, an object.
    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}|\\b(in_progress|checked_in|no_show|in_person|follow_up|routine_checkup)\\b|\\d{4}-\\d\\d-\\d\\dT\\d\\d:|System\\.|\\{\\d\\}")]
    private static partial Regex Raw();
}
