using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Careline.Bench.Faults;

namespace Careline.Bench.Portal;

/// <summary>Every screen that each of the demo people can reach by links, as a picture at two widths; and, with axe-core at hand, what keeps people from using it.</summary>
internal sealed partial class Screens(Uri url, string chromium, string folder, string pictures, string? axe)
{
    private static readonly int[] _widths = [360, 1280];

    private readonly Verdicts _verdicts = new();
    private readonly string? _axe = axe is null ? null : File.ReadAllText(axe);

    public async Task<int> RunAsync()
    {
        foreach (var (who, password) in new[] { ("visitor", ""), ("amara.nwosu", "careline-demo"), ("adaeze.okafor", "careline-demo"), ("ngozi.eze", "careline-demo"), ("amina.bello", "careline-demo"), ("tunde.adeyemi", "careline-demo"), ("admin", "admin123") })
        {
            await using var browser = await Browser.StartAsync(chromium, Path.Combine(folder, who));
            var first = "/";
            if (password.Length > 0)
            {
                await browser.GoAsync(new Uri(url, "/sign-in").ToString());
                await browser.ComesTrueAsync("document.getElementById('sign-in')");
                await browser.FillAsync("sign-in", ("sign-in-username", who), ("sign-in-password", password));
                await browser.ComesTrueAsync("location.pathname !== '/sign-in' && !!document.querySelector('main h1')");
                first = (string)(await browser.AskAsync("location.pathname"))!;
            }

            await WalkAsync(browser, who, first);
        }

        return _verdicts.ExitCode;
    }

    private async Task WalkAsync(Browser browser, string who, string first)
    {
        var waiting = new Queue<string>([first]);
        var known = new HashSet<string> { Kind().Replace(first, "{id}") };
        var faults = new List<string>();
        await browser.CallAsync("Page.setBypassCSP", new JsonObject { ["enabled"] = _axe is not null });
        while (waiting.TryDequeue(out var path))
        {
            await browser.GoAsync(new Uri(url, path).ToString());
            if (!await browser.ComesTrueAsync($"location.pathname === {JsonSerializer.Serialize(path.Split('?')[0])} && document.readyState === 'complete'"))
            {
                faults.Add($"{path}: did not come");
                continue;
            }

            foreach (var width in _widths)
            {
                await PictureAsync(browser, who, path, width);
                if ((bool?)await browser.AskAsync("document.documentElement.scrollWidth > innerWidth + 1") == true)
                {
                    faults.Add($"{path}: wider than {width} px");
                }
            }

            faults.AddRange((await AxeAsync(browser)).Select(f => $"{path}: {f}"));
            var links = (await browser.AskAsync("[...document.querySelectorAll('a[href^=\"/\"]')].map(a => a.getAttribute('href').split('#')[0])"))!.AsArray().Select(l => (string)l!);
            foreach (var link in links.Where(l => !Elsewhere().IsMatch(l) && known.Add(Kind().Replace(l.Split('?')[0], "{id}"))))
            {
                waiting.Enqueue(link);
            }
        }

        _verdicts.Expect(faults.Count == 0, $"{who}: {known.Count} kinds of screens{string.Concat(faults.Select(f => "\n    " + f))}");
    }

    private async Task PictureAsync(Browser browser, string who, string path, int width)
    {
        await browser.CallAsync("Emulation.setDeviceMetricsOverride", new JsonObject { ["width"] = width, ["height"] = 800, ["deviceScaleFactor"] = 1, ["mobile"] = width < 600 });
        var picture = await browser.CallAsync("Page.captureScreenshot", new JsonObject { ["format"] = "png", ["captureBeyondViewport"] = true });
        var place = Path.Combine(pictures, who, width.ToString(null, null));
        Directory.CreateDirectory(place);
        await File.WriteAllBytesAsync(Path.Combine(place, NotAName().Replace(Kind().Replace(path, "id"), "_").Trim('_') + ".png"), Convert.FromBase64String((string)picture["data"]!));
    }

    private async Task<IEnumerable<string>> AxeAsync(Browser browser)
    {
        if (_axe is null)
        {
            return [];
        }

        await browser.AskAsync(_axe + ";0");
        var found = await browser.AskAsync("axe.run().then(r => r.violations.map(v => v.id + ' ' + v.nodes.slice(0, 2).map(n => n.target.join(' ')).join(' | ')))");
        return [.. found!.AsArray().Select(f => (string)f!)];
    }

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f-]{27}")]
    private static partial Regex Kind();

    [GeneratedRegex("^/(files|language|api|health|sign-out)(/|$)")]
    private static partial Regex Elsewhere();

    [GeneratedRegex("[^A-Za-z0-9]+")]
    private static partial Regex NotAName();
}
