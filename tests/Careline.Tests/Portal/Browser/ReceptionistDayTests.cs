using static Microsoft.Playwright.Assertions;

namespace Careline.Tests.Portal.Browser;

/// <summary>A receptionist looks at the board, registers somebody new, books for them, checks them in and takes their money.</summary>
public sealed class ReceptionistDayTests(BrowserPractice practice) : BrowserDay(practice)
{
    private const string Newcomer = "Ibrahim Danjuma";

    [Fact]
    public async Task A_receptionist_registers_books_checks_in_and_takes_a_payment()
    {
        var tab = await OpenAsAsync("tunde.adeyemi");
        tab.Path.ShouldBe("/desk");
        await tab.ShowsAsync("visits today");

        await tab.FollowAsync("Book a visit");
        await tab.FollowAsync("New patient");
        await tab.SendAsync(
            "new", ("first_name", "Ibrahim"), ("last_name", "Danjuma"), ("date_of_birth", "1971-03-04"), ("gender", "male"), ("phone", "+2348020001177"), ("city", "Lagos"), ("country", "NG"));
        await tab.ShowsAsync(Newcomer);
        await tab.FollowAsync("Adaeze Okafor");
        await tab.FollowAsync(tab.Page.Locator(".week a").First);
        await tab.SendAsync("book", ("reason", "A cut on the hand"));
        await Expect(tab.Toast).ToHaveTextAsync("The visit is booked.");
        await Expect(tab.Heading).ToHaveTextAsync(Newcomer);

        await tab.PressAsync("Check in");
        await Expect(tab.Main.Locator(".badge").First).ToHaveTextAsync("Checked in");
        await tab.FollowAsync("Payment");
        await tab.PressAsync("Money is here");
        await Expect(tab.Toast).ToHaveTextAsync("The money is booked. Here is the receipt.");
        await tab.FollowAsync("Receipts");
        await tab.ShowsAsync("₦15,000");

        await tab.ChooseAsync("Patients");
        await tab.Page.GetByLabel("Name, number or phone of the patient").FillAsync("Danjuma");
        await tab.PressAsync("Find");
        await tab.FollowAsync(Newcomer);
        await Expect(tab.Main.Locator("li").Filter(new() { HasText = "Adaeze Okafor" }).First).ToContainTextAsync("Checked in");
    }
}
