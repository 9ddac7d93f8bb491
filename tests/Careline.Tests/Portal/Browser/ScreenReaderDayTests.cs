using Careline.Tests.Support;

namespace Careline.Tests.Portal.Browser;

/// <summary>A patient who hears the pages: everything is found by what the browser tells a screen reader.</summary>
public sealed class ScreenReaderDayTests(BrowserPractice practice) : BrowserDay(practice)
{
    [Fact]
    public async Task A_patient_registers_books_pays_and_calls_off_by_what_is_said()
    {
        var tab = await OpenAsync();
        var reader = new Reader(tab);
        await RegisterAsync(tab, reader);
        await BookAsync(reader);
        await PayAsync(tab, reader);
        await CallOffAsync(reader);
    }

    [Fact]
    public async Task A_prescription_is_said_whole_and_in_order()
    {
        var tab = await OpenAsAsync("amara.nwosu");
        var reader = new Reader(tab);
        await reader.ArriveAsync("Good to see you, Amara Nwosu");
        await tab.ChooseAsync("Prescriptions");
        await reader.ArriveAsync("Prescriptions");
        await tab.FollowAsync(tab.Main.Locator("a[href^='/prescriptions/']").First);
        var said = (await reader.ArriveAsync((await tab.Heading.TextContentAsync())!)).Select(s => s.ToString()).ToList();

        var medicine = said.FindIndex(s => s.StartsWith("heading Amlodipine", StringComparison.Ordinal));
        medicine.ShouldBeGreaterThan(0, string.Join('\n', said));
        var rest = said.Skip(medicine + 1).TakeWhile(s => !s.StartsWith("heading", StringComparison.Ordinal)).ToList();
        rest.ShouldContain(s => s.Contains("once", StringComparison.OrdinalIgnoreCase), string.Join('\n', rest));
        rest.IndexOf("StaticText Quantity").ShouldBeInRange(0, rest.Count - 2, string.Join('\n', rest));
        rest[rest.IndexOf("StaticText Quantity") + 1].ShouldMatch("^StaticText [0-9]+$");
        said.ShouldContain(s => s.StartsWith("link Print it (PDF)", StringComparison.Ordinal));
    }

    private static async Task RegisterAsync(Tab tab, Reader reader)
    {
        await tab.GoAsync("/register");
        await reader.ArriveAsync("Register as a patient");
        await reader.TypeAsync("First name", "Lindiwe");
        await reader.TypeAsync("Family name", "Dube");
        await reader.TypeAsync("E-mail", "lindiwe.dube@example.test");
        await reader.TypeAsync("Date of birth", "04041990");
        await reader.TypeAsync("Password", "short word");
        tab.Expects(400);
        await reader.FollowAsync("Register");

        // What was refused is said where it stands, beside why.
        var refused = (await reader.ArriveAsync("Register as a patient")).Single(s => s.IsInvalid);
        refused.Name.ShouldStartWith("Password");
        await reader.TypeAsync("Password", TestApp.Password);
        await reader.FollowAsync("Register");
        var home = await reader.ArriveAsync("Good to see you, Lindiwe Dube");
        home.ShouldContain(s => s.Role == "navigation" && s.Name == "Main pages");
    }

    private static async Task BookAsync(Reader reader)
    {
        await reader.FollowAsync("Find a doctor");
        await reader.ArriveAsync("Find a doctor");
        await reader.PickAsync("Specialty", "Psychiatry");
        await reader.FollowAsync("Search");
        (await reader.ArriveAsync("Find a doctor")).Select(s => s.ToString()).ShouldContain("StaticText 1 doctor");
        await reader.FollowAsync("Hamish Mackenzie");
        var times = await reader.ArriveAsync("Hamish Mackenzie");
        await reader.FollowAsync(times.First(s => s.Role == "link" && s.Name.Contains(", ", StringComparison.Ordinal) && TimeOnly.TryParse(s.Name[^5..], null, out _)).Name);
        await reader.ArriveAsync("Book a visit");
        await reader.TypeAsync("What is it about?", "I do not sleep");
        await reader.PickAsync("How to meet", "Phone call");
        await reader.FollowAsync("Book");
    }

    private async Task PayAsync(Tab tab, Reader reader)
    {
        (await reader.ArriveAsync("Pay")).ShouldContain(s => s.Role == "status" || s.Role == "alert", "what was done is not told");
        await reader.FollowAsync("Go on to pay");
        await tab.BeLedOnAsync();
        await reader.FollowAsync("Pay");
        await App.DeliverEventsAsync();
        await reader.FollowAsync("Back to Careline");
        (await reader.ListenAsync()).Select(s => s.ToString()).ShouldContain("StaticText It is paid. Thank you.");
    }

    private static async Task CallOffAsync(Reader reader)
    {
        await reader.FollowAsync("Appointments");
        var visit = (await reader.ArriveAsync("Your appointments")).TakeWhile(s => !s.Name.StartsWith("Hamish Mackenzie", StringComparison.Ordinal)).Last(s => s.Role == "link");
        await reader.FollowAsync(visit.Name);
        var said = await reader.ListenAsync();
        said.Select(s => s.ToString()).ShouldContain("StaticText Confirmed");
        await reader.UnfoldAsync("Call the visit off");
        await reader.TypeAsync("Why", "I found another time");
        await reader.FollowAsync("Call it off");
        (await reader.ListenAsync()).Select(s => s.ToString()).ShouldContain("StaticText Called off.");
    }
}
