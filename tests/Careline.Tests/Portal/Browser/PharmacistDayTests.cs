using Careline.Host.Demo;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Careline.Tests.Portal.Browser;

/// <summary>A pharmacist takes a batch in, verifies what a patient shows, hands it out, and sees the stock go down.</summary>
public sealed class PharmacistDayTests(BrowserPractice practice) : BrowserDay(practice)
{
    [Fact]
    public async Task A_pharmacist_verifies_hands_out_and_sees_the_stock_go_down()
    {
        var code = await CodeOfAsync("emeka.obi");
        var tab = await OpenAsAsync("amina.bello");
        tab.Path.ShouldBe("/pharmacy");
        var item = await TakeInAsync(tab);

        // The printed code leads to the page for everybody, and that page back to work.
        await tab.GoAsync($"/verify/{code}");
        await tab.ShowsAsync("This prescription is true and valid.");
        await tab.FollowAsync("Hand it out");
        await tab.ShowsAsync("Genuine and valid");

        await tab.ChooseAsync("To dispense");
        await tab.FollowAsync("A patient shows a code");
        await tab.Page.GetByLabel("Code on the prescription").FillAsync(code.ToLowerInvariant());
        await tab.PressAsync("Verify");
        await tab.ShowsAsync("Genuine and valid");
        var aspirin = tab.Main.GetByRole(AriaRole.Group, new() { Name = "Aspirin 75 mg" });
        await aspirin.GetByLabel("Hand out now").FillAsync("30");
        await tab.PressAsync("Hand out", tab.Form("dispense"));
        await Expect(tab.Toast).ToHaveTextAsync("Handed out.");
        await Expect(aspirin).ToContainTextAsync("30 of 120 handed out, 90 left");

        await tab.GoAsync(item);
        await tab.ShowsAsync("70 × tablet");
        await tab.FollowAsync("All movements of this item");
        await tab.ShowsAsync("30");
    }

    private static async Task<string> TakeInAsync(Tab tab)
    {
        await tab.ChooseAsync("Stock");
        await tab.UnfoldAsync("Add an item");
        await tab.Page.GetByRole(AriaRole.Searchbox, new() { Name = "Find a medicine" }).FillAsync("Aspirin");
        await tab.PressAsync("Find");
        await tab.FollowAsync(tab.Main.GetByRole(AriaRole.Link, new() { Name = "acetylsalicylic acid", Exact = true }));
        await tab.SendAsync("item", ("sku", "ASP-75"), ("unit", "tablet"), ("strength", "75 mg"), ("currency", "NGN"));
        await Expect(tab.Toast).ToHaveTextAsync("Saved.");
        await tab.SendAsync("receive", ("number", "LOT-2291"), ("expires_on", "2031-01-31"), ("quantity", "100"), ("price", "12.50"));
        await tab.ShowsAsync("100 × tablet");
        return tab.Path;
    }

    private async Task<string> CodeOfAsync(string name)
    {
        using var patient = await App.SignInAsync(name, DemoSignIns.Password);
        var id = (await patient.GetAsync("/api/prescriptions/")).Rows.First().GetProperty("id").GetGuid();
        return (await patient.GetAsync($"/api/prescriptions/{id}/")).Data.GetProperty("verify_code").GetString()!;
    }
}
