using Careline.Tests.Support;

namespace Careline.Tests.Consultations;

public sealed class DocumentNewsTests(SharedApp app) : IClassFixture<SharedApp>
{
    [Fact]
    public async Task The_patient_is_told_that_the_document_is_there_and_of_what_is_added_but_not_what_it_says()
    {
        var visit = await app.CompletedVisitAsync();
        (await visit.Doctor.PostAsync($"/api/consultations/{visit.Id}/addenda/", new { content = "Secret addition" })).Status.ShouldBe(201);

        var told = await ToldAsync(visit.Patient, 2);

        told.Select(n => n.GetProperty("type").GetString()).ShouldBe(["consultations.amended", "consultations.completed"], ignoreOrder: true);
        told.ShouldAllBe(n => n.GetProperty("about").GetProperty("id").GetGuid() == visit.Id);
        (await app.InboxAsync($"{visit.Patient.UserName}@example.test")).ShouldNotContain(text => text.Contains("Secret", StringComparison.Ordinal));
        (await visit.Doctor.GetAsync("/api/notifications/?category=consultation")).Rows.ShouldBeEmpty();
    }

    private async Task<List<System.Text.Json.JsonElement>> ToldAsync(Person reader, int times)
    {
        List<System.Text.Json.JsonElement> found = [];
        await Eventually.HoldsAsync(async () =>
        {
            await app.DeliverEventsAsync();
            found = [.. (await reader.GetAsync("/api/notifications/?category=consultation&mark_read=false")).Rows.Where(n => n.GetProperty("type").GetString() != "analytics.survey")];
            return found.Count == times;
        });
        return found;
    }
}
