using System.Diagnostics;
using System.Text.Json.Nodes;
using Careline.Bench.Faults;

namespace Careline.Bench.Portal;

/// <summary>The portal over a line of 50 kbit/s with half a second each way and back, from an empty cache: how long somebody waits.</summary>
internal sealed class WeakLine(Uri url, string chromium, string folder)
{
    private const int BytesASecond = 50_000 / 8;
    private const int LatencyMs = 500;

    private readonly Verdicts _verdicts = new();

    public async Task<int> RunAsync()
    {
        await using (var browser = await Browser.StartAsync(chromium, Path.Combine(folder, "visitor")))
        {
            await ShapeAsync(browser);
            _verdicts.Expect(await WaitAsync(browser, "/") is var first && first <= 5, $"the first screen, empty cache: {first:0.0} s (at most 5)");
        }

        await using (var browser = await Browser.StartAsync(chromium, Path.Combine(folder, "patient")))
        {
            await browser.GoAsync(new Uri(url, "/sign-in").ToString());
            await browser.ComesTrueAsync("document.getElementById('sign-in')");
            await browser.FillAsync("sign-in", ("sign-in-username", "amara.nwosu"), ("sign-in-password", "careline-demo"));
            await browser.ComesTrueAsync("location.pathname === '/home'");
            await ForgetAsync(browser);
            await ShapeAsync(browser);
            _verdicts.Expect(await WaitAsync(browser, "/home") is var home && home <= 5, $"a patient's home, empty cache: {home:0.0} s (at most 5)");

            await ForgetAsync(browser);
            var waited = await WaitAsync(browser, "/doctors");
            waited += await FollowAsync(browser, "document.querySelector('main .list a[href^=\"/doctors/\"]')", "/doctors/");
            waited += await FollowAsync(browser, "document.querySelector('main .week a')", "/book/");
            var clock = Stopwatch.StartNew();
            await browser.FillAsync("book", ("book-reason", "A cough for a week"));
            var isBooked = await browser.ComesTrueAsync("location.pathname.startsWith('/appointments/') || location.pathname.startsWith('/pay/')");
            waited += clock.Elapsed.TotalSeconds;
            _verdicts.Expect(isBooked && waited < 60, $"finding a doctor and booking: {waited:0.0} s of waiting (under 60)");
        }

        return _verdicts.ExitCode;
    }

    private static async Task ForgetAsync(Browser browser)
    {
        await browser.GoAsync("about:blank");
        await browser.CallAsync("Network.clearBrowserCache", []);
    }

    private static async Task ShapeAsync(Browser browser)
    {
        await browser.CallAsync("Network.enable", []);
        await browser.CallAsync("Network.setBypassServiceWorker", new JsonObject { ["bypass"] = true });
        await browser.CallAsync("Network.emulateNetworkConditions", new JsonObject { ["offline"] = false, ["latency"] = LatencyMs, ["downloadThroughput"] = BytesASecond, ["uploadThroughput"] = BytesASecond });
    }

    // Until the page is drawn and its scripts have run: then it can be used.
    private async Task<double> WaitAsync(Browser browser, string path)
    {
        var clock = Stopwatch.StartNew();
        await browser.GoAsync(new Uri(url, path).ToString());
        await ReadyAsync(browser, path);
        return clock.Elapsed.TotalSeconds;
    }

    private static async Task<double> FollowAsync(Browser browser, string link, string path)
    {
        var clock = Stopwatch.StartNew();
        await browser.AskAsync($"{link}.click()");
        await ReadyAsync(browser, path);
        return clock.Elapsed.TotalSeconds;
    }

    private static Task<bool> ReadyAsync(Browser browser, string path) =>
        browser.ComesTrueAsync($"location.pathname.startsWith('{path}') && document.readyState === 'complete' && !!document.querySelector('main h1')");
}
