using Careline.Host.Demo;
using Careline.Tests.Support;
using Microsoft.Playwright;

namespace Careline.Tests.Portal.Browser;

/// <summary>A day of somebody: it fails by what it expects, and by whatever goes wrong in a browser on the way.</summary>
[Collection(nameof(BrowserDays))]
public abstract class BrowserDay(BrowserPractice practice) : IAsyncLifetime
{
    private readonly List<Tab> _tabs = [];

    internal TestApp App => practice.App;

    public ValueTask InitializeAsync()
    {
        Chromium.OrSkip();
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        var faults = _tabs.SelectMany(t => t.Faults).ToList();
        foreach (var tab in _tabs)
        {
            TestContext.Current.TestOutputHelper?.WriteLine(await tab.WhereAsync());
        }

        foreach (var context in _tabs.Select(t => t.Page.Context).Distinct())
        {
            await context.CloseAsync();
        }

        GC.SuppressFinalize(this);
        faults.ShouldBeEmpty(string.Join('\n', faults));
    }

    /// <summary>A browser of somebody's own, with nothing in it.</summary>
    internal async Task<Tab> OpenAsync()
    {
        var context = await practice.Browser.NewContextAsync(new()
        {
            BaseURL = App.Address.ToString(),
            Locale = "en-GB",
            TimezoneId = "Africa/Lagos",
            Permissions = ["camera", "microphone"],
            ViewportSize = new() { Width = 1280, Height = 900 },
        });
        context.SetDefaultTimeout(BrowserPractice.Patience);
        return await OpenAsync(context);
    }

    /// <summary>Another tab of the same browser.</summary>
    internal Task<Tab> OpenBesideAsync(Tab tab) => OpenAsync(tab.Page.Context);

    /// <summary>A browser in which one of the demo people is signed in.</summary>
    internal async Task<Tab> OpenAsAsync(string name)
    {
        var tab = await OpenAsync();
        await tab.GoAsync("/sign-in");
        await SignInAsync(tab, name);
        return tab;
    }

    /// <summary>Signs in where the tab is asked to.</summary>
    internal static Task SignInAsync(Tab tab, string name) => tab.SendAsync(
        "sign-in", ("username", name), ("password", name == DemoSignIns.AdministratorName ? DemoSignIns.AdministratorPassword : DemoSignIns.Password));

    /// <summary>On to the day on which somebody's visit stands: soon after midnight and before it, that is not today.</summary>
    internal static async Task ToDayOfAsync(Tab tab, string patient)
    {
        foreach (var day in new[] { "Day after", "Day before", "Day before" })
        {
            if (await tab.Main.Locator(".timeline").GetByRole(AriaRole.Link, new() { Name = patient }).CountAsync() > 0)
            {
                return;
            }

            await tab.FollowAsync(day);
        }
    }

    /// <summary>Pays what was just booked, at the page of the company that takes the money, and is back.</summary>
    internal async Task PayAtSandboxAsync(Tab tab)
    {
        tab.Path.ShouldStartWith("/pay/appointment/");
        await Assertions.Expect(tab.Toast).ToHaveTextAsync("Your visit is booked.");
        await tab.SendAsync("pay");

        // The page between goes on by itself soon: whoever clicks late is there already.
        var there = tab.BeLedOnAsync();
        await tab.Main.GetByRole(AriaRole.Link, new() { Name = "Go on to pay" }).DispatchEventAsync("click");
        await there;
        await tab.PressAsync("Pay");
        await Assertions.Expect(tab.Heading).ToHaveTextAsync("Thank you");
        await App.DeliverEventsAsync();
        await tab.FollowAsync("Back to Careline");
        await tab.ShowsAsync("It is paid. Thank you.");
    }

    private async Task<Tab> OpenAsync(IBrowserContext context)
    {
        var tab = new Tab(await context.NewPageAsync());
        _tabs.Add(tab);
        return tab;
    }
}
