using Careline.Host.Demo;
using static Microsoft.Playwright.Assertions;

namespace Careline.Tests.Portal.Browser;

/// <summary>Whoever runs a clinic adds what it offers, answers a patient, and looks at its figures.</summary>
public sealed class ClinicAdministratorDayTests(BrowserPractice practice) : BrowserDay(practice)
{
    [Fact]
    public async Task A_clinic_administrator_adds_a_service_and_a_room_answers_a_review_and_sees_figures()
    {
        await ReviewAsync();
        var tab = await OpenAsAsync("folake.williams");
        await tab.ChooseAsync("Clinic");
        await Expect(tab.Main).ToContainTextAsync("Marina Family Clinic");

        await tab.FollowAsync("Services");
        await tab.SendAsync("service", ("name", "Dressing of a wound"), ("price", "4500"), ("currency", "ngn"), ("duration_minutes", "20"));
        await Expect(tab.Toast).ToHaveTextAsync("Saved.");
        await Expect(tab.Main.Locator("li").Filter(new() { HasText = "Dressing of a wound" })).ToContainTextAsync("4,500");

        await tab.FollowAsync("Rooms");
        await tab.SendAsync("room", ("name", "Treatment room 2"), ("capacity", "2"), ("equipment", "Couch, lamp"));
        await Expect(tab.Main.Locator("li").Filter(new() { HasText = "Treatment room 2" })).ToContainTextAsync("for 2");

        await tab.FollowAsync("Reviews");
        var review = tab.Main.Locator("article").Filter(new() { HasText = "Clean and quick." });
        await review.GetByLabel("Your answer").FillAsync("Thank you, we pass it on.");
        await tab.PressAsync("Answer", review);
        await Expect(review.GetByLabel("Your answer")).ToHaveValueAsync("Thank you, we pass it on.");

        await tab.FollowAsync("Figures");
        await tab.ShowsAsync("Adaeze Okafor");
        await Expect(tab.Main.Locator(".stat").First).ToBeVisibleAsync();
    }

    private async Task ReviewAsync()
    {
        using var patient = await App.SignInAsync("emeka.obi", DemoSignIns.Password);
        var visit = (await patient.GetAsync("/api/appointments/?status=completed")).Rows.First();
        var said = new { appointment_id = visit.GetProperty("id").GetGuid(), rating = 5, comment = "Clean and quick." };
        var reply = await patient.PostAsync($"/api/eclinic/clinics/{visit.GetProperty("clinic").GetProperty("id").GetGuid()}/reviews/", said);
        reply.Status.ShouldBe(201, reply.Text);
    }
}
