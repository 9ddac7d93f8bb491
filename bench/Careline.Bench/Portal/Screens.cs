using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Careline.Bench.Faults;

namespace Careline.Bench.Portal;

/// <summary>
/// Every screen that each of the demo people can reach by links, from left to right and from right to left, as a picture at two widths; and, with axe-core at hand, what
/// keeps people from using it, light and dark.
/// </summary>
internal sealed partial class Screens(Uri url, string chromium, string folder, string pictures, string people, int alike, string? axe)
{
    private static readonly string[] _languages = ["en", "ar"];

    private static readonly (string Name, string Password)[] _everybody =
    [
        ("visitor", ""), ("amara.nwosu", "careline-demo"), ("adaeze.okafor", "careline-demo"), ("ngozi.eze", "careline-demo"), ("amina.bello", "careline-demo"),
        ("tunde.adeyemi", "careline-demo"), ("folake.williams", "careline-demo"), ("admin", "admin123"),
    ];

    private readonly string? _axe = axe is null ? null : File.ReadAllText(axe);

    public async Task<int> RunAsync()
    {
        var asked = people.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (asked.Except(_everybody.Select(p => p.Name)).FirstOrDefault() is { } unknown)
        {
            throw new ArgumentException($"{unknown} is none of {string.Join(", ", _everybody.Select(p => p.Name))}.");
        }

        var walks = _everybody.Where(p => asked.Length == 0 || asked.Contains(p.Name)).SelectMany(p => _languages.Select(l => (p.Name, p.Password, Language: l)));
        var verdicts = new Verdicts();
        await Parallel.ForEachAsync(walks, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, async (walk, _) =>
        {
            var (screens, faults) = await WalkAsync(walk.Name, walk.Password, walk.Language);
            lock (verdicts)
            {
                verdicts.Expect(faults.Count == 0, $"{walk.Name}, {walk.Language}: {screens} screens{string.Concat(faults.Select(f => "\n    " + f))}");
            }
        });
        return verdicts.ExitCode;
    }

    private async Task<(int Screens, List<string> Faults)> WalkAsync(string who, string password, string language)
    {
        await using var browser = await Browser.StartAsync(chromium, Path.Combine(folder, who, language));
        await browser.CallAsync("Network.enable", []);
        await browser.CallAsync("Network.setBypassServiceWorker", new JsonObject { ["bypass"] = true });
        await browser.CallAsync("Network.setCookie", new JsonObject { ["name"] = "careline-language", ["value"] = language, ["url"] = url.ToString() });
        await browser.CallAsync("Page.setBypassCSP", new JsonObject { ["enabled"] = _axe is not null });
        var first = password.Length == 0 ? "/" : await SignInAsync(browser, who, password);

        var place = Path.Combine(pictures, who, language);
        var waiting = new Queue<string>([first]);
        var known = new HashSet<string> { first };
        var met = new Dictionary<string, int> { [KindOf(first)] = 1 };
        var faults = new List<string>();
        var pictured = new Dictionary<string, int>();
        var screens = 0;
        while (waiting.TryDequeue(out var path))
        {
            await browser.GoAsync(new Uri(url, path).ToString());
            var at = (await browser.AskAsync(Page.Arrived))!;
            if ((int)at["status"]! >= 400)
            {
                faults.Add($"{path}: {at["status"]}");
            }

            // Led on to another screen: that one is looked at, once.
            var here = (string)at["path"]!;
            if (here.Split('?')[0] != path.Split('?')[0] && !IsNew(here))
            {
                continue;
            }

            screens++;
            var name = NotAName().Replace(here == "/" ? "first" : KindOf(here), "_").Trim('_');
            var page = new Page(browser, place, name + (pictured[name] = pictured.GetValueOrDefault(name) + 1) switch { 1 => "", var n => $"-{n}" });
            foreach (var width in (int[])[Page.Narrow, Page.Wide])
            {
                faults.AddRange((await page.PictureAsync(width)).Select(f => $"{path}: {f}"));
            }

            if (_axe is not null)
            {
                faults.AddRange((await page.AxeAsync(_axe, isWhole: screens == 1)).Select(f => $"{path}: {f}"));
            }

            foreach (var link in at["links"]!.AsArray().Select(l => (string)l!).Where(l => !Elsewhere().IsMatch(l) && IsNew(l)))
            {
                waiting.Enqueue(link);
            }
        }

        return (screens, faults);

        // Of screens of a kind as many as were asked for.
        bool IsNew(string link) => known.Add(link) && (met[KindOf(link)] = met.GetValueOrDefault(KindOf(link)) + 1) <= alike;
    }

    private async Task<string> SignInAsync(Browser browser, string who, string password)
    {
        await browser.GoAsync(new Uri(url, "/sign-in").ToString());
        await browser.ComesTrueAsync("document.getElementById('form-sign-in')");
        await browser.FillAsync("form-sign-in", ("sign-in-username", who), ("sign-in-password", password));
        await browser.ComesTrueAsync("location.pathname !== '/sign-in' && !!document.querySelector('main h1')");
        return (string)(await browser.AskAsync("location.pathname"))!;
    }

    // Things are of a kind, and so are days, pages and what else a list is asked for; each part that has a name is a kind of its own.
    private static string KindOf(string link)
    {
        var parts = link.Split('?');
        var asked = parts.Length == 1 ? [] : parts[1].Split('&').Where(a => a.Split('=')[0] is not ("back" or "next" or "done")).Select(a => Part().IsMatch(a) ? a : a.Split('=')[0]);
        return Id().Replace(Setting().Replace(parts[0], "$1{key}"), "{id}") + string.Concat(asked.Order().Distinct().Select(a => "?" + a));
    }

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f-]{27}")]
    private static partial Regex Id();

    [GeneratedRegex("^(/admin/configuration/|/verify/).+")]
    private static partial Regex Setting();

    [GeneratedRegex("^/(files|language|api|health|sign-out)(/|$)")]
    private static partial Regex Elsewhere();

    [GeneratedRegex("^[a-z_]+=[a-z_]{1,20}$")]
    private static partial Regex Part();

    [GeneratedRegex("[^A-Za-z0-9]+")]
    private static partial Regex NotAName();
}
