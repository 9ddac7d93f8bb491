using Careline.Accounts.Contracts;
using Careline.Tests.Platform;
using Careline.Tests.Support;

namespace Careline.Tests.Accounts;

/// <summary>What Production asks for without being told.</summary>
public sealed class ProductionDefaultsTests(ProductionApp app) : IClassFixture<ProductionApp>
{
    [Fact]
    public async Task Sensitive_acts_ask_for_a_recent_sign_in()
    {
        using var admin = await app.AdminAsync();
        app.Advance(TimeSpan.FromMinutes(10));

        (await admin.GetAsync("/api/audit/export/")).ErrorCode.ShouldBe("STEP_UP_REQUIRED");
    }

    [Fact]
    public async Task Staff_need_a_second_factor_after_seven_days()
    {
        using var nurse = await app.StaffAsync(Roles.Nurse);
        (await nurse.GetAsync("/api/auth/sessions/")).Status.ShouldBe(200);
        app.Advance(TimeSpan.FromDays(7));

        using var again = await app.SignInAsync(nurse.UserName);
        (await again.GetAsync("/api/auth/sessions/")).ErrorCode.ShouldBe("MFA_REQUIRED");
    }

    [Fact]
    public async Task Passkeys_wait_for_their_domain()
    {
        using var patient = await app.PatientAsync();

        (await patient.PostAsync("/api/auth/passkeys/options/")).ErrorCode.ShouldBe("PASSKEYS_OFF");
        (await app.Anonymous.PostAsync("/api/auth/passkeys/login/options/")).ErrorCode.ShouldBe("PASSKEYS_OFF");
    }
}

/// <summary>Passkeys of an installation that says its domain and its pages.</summary>
public sealed class PasskeyOriginTests(PasskeyOriginTests.ConfiguredApp app) : IClassFixture<PasskeyOriginTests.ConfiguredApp>
{
    [Theory]
    [InlineData("https://portal.clinic.example", 201)]
    [InlineData("https://clinic.example", 400)]
    [InlineData("https://other.clinic.example", 400)]
    [InlineData("http://localhost:3000", 400)]
    public async Task Only_the_pages_that_were_named_may_ask(string page, int status)
    {
        using var patient = await app.PatientAsync();
        using var device = new SoftwareAuthenticator { Page = page };
        var asked = await patient.PostAsync("/api/auth/passkeys/options/");
        SoftwareAuthenticator.OptionsOf(asked).GetProperty("rp").GetProperty("id").GetString().ShouldBe("clinic.example");

        (await patient.PostAsync(
            "/api/auth/passkeys/", new { challenge_id = SoftwareAuthenticator.ChallengeOf(asked), credential = device.Create(SoftwareAuthenticator.OptionsOf(asked)) }))
            .Status.ShouldBe(status);
    }

    [Theory]
    [InlineData("clinic.example", "http://clinic.example")]
    [InlineData("clinic.example", "https://clinic.example/portal")]
    [InlineData("clinic.example", "https://evil-clinic.example")]
    [InlineData("clinic.example", "https://clinic.example.evil.test")]
    public void Pages_that_could_never_ask_are_refused_at_start(string domain, string origin) =>
        new Careline.Accounts.PasskeyOptions { ServerDomain = domain, Origins = [origin] }.IsConsistent().ShouldBeFalse();

    public sealed class ConfiguredApp(TestCluster cluster) : TestApp(cluster)
    {
        protected override IReadOnlyDictionary<string, string?> Settings { get; } = new Dictionary<string, string?>
        {
            ["Passkeys:ServerDomain"] = "clinic.example",
            ["Passkeys:Origins:0"] = "https://portal.clinic.example",
        };
    }
}
