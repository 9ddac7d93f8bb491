using System.Text;
using Careline.Accounts.SecondFactors;
using Careline.Tests.Support;

namespace Careline.Tests.Accounts;

/// <summary>Authenticator apps and recovery codes.</summary>
public sealed class SecondFactorTests(TestApp app) : IClassFixture<TestApp>
{
    // RFC 6238, appendix B, the SHA1 rows; its eight digits end in our six.
    [Theory]
    [InlineData(59, "287082")]
    [InlineData(1111111109, "081804")]
    [InlineData(1111111111, "050471")]
    [InlineData(1234567890, "005924")]
    [InlineData(2000000000, "279037")]
    [InlineData(20000000000, "353130")]
    public void Codes_are_those_of_the_standard(long seconds, string code) =>
        Totp.CodeOf(Encoding.ASCII.GetBytes("12345678901234567890"), Totp.StepAt(DateTimeOffset.FromUnixTimeSeconds(seconds))).ShouldBe(code);

    // RFC 4648, section 10, without padding.
    [Theory]
    [InlineData("", "")]
    [InlineData("f", "MY")]
    [InlineData("fo", "MZXQ")]
    [InlineData("foo", "MZXW6")]
    [InlineData("foob", "MZXW6YQ")]
    [InlineData("fooba", "MZXW6YTB")]
    [InlineData("foobar", "MZXW6YTBOI")]
    public void Secrets_are_written_as_in_the_standard(string text, string base32) => Totp.ToBase32(Encoding.ASCII.GetBytes(text)).ShouldBe(base32);

    [Fact]
    public async Task A_doctor_enrols_signs_in_loses_the_phone_and_comes_back_by_a_recovery_code()
    {
        using var doctor = await app.DoctorAsync();
        var (secret, recovery) = await EnrolAsync(doctor);

        var first = await LoginAsync(doctor);
        first.Data.TryGetProperty("access", out _).ShouldBeFalse();
        first.Data.GetProperty("methods").EnumerateArray().Select(m => m.GetString()).ShouldBe(["totp", "recovery_code"]);
        app.Advance(TimeSpan.FromSeconds(30));
        (await VerifyAsync(first, CodeNow(secret))).Data.GetProperty("user").GetProperty("id").GetGuid().ShouldBe(doctor.UserId);

        var lost = await LoginAsync(doctor);
        (await VerifyAsync(lost, recovery[3].ToLowerInvariant().Replace("-", "", StringComparison.Ordinal))).Status.ShouldBe(200);
        (await VerifyAsync(await LoginAsync(doctor), recovery[3])).ErrorCode.ShouldBe("OTP_INVALID");
    }

    [Fact]
    public async Task A_code_and_a_token_serve_once()
    {
        using var doctor = await app.DoctorAsync();
        var (secret, _) = await EnrolAsync(doctor);
        app.Advance(TimeSpan.FromSeconds(30));
        var (login, other, code) = (await LoginAsync(doctor), await LoginAsync(doctor), CodeNow(secret));

        var replies = await Task.WhenAll(VerifyAsync(login, code), VerifyAsync(other, code));

        replies.Count(r => r.Status == 200).ShouldBe(1);
        app.Advance(TimeSpan.FromSeconds(30));
        (await VerifyAsync(replies[0].Status == 200 ? login : other, CodeNow(secret))).ErrorCode.ShouldBe("INVALID_TOKEN");
    }

    [Fact]
    public async Task A_sign_in_has_five_tries_for_its_second_factor()
    {
        using var doctor = await app.DoctorAsync();
        var (secret, _) = await EnrolAsync(doctor);
        app.Advance(TimeSpan.FromSeconds(30));
        var login = await LoginAsync(doctor);
        var right = CodeNow(secret);
        var wrong = right == "000000" ? "000001" : "000000";

        var replies = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => VerifyAsync(login, wrong)));

        replies.Count(r => r.ErrorCode == "OTP_INVALID").ShouldBe(5);
        (await VerifyAsync(login, right)).ErrorCode.ShouldBe("INVALID_TOKEN");
    }

    [Fact]
    public async Task It_counts_only_once_confirmed_and_no_more_once_turned_off()
    {
        using var patient = await app.PatientAsync();
        var enrolment = await patient.PostAsync("/api/auth/mfa/totp/");
        enrolment.Data.GetProperty("qr").GetString()!.ShouldStartWith("data:image/png;base64,iVBOR");
        (await LoginAsync(patient)).Data.GetProperty("access").GetString().ShouldNotBeNull();

        await EnrolAsync(patient);
        (await patient.PostAsync("/api/auth/mfa/totp/")).ErrorCode.ShouldBe("MFA_ALREADY_ON");
        (await LoginAsync(patient)).Data.GetProperty("mfa_required").GetBoolean().ShouldBeTrue();

        (await patient.Client.SendAsync("DELETE", "/api/auth/mfa/totp/")).Status.ShouldBe(204);
        (await LoginAsync(patient)).Data.GetProperty("access").GetString().ShouldNotBeNull();
    }

    [Fact]
    public async Task The_secret_is_stored_encrypted_for_its_row()
    {
        using var one = await app.PatientAsync();
        using var two = await app.PatientAsync();
        var (secret, _) = await EnrolAsync(one);
        await EnrolAsync(two);

        (await app.SqlAsync("SELECT count(*) FROM accounts.authenticators WHERE position($1 IN secret) > 0", secret)).ShouldBe(0L);
        await app.SqlAsync("UPDATE accounts.authenticators SET secret = (SELECT secret FROM accounts.authenticators WHERE account_id = $1)", one.UserId);

        // A step that neither has used: only the place of the secret can refuse it.
        app.Advance(TimeSpan.FromSeconds(60));
        (await VerifyAsync(await LoginAsync(two), CodeNow(secret))).ErrorCode.ShouldBe("OTP_INVALID");
    }

    private async Task<(byte[] Secret, string[] Recovery)> EnrolAsync(Person person)
    {
        var phone = await AuthenticatorApp.EnrolAsync(app, person);
        return (phone.Secret, phone.RecoveryCodes);
    }

    private string CodeNow(byte[] secret) => Totp.CodeOf(secret, Totp.StepAt(app.Now));

    private Task<Reply> LoginAsync(Person person) => app.Anonymous.PostAsync("/api/auth/login/", new { username = person.UserName, password = TestApp.Password });

    private Task<Reply> VerifyAsync(Reply login, string code) =>
        app.Anonymous.PostAsync("/api/auth/mfa/verify/", new { mfa_token = login.Data.GetProperty("mfa_token").GetString(), code });
}
