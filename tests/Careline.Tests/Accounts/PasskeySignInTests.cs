using System.Buffers.Text;
using Careline.Accounts.Contracts;
using Careline.Tests.Support;

namespace Careline.Tests.Accounts;

/// <summary>Signing in by what a device holds; a device of software plays the part.</summary>
public sealed class PasskeySignInTests(TestApp app) : IClassFixture<TestApp>
{
    [Fact]
    public async Task A_question_tells_nothing_of_accounts_nor_of_how_many_keys_they_have()
    {
        using var none = await app.PatientAsync();
        using var one = await app.PatientAsync();
        using var two = await app.PatientAsync();
        foreach (var person in new[] { one, two, two })
        {
            using var device = (await SoftwareAuthenticator.RegisterAsync(person)).Device;
        }

        foreach (var body in new object?[] { null, new { username = "nobody-at-all" }, new { username = none.UserName }, new { username = one.UserName }, new { username = two.UserName } })
        {
            var asked = await app.AskAsync(body);
            PasskeyCalls.Listed(asked).ShouldBeEmpty();
            asked.Data.GetProperty("public_key").EnumerateObject().Select(p => p.Name)
                .ShouldBe(["challenge", "timeout", "rpId", "allowCredentials", "userVerification", "hints"]);
        }
    }

    [Fact]
    public async Task A_device_that_does_not_say_whose_its_key_is_serves_only_as_second_factor()
    {
        using var patient = await app.PatientAsync();
        using var device = (await SoftwareAuthenticator.RegisterAsync(patient)).Device;
        device.SaysWhose = false;

        (await app.SignInByAsync(device)).ErrorCode.ShouldBe("INVALID_CREDENTIALS");

        var token = (await app.LoginAsync(patient)).Data.GetProperty("mfa_token").GetString();
        var asked = await app.AskAsync(new { mfa_token = token });
        var shown = new { challenge_id = SoftwareAuthenticator.ChallengeOf(asked), credential = device.Get(SoftwareAuthenticator.OptionsOf(asked)) };
        (await app.VerifyAsync(new { mfa_token = token, passkey = shown })).Status.ShouldBe(200);
    }

    [Theory]
    [InlineData("https://evil.example")]
    [InlineData("http://localhost.evil.example:3000")]
    [InlineData("null")]
    public async Task Another_page_is_refused(string page)
    {
        using var patient = await app.PatientAsync();
        using var device = (await SoftwareAuthenticator.RegisterAsync(patient)).Device;
        device.Page = page;

        (await app.SignInByAsync(device)).ErrorCode.ShouldBe("INVALID_CREDENTIALS");

        using var other = new SoftwareAuthenticator { Page = page };
        (await patient.RegisterAsync(other)).Status.ShouldBe(400);
    }

    [Fact]
    public async Task An_answer_to_another_question_is_refused_and_uses_the_question_up()
    {
        using var patient = await app.PatientAsync();
        using var device = (await SoftwareAuthenticator.RegisterAsync(patient)).Device;
        var (one, two) = (await app.AskAsync(null), await app.AskAsync(null));

        (await app.AnswerAsync(one, device.Get(SoftwareAuthenticator.OptionsOf(two)))).ErrorCode.ShouldBe("INVALID_CREDENTIALS");
        (await app.AnswerAsync(one, device.Get(SoftwareAuthenticator.OptionsOf(one)))).ErrorCode.ShouldBe("INVALID_CREDENTIALS");
        (await app.AnswerAsync(two, device.Get(SoftwareAuthenticator.OptionsOf(two)))).Status.ShouldBe(200);
    }

    [Fact]
    public async Task An_answer_serves_once_however_often_it_comes()
    {
        using var patient = await app.PatientAsync();
        using var device = (await SoftwareAuthenticator.RegisterAsync(patient)).Device;
        var asked = await app.AskAsync(null);
        var answer = device.Get(SoftwareAuthenticator.OptionsOf(asked));

        var replies = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => app.AnswerAsync(asked, answer)));

        replies.Count(r => r.Status == 200).ShouldBe(1);
        replies.Count(r => r.ErrorCode == "INVALID_CREDENTIALS").ShouldBe(7);
    }

    [Theory]
    [InlineData("signature")]
    [InlineData("authenticatorData")]
    [InlineData("clientDataJSON")]
    [InlineData("userHandle")]
    public async Task What_was_tampered_with_is_refused(string part)
    {
        using var patient = await app.PatientAsync();
        using var device = (await SoftwareAuthenticator.RegisterAsync(patient)).Device;
        var asked = await app.AskAsync(null);
        var answer = device.Get(SoftwareAuthenticator.OptionsOf(asked));
        var bytes = Base64Url.DecodeFromChars(answer["response"]![part]!.GetValue<string>());
        bytes[^1] ^= 1;
        answer["response"]![part] = Base64Url.EncodeToString(bytes);

        (await app.AnswerAsync(asked, answer)).ErrorCode.ShouldBe("INVALID_CREDENTIALS");
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"id":"AAAA","type":"public-key"}""")]
    [InlineData("""{"id":7,"type":"public-key","response":{"userHandle":[]},"clientExtensionResults":{}}""")]
    [InlineData("""{"id":"AAAA","rawId":"AAAA","type":"public-key","response":{"clientDataJSON":"e30","authenticatorData":"AAAA","signature":"AAAA"},"clientExtensionResults":{}}""")]
    [InlineData("[1]")]
    [InlineData("\"text\"")]
    [InlineData("null")]
    public async Task Nonsense_is_refused(string credential)
    {
        var asked = await app.AskAsync(null);

        (await app.Anonymous.PostAsync(
            "/api/auth/passkeys/login/", $$"""{"challenge_id": "{{SoftwareAuthenticator.ChallengeOf(asked)}}", "credential": {{credential}}}""")).Status.ShouldBeOneOf(400, 401);
    }

    [Fact]
    public async Task A_counter_that_goes_back_shows_a_copy_and_is_refused()
    {
        using var patient = await app.PatientAsync();
        using var device = new SoftwareAuthenticator { SignCount = 5 };
        (await patient.RegisterAsync(device)).Status.ShouldBe(201);
        (await app.SignInByAsync(device)).Status.ShouldBe(200);

        device.SignCount = 5;
        (await app.SignInByAsync(device)).ErrorCode.ShouldBe("INVALID_CREDENTIALS");
        device.SignCount = 3;
        (await app.SignInByAsync(device)).ErrorCode.ShouldBe("INVALID_CREDENTIALS");
        device.SignCount = 6;
        (await app.SignInByAsync(device)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_device_that_did_not_see_its_owner_is_refused()
    {
        using var patient = await app.PatientAsync();
        using var device = (await SoftwareAuthenticator.RegisterAsync(patient)).Device;
        device.SeesItsOwner = false;

        (await app.SignInByAsync(device)).ErrorCode.ShouldBe("INVALID_CREDENTIALS");
    }

    [Fact]
    public async Task The_id_of_another_persons_key_opens_nothing_and_is_not_registered_twice()
    {
        using var victim = await app.PatientAsync();
        using var thief = await app.PatientAsync();
        using var own = (await SoftwareAuthenticator.RegisterAsync(victim)).Device;
        using var other = (await SoftwareAuthenticator.RegisterAsync(thief)).Device;
        var asked = await app.AskAsync(null);
        var answer = other.Get(SoftwareAuthenticator.OptionsOf(asked));
        (answer["id"], answer["rawId"]) = (Base64Url.EncodeToString(own.CredentialId), Base64Url.EncodeToString(own.CredentialId));
        answer["response"]!["userHandle"] = null;

        (await app.AnswerAsync(asked, answer)).ErrorCode.ShouldBe("INVALID_CREDENTIALS");
        (await thief.RegisterAsync(own)).Status.ShouldBe(400);
    }

    [Fact]
    public async Task A_question_is_open_for_five_minutes()
    {
        using var patient = await app.PatientAsync();
        using var device = (await SoftwareAuthenticator.RegisterAsync(patient)).Device;
        var asked = await app.AskAsync(null);
        app.Advance(TimeSpan.FromMinutes(5));

        (await app.AnswerAsync(asked, device.Get(SoftwareAuthenticator.OptionsOf(asked)))).ErrorCode.ShouldBe("INVALID_CREDENTIALS");
    }

    [Fact]
    public async Task A_disabled_account_is_not_opened()
    {
        using var patient = await app.PatientAsync();
        using var admin = await app.AdminAsync();
        using var device = (await SoftwareAuthenticator.RegisterAsync(patient)).Device;
        (await admin.PatchAsync($"/api/users/{patient.UserId}/", new { status = "disabled" })).Status.ShouldBe(200);

        (await app.SignInByAsync(device)).ErrorCode.ShouldBe("ACCOUNT_DISABLED");
    }

    [Fact]
    public async Task A_passkey_is_a_second_factor_after_the_password()
    {
        using var nurse = await app.StaffAsync(Roles.Nurse);
        var (device, registered) = await SoftwareAuthenticator.RegisterAsync(nurse);
        using var held = device;
        var login = await app.LoginAsync(nurse);
        login.Data.GetProperty("methods").EnumerateArray().Select(m => m.GetString()).ShouldBe(["passkey", "recovery_code"]);
        var token = login.Data.GetProperty("mfa_token").GetString();

        var asked = await app.AskAsync(new { mfa_token = token });
        PasskeyCalls.Listed(asked).ShouldBe([Base64Url.EncodeToString(device.CredentialId)]);
        var reply = await app.VerifyAsync(new { mfa_token = token, passkey = new { challenge_id = SoftwareAuthenticator.ChallengeOf(asked), credential = device.Get(SoftwareAuthenticator.OptionsOf(asked)) } });

        reply.Data.GetProperty("user").GetProperty("id").GetGuid().ShouldBe(nurse.UserId);
        var recovery = registered.Data.GetProperty("recovery_codes")[0].GetString();
        (await app.VerifyAsync(new { mfa_token = (await app.LoginAsync(nurse)).Data.GetProperty("mfa_token").GetString(), code = recovery })).Status.ShouldBe(200);
    }

    [Fact]
    public async Task The_second_factor_is_the_persons_own_and_answers_the_persons_question()
    {
        using var nurse = await app.StaffAsync(Roles.Nurse);
        using var other = await app.PatientAsync();
        using var device = (await SoftwareAuthenticator.RegisterAsync(nurse)).Device;
        using var thief = (await SoftwareAuthenticator.RegisterAsync(other)).Device;
        var token = (await app.LoginAsync(nurse)).Data.GetProperty("mfa_token").GetString();

        foreach (var body in new object?[] { new { mfa_token = token }, null })
        {
            var asked = await app.AskAsync(body);
            var answer = thief.Get(SoftwareAuthenticator.OptionsOf(asked));
            (await app.VerifyAsync(new { mfa_token = token, passkey = new { challenge_id = SoftwareAuthenticator.ChallengeOf(asked), credential = answer } }))
                .ErrorCode.ShouldBe("OTP_INVALID");
        }

        (await app.VerifyAsync(new { mfa_token = token })).Status.ShouldBe(400);
        (await app.AskAsync(new { mfa_token = "nothing" })).ErrorCode.ShouldBe("INVALID_TOKEN");
    }
}
