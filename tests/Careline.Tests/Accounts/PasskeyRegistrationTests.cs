using Careline.Tests.Support;

namespace Careline.Tests.Accounts;

/// <summary>Passkeys that come and go; a device of software plays the part.</summary>
public sealed class PasskeyRegistrationTests(SharedApp app) : IClassFixture<SharedApp>
{
    [Fact]
    public async Task A_device_is_registered_and_signs_in_by_itself()
    {
        using var patient = await app.PatientAsync();
        var (device, registered) = await SoftwareAuthenticator.RegisterAsync(patient, "My phone");
        using var held = device;
        registered.Status.ShouldBe(201, registered.Text);
        registered.Data.GetProperty("recovery_codes").GetArrayLength().ShouldBe(10);

        var reply = await app.SignInByAsync(device);

        reply.Status.ShouldBe(200, reply.Text);
        using var again = new Person(app, reply.Data);
        again.UserId.ShouldBe(patient.UserId);
        var listed = (await again.GetAsync("/api/auth/passkeys/")).Rows.Single();
        listed.GetProperty("name").GetString().ShouldBe("My phone");
        listed.GetProperty("last_used_at").GetDateTimeOffset().ShouldBe(app.Now, TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task A_device_is_asked_to_keep_its_key_itself()
    {
        using var patient = await app.PatientAsync();

        var asked = await patient.PostAsync("/api/auth/passkeys/options/");

        SoftwareAuthenticator.OptionsOf(asked).GetProperty("authenticatorSelection").GetProperty("residentKey").GetString().ShouldBe("required");
    }

    [Fact]
    public async Task A_question_to_register_is_for_the_one_who_asked()
    {
        using var one = await app.PatientAsync();
        using var two = await app.PatientAsync();
        using var device = new SoftwareAuthenticator();
        var asked = await one.PostAsync("/api/auth/passkeys/options/");
        var body = new { challenge_id = SoftwareAuthenticator.ChallengeOf(asked), credential = device.Create(SoftwareAuthenticator.OptionsOf(asked)) };

        (await two.PostAsync("/api/auth/passkeys/", body)).Status.ShouldBe(400);
        (await one.PostAsync("/api/auth/passkeys/", body)).Status.ShouldBe(201);
        (await one.PostAsync("/api/auth/passkeys/", body)).Status.ShouldBe(400);
    }

    [Fact]
    public async Task A_removed_key_is_worth_nothing_and_nobody_removes_anothers()
    {
        using var patient = await app.PatientAsync();
        using var other = await app.PatientAsync();
        var (device, registered) = await SoftwareAuthenticator.RegisterAsync(patient);
        using var held = device;
        var path = $"/api/auth/passkeys/{registered.Data.GetProperty("passkey").GetProperty("id").GetGuid()}/";

        (await other.DeleteAsync(path)).Status.ShouldBe(404);
        (await patient.DeleteAsync(path)).Status.ShouldBe(204);

        (await app.SignInByAsync(device)).ErrorCode.ShouldBe("INVALID_CREDENTIALS");
        (await app.LoginAsync(patient)).Data.TryGetProperty("access", out _).ShouldBeTrue();
    }

    [Fact]
    public async Task Apps_and_passkeys_stand_beside_each_other()
    {
        using var patient = await app.PatientAsync();
        var registered = await SoftwareAuthenticator.RegisterAsync(patient);
        using var device = registered.Device;
        await AuthenticatorApp.EnrolAsync(app, patient);

        (await app.LoginAsync(patient)).Data.GetProperty("methods").EnumerateArray().Select(m => m.GetString()).ShouldBe(["totp", "passkey", "recovery_code"]);

        (await patient.DeleteAsync("/api/auth/mfa/totp/")).Status.ShouldBe(204);
        (await app.SqlAsync("SELECT count(*) FROM accounts.recovery_codes WHERE account_id = $1", patient.UserId)).ShouldBe(10L);
    }
}
