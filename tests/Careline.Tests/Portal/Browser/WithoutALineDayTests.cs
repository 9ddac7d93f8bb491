using Careline.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Careline.Tests.Portal.Browser;

/// <summary>A patient whose phone has no line for a while.</summary>
public sealed class WithoutALineDayTests(BrowserPractice practice) : BrowserDay(practice)
{
    private const string Form = "/record/allergies/new";

    [Fact]
    public async Task What_is_written_without_a_line_arrives_once_and_what_is_refused_comes_back()
    {
        var tab = await OpenAsAsync("maria.santos");
        await tab.ComesTrueAsync("() => navigator.serviceWorker.ready.then(() => !!navigator.serviceWorker.controller)");

        await WriteAsync(tab, "Latex", since: "2020-01-01");
        await Eventually.HoldsAsync(async () =>
        {
            await tab.GoAsync("/record");
            return await tab.Main.GetByText("Latex").CountAsync() > 0;
        });
        await tab.GoAsync("/record");
        await Expect(tab.Main.GetByText("Latex")).ToHaveCountAsync(1);

        await WriteAsync(tab, "Pollen", since: "never");
        await tab.GoAsync("/home");
        await Expect(tab.Page.Locator("[data-live=unsent]")).ToBeVisibleAsync();
        await tab.FollowAsync(tab.Page.Locator("[data-live=unsent] a"));
        await Expect(tab.Page.Locator("#entry-substance")).ToHaveValueAsync("Pollen");

        // It is theirs again: nothing waits, and nothing is told of twice.
        await tab.GoAsync("/home");
        await tab.ComesTrueAsync("() => document.querySelector('[data-live=waiting]').hidden && document.querySelector('[data-live=unsent]').hidden");
    }

    private static async Task WriteAsync(Tab tab, string substance, string since)
    {
        await tab.GoAsync(Form);
        await tab.FillAsync("entry", ("substance", substance));

        // What a browser would not let through an older one does.
        await tab.Page.EvaluateAsync("since => { const day = document.getElementById('entry-noted_on'); day.type = 'text'; day.value = since; }", since);
        await tab.HasLineAsync(false);
        await tab.PressAsync("Save", tab.Form("entry"));
        await Expect(tab.Heading).ToHaveTextAsync("Kept until there is a line");
        await tab.HasLineAsync(true);
    }
}
