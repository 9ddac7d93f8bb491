using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Careline.Tests.Portal.Browser;

/// <summary>A page as somebody uses it, and whatever goes wrong on it.</summary>
internal sealed partial class Tab
{
    private readonly List<string> _faults = [];
    private readonly HashSet<int> _refusals = [];
    private bool _wasWithoutLine;

    public Tab(IPage page)
    {
        Page = page;
        page.PageError += (_, error) => Note($"error in the page: {error}");
        page.Console += (_, said) => Hear(said);
        page.Response += (_, answer) =>
        {
            if (answer.Status >= 500)
            {
                Note($"{answer.Request.Method} {answer.Url} answered {answer.Status}");
            }
        };
    }

    public IPage Page { get; }

    public string Path => new Uri(Page.Url).AbsolutePath;

    public IReadOnlyList<string> Faults => _faults;

    public ILocator Main => Page.Locator("main");

    /// <summary>What the page says was just done.</summary>
    public ILocator Toast => Page.Locator(".toast");

    public ILocator Heading => Page.Locator("h1");

    /// <summary>That the next thing is refused is what the day is about: the browser's console says so too.</summary>
    public void Expects(int refusal) => _refusals.Add(refusal);

    /// <summary>Takes the line away, for the whole browser, or gives it back. The console says of everything that did not come meanwhile.</summary>
    public Task HasLineAsync(bool hasLine)
    {
        _wasWithoutLine = true;
        return Page.Context.SetOfflineAsync(!hasLine);
    }

    public Task GoAsync(string path) => Page.GotoAsync(path, new() { WaitUntil = WaitUntilState.DOMContentLoaded });

    /// <summary>Does what leads to another page, and is there.</summary>
    public async Task LeadAsync(Func<Task> act)
    {
        var arrived = new TaskCompletionSource();
        void Arrive(object? sender, IFrame frame)
        {
            if (frame == Page.MainFrame)
            {
                arrived.TrySetResult();
            }
        }

        Page.FrameNavigated += Arrive;
        try
        {
            await act();
            await arrived.Task.WaitAsync(TimeSpan.FromMilliseconds(BrowserPractice.Patience), TestContext.Current.CancellationToken);
        }
        finally
        {
            Page.FrameNavigated -= Arrive;
        }

        await BeThereAsync();
    }

    /// <summary>
    /// Waits until the page is read to its end. Playwright's own wait for that looks where the page stands and then listens, and hears nothing any more of what happened
    /// between the two.
    /// </summary>
    public Task BeThereAsync() => ComesTrueAsync("() => document.readyState !== 'loading'");

    /// <summary>Where the page between Careline and a gateway goes by itself.</summary>
    public async Task BeLedOnAsync()
    {
        await Page.WaitForURLAsync(url => !new Uri(url).AbsolutePath.EndsWith("/go", StringComparison.Ordinal), new() { WaitUntil = WaitUntilState.Commit });
        await BeThereAsync();
    }

    /// <summary>Follows a link of the page.</summary>
    public Task FollowAsync(string text) => FollowAsync(Main.GetByRole(AriaRole.Link, new() { Name = text }).First);

    public Task FollowAsync(ILocator link) => LeadAsync(() => link.ClickAsync());

    /// <summary>Follows a link of the menu, or of the tabs beside it.</summary>
    public async Task ChooseAsync(string text)
    {
        var tab = Page.Locator("nav.tabs").GetByRole(AriaRole.Link, new() { Name = text, Exact = true });
        if (await tab.CountAsync() > 0)
        {
            await FollowAsync(tab);
            return;
        }

        await OpenMenuAsync();
        await FollowAsync(Page.Locator("details.menu").GetByRole(AriaRole.Link, new() { Name = text, Exact = true }));
    }

    public async Task SignOutAsync()
    {
        await OpenMenuAsync();
        await LeadAsync(() => Page.Locator("details.menu").GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync());
    }

    public ILocator Form(string name) => Page.Locator($"#form-{name}");

    /// <summary>Fills a form's fields in.</summary>
    public async Task FillAsync(string form, params (string Name, string Value)[] fields)
    {
        foreach (var (name, value) in fields)
        {
            var field = Page.Locator($"#{form}-{name}");
            switch (await field.EvaluateAsync<string>("f => f.type"))
            {
                case "select-one":
                    await field.SelectOptionAsync(value);
                    break;
                case "checkbox":
                    await field.CheckAsync();
                    break;
                default:
                    await field.FillAsync(value);
                    break;
            }
        }
    }

    /// <summary>Fills a form in and sends it by its first button, or by the one of this text.</summary>
    public async Task SendAsync(string form, params (string Name, string Value)[] fields)
    {
        await FillAsync(form, fields);
        await LeadAsync(() => Form(form).Locator("button:not([type=button])").First.ClickAsync());
    }

    public async Task PressAsync(string button, ILocator? within = null) =>
        await LeadAsync(() => (within ?? Main).GetByRole(AriaRole.Button, new() { Name = button }).First.ClickAsync());

    /// <summary>Follows the link of the line of a list in which this stands.</summary>
    public Task FollowLineAsync(string text) => FollowAsync(Main.Locator("li").Filter(new() { HasText = text }).Last.GetByRole(AriaRole.Link).First);

    /// <summary>Unfolds what stands behind a summary.</summary>
    public Task UnfoldAsync(string summary) => Main.Locator("summary").Filter(new() { HasText = summary }).First.ClickAsync();

    /// <summary>Waits until it can be read: much stands in a page hidden, for a script to show.</summary>
    public Task ShowsAsync(string text) => Assertions.Expect(Main).ToContainTextAsync(text, new() { UseInnerText = true });

    /// <summary>Waits until an expression comes true in the page.</summary>
    public async Task ComesTrueAsync(string expression) => await Page.WaitForFunctionAsync(expression);

    /// <summary>Where the tab is and what it shows, for whoever looks for what went wrong.</summary>
    public async Task<string> WhereAsync()
    {
        if (Page.IsClosed)
        {
            return "closed";
        }

        var said = await Page.EvaluateAsync<string>("document.querySelector('main')?.innerText ?? document.body?.innerText ?? ''");
        return $"{Page.Url}\n{(said.Length > 1500 ? said[..1500] : said)}\n";
    }

    private async Task OpenMenuAsync()
    {
        if (!await Page.Locator("details.menu").EvaluateAsync<bool>("m => m.open"))
        {
            await Page.Locator("details.menu > summary").ClickAsync();
        }
    }

    private void Hear(IConsoleMessage said)
    {
        if (said.Type == "error" && !(_wasWithoutLine && said.Text.Contains("ERR_INTERNET_DISCONNECTED", StringComparison.Ordinal)) && !(Refused().Match(said.Text) is { Success: true } refused && _refusals.Contains(int.Parse(refused.Groups[1].Value, null))))
        {
            Note($"console: {said.Text} ({said.Location})");
        }
    }

    private void Note(string fault)
    {
        lock (_faults)
        {
            _faults.Add($"{Page.Url}: {fault}");
        }
    }

    [GeneratedRegex("responded with a status of (4[0-9][0-9])")]
    private static partial Regex Refused();
}
