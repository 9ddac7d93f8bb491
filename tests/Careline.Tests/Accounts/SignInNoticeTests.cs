using Careline.Tests.Support;

namespace Careline.Tests.Accounts;

/// <summary>Who did not change a way into the own account learns of it.</summary>
public sealed class SignInNoticeTests(TestApp app) : IClassFixture<TestApp>
{
    private const string NewPassword = "another horse, another battery";

    [Fact]
    public async Task Passkeys_that_come_and_go_are_told()
    {
        using var patient = await app.PatientAsync();
        var (device, registered) = await SoftwareAuthenticator.RegisterAsync(patient, "My phone");
        device.Dispose();
        (await ToldAsync(patient)).ShouldStartWith("A passkey was added");
        (await ToldAsync(patient)).ShouldNotContain("My phone");

        (await patient.DeleteAsync($"/api/auth/passkeys/{registered.Data.GetProperty("passkey").GetProperty("id").GetGuid()}/")).Status.ShouldBe(204);
        (await ToldAsync(patient)).ShouldStartWith("A passkey was removed");
    }

    [Fact]
    public async Task An_app_and_recovery_codes_are_told_without_any_code()
    {
        using var patient = await app.PatientAsync();
        var phone = await AuthenticatorApp.EnrolAsync(app, patient);
        (await ToldAsync(patient)).ShouldStartWith("An authenticator app was added");

        var renewed = await patient.PostAsync("/api/auth/mfa/recovery-codes/");
        var told = await ToldAsync(patient);
        told.ShouldStartWith("Your Careline account was given new recovery codes");
        told.ShouldNotContain(renewed.Data.GetProperty("recovery_codes")[0].GetString()!);
        told.ShouldNotContain(phone.RecoveryCodes[0]);

        (await patient.DeleteAsync("/api/auth/mfa/totp/")).Status.ShouldBe(204);
        (await ToldAsync(patient)).ShouldStartWith("The authenticator app of your");
    }

    [Fact]
    public async Task A_password_is_told_in_the_callers_language_and_a_refused_one_is_not()
    {
        using var patient = await app.PatientAsync();
        var before = (await app.InboxAsync(AddressOf(patient))).Count;
        (await patient.PostAsync("/api/auth/password-change/", new { old_password = "wrong", new_password = NewPassword })).Status.ShouldBe(400);
        (await app.InboxAsync(AddressOf(patient))).Count.ShouldBe(before);

        (await patient.PostAsync(
            "/api/auth/password-change/", new { old_password = TestApp.Password, new_password = NewPassword }, ("Accept-Language", "fr"))).Status.ShouldBe(200);
        (await ToldAsync(patient)).ShouldStartWith("Le mot de passe");

        (await app.Anonymous.PostAsync("/api/auth/password-reset/", new { email = AddressOf(patient) })).Status.ShouldBe(200);
        var token = (await ToldAsync(patient)).Split('\n').Single(line => line.Length == 43);
        (await app.Anonymous.PostAsync("/api/auth/password-reset/confirm/", new { token, new_password = TestApp.Password })).Status.ShouldBe(200);
        (await ToldAsync(patient)).ShouldStartWith("A new password was set");
    }

    [Fact]
    public async Task Who_has_no_address_hears_of_another_phone_at_the_former_one()
    {
        using var patient = await app.PatientAsync();
        (await patient.PatchAsync("/api/auth/profile/", new { phone = "+2348055509871" })).Status.ShouldBe(200);
        (await ToldAsync(patient)).ShouldStartWith("The phone number");
        await app.SqlAsync("UPDATE accounts.accounts SET email = NULL, normalized_email = NULL WHERE id = $1", patient.UserId);

        (await patient.PatchAsync("/api/auth/profile/", new { bio = "Likes the sea." })).Status.ShouldBe(200);
        (await app.InboxAsync("+2348055509871")).ShouldBeEmpty();
        (await patient.PatchAsync("/api/auth/profile/", new { phone = "+2348055509872" })).Status.ShouldBe(200);

        (await app.InboxAsync("+2348055509871"))[0].ShouldStartWith("The phone number");
        (await app.InboxAsync("+2348055509872")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_refresh_token_that_is_used_again_is_told_once()
    {
        using var patient = await app.PatientAsync();
        (await app.Anonymous.PostAsync("/api/auth/refresh/", new { refresh = patient.Refresh })).Status.ShouldBe(200);
        app.Advance(TimeSpan.FromSeconds(11));
        for (var n = 0; n < 2; n++)
        {
            (await app.Anonymous.PostAsync("/api/auth/refresh/", new { refresh = patient.Refresh })).Status.ShouldBe(401);
        }

        (await app.InboxAsync(AddressOf(patient))).Count(text => text.StartsWith("Something that keeps one of your devices")).ShouldBe(1);
    }

    private static string AddressOf(Person person) => $"{person.UserName}@example.test";

    private async Task<string> ToldAsync(Person person) => (await app.InboxAsync(AddressOf(person)))[0];
}
