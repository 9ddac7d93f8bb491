using Careline.Tests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Careline.Tests.Portal.Browser;

/// <summary>A doctor's workspace in a browser that crashes, and in two tabs: nothing that was typed is lost.</summary>
public sealed class TwoTabsDayTests(BrowserPractice practice) : BrowserDay(practice)
{
    [Fact]
    public async Task What_was_typed_survives_a_crash_and_two_tabs_keep_both_texts()
    {
        var first = await OpenDocumentAsync();
        var path = first.Path;
        await first.FillAsync("document", ("assessment", "Migraine without aura, no sign of anything else"));
        await IsKeptAsync(first);
        await first.Page.CloseAsync();

        var second = await OpenBesideAsync(first);
        await second.GoAsync(path);
        await second.ShowsAsync("Restored what you typed.");
        await Expect(second.Page.Locator("#document-assessment")).ToHaveValueAsync("Migraine without aura, no sign of anything else");
        await second.PressAsync("Save", second.Form("document"));
        await Expect(second.Toast).ToHaveTextAsync("Saved.");

        var third = await OpenBesideAsync(first);
        await third.GoAsync(path);
        await Expect(third.Page.Locator("#document-assessment")).ToHaveValueAsync("Migraine without aura, no sign of anything else");
        await second.FillAsync("document", ("treatment_plan", "Sumatriptan at the first sign"));
        await second.PressAsync("Save", second.Form("document"));
        await MergeAsync(third);

        await second.GoAsync(path);
        await Expect(second.Page.Locator("#document-treatment_plan")).ToHaveValueAsync("Sumatriptan at the first sign. A diary of the attacks");
        await Expect(second.Page.Locator("[data-draft-note]:visible")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task What_was_typed_before_a_slow_line_brought_the_script_survives_a_crash_too()
    {
        var first = await OpenDocumentAsync();
        var slow = await OpenBesideAsync(first);
        await slow.Page.AddInitScriptAsync(
            "document.addEventListener('readystatechange', () => { if (document.readyState === 'interactive') document.getElementById('document-investigations').value = 'None is needed'; })");
        await slow.GoAsync(first.Path);
        await IsKeptAsync(slow);
        await slow.Page.CloseAsync();

        var newer = await OpenBesideAsync(first);
        await newer.Page.AddInitScriptAsync(
            "document.addEventListener('readystatechange', () => { if (document.readyState === 'interactive') document.getElementById('document-investigations').value = 'A blood count' })");
        await newer.GoAsync(first.Path);
        await Expect(newer.Page.Locator("#document-investigations")).ToHaveValueAsync("None is needed\nA blood count");
        await newer.Page.CloseAsync();

        var again = await OpenBesideAsync(first);
        await again.GoAsync(first.Path);
        await again.ShowsAsync("Restored what you typed.");
        await Expect(again.Page.Locator("#document-investigations")).ToHaveValueAsync("None is needed\nA blood count");
        await again.Main.GetByRole(AriaRole.Button, new() { Name = "Discard what was restored" }).First.ClickAsync();
        await Expect(again.Page.Locator("#document-investigations")).ToHaveValueAsync("");
    }

    private async Task<Tab> OpenDocumentAsync()
    {
        var tab = await OpenAsAsync("eleanor.whitfield");
        await ToDayOfAsync(tab, "Olivia Clarke");
        await tab.PressAsync("Open the document", tab.Main.Locator("li").Filter(new() { HasText = "Olivia Clarke" }).Last);
        return tab;
    }

    private static async Task MergeAsync(Tab tab)
    {
        await tab.FillAsync("document", ("treatment_plan", "A diary of the attacks"));
        tab.Expects(refusal: 412);
        await tab.PressAsync("Save", tab.Form("document"));
        await Expect(tab.Main.GetByRole(AriaRole.Alert)).ToContainTextAsync("Nothing of yours is lost.");
        await Expect(tab.Page.GetByLabel("Yours, which will be saved")).ToHaveValueAsync("A diary of the attacks");
        await Expect(tab.Page.GetByLabel("On the server now")).ToHaveValueAsync("Sumatriptan at the first sign");

        await tab.Page.GetByLabel("Yours, which will be saved").FillAsync("Sumatriptan at the first sign. A diary of the attacks");
        await tab.PressAsync("Save", tab.Form("document"));
        await Expect(tab.Toast).ToHaveTextAsync("Saved.");
    }

    // The page says nothing of it: typing is not disturbed.
    private static Task IsKeptAsync(Tab tab) => Eventually.HoldsAsync(() => tab.Page.EvaluateAsync<bool>(
        """
        () => new Promise(then => {
          const asked = indexedDB.open('careline-drafts');
          asked.onsuccess = () => {
            const base = asked.result;
            if (!base.objectStoreNames.contains('drafts')) { base.close(); return then(false); }
            base.transaction('drafts').objectStore('drafts').count().onsuccess = found => { base.close(); then(found.target.result > 0); };
          };
          asked.onerror = () => then(false);
        })
        """));
}
