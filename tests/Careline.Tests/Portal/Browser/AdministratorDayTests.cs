using Careline.Host.Demo;
using static Microsoft.Playwright.Assertions;

namespace Careline.Tests.Portal.Browser;

/// <summary>An administrator verifies a doctor, looks after people and machine, and changes a setting.</summary>
public sealed class AdministratorDayTests(BrowserPractice practice) : BrowserDay(practice)
{
    [Fact]
    public async Task An_administrator_verifies_a_doctor_looks_around_and_changes_a_setting()
    {
        var tab = await OpenAsAsync(DemoSignIns.AdministratorName);
        tab.Path.ShouldBe("/admin");
        await tab.FollowAsync("Doctors to verify");
        var applicant = tab.Main.Locator("article").Filter(new() { HasText = "Samuel Otieno" });
        await applicant.GetByLabel("Note").FillAsync("Found in the register.");
        await tab.PressAsync("Verify", applicant);
        await Expect(tab.Toast).ToHaveTextAsync("The decision is kept, and whom it concerns is told.");
        await tab.GoAsync("/doctors?search=Otieno");
        await tab.ShowsAsync("Samuel Otieno");

        await tab.ChooseAsync("Users");
        await tab.Page.GetByLabel("Name, e-mail or phone").FillAsync("otieno");
        await tab.PressAsync("Search");
        await tab.FollowAsync("Samuel Otieno");
        await tab.ShowsAsync("samuel.otieno@example.com");
        await tab.ChooseAsync("Audit");
        await Expect(tab.Main.Locator("tbody tr").Filter(new() { HasText = "Verify doctor" }).First).ToContainTextAsync("success");
        await tab.ChooseAsync("Jobs");
        await Expect(tab.Main.Locator("tbody tr").First).ToBeVisibleAsync();
        await Expect(tab.Main.Locator("tbody")).Not.ToContainTextAsync("failed");
        await tab.ChooseAsync("Health");
        await tab.ShowsAsync("The audit cannot be changed");
        await ChangeAsync(tab);
    }

    private static async Task ChangeAsync(Tab tab)
    {
        await tab.ChooseAsync("Configuration");
        await tab.FollowAsync("Request days");
        await tab.SendAsync("change", ("value", "21"), ("reason", "Holidays"));
        await Expect(tab.Toast).ToHaveTextAsync("Saved.");
        await Expect(tab.Page.Locator("#change-value")).ToHaveValueAsync("21");
        await Expect(tab.Main.Locator(".timeline li").First).ToContainTextAsync("Holidays");

        await tab.UnfoldAsync("Back to the files of the installation");
        await tab.SendAsync("revert", ("reason", "Holidays are over"));
        await Expect(tab.Main.Locator(".timeline li").First).ToContainTextAsync("Holidays are over");
        await Expect(tab.Main.Locator(".timeline li")).ToHaveCountAsync(2);
    }
}
