using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Careline.Tests.Portal.Browser;

/// <summary>A patient finds a doctor, books, pays, writes, moves and calls off, reads what is theirs, and leaves nothing behind.</summary>
public sealed class PatientDayTests(BrowserPractice practice) : BrowserDay(practice)
{
    [Fact]
    public async Task A_patient_finds_a_doctor_books_pays_writes_moves_and_calls_off_and_leaves_nothing_behind()
    {
        var tab = await OpenAsync();
        await FindTimeAsync(tab);
        await SignInAsync(tab, "amara.nwosu");
        await tab.SendAsync("book", ("reason", "A heart that races"), ("symptoms", "Since last week, in the evening"), ("modality", "video"));
        await PayAtSandboxAsync(tab);
        await WriteAsync(tab);
        await MoveAndCallOffAsync(tab);
        await ReadAsync(tab);

        await tab.SignOutAsync();
        await Expect(tab.Toast).ToHaveTextAsync("You are signed out on this device.");
        await GoBackAsync(tab);
    }

    private static async Task FindTimeAsync(Tab tab)
    {
        await tab.GoAsync("/");
        await Expect(tab.Heading).ToHaveTextAsync("See a doctor from where you are");
        await tab.FollowAsync("Find a doctor");
        await tab.Page.GetByLabel("Specialty").SelectOptionAsync("Cardiology");
        await tab.PressAsync("Search");
        await Expect(tab.Main.GetByRole(AriaRole.Status).Last).ToHaveTextAsync("1 doctor");
        await tab.FollowAsync("Chinedu Balogun");
        await Expect(tab.Heading).ToContainTextAsync("Chinedu Balogun");
        await tab.FollowAsync(tab.Page.Locator(".week a").Last);
        tab.Path.ShouldBe("/sign-in");
    }

    private static async Task WriteAsync(Tab tab)
    {
        await tab.ChooseAsync("Appointments");
        await tab.FollowLineAsync("A heart that races");
        await Expect(tab.Main.Locator(".badge").First).ToHaveTextAsync("Confirmed");
        await tab.PressAsync("Write a message");
        tab.Path.ShouldStartWith("/chats/");
        await tab.Page.GetByLabel("Message").FillAsync("Shall I bring the last ECG?");
        await tab.Main.GetByRole(AriaRole.Button, new() { Name = "Send" }).ClickAsync();
        await Expect(tab.Page.Locator("#messages .own").Last).ToContainTextAsync("Shall I bring the last ECG?");
        await Expect(tab.Page.GetByLabel("Message")).ToHaveValueAsync("");
    }

    private static async Task MoveAndCallOffAsync(Tab tab)
    {
        await tab.ChooseAsync("Appointments");
        await tab.FollowLineAsync("A heart that races");
        var before = await tab.Main.Locator("time").First.GetAttributeAsync("datetime");
        await tab.FollowAsync("Another time");
        await tab.FollowAsync("Later");
        await tab.FollowAsync(tab.Page.Locator(".week a").First);
        await tab.SendAsync("move", ("reason", "I travel that day"));
        await Expect(tab.Toast).ToHaveTextAsync("Your visit was moved.");
        await Expect(tab.Main.Locator("time").First).Not.ToHaveAttributeAsync("datetime", before!);

        await tab.UnfoldAsync("Call the visit off");
        await tab.SendAsync("cancel", ("reason", "I am well again"));
        await Expect(tab.Toast).ToHaveTextAsync("Called off.");
        await Expect(tab.Main.Locator(".badge").First).ToHaveTextAsync("Called off");
    }

    private static async Task ReadAsync(Tab tab)
    {
        await tab.ChooseAsync("Prescriptions");
        await tab.FollowAsync(tab.Main.Locator("a[href^='/prescriptions/']").First);
        await tab.ShowsAsync("Amlodipine");
        await tab.ChooseAsync("Medicines");
        await tab.ShowsAsync("Amlodipine");
        await tab.ChooseAsync("Record");
        await tab.ShowsAsync("Adaeze Okafor");
        await tab.ChooseAsync("Vitals");
        await Expect(tab.Main.Locator("svg").First).ToBeVisibleAsync();
        await tab.ChooseAsync("Emergency card");
        await tab.ShowsAsync("Penicillin");
    }

    private static async Task GoBackAsync(Tab tab)
    {
        await tab.Page.GoBackAsync(new() { WaitUntil = WaitUntilState.DOMContentLoaded });
        await Expect(tab.Heading).ToHaveTextAsync("Sign in");
        foreach (var theirs in new[] { "Amara", "Penicillin" })
        {
            (await tab.Page.ContentAsync()).ShouldNotContain(theirs);
        }
    }
}
