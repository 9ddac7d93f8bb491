using Careline.Tests.Files;
using Careline.Tests.Support;

namespace Careline.Tests.Records;

public sealed class InfectedDocumentTests(ScanFilesTests.Scanned app) : IClassFixture<ScanFilesTests.Scanned>
{
    [Fact]
    public async Task Whoever_brought_a_document_in_which_something_is_found_is_told_once_and_nobody_gets_it()
    {
        app.Scanner.IsBroken = false;
        using var patient = await app.PatientAsync();
        var clean = await patient.AddDocumentAsync();

        var id = await patient.AddDocumentAsync(System.Text.Encoding.ASCII.GetString(ScannerDouble.Eicar));
        await Eventually.HoldsAsync(async () => (await patient.GetAsync(Documents.At(id, "content/"))).ErrorCode == "FILE_INFECTED");
        await Eventually.HoldsAsync(async () => (await patient.GetAsync(Documents.At(clean, "content/"))).Status == 200);
        await Eventually.HoldsAsync(async () => (await ToldAsync()).Count > 0);

        var told = await ToldAsync();
        told.Count.ShouldBe(1);
        told[0].GetProperty("severity").GetString().ShouldBe("important");
        (await app.InboxAsync($"{patient.UserName}@example.test")).Count(text => text.Contains("virus scanner", StringComparison.Ordinal)).ShouldBe(1);
        (await patient.GetAsync("/api/notifications/?mark_read=false")).Text.ShouldNotContain(clean.ToString());

        async Task<List<System.Text.Json.JsonElement>> ToldAsync() =>
            [.. (await patient.GetAsync("/api/notifications/?mark_read=false")).Rows.Where(n => n.GetProperty("about").GetProperty("id").GetGuid() == id)];
    }
}
