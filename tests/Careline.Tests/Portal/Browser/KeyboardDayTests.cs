using Careline.Host.Demo;
using Careline.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Careline.Tests.Portal.Browser;

/// <summary>A patient's day by the keyboard alone.</summary>
public sealed class KeyboardDayTests(BrowserPractice practice) : BrowserDay(practice)
{
    [Fact]
    public async Task A_patient_registers_books_pays_and_calls_off_without_a_mouse()
    {
        var tab = await OpenAsync();
        var fingers = new Fingers(tab);
        await tab.GoAsync("/");
        await fingers.ReachAsync("Skip to the content");
        await fingers.PressAsync("Enter");
        await Expect(tab.Page.Locator("main")).ToBeFocusedAsync();

        await RegisterAsync(tab, fingers);
        await BookAsync(tab, fingers);
        await PayAsync(tab, fingers);
        await CallOffAsync(tab, fingers);
    }

    [Fact]
    public async Task A_patient_signs_in_and_reads_a_prescription_without_a_mouse()
    {
        var tab = await OpenAsync();
        var fingers = new Fingers(tab);
        await tab.GoAsync("/sign-in");
        await fingers.TypeAsync("E-mail, phone or user name", "njeri.wambui");
        await fingers.TypeAsync("Password", DemoSignIns.Password);
        await fingers.FollowAsync("Sign in");

        await fingers.ReachFirstAsync(".menu > summary");
        await fingers.PressAsync("Space");
        await fingers.FollowAsync("Prescriptions");
        await fingers.ReachFirstAsync("main a[href^='/prescriptions/']");
        await fingers.EnterAsync();
        await Expect(tab.Heading).ToContainTextAsync("Prescription");
        await tab.ShowsAsync("Wanjiru Kamau");
        await fingers.ReachAsync("Print it (PDF)");

        await fingers.ReachAsync("Njeri Wambui");
        await fingers.PressAsync("Enter");
        await fingers.PressAsync("Escape");
        await Expect(tab.Page.Locator(".menu")).Not.ToHaveAttributeAsync("open", "");
        (await fingers.FocusAsync()).ShouldStartWith("Njeri Wambui");
        await fingers.PressAsync("Enter");
        await fingers.FollowAsync("Sign out");
        await Expect(tab.Toast).ToHaveTextAsync("You are signed out on this device.");
    }

    private static async Task RegisterAsync(Tab tab, Fingers fingers)
    {
        await fingers.FollowAsync("Find a doctor");
        await fingers.ReachFirstAsync(".menu > summary");
        await fingers.PressAsync("Space");
        await fingers.FollowAsync("Register");
        await fingers.TypeAsync("First name", "Zara");
        await fingers.TypeAsync("Family name", "Kimani");
        await fingers.TypeAsync("E-mail", "zara.kimani@example.test");
        await fingers.TypeAsync("Date of birth", "04041990");
        await fingers.TypeAsync("Password", TestApp.Password);
        await fingers.FollowAsync("Register");
        tab.Path.ShouldBe("/home");
        await Expect(tab.Page.Locator(".menu > summary")).ToHaveTextAsync("Zara Kimani");
    }

    private static async Task BookAsync(Tab tab, Fingers fingers)
    {
        await fingers.ReachAsync("Zara Kimani");
        await fingers.PressAsync("Enter");
        await fingers.FollowAsync("Find a doctor");
        await fingers.PickAsync("Specialty", "Psychiatry");
        await fingers.FollowAsync("Search");
        await fingers.FollowAsync("Hamish Mackenzie");
        await fingers.ReachFirstAsync(".week a");
        await fingers.EnterAsync();
        await fingers.TypeAsync("What is it about?", "I do not sleep");
        await fingers.PickAsync("How to meet", "Phone call");
        await fingers.FollowAsync("Book");
        await Expect(tab.Toast).ToHaveTextAsync("Your visit is booked.");
    }

    private async Task PayAsync(Tab tab, Fingers fingers)
    {
        await fingers.FollowAsync("Go on to pay");

        // The page goes on by itself.
        await tab.BeLedOnAsync();
        await fingers.FollowAsync("Pay");
        await App.DeliverEventsAsync();
        await fingers.FollowAsync("Back to Careline");
        await tab.ShowsAsync("It is paid. Thank you.");
    }

    private static async Task CallOffAsync(Tab tab, Fingers fingers)
    {
        await fingers.FollowAsync("Appointments");
        await fingers.ReachFirstAsync("main a[href^='/appointments/']");
        await fingers.EnterAsync();
        await Expect(tab.Main.Locator(".badge").First).ToHaveTextAsync("Confirmed");
        await fingers.ReachAsync("Call the visit off");
        await fingers.PressAsync("Space");
        await fingers.TypeAsync("Why", "I found another time");
        await fingers.FollowAsync("Call it off");
        await Expect(tab.Toast).ToHaveTextAsync("Called off.");
    }
}
