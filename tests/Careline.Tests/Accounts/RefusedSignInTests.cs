using Careline.Tests.Support;

namespace Careline.Tests.Accounts;

/// <summary>Whoever looks for guessing finds it in the audit.</summary>
public sealed class RefusedSignInTests(TestApp app) : IClassFixture<TestApp>
{
    private const string Typed = "open sesame, said the thief";

    [Fact]
    public async Task A_wrong_password_is_recorded_and_what_was_typed_is_not()
    {
        using var patient = await app.PatientAsync();
        await LoginAsync(patient.UserName, Typed);
        await LoginAsync("nobody-at-all-" + Typed[..4], Typed);

        (await RefusedAsync(patient)).ShouldBe(["wrong_password"]);
        (await app.SqlAsync("SELECT count(*) FROM audit.events WHERE action = 'sign_in_refused' AND resource_id IS NULL AND outcome = 'wrong_password'")).ShouldBe(1L);
        (await app.SqlAsync(
            "SELECT count(*) FROM audit.events e WHERE to_jsonb(e)::text LIKE '%sesame%' OR to_jsonb(e)::text LIKE '%nobody-at-all%' OR to_jsonb(e)::text LIKE '%' || $1 || '%'",
            patient.UserName)).ShouldBe(0L);
    }

    [Fact]
    public async Task Who_was_refused_is_nobody_and_who_was_meant_is_the_resource()
    {
        using var patient = await app.PatientAsync();
        using var admin = await app.AdminAsync();
        await LoginAsync(patient.UserName, Typed);

        var row = (await admin.GetAsync("/api/audit/?action=sign_in_refused")).Rows.First(r => r.GetProperty("resource_id").GetString() == patient.UserId.ToString());

        row.GetProperty("actor").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
        row.GetProperty("resource").GetString().ShouldBe("account");
        row.GetProperty("purpose").GetString().ShouldBe("operations");
    }

    [Fact]
    public async Task A_wrong_code_and_too_many_of_them_are_recorded()
    {
        using var patient = await app.PatientAsync();
        var phone = await AuthenticatorApp.EnrolAsync(app, patient);
        app.Advance(TimeSpan.FromMinutes(1));
        var token = (await LoginAsync(patient.UserName, TestApp.Password)).Data.GetProperty("mfa_token").GetString();
        var wrong = phone.CodeNow == "000000" ? "000001" : "000000";
        for (var i = 0; i < 6; i++)
        {
            await app.Anonymous.PostAsync("/api/auth/mfa/verify/", new { mfa_token = token, code = wrong });
        }

        (await RefusedAsync(patient)).ShouldBe(["wrong_code", "wrong_code", "wrong_code", "wrong_code", "wrong_code", "locked"]);
    }

    [Fact]
    public async Task A_wrong_code_by_sms_is_recorded()
    {
        using var patient = await app.PatientAsync();
        (await patient.PatchAsync("/api/auth/profile/", new { phone = "+2348035559999" })).Status.ShouldBe(200);
        await app.Anonymous.PostAsync("/api/auth/send-otp/", new { phone = "+2348035559999" });

        (await app.Anonymous.PostAsync("/api/auth/verify-otp/", new { phone = "+2348035559999", otp = "no" })).ErrorCode.ShouldBe("OTP_INVALID");

        (await RefusedAsync(patient)).ShouldBe(["wrong_code"]);
    }

    [Fact]
    public async Task A_disabled_account_and_a_wrong_step_up_are_recorded()
    {
        using var patient = await app.PatientAsync();
        using var admin = await app.AdminAsync();
        (await patient.PostAsync("/api/auth/step-up/", new { password = Typed })).Status.ShouldBe(401);
        (await admin.PatchAsync($"/api/users/{patient.UserId}/", new { status = "disabled" })).Status.ShouldBe(200);

        (await LoginAsync(patient.UserName, TestApp.Password)).ErrorCode.ShouldBe("ACCOUNT_DISABLED");

        (await RefusedAsync(patient)).ShouldBe(["wrong_password", "disabled"]);
    }

    [Fact]
    public async Task A_passkey_that_is_not_accepted_is_recorded()
    {
        using var patient = await app.PatientAsync();
        var (device, _) = await SoftwareAuthenticator.RegisterAsync(patient);
        using var held = device;
        device.Page = "https://evil.example";
        var asked = await app.Anonymous.PostAsync("/api/auth/passkeys/login/options/");
        var before = await CountAsync();

        await app.Anonymous.PostAsync(
            "/api/auth/passkeys/login/", new { challenge_id = SoftwareAuthenticator.ChallengeOf(asked), credential = device.Get(SoftwareAuthenticator.OptionsOf(asked)) });

        (await CountAsync()).ShouldBe(before + 1);
    }

    [Fact]
    public async Task A_sign_in_that_succeeds_leaves_no_such_row()
    {
        using var patient = await app.PatientAsync();
        await LoginAsync(patient.UserName, TestApp.Password);

        (await RefusedAsync(patient)).ShouldBeEmpty();
    }

    private async Task<long> CountAsync() =>
        (long)(await app.SqlAsync("SELECT count(*) FROM audit.events WHERE action = 'sign_in_refused' AND outcome = 'wrong_passkey'"))!;

    private async Task<string[]> RefusedAsync(Person person) => (string[])(await app.SqlAsync(
        "SELECT coalesce(array_agg(outcome ORDER BY at, id), '{}') FROM audit.events WHERE action = 'sign_in_refused' AND resource_id = $1", person.UserId))!;

    private Task<Reply> LoginAsync(string name, string password) => app.Anonymous.PostAsync("/api/auth/login/", new { username = name, password });
}
