using System.Text.Json.Nodes;
using Careline.Bench.Faults;

namespace Careline.Bench.Portal;

/// <summary>A screen that a browser stands at: what it looks like, whether it fits the window, and what axe-core says of it.</summary>
internal sealed class Page(Browser browser, string folder, string name)
{
    /// <summary>A phone's width, in pixels.</summary>
    public const int Narrow = 360;

    /// <summary>A desk's width, in pixels.</summary>
    public const int Wide = 1280;

    private const int Height = 800;

    /// <summary>Where the browser has come to, once the page is there with all its parts, and where its links lead.</summary>
    public const string Arrived = """
        new Promise(come => document.readyState === 'complete' ? come() : addEventListener('load', () => come())).then(() => ({
            path: location.pathname + location.search,
            status: performance.getEntriesByType('navigation')[0]?.responseStatus ?? 0,
            links: [...document.querySelectorAll('a[href]')].filter(a => a.origin === location.origin).map(a => a.pathname + a.search),
        }))
        """;

    // What lies beyond an edge of the window and is not scrolled to inside something else.
    private const string TooWide = """
        (() => {
            const wide = document.documentElement.clientWidth, far = [...document.body.querySelectorAll('main *, header *, footer *')].filter(e => {
                const at = e.getBoundingClientRect();
                return at.width > 1 && (at.right > wide + 1 || at.left < -1) && getComputedStyle(e).position !== 'absolute' && !e.closest('.scroll, .tabs, .sr, .skip');
            });
            return document.documentElement.scrollWidth > innerWidth + 1 || far.length > 0 ? far.slice(0, 2).map(e => e.tagName.toLowerCase() + '.' + e.className + ' ' + e.textContent.trim().slice(0, 30)).join(' | ') || 'something' : null;
        })()
        """;

    private const string Unfold = "(() => { const shut = [...document.querySelectorAll('main details:not([open])')]; shut.forEach(d => d.open = true); return shut.length; })()";

    /// <summary>Takes the picture, and another with all folds open where there are any; says what does not fit.</summary>
    public async Task<List<string>> PictureAsync(int width)
    {
        var faults = new List<string>();
        await ColourAsync("light");
        await WidthAsync(width);
        await TakeAsync(width, "");
        if (await browser.AskAsync(TooWide) is { } shut)
        {
            faults.Add($"wider than {width} px: {shut}");
        }

        if ((int)(await browser.AskAsync(Unfold))! > 0)
        {
            await TakeAsync(width, ".open");
            if (faults.Count == 0 && await browser.AskAsync(TooWide) is { } open)
            {
                faults.Add($"wider than {width} px, unfolded: {open}");
            }

            await browser.AskAsync("document.querySelectorAll('main details[open]').forEach(d => d.open = false)");
        }

        return faults;
    }

    /// <summary>What axe-core finds: everything in light colours, what is hard to read in dark ones; once with the menu open.</summary>
    public async Task<List<string>> AxeAsync(string axe, bool isWhole)
    {
        await browser.AskAsync(axe + ";0");
        await WidthAsync(Narrow);
        await browser.AskAsync(Unfold);
        var faults = await RunAsync("document, {}", "light", "");
        faults.AddRange(await RunAsync("document, { runOnly: ['color-contrast'] }", "dark", ", dark"));
        if (isWhole)
        {
            await browser.AskAsync("document.querySelector('.menu').open = true; 0");
            faults.AddRange(await RunAsync("document.querySelector('.menu'), { runOnly: ['color-contrast'] }", "dark", ", menu dark"));
            faults.AddRange(await RunAsync("document.querySelector('.menu'), {}", "light", ", menu"));
        }

        return faults;
    }

    private Task<JsonNode> ColourAsync(string scheme) => browser.CallAsync(
        "Emulation.setEmulatedMedia", new JsonObject { ["features"] = new JsonArray(new JsonObject { ["name"] = "prefers-color-scheme", ["value"] = scheme }) });

    private async Task<List<string>> RunAsync(string what, string scheme, string where)
    {
        await ColourAsync(scheme);
        var found = await browser.AskAsync($$"""
            axe.run({{what}}).then(r => r.violations.map(v => v.id + ' ×' + v.nodes.length + ' ' + v.nodes.slice(0, 2).map(n => n.target.join(' ') + ' ' + n.html.slice(0, 120)).join(' | ')))
            """);
        return [.. found!.AsArray().Select(f => $"{(string)f!}{where}")];
    }

    private Task<JsonNode> WidthAsync(int width, int height = Height) => browser.CallAsync(
        "Emulation.setDeviceMetricsOverride", new JsonObject { ["width"] = width, ["height"] = height, ["deviceScaleFactor"] = 1, ["mobile"] = width < 600 });

    // In a window as high as the page, so that what stands at the window's edge hides nothing in the picture.
    private async Task TakeAsync(int width, string state)
    {
        await WidthAsync(width, Math.Max(Height, (int)(await browser.AskAsync("document.documentElement.scrollHeight"))!));
        var picture = await browser.CallAsync("Page.captureScreenshot", new JsonObject { ["format"] = "png", ["optimizeForSpeed"] = true });
        var place = Path.Combine(folder, width.ToString(null, null));
        Directory.CreateDirectory(place);
        await File.WriteAllBytesAsync(Path.Combine(place, name + state + ".png"), Convert.FromBase64String((string)picture["data"]!));
        await WidthAsync(width);
    }
}
