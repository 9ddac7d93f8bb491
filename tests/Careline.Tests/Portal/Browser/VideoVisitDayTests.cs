using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Careline.Tests.Portal.Browser;

/// <summary>A patient and a doctor, each in a browser of their own, hold a visit by video, from booking to the receipt.</summary>
public sealed class VideoVisitDayTests(BrowserPractice practice) : BrowserDay(practice)
{
    private const string Patient = "Thomas Baker";

    [Fact]
    public async Task A_doctor_and_a_patient_see_each_other_and_the_patient_reads_what_was_prescribed()
    {
        var patient = await OpenAsAsync("thomas.baker");
        var booked = await BookAsync(patient);
        var doctor = await OpenAsAsync("adaeze.okafor");
        await StartAsync(doctor);
        var room = await OpenBesideAsync(doctor);
        await room.GoAsync(doctor.Path.Replace("/consultations/", "/visit/", StringComparison.Ordinal));
        await room.Page.Locator("#go").ClickAsync();
        await Expect(room.Page.Locator("#call")).ToBeVisibleAsync();

        await JoinAsync(patient, booked);
        await room.Page.Locator("#queue button").ClickAsync();
        await SeesTheOtherAsync(patient);
        await SeesTheOtherAsync(room);
        await Expect(room.Page.Locator("#facts-text")).ToContainTextAsync("17 Mill Lane");

        await WriteAsync(doctor);
        await PrescribeAsync(doctor);
        await doctor.FillAsync("document", ("assessment", "A sprain, no break"), ("treatment_plan", "Rest and cold for two days"));
        await doctor.UnfoldAsync("Save and complete");
        await doctor.PressAsync("Save, complete and lock");
        await Expect(doctor.Toast).ToHaveTextAsync("The visit is completed and its document locked.");
        await Expect(patient.Page.Locator("#why")).ToHaveTextAsync("The visit is over.");

        await ReadAsync(patient);
    }

    private async Task<string> BookAsync(Tab patient)
    {
        await patient.GoAsync("/doctors?search=Adaeze");
        await patient.FollowAsync("Adaeze Okafor");
        await patient.FollowAsync(patient.Page.Locator(".week a").First);
        await patient.SendAsync("book", ("reason", "A twisted ankle"), ("modality", "video"));
        await PayAtSandboxAsync(patient);
        await patient.ChooseAsync("Appointments");
        await patient.FollowLineAsync("A twisted ankle");
        await Expect(patient.Main.Locator(".badge").First).ToHaveTextAsync("Confirmed");
        return patient.Path;
    }

    private static async Task StartAsync(Tab doctor)
    {
        doctor.Path.ShouldBe("/day");
        await ToDayOfAsync(doctor, Patient);
        await doctor.PressAsync("Start", doctor.Main.Locator("li").Filter(new() { HasText = Patient }).Last);
        doctor.Path.ShouldStartWith("/consultations/");
    }

    private static async Task JoinAsync(Tab patient, string booked)
    {
        await patient.GoAsync(booked);
        await patient.FollowAsync("Join the visit");
        await patient.Page.Locator("#place").FillAsync("17 Mill Lane, ground floor");
        await patient.Page.Locator("#number").FillAsync("+447700900207");
        await patient.Page.Locator("#identity").CheckAsync();
        await patient.Page.Locator("#consent").CheckAsync();
        await patient.Page.Locator("#confirm button").ClickAsync();
        await Expect(patient.Page.Locator("#waiting")).ToBeVisibleAsync();
    }

    private static Task SeesTheOtherAsync(Tab tab) => tab.ComesTrueAsync(
        "() => [...document.querySelectorAll('#people video:not(#mine)')].some(v => v.videoWidth > 0 && v.currentTime > 0.5 && v.getVideoPlaybackQuality().totalVideoFrames > 5)");

    private static async Task WriteAsync(Tab doctor)
    {
        await doctor.SendAsync("vitals", ("systolic", "128"), ("diastolic", "82"), ("heart_rate", "76"), ("temperature", "37.2"), ("respiratory_rate", "16"), ("oxygen_saturation", "98"));
        await doctor.ShowsAsync("128/82");
        await doctor.SendAsync("note", ("content", "Can stand on it."));
        await doctor.SendAsync("diagnosis", ("text", "Sprain of ankle"), ("code", "S93.4"));
        await doctor.ShowsAsync("S93.4");
    }

    // He is allergic to it: the page says so, and wants a reason.
    private static async Task PrescribeAsync(Tab doctor)
    {
        await doctor.Page.GetByRole(AriaRole.Searchbox, new() { Name = "Find a medicine" }).FillAsync("Ibuprofen");
        await doctor.PressAsync("Find", doctor.Main.Locator("form[action$='#prescribe']"));
        await doctor.FollowAsync(doctor.Main.GetByRole(AriaRole.Link, new() { Name = "Ibuprofen" }).First);
        await doctor.SendAsync("prescribe", ("strength", "400 mg"), ("dosage", "1 tablet"), ("frequency", "sos"), ("duration_days", "3"), ("quantity", "6"));
        var warning = doctor.Main.Locator(".note.bad").Filter(new() { HasText = "Ibuprofen" }).Last;
        await warning.GetByLabel("Why do you go on all the same?").FillAsync("He took it last month without any harm.");
        await doctor.PressAsync("Go on with this reason", warning);
        await doctor.ShowsAsync("You go on because: He took it last month without any harm.");
    }

    private static async Task ReadAsync(Tab patient)
    {
        await patient.ChooseAsync("Prescriptions");
        await patient.FollowAsync("Ibuprofen");
        await patient.ShowsAsync("ibuprofen 400 mg");
        await patient.SendAsync("send", ("clinic_id", "Marina Family Clinic, Lagos"));
        await Expect(patient.Toast).ToHaveTextAsync("The prescription is with the pharmacy.");
        await patient.ChooseAsync("Payments");
        await patient.FollowAsync(patient.Main.Locator("a[href^='/payments/']").First);
        await patient.ShowsAsync("It is paid. Thank you.");
        var paper = await patient.Page.APIRequest.GetAsync((await patient.Main.GetByRole(AriaRole.Link, new() { Name = "PDF" }).First.GetAttributeAsync("href"))!);
        paper.Headers["content-type"].ShouldBe("application/pdf");
    }
}
