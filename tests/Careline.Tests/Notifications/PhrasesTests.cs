using System.Net.Http.Json;
using Careline.Platform.Delivery;
using Careline.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Careline.Tests.Notifications;

public sealed class PhrasesTests(SharedApp app) : IClassFixture<SharedApp>
{
    private Phrases Phrases => app.Services.GetRequiredService<Phrases>();

    [Fact]
    public void Every_language_says_only_what_english_says_and_with_the_same_placeholders()
    {
        var english = Phrases.CatalogueOf(Phrases.Fallback);
        english.Count.ShouldBeGreaterThanOrEqualTo(9);
        Phrases.Languages.ShouldBe(["en", "fr", "ha", "hi", "ig", "yo"], ignoreOrder: true);

        foreach (var language in Phrases.Languages)
        {
            foreach (var (name, phrase) in Phrases.CatalogueOf(language))
            {
                english.Keys.ShouldContain(name);
                Placeholders(phrase).ShouldBe(Placeholders(english[name]), $"{language} {name}");
                string.IsNullOrEmpty(phrase.Subject).ShouldBe(string.IsNullOrEmpty(english[name].Subject), $"{language} {name}");
            }
        }
    }

    [Fact]
    public void The_first_language_that_has_the_phrase_says_it_and_english_what_none_has()
    {
        Phrases.Say("accounts.code", ["xx", "fr-CM", "hi"], ("code", "123456")).Text.ShouldStartWith("123456 est votre code");
        Phrases.Say("accounts.invitation", ["yo"], ("role", "nurse"), ("minutes", "30"), ("token", "t")).Text.ShouldContain("as nurse");
    }

    [Fact]
    public void A_value_that_looks_like_a_placeholder_stays_what_it_is() =>
        Phrases.Say("accounts.invitation", [], ("role", "{token}"), ("minutes", "30"), ("token", "secret")).Text.ShouldContain("as {token}");

    [Fact]
    public async Task A_code_comes_in_the_language_that_the_caller_asks_for()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/auth/send-otp/");
        request.Content = JsonContent.Create(new { phone = "+2348055501234" });
        request.Headers.AcceptLanguage.ParseAdd("en;q=0.5, yo-NG");

        (await app.Anonymous.SendAsync(request, TestContext.Current.CancellationToken)).EnsureSuccessStatusCode();

        (await app.InboxAsync("+2348055501234"))[0].ShouldContain("kóòdù Careline");
    }

    [Fact]
    public async Task A_patient_reads_of_an_opened_record_in_the_language_of_the_record()
    {
        using var patient = await app.PatientAsync();
        (await patient.PatchAsync($"/api/patients/{patient.PatientId}/", new { language = "fr-CM" })).Status.ShouldBe(200);
        using var admin = await app.AdminAsync();

        (await admin.PostAsync($"/api/patients/{patient.PatientId}/break-glass/", new { reason = "Found unconscious" })).Status.ShouldBe(201);

        (await app.InboxAsync($"{patient.UserName}@example.test")).ShouldContain(text => text.StartsWith("Votre dossier Careline"));
    }

    private static string[] Placeholders(Phrase phrase) =>
        [.. Phrases.Placeholder().Matches(phrase.Subject + phrase.Text).Select(m => m.Value).Order()];
}
