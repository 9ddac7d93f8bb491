using Careline.Tests.Host;
using Careline.Tests.Support;
using Microsoft.Playwright;

namespace Careline.Tests.Portal.Browser;

/// <summary>The demo practice and one browser, for all days: each has its own people and times, so that none disturbs another.</summary>
public sealed class BrowserPractice(TestCluster cluster) : IAsyncLifetime
{
    // Nobody waits for it but a test that fails, on a machine that does much else at once.
    internal const float Patience = 45_000;

    private readonly DemoPractice _app = new(cluster);
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    internal TestApp App => _app;

    internal IBrowser Browser => _browser!;

    public async ValueTask InitializeAsync()
    {
        if (Chromium.Program is null)
        {
            return;
        }

        var opening = _app.InitializeAsync();
        Assertions.SetDefaultExpectTimeout(Patience);
        _playwright = await Playwright.CreateAsync();
        _browser = await Chromium.StartAsync(_playwright);
        await opening;
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is null)
        {
            return;
        }

        await _browser.CloseAsync();
        _playwright!.Dispose();
        await _app.DisposeAsync();
    }
}

/// <summary>Days follow one another: two cores carry one browser.</summary>
[CollectionDefinition(nameof(BrowserDays))]
public sealed class BrowserDays : ICollectionFixture<BrowserPractice>;
