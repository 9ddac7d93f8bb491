using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Careline.Tests.Portal.Browser;

/// <summary>A nurse sees who is there, measures, and takes the alert that comes of it.</summary>
public sealed class NurseDayTests(BrowserPractice practice) : BrowserDay(practice)
{
    [Fact]
    public async Task A_nurse_sees_the_day_measures_and_takes_the_alert()
    {
        var tab = await OpenAsAsync("ngozi.eze");
        tab.Path.ShouldBe("/day");
        await ToDayOfAsync(tab, "Fatima Yusuf");
        await tab.PressAsync("Open the document", tab.Main.Locator("li").Filter(new() { HasText = "Fatima Yusuf" }).Last);

        // Typed the wrong way round: said where it was typed, though that was folded up.
        await tab.UnfoldAsync("Enter vitals");
        tab.Expects(refusal: 400);
        await tab.SendAsync("vitals", ("systolic", "52"), ("diastolic", "86"));
        await Expect(tab.Form("vitals").GetByText("Must be below the systolic pressure.")).ToBeVisibleAsync();
        await tab.SendAsync(
            "vitals", ("systolic", "86"), ("diastolic", "52"), ("heart_rate", "134"), ("temperature", "39.6"), ("respiratory_rate", "28"), ("oxygen_saturation", "90"), ("consciousness", "alert"), ("on_air", ""));
        await Expect(tab.Toast).ToHaveTextAsync("Saved.");
        await tab.ShowsAsync("86/52");
        await tab.ShowsAsync("high risk");
        await App.DeliverEventsAsync();

        await tab.ChooseAsync("Alerts");
        var alert = tab.Main.Locator("article").Filter(new() { HasText = "Fatima Yusuf" }).First;
        await Expect(alert).ToBeVisibleAsync();
        await alert.GetByLabel("Note").FillAsync("I am with her");
        await tab.PressAsync("I take it", alert);
        await tab.FollowAsync(tab.Main.GetByRole(AriaRole.Link, new() { Name = "Taken", Exact = true }));
        await tab.ShowsAsync("Taken by Ngozi Eze");
        await tab.FollowAsync("Fatima Yusuf");
        await tab.ShowsAsync("86/52");
    }
}
