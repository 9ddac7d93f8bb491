using Careline.Tests.Doctors;
using Careline.Tests.Files;
using Careline.Tests.Support;

namespace Careline.Tests.Accounts;

public sealed class OwnPictureTests(SharedApp app) : IClassFixture<SharedApp>
{
    private const string Path = "/api/auth/profile/picture/";

    [Fact]
    public async Task A_picture_is_set_shown_replaced_and_taken_away()
    {
        using var patient = await app.PatientAsync();
        using var other = await app.PatientAsync();
        (await patient.GetAsync(Path)).Status.ShouldBe(404);
        var kept = await patient.PutAsync(Path, CredentialTests.Form(Samples.Jpeg(), "me.jpg", "image/jpeg"));
        kept.Status.ShouldBe(200, kept.Text);
        kept.Data.GetProperty("url").GetString().ShouldBe(Path);
        (await patient.PutAsync(Path, CredentialTests.Form(Samples.Png(), "me.png", "image/png"))).Status.ShouldBe(200);

        (await patient.Client.GetByteArrayAsync(Path, TestContext.Current.CancellationToken)).ShouldBe(Samples.Png());
        (await patient.GetAsync(Path + "thumbnail/")).Status.ShouldBe(200);
        (await other.GetAsync(Path)).Status.ShouldBe(404);
        (await app.Anonymous.AskAsync(Path)).Status.ShouldBe(401);
        (await HeldAsync(patient)).ShouldBe(1L);

        (await patient.DeleteAsync(Path)).Status.ShouldBe(204);
        (await patient.DeleteAsync(Path)).Status.ShouldBe(204);
        (await patient.GetAsync(Path)).Status.ShouldBe(404);
        (await HeldAsync(patient)).ShouldBe(0L);
    }

    [Fact]
    public async Task The_profile_names_the_picture_and_may_be_sent_back_as_it_is()
    {
        using var patient = await app.PatientAsync();
        (await patient.PatchAsync("/api/auth/profile/", new { profile_picture = "https://example.org/me.png" })).Status.ShouldBe(200);
        (await patient.PutAsync(Path, CredentialTests.Form(Samples.Png(), "me.png", "image/png"))).Status.ShouldBe(200);
        (await PictureAsync()).ShouldBe(Path);

        (await patient.PatchAsync("/api/auth/profile/", new { bio = "Hello", profile_picture = Path })).Status.ShouldBe(200);
        (await patient.PatchAsync("/api/auth/profile/", new { bio = "Hello again" })).Status.ShouldBe(200);
        (await PictureAsync()).ShouldBe(Path);
        (await patient.PatchAsync("/api/auth/profile/", new { profile_picture = "not an address" })).Status.ShouldBe(400);

        (await patient.DeleteAsync(Path)).Status.ShouldBe(204);
        (await PictureAsync()).ShouldBe("https://example.org/me.png");

        async Task<string?> PictureAsync() => (await patient.GetAsync("/api/auth/profile/")).Data.GetProperty("profile_picture").GetString();
    }

    [Theory]
    [InlineData("me.pdf", "application/pdf", 415)]
    [InlineData("me.png", "image/jpeg", 415)]
    [InlineData("me.svg", "image/svg+xml", 415)]
    public async Task What_is_no_picture_is_refused(string name, string type, int status)
    {
        using var patient = await app.PatientAsync();

        (await patient.PutAsync(Path, CredentialTests.Form(Samples.Pdf(), name, type))).Status.ShouldBe(status);
        (await patient.PutAsync(Path, new { file = "me" })).Status.ShouldBe(415);
        (await patient.PutAsync(Path, new MultipartFormDataContent { { new StringContent("x"), "note" } })).Status.ShouldBe(400);
    }

    private Task<object?> HeldAsync(Person patient) =>
        app.SqlAsync("SELECT count(*) FROM files.files WHERE person_id = $1 AND attached_at IS NOT NULL AND released_at IS NULL", patient.PatientId);
}
